"""Judges where a server sends us before Scrapy goes there."""

import logging
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from w3lib.url import safe_url_string

from spiders.failures import RefusedRequest
from spiders.safety.addresses import AddressPolicy

logger = logging.getLogger(__name__)

REDIRECTS = frozenset((301, 302, 303, 307, 308))
MAX_LOCATION = 4_096  # bytes; longer ones are traps or broken


class RedirectGuard:
    """Refuses redirects that are none, as `bad-redirect`; counts those from https down to http.

    The address itself is judged where it is connected to, as every other.  It runs nearer to the downloader than
    Scrapy's RedirectMiddleware, so that it sees every hop.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._stats = crawler.stats
        AddressPolicy.from_settings(crawler.settings)  # a wrong setting stops the crawl here, with a message

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RedirectGuard":
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        locations = set(response.headers.getlist("Location"))
        if response.status in REDIRECTS and locations:
            target = check_location(request.url, locations)
            if request.url.startswith("https:") and urlsplit(target).scheme == "http":
                logger.info("%s redirects from https down to %s", request.url, target)
                if self._stats:
                    self._stats.inc_value("clearwell/redirects_to_http")
        return response


def check_location(url: str, locations: set[bytes]) -> str:
    """The absolute address a `Location` leads to; RefusedRequest `bad-redirect` for one that no crawler should follow.

    >>> check_location("https://example.org/a/b", {b"../c"})
    'https://example.org/c'
    """
    if len(locations) > 1:
        raise RefusedRequest("bad-redirect", "it redirects to several addresses at once")
    (location,) = locations
    if len(location) > MAX_LOCATION:
        raise RefusedRequest("bad-redirect", f"it redirects to an address of {len(location):,} bytes")
    try:
        target = urljoin(url, safe_url_string(location))
        parts = urlsplit(target)
        _ = parts.port
    except ValueError as error:
        raise RefusedRequest("bad-redirect", f"it redirects to what is no address: {error}") from error
    if parts.scheme not in ("http", "https"):
        raise RefusedRequest("bad-redirect", f"it redirects to a {parts.scheme[:20]}: address, which is not followed")
    if "@" in parts.netloc:
        raise RefusedRequest("bad-redirect", "it redirects to an address with a user name or password")
    if not parts.hostname:
        raise RefusedRequest("bad-redirect", "it redirects to an address without a host")
    return target
