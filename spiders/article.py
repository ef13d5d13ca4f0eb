"""The one spider: fetches the addresses it is given, or all articles a site's start points lead to."""

import re
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import scrapy
from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from twisted.python.failure import Failure
from w3lib.encoding import http_content_type_encoding

from clearwell.errors import SiteConfigError
from clearwell.page import Page
from clearwell.site import Site
from clearwell.storage.sites import load_site
from pipelines.items import FailedPage, FetchedPage
from spiders.failures import describe_failure
from spiders.sources import is_source, read_source

MAX_ADDRESS = 4_096  # characters; longer ones are traps or broken

Found = Request | FetchedPage | FailedPage


class ArticleSpider(scrapy.Spider):
    """Fetches article pages.

    Arguments (`-a name=value`): `url` one address, `urls` a file with one address a line, `site` the name of a file in
    sites/, `start` addresses (comma-separated) that take the place of the site's own.  Addresses given by `url` and
    `urls` are taken as they are; sitemaps and feeds among them are followed.
    """

    name = "article"

    def __init__(self, url: str = "", urls: str = "", site: str = "", start: str = "", **arguments: Any) -> None:
        super().__init__(**arguments)
        self.given = [url] if url else []
        self.given += _read_addresses(Path(urls)) if urls else []
        self.site = Site()
        self.site_name = site
        self.start_override = [address for address in start.split(",") if address]
        self.target = site or url or (Path(urls).name if urls else "addresses")  # what the run is of
        self.wanted: set[str] = set()  # addresses of articles, for the budget of pages

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "ArticleSpider":
        spider = super().from_crawler(crawler, *args, **kwargs)
        if spider.site_name:
            spider.site = load_site(Path(crawler.settings["CLEARWELL_SITES"]), spider.site_name)
        if not spider.given and not spider.site.start:
            raise SiteConfigError("nothing to crawl: give -a url=, -a urls=FILE or -a site=NAME with a `start`")
        delay = spider.site.politeness.delay
        if delay is not None:
            crawler.settings.set("DOWNLOAD_DELAY", delay, priority="spider")
            crawler.settings.set("AUTOTHROTTLE_ENABLED", delay > 0, priority="spider")
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Ask for every given address and every start point of the site."""
        for address in dict.fromkeys(self.given):
            yield self._request(address, self.parse_given, meta={"given": True})
        for address in self.start_override or self.site.start:
            yield self._request(address, self.parse_source, dont_filter=True)

    def parse_given(self, response: Response) -> Iterator[Found]:
        """An address somebody named: an article, unless it is a sitemap or feed."""
        yield from self.parse_source(response) if is_source(response) else self.parse_article(response)

    def parse_source(self, response: Response) -> Iterator[Found]:
        """A page that leads to others: ask for what it leads to, within the site."""
        found = 0
        try:
            for lead in read_source(response):
                found += 1
                if self._is_wanted(lead.url, lead.is_source):
                    yield self._request(lead.url, self.parse_source if lead.is_source else self.parse_given)
        except (EOFError, OSError) as error:
            yield FailedPage(response.url, self._site_of(response.url), "truncated", f"it cannot be unpacked: {error}")
            return
        if not found:
            message = "it leads to no address; look whether it is a sitemap, a feed or a listing"
            yield FailedPage(response.url, self._site_of(response.url), "no-links", message)

    def parse_article(self, response: Response) -> Iterator[Found]:
        """A page that should be an article, as it came."""
        passed = response.meta.get("redirect_urls")
        if passed and self.site_name and not self._is_wanted(response.url, False):
            message = f"it redirects to {response.url}, where the site's file does not let us go"
            yield FailedPage(passed[0], self.site_name, "off-site", message)
            return
        declared = http_content_type_encoding((response.headers.get("Content-Type") or b"").decode("latin-1"))
        page = Page(
            url=response.url, body=response.body, charset=declared, fetchedAt=datetime.now(UTC).replace(microsecond=0)
        )
        headers = tuple(
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        )
        yield FetchedPage(page, self._site_of(response.url), response.status, headers)
        if passed:
            yield FailedPage(passed[0], self._site_of(passed[0]), "redirected", f"it redirects to {response.url}")

    def fail(self, failure: Failure) -> Iterator[Found]:
        """An address from which nothing came."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        first = request.meta.get("redirect_urls", [request.url])[0]
        yield FailedPage(first, self._site_of(first), *describe_failure(failure))

    def _request(self, address: str, callback: Any, **options: Any) -> Found:
        try:
            if len(address) > MAX_ADDRESS:
                raise ValueError(f"it has {len(address):,} characters")
            if "@" in urlsplit(address).netloc:
                address = address.replace(urlsplit(address).netloc.rpartition("@")[0] + "@", "")
                raise ValueError("it holds a user name or password, which is never sent")
            if urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).hostname:
                raise ValueError("only http and https addresses with a host are fetched")
            return Request(address, callback, errback=self.fail, **options)
        except ValueError as error:
            return FailedPage(address[:500], self.site_name, "bad-url", f"the address cannot be used: {error}")

    def _is_wanted(self, address: str, leads_on: bool) -> bool:
        """Whether the site's file lets us go there: its hosts, its patterns, its budget of pages."""
        starts = (*(self.start_override or self.site.start), *self.given)
        hosts = [_host(f"http://{host}") for host in self.site.hosts] or [_host(start) for start in starts]
        if _host(address) not in hosts:
            return False
        if any(re.search(pattern, address) for pattern in self.site.exclude):
            return False
        if not leads_on:
            if self.site.include and not any(re.search(pattern, address) for pattern in self.site.include):
                return False
            self.wanted.add(address)
        return len(self.wanted) <= self.site.maxPages

    def _site_of(self, address: str) -> str:
        return self.site_name or _host(address)


def _host(address: str) -> str:
    """An address's host without `www.`; empty when it cannot be read."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _read_addresses(path: Path) -> list[str]:
    """The addresses of a file, one a line; blank lines and lines that begin with # say nothing."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SiteConfigError(f"the list of addresses {path} cannot be read: {error}") from error
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
