"""Looks a site up: robots.txt, sitemaps, feeds, lists, a few articles.  Fetches as a crawl does, publishes nothing."""

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

import scrapy
from protego import Protego
from scrapy.crawler import Crawler
from scrapy.http import HtmlResponse, Request, Response
from twisted.python.failure import Failure

from clearwell.discovery.findings import Findings, FoundSource, choose_samples, is_loopback
from clearwell.discovery.leads import Fault, Lead
from clearwell.discovery.platforms import USUAL_FEEDS, USUAL_SITEMAPS, find_platform, is_script_shell
from clearwell.discovery.sitemaps import is_of_lists
from clearwell.discovery.source import find_kind
from clearwell.errors import UnsupportedPage
from clearwell.page import Page
from clearwell.site import Site
from pipelines.items import FailedPage, FetchedPage
from spiders.failures import describe_failure
from spiders.sources import declared_charset, read_response

SAMPLES = 10  # articles looked at
LEAST_SAMPLES = 3  # even if the site asks for long pauses
SAMPLE_SECONDS = 90  # that pauses between samples may take together
MAX_SITEMAPS = 8  # read, those of an index among them
MAX_GUESSES = 6  # addresses tried for a kind of source that the site does not name
MAX_FEEDS = 2
MAX_LISTINGS = 3  # read besides the home page, if nothing else names articles
ENOUGH = 3  # articles that a source must name to be worth starting at
MAX_LEADS = 20_000  # of one source that are looked at
ROBOTS_BYTES = 512_000  # of robots.txt that are read; RFC 9309 asks for 500 KiB


class Missing(NamedTuple):
    """An address from which nothing came."""

    url: str
    reason: str
    message: str


class ProbeSpider(scrapy.Spider):
    """Fetches what tells how a site is to be crawled; `findings` says what it found, its items are sample articles.

    Arguments: `url` the site's home page (https, then http, if it does not say), `browser` whether its pages are shown
    by one (`yes`).
    """

    name = "probe"

    def __init__(self, url: str = "", browser: str = "", **arguments: Any) -> None:
        super().__init__(**arguments)
        self.addresses = [url] if "://" in url else [f"https://{url}", f"http://{url}"]
        self.site_name = urlsplit(self.addresses[0]).netloc
        self.site = Site(name=self.site_name, start=(self.addresses[0],), browser=bool(browser))
        self.findings = Findings(self.addresses[0])
        self.home_leads: list[Lead] = []
        self.read: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "ProbeSpider":
        spider = super().from_crawler(crawler, *args, **kwargs)
        if is_loopback(spider.addresses[0]):  # as the file that comes of it will say
            crawler.settings.setdict({"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False}, priority="spider")
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Look at the sources one after another, each told by those before it; then ask for the samples."""
        await self._look_at_home()
        sitemaps = await self._look_at_robots()
        await self._look_at_sitemaps(sitemaps)
        await self._look_at_feeds()
        if sum(len(source.articles) for source in self._sources()) < ENOUGH:
            await self._look_at_listings()
        pause = self.findings.crawl_delay or 0.0
        count = max(LEAST_SAMPLES, int(SAMPLE_SECONDS / pause)) if pause else SAMPLES
        for address in choose_samples(self.findings, min(count, SAMPLES)):
            yield Request(address, self.parse_article, errback=self.fail)

    def parse_article(self, response: Response) -> Iterator[FetchedPage]:
        """A sample, as it came."""
        now = datetime.now(UTC).replace(microsecond=0)
        page = Page(url=response.url, body=response.body, charset=declared_charset(response), fetchedAt=now)
        yield FetchedPage(page, self.site_name)

    def fail(self, failure: Failure) -> Iterator[FailedPage]:
        """A sample from which nothing came."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        yield FailedPage(request.url, self.site_name, *describe_failure(failure))

    # -- one source after another ------------------------------------------------------------------------------------

    async def _look_at_home(self) -> None:
        found = self.findings
        for address in self.addresses:
            home = await self._fetch(address)
            if not isinstance(home, Missing):
                break
            found.problem = found.problem or f"{home.reason}: {home.message}"
        else:
            return
        found.problem = ""
        found.home = home.url
        if not isinstance(home, HtmlResponse):
            found.problem = "not-html: it is no page; give the site's home page"
            return
        found.platform, found.is_shell = find_platform(home.text), is_script_shell(home.text)
        self.home_leads = self._leads_of(home)
        found.listings.append(self._to_source(home.url, self.home_leads))

    async def _look_at_robots(self) -> list[str]:
        """Note what robots.txt says; the sitemaps it names."""
        answer = await self._fetch(urljoin(self._base(), "/robots.txt"), dont_obey_robotstxt=True)
        if isinstance(answer, Missing):
            told = f"{answer.reason}: {answer.message}"
            self.findings.robots = "there is none" if answer.reason == "http-404" else told
            return []
        if find_kind(answer.body, answer.url) != "robots":
            self.findings.robots = "it is a page, not robots.txt"
            return []
        rules = Protego.parse(answer.body[:ROBOTS_BYTES].decode("utf-8", "replace"))
        self.findings.crawl_delay = rules.crawl_delay(self.settings["ROBOTSTXT_USER_AGENT"])
        self.findings.robots = "read"
        named = [lead.url for lead in self._leads_of(answer) if lead.kind == "sitemap"]
        return list(dict.fromkeys(named))

    async def _look_at_sitemaps(self, named: list[str]) -> None:
        guesses = [*self.findings.platform.sitemaps, *USUAL_SITEMAPS]
        for address in named or dict.fromkeys(urljoin(self._base(), path) for path in guesses[:MAX_GUESSES]):
            if len(self.read) >= MAX_SITEMAPS:
                return
            source = await self._read_sitemap(address)
            if named or not source.fault:
                self.findings.sitemaps.append(source)
            if not named and source.articles:
                return

    async def _read_sitemap(self, address: str) -> FoundSource:
        """A sitemap, with what the first of those it leads to hold."""
        self.read.add(address)
        answer = await self._fetch(address)
        if isinstance(answer, Missing):
            return FoundSource(address, fault=answer.reason)
        if find_kind(answer.body, answer.url) not in ("sitemap", "text"):
            return FoundSource(address, fault="not-sitemap")
        leads = self._leads_of(answer)
        inner = [lead.url for lead in leads if lead.kind == "sitemap" and not is_of_lists(lead.url)]
        for child in inner:
            if len(self.read) >= MAX_SITEMAPS:
                break
            if child in self.read or not self.findings.belongs(child):
                continue
            self.read.add(child)
            held = await self._fetch(child)
            leads += [] if isinstance(held, Missing) else self._leads_of(held)
        return self._to_source(address, leads)

    async def _look_at_feeds(self) -> None:
        named = [lead.url for lead in self.home_leads if lead.kind == "feed" and "comment" not in lead.url][:MAX_FEEDS]
        guesses = [*self.findings.platform.feeds, *USUAL_FEEDS][:MAX_GUESSES]
        for address in named or dict.fromkeys(urljoin(self._base(), path) for path in guesses):
            answer = await self._fetch(address)
            if not isinstance(answer, Missing) and find_kind(answer.body, answer.url) in ("feed", "json-feed"):
                self.findings.feeds.append(self._to_source(address, self._leads_of(answer)))
                if not named:
                    return
            elif named:
                fault = answer.reason if isinstance(answer, Missing) else "not-feed"
                self.findings.feeds.append(FoundSource(address, fault=fault))

    async def _look_at_listings(self) -> None:
        lists = [lead.url for lead in self.home_leads if lead.kind == "listing"]
        for address in islice(filter(self.findings.belongs, lists), MAX_LISTINGS):
            answer = await self._fetch(address)
            if not isinstance(answer, Missing):
                self.findings.listings.append(self._to_source(address, self._leads_of(answer)))

    # -- fetching and reading ----------------------------------------------------------------------------------------

    async def _fetch(self, url: str, **meta: Any) -> Response | Missing:
        """Fetch through all of Scrapy's downloader, middlewares and all."""
        assert self.crawler.engine is not None
        try:
            response = await self.crawler.engine.download_async(Request(url, meta=meta, dont_filter=True))
        except Exception as error:  # whatever it was, it is named, and the look goes on
            return Missing(url, *describe_failure(Failure(error)))  # type: ignore[no-untyped-call]
        if response.status != 200:
            return Missing(url, f"http-{response.status}", f"the server answered {response.status}")
        return response

    def _leads_of(self, response: Response) -> list[Lead]:
        """What a response leads to; nothing for what cannot be read."""
        try:
            found: Iterable[Lead | Fault] = read_response(response).leads
            return [lead for lead in islice(found, MAX_LEADS) if isinstance(lead, Lead)]
        except UnsupportedPage:
            return []

    def _to_source(self, url: str, leads: list[Lead]) -> FoundSource:
        own = [lead for lead in leads if self.findings.belongs(lead.url)]
        articles = tuple(lead for lead in own if lead.kind in ("article", "either"))
        lists = sum(lead.kind in ("listing", "archive", "pages") for lead in own)
        return FoundSource(url, articles, lists, fault="" if articles or lists else "it names no articles")

    def _sources(self) -> list[FoundSource]:
        found = self.findings
        return [*found.sitemaps, *found.feeds, *found.listings]

    def _base(self) -> str:
        return self.findings.home or self.findings.address
