"""What a host's robots.txt and tdmrep.json say: which addresses may be asked for, and how often.

In the place of Scrapy's middleware, which takes a robots.txt that does not come for a permission.  RFC 9309 does not:
a client error means that there is none (everything is allowed), a server error or none at all that nothing is.
"""

import asyncio
import logging
import time
from typing import NamedTuple
from urllib.parse import urlsplit

from protego import Protego
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotConfigured,
    ResponseDataLossError,
)
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from twisted.python.failure import Failure

from clearwell.directives import UseRule, is_reserved, read_signals, read_tdmrep
from spiders.failures import RefusedRequest, describe_failure

MAX_BYTES = 512_000  # of a robots.txt that are read; RFC 9309 asks for 500 KiB at least
MAX_HOPS = 5  # redirects followed to a robots.txt; RFC 9309, 2.3.1.2
MAX_AGE = 86_400  # seconds a robots.txt is good for; RFC 9309, 2.4
RETRY_AGE = 300  # seconds until one that did not come is asked for again
PRIORITY = 1_000  # before any page of the host
TOO_MANY = 429  # a client error by number; it asks to wait, which is what a server error means here
# No connection to the host, whatever is asked for: the refusal is named for that, not for its robots.txt.
_NO_CONNECTION = (CannotResolveHostError, DownloadConnectionRefusedError, DownloadFailedError)
_NO_ANSWER = (*_NO_CONNECTION, DownloadTimeoutError, DownloadCancelledError, ResponseDataLossError)

logger = logging.getLogger(__name__)


class BoundedRobotParser(RobotParser):
    """Protego over the first 500 KiB, in UTF-8 or UTF-16; the setting ROBOTSTXT_PARSER names it."""

    def __init__(self, body: bytes) -> None:
        self.text = decode_robots(body)
        self.rules = Protego.parse(self.text)

    @classmethod
    def from_crawler(cls, crawler: Crawler, robotstxt_body: bytes) -> "BoundedRobotParser":
        return cls(robotstxt_body)

    def allowed(self, url: str | bytes, user_agent: str | bytes) -> bool:
        return bool(self.rules.can_fetch(_as_text(url), _as_text(user_agent)))

    def crawl_delay(self, user_agent: str | bytes) -> float | None:
        """Seconds between two requests, by Crawl-delay or Request-rate, whichever asks for more."""
        rate = self.rules.request_rate(_as_text(user_agent))
        asked = (self.rules.crawl_delay(_as_text(user_agent)), rate and rate.seconds / rate.requests)
        return max((seconds for seconds in asked if seconds is not None), default=None)


def decode_robots(body: bytes) -> str:
    """The text of a robots.txt, up to the last whole line of its first 500 KiB.

    >>> decode_robots("User-agent: *".encode("utf-16"))
    'User-agent: *'
    """
    body = body if len(body) <= MAX_BYTES else body[:MAX_BYTES].rpartition(b"\n")[0]
    wide = body[:2] in (b"\xff\xfe", b"\xfe\xff")
    return body.decode("utf-16" if wide else "utf-8-sig", "replace")


class Policy(NamedTuple):
    """What holds for a host until a moment (monotonic): rules, or the refusal of everything."""

    until: float
    parser: RobotParser | None = None
    uses: tuple[UseRule, ...] = ()
    refusal: RefusedRequest | None = None


class RobotsPolicy:
    """Downloader middleware: lets out what the host's files allow, and refuses the rest by name."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self.crawler = crawler
        self.agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self.policies: dict[str, asyncio.Task[Policy]] = {}  # by scheme and host

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RobotsPolicy":
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get("dont_obey_robotstxt"):
            return
        policy = await self._find_policy(request)
        if policy.refusal:
            raise RefusedRequest(policy.refusal.reason, str(policy.refusal))
        if policy.parser and not policy.parser.allowed(request.url, self.agent):
            self._count("forbidden")
            raise RefusedRequest("robots", "the site's robots.txt does not allow this address")
        if is_reserved(policy.uses, request.url):
            message = "the site's robots.txt or tdmrep.json reserves the rights to use this address's text"
            raise RefusedRequest("rights-reserved", message)

    async def _find_policy(self, request: Request) -> Policy:
        parts = urlsplit(request.url)
        host = f"{parts.scheme}://{parts.netloc}"
        known = self.policies.get(host)
        if known and known.done() and time.monotonic() > known.result().until:
            known = None
        if known is None:
            known = self.policies[host] = asyncio.ensure_future(self._load(host, request))
        return await asyncio.shield(known)  # others wait for the same answer

    async def _load(self, host: str, request: Request) -> Policy:
        now = time.monotonic()
        try:
            response = await self._fetch(f"{host}/robots.txt", redirect_ttl=MAX_HOPS)
        except Exception as error:
            return self._without(host, error, now)
        self._count(f"response_status_count/{response.status}")
        if response.status >= 500 or response.status == TOO_MANY:
            return Policy(now + RETRY_AGE, refusal=_unreachable(f"the server answered {response.status}"))
        parser = BoundedRobotParser(response.body if response.status == 200 else b"")
        await self.crawler.signals.send_catch_log_async(
            signal=signals.robots_parsed, robotparser=parser, request=request
        )
        uses = (*read_signals(parser.text), *await self._load_reservations(host, parser))
        return Policy(now + MAX_AGE, parser, uses)

    def _without(self, host: str, error: Exception, now: float) -> Policy:
        """What holds where no robots.txt came."""
        if isinstance(error, RefusedRequest):
            return Policy(now + RETRY_AGE, refusal=error)
        if isinstance(error, IgnoreRequest):  # redirected without end: RFC 9309 takes that for none
            return Policy(now + MAX_AGE)
        reason, message = describe_failure(Failure(error))  # type: ignore[no-untyped-call]
        if not isinstance(error, _NO_ANSWER):
            logger.error("%s/robots.txt cannot be read: %s", host, error, exc_info=error)
        if isinstance(error, _NO_CONNECTION):
            return Policy(now + RETRY_AGE, refusal=RefusedRequest(reason, message))
        return Policy(now + RETRY_AGE, refusal=_unreachable(message))

    async def _load_reservations(self, host: str, parser: RobotParser) -> tuple[UseRule, ...]:
        """The rules of the host's tdmrep.json; that it cannot be had reserves nothing."""
        address = f"{host}/.well-known/tdmrep.json"
        if not parser.allowed(address, self.agent):
            return ()
        try:
            response = await self._fetch(address, redirect_ttl=MAX_HOPS, max_retry_times=0)
        except (IgnoreRequest, *_NO_ANSWER):
            return ()
        return read_tdmrep(response.body[:MAX_BYTES]) if response.status == 200 else ()

    async def _fetch(self, address: str, **meta: object) -> Response:
        request = Request(address, priority=PRIORITY, callback=NO_CALLBACK, meta={"dont_obey_robotstxt": True, **meta})
        self._count("request_count")
        assert self.crawler.engine is not None
        return await self.crawler.engine.download_async(request)

    def _count(self, what: str) -> None:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(f"robotstxt/{what}")


def _unreachable(cause: str) -> RefusedRequest:
    message = f"the site's robots.txt cannot be had, so nothing may be fetched; the next crawl tries again ({cause})"
    return RefusedRequest("robots-unreachable", message)


def _as_text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("utf-8", "replace")
