"""Step 3: one article under several addresses is taken once; the same text elsewhere is marked."""

from pathlib import Path

import msgspec
from scrapy.crawler import Crawler

from clearwell import Article
from clearwell.clean import has_own_address
from clearwell.storage.store import Store
from pipelines.canonical import CanonicalTrust
from pipelines.items import Rejected


class DeduplicatePipeline:
    """Takes an article once, from its canonical address if that is crawled too; sets `duplicateOf` for the same text.

    A variant (AMP, print, tracking) that came before its canonical page gives way to it, so that what is published
    does not hang on which answer was faster.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.store_path = Path(crawler.settings["CLEARWELL_STORE"])
        self.trust = CanonicalTrust()
        self.taken: dict[str, str] = {}  # article id -> the address it was taken from

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "DeduplicatePipeline":
        return cls(crawler)

    def open_spider(self) -> None:
        self.store = Store(self.store_path)

    def close_spider(self) -> None:
        self.store.close()

    def process_item(self, item: Article) -> Article:
        item = self.trust.settle(item, self.store)
        earlier = self.taken.get(item.id) or (None if has_own_address(item) else self._stored_address(item))
        if earlier and not (has_own_address(item) and earlier != item.url and earlier != item.canonicalUrl):
            raise Rejected(item.url, item.site, "duplicate-url", _reason(item, earlier))
        if earlier:
            self._give_way(earlier, item)
        self.taken[item.id] = item.url
        original = self.store.find_original(item.contentHash, item.id)
        return msgspec.structs.replace(item, duplicateOf=original)

    def _stored_address(self, item: Article) -> str | None:
        """The canonical address, if an earlier crawl took the article from there."""
        stored = self.store.load(item.id)
        return stored.url if stored is not None and has_own_address(stored) else None

    def _give_way(self, earlier: str, item: Article) -> None:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value("clearwell/rejected/duplicate-url")
        self.store.reject(earlier, item.site, "duplicate-url", _reason(item, item.url))


def _reason(item: Article, taken: str) -> str:
    return f"the page names {item.canonicalUrl} as its address; it was taken from {taken}"
