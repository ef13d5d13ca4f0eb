"""Ends a crawl gently: its time is up (`maxMinutes`), its hours are over (`politeness.hours`), its store is full.

Gently: what is on its way is taken in and published, nothing more is sent, and what is left is for the next crawl.
"""

import asyncio
from datetime import UTC, datetime
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, IgnoreRequest
from twisted.python.failure import Failure

from clearwell.errors import StoreError
from clearwell.hours import seconds_left
from clearwell.site import Site
from pipelines.run import tell_failure
from spiders.waiting import take_back

OUT_OF_TIME, OUTSIDE_HOURS = "max-minutes", "outside-hours"  # finish reasons; the crawl went well

STORE_FAILED = "store-failed"  # finish reason; the run goes on with the next crawl
MAX_STORE_FAILURES = 20  # articles, one behind another, that could not be stored; a restart of a database costs fewer

PAUSE = 0.05  # seconds between two looks at what still wants to be sent


class CrawlLimits:
    """Extension that watches the clock; a crawl that starts outside its hours ends before its first request."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.timers: list[asyncio.TimerHandle] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "CrawlLimits":
        limits = cls(crawler)
        crawler.signals.connect(limits.start, signals.spider_opened)
        crawler.signals.connect(limits.stop, signals.spider_closed)
        return limits

    def start(self, spider: Spider) -> None:
        site: Any = getattr(spider, "site", None)
        if not isinstance(site, Site):
            return
        if site.maxMinutes:
            self._close_in(site.maxMinutes * 60, OUT_OF_TIME)
        if site.politeness.hours:
            left = seconds_left(site.politeness.hours, site.politeness.timezone, datetime.now(UTC))
            if left is None:
                raise CloseSpider(OUTSIDE_HOURS)
            self._close_in(left, OUTSIDE_HOURS)

    def stop(self) -> None:
        for timer in self.timers:
            timer.cancel()

    def _close_in(self, seconds: float, reason: str) -> None:
        self.timers.append(asyncio.get_running_loop().call_later(seconds, self._close, reason))

    def _close(self, reason: str) -> None:
        self.ending = asyncio.ensure_future(self._end(reason))

    async def _end(self, reason: str) -> None:
        engine: Any = self.crawler.engine
        if engine.spider is None:
            return
        frontier = getattr(engine.spider, "frontier", None)
        left = len(engine.scheduler) + (frontier.count_held() if frontier else 0)
        closing = asyncio.ensure_future(engine.close_spider_async(reason=reason))
        untried = IgnoreRequest("left for the next crawl")
        assert self.crawler.stats is not None
        while not closing.done():  # what still comes out of other middlewares is taken back as well
            left += sum(take_back(slot, untried, silently=True) for slot in engine.downloader.slots.values())
            self.crawler.stats.set_value("clearwell/left", left)
            await asyncio.sleep(PAUSE)


class StoreWatch:
    """Extension that ends a crawl whose store takes nothing any more: all it fetches would have to be fetched again."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.failures = 0
        self.ending: asyncio.Future[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "StoreWatch":
        watch = cls(crawler)
        crawler.signals.connect(watch.note_error, signals.item_error)
        crawler.signals.connect(watch.note_stored, signals.item_scraped)
        return watch

    def note_error(self, failure: Failure) -> None:
        if not isinstance(failure.value, StoreError) or self.ending is not None:
            return
        self.failures += 1
        if self.failures >= MAX_STORE_FAILURES:
            tell_failure(self.crawler, failure.value)
            engine: Any = self.crawler.engine
            self.ending = asyncio.ensure_future(engine.close_spider_async(reason=STORE_FAILED))

    def note_stored(self) -> None:
        self.failures = 0
