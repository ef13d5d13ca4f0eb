"""Step 1: a fetched page becomes a clean article."""

from typing import Any

from scrapy.crawler import Crawler

from clearwell import Article, clean
from clearwell.errors import UnsupportedPage
from clearwell.site import Site
from pipelines.items import FailedPage, FetchedPage, Rejected


class CleanPipeline:
    """Cleans pages with the settings of the spider's site; what is no page leaves here with its reason."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "CleanPipeline":
        return cls(crawler)

    def process_item(self, item: FetchedPage | FailedPage) -> Article:
        if isinstance(item, FailedPage):
            raise Rejected(item.url, item.site, item.reason, item.message)
        try:
            article = clean(item.page, self._site(item))
        except UnsupportedPage as error:
            raise Rejected(item.page.url, item.site, error.reason, str(error)) from error
        self._count(article)
        return article

    def _site(self, item: FetchedPage) -> Site:
        site: Any = getattr(self.crawler.spider, "site", None)
        return site if isinstance(site, Site) and site.name else Site(name=item.site)

    def _count(self, article: Article) -> None:
        stats = self.crawler.stats
        assert stats is not None
        for removal in article.cleaning.removals:
            stats.inc_value(f"clearwell/removed/{removal.category}")
        stats.inc_value("clearwell/removed_characters", article.cleaning.removedCharacters)
