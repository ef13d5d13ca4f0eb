"""The one spider: fetches the addresses it is given, or all articles a site's start points lead to."""

from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import scrapy
from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from clearwell.discovery.addresses import host_without_www, page_key
from clearwell.discovery.admission import Admission
from clearwell.discovery.article_urls import judge_address
from clearwell.discovery.leads import Fault, Lead
from clearwell.discovery.source import Source
from clearwell.discovery.traps import TrapGuard
from clearwell.errors import SiteConfigError, UnsupportedPage
from clearwell.page import Page
from clearwell.site import Site
from clearwell.storage.sites import load_site
from pipelines.items import FailedPage, FetchedPage
from spiders.addresses import find_problem, is_bare_host, read_addresses, without_password
from spiders.directives import MESSAGES, judge
from spiders.failures import describe_failure
from spiders.learning import LIST_KINDS, NO_ARTICLE, Learning
from spiders.sources import MAX_SOURCE_BYTES, declared_charset, is_source, read_response

PAUSE_EVERY = 100  # entries of a source, after which other work gets its turn
SOURCE_PRIORITY, LIST_PRIORITY = 1_000, 500  # of requests; articles have 0

Found = Request | FetchedPage | FailedPage


class ArticleSpider(scrapy.Spider):
    """Fetches article pages.

    Arguments (`-a name=value`): `url` one address, `urls` a file with one address a line, `site` the name of a file in
    sites/, `start` addresses (comma-separated) that take the place of the site's own.  Addresses given by `url` and
    `urls` are taken as they are; sitemaps and feeds among them are followed, and a bare host is a start point.

    Which addresses are worth a fetch, and when, is decided in clearwell/discovery; here they become requests.  What
    middlewares may read in their meta: `origin` where an article's address was found, `lastmod` when its sitemap or
    feed says that it changed (aware, or None), `leads_on` that its links are needed even if the page is as it was.
    """

    name = "article"

    def __init__(self, url: str = "", urls: str = "", site: str = "", start: str = "", **arguments: Any) -> None:
        super().__init__(**arguments)
        self.given = [url] if url else []
        self.given += read_addresses(Path(urls)) if urls else []
        self.site_name = site
        self.start_override = [address for address in start.split(",") if address]
        self.target = site or url or (Path(urls).name if urls else "addresses")  # what the run is of
        self.start_pages: list[str] = []  # asked for when sitemaps and feeds are read
        self.sources_on_their_way: set[str] = set()
        self.is_unchanged: Callable[[Request], bool] | None = None  # set by who knows what earlier crawls fetched
        self.learning = Learning(self)
        self.use(Site())

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "ArticleSpider":
        spider = super().from_crawler(crawler, *args, **kwargs)
        if spider.site_name:
            site = load_site(Path(crawler.settings["CLEARWELL_SITES"]), spider.site_name)
            spider.use(site.on(datetime.now(UTC).date()))
        if not spider.given and not spider.site.start:
            raise SiteConfigError("nothing to crawl: give -a url=, -a urls=FILE or -a site=NAME with a `start`")
        delay = spider.site.politeness.delay
        if delay is not None:
            crawler.settings.set("DOWNLOAD_DELAY", delay, priority="spider")
            crawler.settings.set("AUTOTHROTTLE_ENABLED", delay > 0, priority="spider")
        spider.learning.connect(crawler)
        return spider

    def use(self, site: Site) -> None:
        """Crawl by a site's file."""
        self.site = site
        self.admission = Admission(site, self.starts(), TrapGuard(datetime.now(UTC).date()))
        self.frontier = self.admission.frontier

    # -- where a crawl begins ----------------------------------------------------------------------------------------

    def starts(self) -> list[str]:
        """What the crawl was told to begin with."""
        return [*self.given, *(self.start_override or self.site.start)]

    async def start(self) -> AsyncIterator[Any]:
        """Ask for every given address and every start point of the site."""
        points = [address for address in self.given if is_bare_host(address)]
        for address in dict.fromkeys(address for address in self.given if address not in points):
            yield self._request(address, self.parse_given, meta={"given": True})
        for address in dict.fromkeys([*points, *(self.start_override or self.site.start)]):
            if is_bare_host(address):
                yield self._ask_for_source(urljoin(address, "/robots.txt"), expected="robots", is_guess=True)
            if judge_address(address).kind in ("sitemap", "feed") or address.endswith("/robots.txt"):
                yield self._ask_for_source(address)
            else:  # a page: what sitemaps and feeds name should be known when it is read
                self.start_pages.append(address)
        for found in self.release():
            yield found

    # -- what comes back ---------------------------------------------------------------------------------------------

    def parse_given(self, response: Response) -> Iterator[Found | None]:
        """An address somebody named: an article, unless it is a sitemap or feed."""
        yield from self.parse_source(response) if is_source(response) else self.parse_article(response)

    def parse_article(self, response: Response) -> Iterator[Found | None]:
        """A page that should be an article, as it came."""
        self.end(response.meta)
        yield from self._to_items(response)
        yield from self.release()

    def parse_unchanged(self, response: Response) -> Iterator[Found | None]:
        """A page that is as it was: there is nothing to take in."""
        self.end(response.meta)
        self.frontier.settle(response.meta.get("lead", ""), response.meta.get("was_article"))
        yield from self.release()

    def parse_source(self, response: Response) -> Iterator[Found | None]:
        """A page that leads to others: hold what it leads to, within the site, and ask for what is next."""
        yield from self._read(response)
        self.end(response.meta)
        self.frontier.settle(response.meta.get("lead", ""), None)
        yield from self.release()

    def fail(self, failure: Failure) -> Iterator[Found | None]:
        """An address from which nothing came."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        meta = request.meta
        reason, message = describe_failure(failure)
        self.frontier.settle(meta.get("lead", ""), False if reason in NO_ARTICLE else None)
        self.frontier.sitemap_is_partial |= meta.get("expected") == "sitemap"
        if meta.get("is_guess"):
            yield from self._guess_sitemap(request.url, meta)
        else:
            first = meta.get("redirect_urls", [request.url])[0]
            yield FailedPage(first, self.site_of(first), reason, message)
        self.end(meta)
        yield from self.release()

    def end(self, meta: dict[str, Any]) -> None:
        """A request came back, whatever it brought."""
        self.sources_on_their_way.discard(meta.get("source", ""))
        if meta.get("expected") in LIST_KINDS:
            self.frontier.forget_list(meta["lead"])
        else:
            self.frontier.arrive(meta.get("lead", ""))

    def _to_items(self, response: Response) -> Iterator[Found]:
        meta, passed = response.meta, response.meta.get("redirect_urls")
        if passed and self.site_name and (refusal := self.admission.refuse(response.url)):
            self.frontier.settle(meta.get("lead", ""), None)
            message = f"it redirects to {response.url}, where the site's file does not let us go"
            yield FailedPage(passed[0], self.site_name, refusal, message)
            return
        fetched = datetime.now(UTC).replace(microsecond=0)
        page = Page(url=response.url, body=response.body, charset=declared_charset(response), fetchedAt=fetched)
        headers = tuple(
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        )
        origin, lastmod = meta.get("origin", "given"), meta.get("lastmod")
        archived = not judge(response).noarchive
        yield FetchedPage(page, self.site_of(response.url), origin, lastmod, response.status, headers, archived)
        if passed:
            yield FailedPage(passed[0], self.site_of(passed[0]), "redirected", f"it redirects to {response.url}")

    # -- sources -----------------------------------------------------------------------------------------------------

    def _read(self, response: Response) -> Iterator[Found | None]:
        """Read a source: yield sitemaps and feeds to ask for and what is wrong with it, hold the rest."""
        expected = response.meta.get("expected")
        try:
            source = read_response(response)
        except UnsupportedPage as error:
            yield from self._complain(response, error.reason, str(error))
            return
        if expected in ("sitemap", "robots") and source.kind == "page":
            yield from self._complain(response, "not-sitemap", "it is named as a sitemap and answers with a page")
            yield from self._guess_sitemap(response.url, response.meta)
        else:
            yield from self._read_leads(response, source)

    def _read_leads(self, response: Response, source: Source) -> Iterator[Found | None]:
        url, meta = response.url, response.meta
        if source.kind == "page" and judge(response).nofollow:
            self.frontier.settle_list(meta.get("lead", url), 0, 0)
            yield FailedPage(url, self.site_of(url), "nofollow", MESSAGES["nofollow"])
            return
        if source.kind in ("sitemap", "text"):
            self.admission.sitemaps.add(page_key(url))
        offered_before, count, articles = self.frontier.offered, 0, 0
        for count, lead in enumerate(source.leads, 1):
            if isinstance(lead, Fault):
                yield from self._complain(response, lead.reason, lead.message)
                continue
            articles += lead.kind == "article"
            yield from self._consider(lead, response)
            if count % PAUSE_EVERY == 0:
                yield None
        if source.kind == "page":
            self.frontier.settle_list(meta.get("lead", url), self.frontier.offered - offered_before, articles)
            if source.reads_like_article and meta.get("expected") != "pages" and not is_bare_host(url):
                yield from self._to_items(response)
        if source.kind == "robots" and not count:
            yield from self._guess_sitemap(url, meta)
        elif not count and meta.get("expected") is None:
            message = "it leads to no address; look whether it is a sitemap, a feed or a listing"
            yield FailedPage(url, self.site_of(url), "no-links", message)

    def _consider(self, lead: Lead, response: Response) -> Iterator[Found]:
        """Hold a lead, ask for it, or say why not."""
        meta = response.meta
        if lead.origin != "listing" and (problem := find_problem(lead.url)):
            yield FailedPage(without_password(lead.url)[:500], self.site_of(response.url), "bad-url", problem)
            return
        depth = meta.get("sitemap_depth", -1) + 1
        decision = self.admission.consider(lead, depth, from_start=meta.get("expected") is None)
        if decision.action == "ask":
            is_guess = lead.kind == "feed"  # a page names it, nobody asked for it
            yield self._ask_for_source(lead.url, expected=lead.kind, is_guess=is_guess, sitemap_depth=depth)
        elif decision.action == "record":
            yield FailedPage(lead.url, self.site_of(response.url), decision.reason, decision.message)

    def _ask_for_source(self, address: str, **meta: Any) -> Found:
        """A request for a sitemap, feed or start point."""
        self.frontier.note(address)
        meta = {"download_maxsize": MAX_SOURCE_BYTES, "source": address, "leads_on": True, **meta}
        if meta.get("expected") == "robots":
            meta["dont_obey_robotstxt"] = True  # it has to be read to be obeyed
        found = self._request(address, self.parse_source, dont_filter=True, priority=SOURCE_PRIORITY, meta=meta)
        if isinstance(found, Request):
            self.sources_on_their_way.add(address)
        return found

    def _guess_sitemap(self, url: str, meta: dict[str, Any]) -> Iterator[Found]:
        """Where robots.txt names no sitemap, the usual place is tried, and nothing said if there is none."""
        if meta.get("expected") == "robots" and meta.get("is_guess"):
            lead = Lead(urljoin(url, "/sitemap.xml"), "sitemap", "sitemap")
            if self.admission.consider(lead).action == "ask":
                yield self._ask_for_source(lead.url, expected="sitemap", is_guess=True, sitemap_depth=0)

    def _complain(self, response: Response, reason: str, message: str) -> Iterator[Found]:
        """Something is wrong with a source; of one nobody named, nothing is."""
        self.frontier.sitemap_is_partial |= response.meta.get("expected") == "sitemap"
        if not response.meta.get("is_guess"):
            yield FailedPage(response.url, self.site_of(response.url), reason, message)

    # -- what is asked for next --------------------------------------------------------------------------------------

    def release(self) -> Iterator[Found]:
        """Requests for what the frontier has ready; only when all sources are read is it known what is newest."""
        while self.start_pages and not self.sources_on_their_way:
            pages, self.start_pages = self.start_pages, []
            for address in pages:
                yield self._ask_for_source(address)
        while not self.sources_on_their_way and (lead := self.frontier.take()):
            found = self._to_request(lead)
            if isinstance(found, Request) and self.is_unchanged is not None and self.is_unchanged(found):
                self.frontier.put_aside(lead.url)
                continue
            if isinstance(found, FailedPage):
                self.frontier.arrive(lead.url)
            yield found
        for refusal in self.frontier.take_refusals():
            yield FailedPage(refusal.url, self.site_of(refusal.url), refusal.reason, refusal.message)

    def _to_request(self, lead: Lead) -> Found:
        meta: dict[str, Any] = {"lead": lead.url, "origin": lead.origin}
        if lead.kind in LIST_KINDS:
            meta |= {"expected": lead.kind, "leads_on": True}
            return self._request(lead.url, self.parse_source, priority=LIST_PRIORITY, meta=meta)
        return self._request(lead.url, self.parse_given, meta={**meta, "expected": "article", "lastmod": lead.lastmod})

    def ask_again(self, address: str) -> Found:
        """A request for an article of an earlier crawl."""
        return self._request(address, self.parse_article)

    def _request(self, address: str, callback: Any, **options: Any) -> Found:
        problem = find_problem(address)
        try:
            if not problem:
                return Request(address, callback, errback=self.fail, **options)
        except ValueError as error:
            problem = f"the address cannot be used: {error}"
        return FailedPage(without_password(address)[:500], self.site_name, "bad-url", problem)

    def site_of(self, address: str) -> str:
        """The name of the site that an address is fetched for."""
        return self.site_name or host_without_www(address)
