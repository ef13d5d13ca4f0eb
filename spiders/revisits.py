"""Asks again for articles that no source of their site names any more, so that one that was removed is noticed.

Those that the site's file has come to exclude are not asked for: they are to go.
"""

import asyncio
from datetime import UTC, datetime
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Request

from clearwell.storage.visits import Ending
from pipelines.run import RunKeeper
from spiders.article import ArticleSpider
from spiders.visits import VisitRecorder


class Revisits:
    """Extension: when the crawl of a site has nothing else to ask for, it asks once for the articles that are due.

    They share the budget of pages with what was found on the way, which comes first.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.asking: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Revisits":
        revisits = cls(crawler)
        crawler.signals.connect(revisits.look, signals.spider_idle)
        return revisits

    def look(self, spider: Any) -> None:
        """Keep the spider open until the due articles are asked for."""
        engine: Any = self.crawler.engine
        if not isinstance(spider, ArticleSpider) or not spider.site_name or engine.scheduler.has_pending_requests():
            return
        if self.asking is None:
            self.asking = asyncio.ensure_future(self._ask(spider))
        if not self.asking.done():
            raise DontCloseSpider
        self.asking.result()  # what went wrong is logged, and the crawl ends as not well

    async def _ask(self, spider: ArticleSpider) -> None:
        recorder = self.crawler.get_extension(VisitRecorder)
        if recorder is None:
            return
        await recorder.settle()
        self._exclude(spider, recorder)
        run, now = RunKeeper.of(self.crawler).run.id, datetime.now(UTC)
        left = spider.frontier.budget - spider.frontier.taken
        for url in recorder.visits.list_due(spider.site_name, run, now, max(left, 0)):
            if spider.admission.refuse(url):
                continue
            found = spider.ask_again(url)
            if isinstance(found, Request):
                self.crawler.engine.crawl(found)

    def _exclude(self, spider: ArticleSpider, recorder: VisitRecorder) -> None:
        if not spider.site.exclude:
            return
        run, now = RunKeeper.of(self.crawler).run.id, datetime.now(UTC)
        for url in recorder.visits.list_unasked(spider.site_name, run):
            if spider.admission.refuse(url) == "excluded":
                recorder.add(Ending(url, spider.site_name, "excluded", "rejected:excluded", now))
