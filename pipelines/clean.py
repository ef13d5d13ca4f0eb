"""Step 1: a fetched page becomes a clean article, and its site's memory learns from it."""

from collections import defaultdict
from typing import Any

from scrapy.crawler import Crawler

from clearwell import Article
from clearwell.clean import clean_observably
from clearwell.cleaning.memory import SiteMemory
from clearwell.errors import UnsupportedPage
from clearwell.site import Site
from clearwell.storage.store import Store
from pipelines.items import FailedPage, FetchedPage, Rejected

SAVED_EVERY = 50  # pages; what a killed crawl learned of fewer is learned again


class CleanPipeline:
    """Cleans pages with the settings and the memory of the spider's site; what is no page leaves with its reason.

    A crawl cleans with what earlier ones learned, so that what is published does not hang on the order of its pages;
    what it learns itself serves the next.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.store_address: str = crawler.settings["CLEARWELL_STORE"]
        self.known: dict[str, SiteMemory] = {}
        self.learned: dict[str, SiteMemory] = defaultdict(SiteMemory)
        self.observed = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "CleanPipeline":
        return cls(crawler)

    def open_spider(self) -> None:
        self.store = Store(self.store_address)

    def close_spider(self) -> None:
        try:
            self._save()
        finally:
            self.store.close()

    def process_item(self, item: FetchedPage | FailedPage) -> Article:
        if isinstance(item, FailedPage):
            raise Rejected(item.url, item.site, item.reason, item.message)
        site = self._site(item)
        try:
            cleaned = clean_observably(item.page, site, self._memory(site.name))
        except UnsupportedPage as error:
            raise Rejected(item.page.url, item.site, error.reason, str(error)) from error
        article = cleaned.article
        if article.status == "ok":
            self.learned[site.name] = self.learned[site.name].observe(cleaned.document, article.canonicalUrl)
            self.observed += 1
            if self.observed % SAVED_EVERY == 0:
                self._save()
        self._count(article)
        return article

    def _site(self, item: FetchedPage) -> Site:
        site: Any = getattr(self.crawler.spider, "site", None)
        return site if isinstance(site, Site) and site.name else Site(name=item.site)

    def _memory(self, site: str) -> SiteMemory:
        if site not in self.known:
            self.known[site] = self.store.load_memory(site)
        return self.known[site]

    def _save(self) -> None:
        for site, memory in self.learned.items():
            self.store.remember(site, memory)
        self.learned.clear()

    def _count(self, article: Article) -> None:
        stats = self.crawler.stats
        assert stats is not None
        for removal in article.cleaning.removals:
            stats.inc_value(f"clearwell/removed/{removal.category}")
        stats.inc_value("clearwell/removed_characters", article.cleaning.removedCharacters)
