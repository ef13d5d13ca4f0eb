"""Step 3: one article under several addresses is taken once; the same text elsewhere is marked."""

from pathlib import Path

import msgspec
from scrapy.crawler import Crawler

from clearwell import Article
from clearwell.storage.store import Store
from pipelines.items import Rejected


class DeduplicatePipeline:
    """Drops a canonical address met before in this crawl; sets `duplicateOf` where the store has the same text."""

    def __init__(self, store: Path) -> None:
        self.store_path = store
        self.seen: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "DeduplicatePipeline":
        return cls(Path(crawler.settings["CLEARWELL_STORE"]))

    def open_spider(self) -> None:
        self.store = Store(self.store_path)

    def close_spider(self) -> None:
        self.store.close()

    def process_item(self, item: Article) -> Article:
        first = self.seen.setdefault(item.id, item.url)
        if first != item.url:
            message = f"the page names {item.canonicalUrl} as its address, which came from {first} already"
            raise Rejected(item.url, item.site, "duplicate-url", message)
        original = self.store.find_original(item.contentHash, item.id)
        return msgspec.structs.replace(item, duplicateOf=original)
