"""Waits when a server says that it is asked too often: 429, and 503 with its Retry-After.

Scrapy asks again at once.  Here the host's other requests wait as well, and its slot goes on slower; AutoThrottle
speeds it up again as good answers come.
"""

import logging
import re
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Request, Response

from spiders.failures import RefusedRequest
from spiders.waiting import take_back

STATUSES = (429, 503)
MAX_TIMES = 3  # that one address is asked again
MAX_STRIKES = 6  # waits of a host, one behind another with no good answer between, until the crawl gives it up
SLOWEST = 60.0  # seconds between two requests to a host that was slowed down
_SECONDS = re.compile(r"\d{1,9}")

logger = logging.getLogger(__name__)


def read_retry_after(value: str, now: datetime) -> float | None:
    """Seconds to wait by a Retry-After header, which is a number or a date; None when it says nothing.

    >>> read_retry_after("120", datetime(2026, 11, 25, tzinfo=UTC))
    120.0
    >>> read_retry_after("Wed, 25 Nov 2026 00:00:30 GMT", datetime(2026, 11, 25, tzinfo=UTC))
    30.0
    """
    value = value.strip()
    if _SECONDS.fullmatch(value):
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):
        return None
    return max(0.0, ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now).total_seconds())


class Backoff:
    """Downloader middleware, closer to the downloader than Scrapy's RetryMiddleware.

    A host that asks for a longer wait than CLEARWELL_MAX_WAIT, or is still busy after MAX_STRIKES waits, is given up
    for this crawl.  Off where politeness is.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("AUTOTHROTTLE_ENABLED"):
            raise NotConfigured
        self.crawler = crawler
        self.first_wait = crawler.settings.getfloat("CLEARWELL_FIRST_WAIT")
        self.max_wait = crawler.settings.getfloat("CLEARWELL_MAX_WAIT")
        self.strikes: dict[str, int] = {}  # by slot, which is a host
        self.held: dict[str, float] = {}  # until when, monotonic
        self.given_up: dict[str, str] = {}  # what is told of it

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Backoff":
        backoff = cls(crawler)
        # With an answer there, Scrapy sends the host's next request before middlewares see it, but not before this.
        crawler.signals.connect(backoff.hear, signals.response_downloaded)
        return backoff

    def hear(self, response: Response, request: Request) -> None:
        """Hold or give up a host that says it is busy; a good answer ends the row of its strikes."""
        key = self._downloader.get_slot_key(request)
        if response.status in STATUSES:
            header = (response.headers.get("Retry-After") or b"").decode("latin-1")
            self._strike(key, response.status, read_retry_after(header, datetime.now(UTC)))
        elif response.status < 400:
            self.strikes.pop(key, None)

    def process_request(self, request: Request) -> None:
        self._refuse_given_up(request)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        if response.status not in STATUSES:
            return response
        self._refuse_given_up(request)
        times = request.meta.get("throttled_times", 0) + 1
        if times > MAX_TIMES:
            told = f"the server answered {response.status} {times} times, though asked ever slower"
            raise RefusedRequest("throttled", f"{told}; the next crawl tries again")
        again = request.replace(dont_filter=True)
        again.meta["throttled_times"] = times
        return again

    def _refuse_given_up(self, request: Request) -> None:
        if message := self.given_up.get(self._downloader.get_slot_key(request)):
            raise RefusedRequest("throttled", message)

    def _strike(self, key: str, status: int, asked: float | None) -> None:
        if time.monotonic() >= self.held.get(key, 0.0):  # not an answer to what was sent before the last wait began
            self.strikes[key] = self.strikes.get(key, 0) + 1
        strikes = self.strikes.get(key, 1)
        wait = min(self.first_wait * 2 ** (strikes - 1), self.max_wait) if asked is None else asked
        if wait > self.max_wait or strikes > MAX_STRIKES:
            self._give_up(key, status, wait)
        else:
            self._hold(key, wait)

    def _hold(self, key: str, wait: float) -> None:
        """Let nothing out to the host for `wait` seconds, and then less often."""
        slot, now = self._downloader.slots.get(key), time.monotonic()
        self._count("waits")
        self.held[key] = max(self.held.get(key, 0.0), now + wait)
        if slot is None:
            return
        slot.delay = min(max(slot.delay * 2, self.first_wait / 5), max(SLOWEST, slot.delay))
        # Scrapy sends the next request `delay`, give or take its jitter, after `lastseen`.
        slot.lastseen = self.held[key] - slot.delay * (1 - slot.jitter)
        logger.info("%s answers that it is asked too often: nothing is sent for %.1f s", key, wait)

    def _give_up(self, key: str, status: int, wait: float) -> None:
        cause = f"asks for a wait of {wait:,.0f} s" if wait > self.max_wait else f"goes on answering {status}"
        self.given_up[key] = f"the server {cause}; nothing more is asked of it in this crawl, the next tries again"
        self._count("given_up")
        if slot := self._downloader.slots.get(key):
            take_back(slot, RefusedRequest("throttled", self.given_up[key]))

    def _count(self, what: str) -> None:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(f"clearwell/throttled/{what}")

    @property
    def _downloader(self) -> Any:
        assert self.crawler.engine is not None
        return self.crawler.engine.downloader
