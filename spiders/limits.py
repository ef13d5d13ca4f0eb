"""Ends a crawl gently when its time is up (`maxMinutes`) or its hours are over (`politeness.hours`).

Gently: what is on its way is taken in and published, nothing more is sent, and what is left is for the next crawl.
"""

import asyncio
from datetime import UTC, datetime
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, IgnoreRequest

from clearwell.hours import seconds_left
from clearwell.site import Site
from spiders.waiting import take_back

OUT_OF_TIME, OUTSIDE_HOURS = "max-minutes", "outside-hours"  # finish reasons; the crawl went well

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
