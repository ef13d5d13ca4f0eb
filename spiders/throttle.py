"""How fast a host is asked: Scrapy's AutoThrottle, never faster than the site file or the host's robots.txt says."""

import logging
import math
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Request, Response
from scrapy.robotstxt import RobotParser

from clearwell.site import Site

logger = logging.getLogger(__name__)


class PoliteThrottle(AutoThrottle):
    """Extension in the place of AutoThrottle: adds Crawl-delay, and the site file's `politeness.concurrency`.

    Off, as AutoThrottle is, where a site file says `delay = 0`.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.floors: dict[str, float] = {}  # seconds, by downloader slot, which is a host
        crawler.signals.connect(self._robots_parsed, signal=signals.robots_parsed)

    def _spider_opened(self, spider: Spider) -> None:
        super()._spider_opened(spider)
        site: Any = getattr(spider, "site", None)
        if isinstance(site, Site) and site.politeness.concurrency:
            self.target_concurrency = site.politeness.concurrency
            self._downloader.domain_concurrency = site.politeness.concurrency

    def _robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        asked = robotparser.crawl_delay(self.crawler.settings["ROBOTSTXT_USER_AGENT"])
        if not asked or not math.isfinite(asked):
            return
        slot = self._downloader.get_slot_key(request)
        largest = self.crawler.settings.getfloat("CLEARWELL_MAX_CRAWL_DELAY")
        if asked > largest:
            logger.warning(
                "%s asks for a Crawl-delay of %g s; %g s are kept (docs/politeness.md)", slot, asked, largest
            )
        floor = max(self.mindelay, min(asked, largest))
        self.floors[slot] = floor
        assert self.crawler.stats is not None
        self.crawler.stats.set_value(f"clearwell/crawl_delay/{slot}", floor)
        # For a slot that Scrapy makes anew after a pause; without jitter, which goes below as well as above.
        self._downloader.per_slot_settings[slot] = {"delay": floor, "jitter": 0.0}
        self._keep(slot)

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        super()._response_downloaded(response, request, spider)
        self._keep(request.meta.get("download_slot", ""))

    def _keep(self, key: str) -> None:
        """Undo an adjustment that went below what the host asks for."""
        slot = self._downloader.slots.get(key)
        if slot is not None and key in self.floors:
            slot.delay, slot.jitter = max(slot.delay, self.floors[key]), 0.0

    @property
    def _downloader(self) -> Any:
        assert self.crawler.engine is not None
        return self.crawler.engine.downloader
