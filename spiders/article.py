"""The one spider: fetches the addresses it is given, or all articles a site's start points lead to."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import scrapy
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from clearwell.checking import REJECT_REASONS
from clearwell.discovery.addresses import host_without_www, page_key
from clearwell.discovery.admission import Admission
from clearwell.discovery.article_urls import judge_address
from clearwell.discovery.leads import Fault, Lead
from clearwell.discovery.listings import MIN_ROWS
from clearwell.discovery.lists import MAX_LIST_PAGES
from clearwell.discovery.shapes import shape_of
from clearwell.errors import SiteConfigError, UnsupportedPage
from clearwell.page import Page
from clearwell.site import Site
from clearwell.storage.sites import load_site
from pipelines.items import FailedPage, FetchedPage, Rejected
from spiders.failures import describe_failure
from spiders.sources import MAX_SOURCE_BYTES, declared_charset, is_source, read_response

MAX_ADDRESS = 4_096  # characters; longer ones are traps or broken
MAX_UNPRODUCTIVE = 50  # articles in a row whose links name no new one; then articles are no longer asked for links
PAUSE_EVERY = 100  # entries of a source, after which other work gets its turn
SOURCE_PRIORITY, LIST_PRIORITY = 1_000, 500  # of requests; articles have 0

# Ends by which a page was judged to be no article; others (broken, gone, a twin) say nothing about its shape.
NO_ARTICLE = REJECT_REASONS | {"not-html"}
LIST_KINDS = ("listing", "archive", "pages")
DEAD = ("http-404", "http-410")
# Ends of pages whose links may lead to articles.
LISTS = frozenset("listing-page only-links no-article too-short".split())

Found = Request | FetchedPage | FailedPage


class ArticleSpider(scrapy.Spider):
    """Fetches article pages.

    Arguments (`-a name=value`): `url` one address, `urls` a file with one address a line, `site` the name of a file in
    sites/, `start` addresses (comma-separated) that take the place of the site's own.  Addresses given by `url` and
    `urls` are taken as they are; sitemaps and feeds among them are followed, and a bare host is a start point.

    Which addresses are worth a fetch, and when, is decided in clearwell/discovery; here they become requests.
    Requests for articles carry in their meta `origin` (where the address was found) and `lastmod` (aware, or None).
    """

    name = "article"

    def __init__(self, url: str = "", urls: str = "", site: str = "", start: str = "", **arguments: Any) -> None:
        super().__init__(**arguments)
        self.given = [url] if url else []
        self.given += _read_addresses(Path(urls)) if urls else []
        self.site_name = site
        self.start_override = [address for address in start.split(",") if address]
        self.sources_on_their_way = 0
        self.start_pages: list[str] = []  # asked for when sitemaps and feeds are read
        self.unproductive = 0  # articles in a row
        self.said_used_up = False
        self.use(Site())

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "ArticleSpider":
        spider = super().from_crawler(crawler, *args, **kwargs)
        if spider.site_name:
            spider.use(load_site(Path(crawler.settings["CLEARWELL_SITES"]), spider.site_name))
        if not spider.given and not spider.site.start:
            raise SiteConfigError("nothing to crawl: give -a url=, -a urls=FILE or -a site=NAME with a `start`")
        delay = spider.site.politeness.delay
        if delay is not None:
            crawler.settings.set("DOWNLOAD_DELAY", delay, priority="spider")
            crawler.settings.set("AUTOTHROTTLE_ENABLED", delay > 0, priority="spider")
        for signal, listener in (
            (signals.item_scraped, spider.learn_article),
            (signals.item_dropped, spider.learn_drop),
            (signals.item_error, spider.learn_error),
            (signals.request_dropped, spider.learn_dropped_request),
            (signals.spider_idle, spider.go_on),
            (signals.spider_closed, spider.sum_up),
        ):
            crawler.signals.connect(listener, signal)
        return spider

    def use(self, site: Site) -> None:
        """Crawl by a site's file."""
        self.site = site
        # A guard against spider traps (clearwell/discovery) is given to Admission here.
        self.admission = Admission(site, (*self._starts(), *self.given))
        self.frontier = self.admission.frontier

    # -- where a crawl begins ----------------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Any]:
        """Ask for every given address and every start point of the site."""
        starts = [address for address in self.given if _is_bare_host(address)] + self._starts()
        for address in dict.fromkeys(address for address in self.given if not _is_bare_host(address)):
            yield self._request(address, self.parse_given, meta={"given": True})
        for address in dict.fromkeys(starts):
            if _is_bare_host(address):
                yield self._ask_for_source(urljoin(address, "/robots.txt"), expected="robots", is_guess=True)
            if judge_address(address).kind in ("sitemap", "feed") or address.endswith("/robots.txt"):
                yield self._ask_for_source(address)
            else:  # a page: what sitemaps and feeds name should be known when it is read
                self.start_pages.append(address)
        for found in self._release():
            yield found

    def _starts(self) -> list[str]:
        return self.start_override or list(self.site.start)

    # -- what comes back ---------------------------------------------------------------------------------------------

    def parse_given(self, response: Response) -> Iterator[Found | None]:
        """An address somebody named: an article, unless it is a sitemap or feed."""
        if is_source(response):
            yield from self.parse_source(response)
        else:
            yield from self.parse_article(response)

    def parse_source(self, response: Response) -> Iterator[Found | None]:
        """A page that leads to others: hold what it leads to, within the site, and ask for what is next."""
        self._arrive(response.request)
        yield from self._read(response)
        self._end_source(response.meta)
        yield from self._release()

    def parse_article(self, response: Response) -> Iterator[Found | None]:
        """A page that should be an article, as it came."""
        self._arrive(response.request)
        yield from self._to_items(response)
        yield from self._release()

    def fail(self, failure: Failure) -> Iterator[Found | None]:
        """An address from which nothing came."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        first = _first(request)
        reason, message = describe_failure(failure)
        self._arrive(request)
        self._settle(request, False if reason in NO_ARTICLE else None)
        expected = request.meta.get("expected")
        if expected in LIST_KINDS:
            self.frontier.forget_list(first)
        if expected == "sitemap":
            self.frontier.sitemap_is_partial = True
        if request.meta.get("is_guess"):
            yield from self._guess_sitemap(request.url, request.meta)
        elif expected in LIST_KINDS and reason in DEAD:
            self.frontier.left_out["dead-link"] += 1
        else:
            yield FailedPage(first, self._site_of(first), reason, message)
        self._end_source(request.meta)
        yield from self._release()

    def _to_items(self, response: Response) -> Iterator[Found]:
        meta, passed = response.meta, response.meta.get("redirect_urls")
        if passed and self.site_name and (refusal := self.admission.refuse(response.url)):
            self._settle(response.request, None)
            message = f"it redirects to {response.url}, where the site's file does not let us go"
            yield FailedPage(passed[0], self.site_name, refusal, message)
            return
        page = Page(
            url=response.url,
            body=response.body,
            charset=declared_charset(response),
            fetchedAt=datetime.now(UTC).replace(microsecond=0),
        )
        yield FetchedPage(page, self._site_of(response.url), meta.get("origin", "given"), meta.get("lastmod"))
        if passed:
            yield FailedPage(passed[0], self._site_of(passed[0]), "redirected", f"it redirects to {response.url}")

    # -- sources -----------------------------------------------------------------------------------------------------

    def _read(self, response: Response) -> Iterator[Found | None]:
        """Read a source: yield sitemaps and feeds to ask for and what is wrong with it, hold the rest."""
        url, meta = response.url, response.meta
        expected = meta.get("expected")
        try:
            source = read_response(response)
        except UnsupportedPage as error:
            yield from self._complain(response, error.reason, str(error))
            return
        if expected in ("sitemap", "robots") and source.kind == "page":
            yield from self._complain(response, "not-sitemap", "it is named as a sitemap and answers with a page")
            return
        if source.kind in ("sitemap", "text"):
            self.admission.sitemaps.add(page_key(url))
        found = faults = articles = 0
        offered_before = self.frontier.offered
        for lead in source.leads:
            if isinstance(lead, Fault):
                faults += 1
                yield from self._complain(response, lead.reason, lead.message)
                continue
            found += 1
            articles += lead.kind == "article"
            yield from self._consider(lead, response)
            if found % PAUSE_EVERY == 0:
                yield None
        if source.kind == "page":
            self.frontier.settle_list(_first(response.request), self.frontier.offered - offered_before, articles)
            if source.reads_like_article and expected != "pages":
                yield from self._to_items(response)
        if source.kind == "robots" and not found:
            yield from self._guess_sitemap(url, meta)
        elif not found and not faults and expected is None:
            message = "it leads to no address; look whether it is a sitemap, a feed or a listing"
            yield FailedPage(url, self._site_of(url), "no-links", message)

    def _consider(self, lead: Lead, response: Response) -> Iterator[Found]:
        """Hold a lead, ask for it, or say why not."""
        meta = response.meta
        if (problem := _find_problem(lead.url)) and lead.origin != "listing":
            yield FailedPage(lead.url[:500], self._site_of(response.url), "bad-url", problem)
            return
        depth = meta.get("sitemap_depth", -1) + 1
        decision = self.admission.consider(lead, depth, from_start=meta.get("expected") is None)
        if decision.action == "ask":
            is_guess = lead.kind == "feed"  # a page names it, nobody asked for it
            yield self._ask_for_source(lead.url, expected=lead.kind, is_guess=is_guess, sitemap_depth=depth)
        elif decision.action == "record":
            yield FailedPage(lead.url, self._site_of(response.url), decision.reason, decision.message)

    def _ask_for_source(self, address: str, **meta: Any) -> Found:
        """A request for a sitemap, feed or start point."""
        self.frontier.note(address)
        meta = {"download_maxsize": MAX_SOURCE_BYTES, "is_source": True, **meta}
        if meta.get("expected") == "robots":
            meta["dont_obey_robotstxt"] = True  # it has to be read to be obeyed
        found = self._request(address, self.parse_source, dont_filter=True, priority=SOURCE_PRIORITY, meta=meta)
        self.sources_on_their_way += isinstance(found, Request)
        return found

    def _guess_sitemap(self, url: str, meta: dict[str, Any]) -> Iterator[Found]:
        """Where robots.txt names no sitemap, the usual place is tried, and nothing said if there is none."""
        address = urljoin(url, "/sitemap.xml")
        if meta.get("expected") == "robots" and meta.get("is_guess"):
            decision = self.admission.consider(Lead(address, "sitemap", "sitemap"))
            if decision.action == "ask":
                yield self._ask_for_source(address, expected="sitemap", is_guess=True, sitemap_depth=0)

    def _complain(self, response: Response, reason: str, message: str) -> Iterator[Found]:
        """Something is wrong with a source; of one nobody named, nothing is."""
        if response.meta.get("expected") == "sitemap":
            self.frontier.sitemap_is_partial = True
        if not response.meta.get("is_guess"):
            yield FailedPage(response.url, self._site_of(response.url), reason, message)

    def _end_source(self, meta: dict[str, Any]) -> None:
        if meta.get("is_source"):
            self.sources_on_their_way = max(self.sources_on_their_way - 1, 0)

    # -- what is asked for next, and what came of it -----------------------------------------------------------------

    def _release(self) -> Iterator[Found]:
        """Requests for what the frontier has ready; only when all sources are read is it known what is newest."""
        while self.start_pages and not self.sources_on_their_way:
            pages, self.start_pages = self.start_pages, []
            for address in pages:
                yield self._ask_for_source(address)
        while not self.sources_on_their_way and (lead := self.frontier.take()):
            found = self._to_request(lead)
            if isinstance(found, FailedPage):
                self.frontier.arrive()
            yield found
        for lead in self.frontier.leave_out_given_up():
            message = f"pages at addresses like it ({shape_of(lead.url)}) were no articles; `include` it if it is one"
            yield FailedPage(lead.url, self._site_of(lead.url), "fruitless", message)

    def _to_request(self, lead: Lead) -> Found:
        if lead.kind in LIST_KINDS:
            meta: dict[str, Any] = {"expected": lead.kind, "origin": lead.origin}
            return self._request(lead.url, self.parse_source, priority=LIST_PRIORITY, meta=meta)
        meta = {"expected": "article", "origin": lead.origin, "lastmod": lead.lastmod, "shape": shape_of(lead.url)}
        return self._request(lead.url, self.parse_given, meta=meta)

    def _arrive(self, request: Request | None) -> None:
        if request is not None and "shape" in request.meta:
            self.frontier.arrive()

    def _settle(self, request: Request | None, is_article: bool | None) -> None:
        if request is not None and "shape" in request.meta:
            self.frontier.settle(request.meta["shape"], is_article)

    def learn_article(self, item: Any, response: Response | None) -> None:
        """An article was taken: its shape is good, and links of its kind are, too."""
        if response is None or "origin" not in response.meta:
            return
        self._settle(response.request, True)
        if not self.frontier.has_sitemap and self.unproductive < MAX_UNPRODUCTIVE:
            new = [self.admission.consider_from_article(lead) for lead in self._links_of(response)]
            self.unproductive = 0 if any(new) else self.unproductive + 1
        self._pump()

    def learn_drop(self, item: Any, response: Response | None, exception: BaseException) -> None:
        """A page was not taken: that counts against its shape; if it is a list, it is read as one."""
        if not isinstance(item, FetchedPage) or response is None or "origin" not in response.meta:
            return
        reason = exception.reason if isinstance(exception, Rejected) else ""
        self._settle(response.request, False if reason in NO_ARTICLE else None)
        if reason in LISTS and not self.frontier.has_sitemap and response.meta.get("expected") == "article":
            offered_before = self.frontier.offered
            leads = list(self._links_of(response))
            for lead in leads:
                self.admission.consider(lead)
            articles = sum(lead.kind == "article" for lead in leads)
            if articles >= MIN_ROWS:  # else it was no list either
                self.frontier.settle_list(_first(response.request), self.frontier.offered - offered_before, articles)
        self._pump()

    def learn_error(self, item: Any, response: Response | None) -> None:
        """A pipeline failed: nobody can tell what the page was."""
        if response is not None and isinstance(item, FetchedPage):
            self._settle(response.request, None)
            self._pump()

    def learn_dropped_request(self, request: Request) -> None:
        """A redirect led to a page that was asked for already."""
        self._arrive(request)
        self._settle(request, None)
        if request.meta.get("expected") in LIST_KINDS:
            self.frontier.forget_list(_first(request))
        self._end_source(request.meta)
        if "expected" in request.meta or request.meta.get("is_source"):
            self._pump()

    def _links_of(self, response: Response) -> Iterator[Lead]:
        try:
            source = read_response(response)
        except UnsupportedPage:  # the pipeline has said so
            return
        yield from (lead for lead in source.leads if isinstance(lead, Lead))

    def _pump(self) -> int:
        """Ask for what is ready, from outside of a callback; how much was."""
        ready = list(self._release())
        for found in ready:
            if isinstance(found, Request):
                self.crawler.engine.crawl(found)
            elif isinstance(found, FailedPage):
                self._tell(found)
        return len(ready)

    def _tell(self, failed: FailedPage) -> None:
        """Let a failed address be recorded as if a pipeline had dropped it, where no callback can yield it."""
        rejected = Rejected(failed.url, failed.site, failed.reason, failed.message)
        self.crawler.signals.send_catch_log(
            signals.item_dropped, item=failed, response=None, exception=rejected, spider=self
        )

    def go_on(self) -> None:
        """Nothing is on its way: ask for what is left; if nothing is, say what the budget left out."""
        self.sources_on_their_way = 0
        self.frontier.give_up_waiting()
        if self._pump():
            raise DontCloseSpider
        if not self.said_used_up:
            self.said_used_up = True
            self._tell_bounds()

    def _tell_bounds(self) -> None:
        start = next(iter((*self._starts(), *self.given)), "")
        if self.frontier.is_used_up:
            left, budget = self.frontier.count_held(), self.site.maxPages
            message = f"{budget:,} pages were fetched and {left:,} addresses are left; raise `maxPages` to fetch them"
            self._tell(FailedPage(start, self._site_of(start), "over-budget", message))
        for address in self.frontier.lists.too_long:
            message = f"the list goes on behind page {MAX_LIST_PAGES}; make a later one a start point"
            self._tell(FailedPage(address, self._site_of(address), "too-many-pages", message))

    def sum_up(self) -> None:
        """Count what was known and not asked for, by reason."""
        assert self.crawler.stats is not None
        for reason, count in self.frontier.close().items():
            self.crawler.stats.inc_value(f"clearwell/left_out/{reason}", count)

    # -- requests ----------------------------------------------------------------------------------------------------

    def _request(self, address: str, callback: Any, **options: Any) -> Found:
        problem = _find_problem(address)
        try:
            if not problem:
                return Request(address, callback, errback=self.fail, **options)
        except ValueError as error:
            problem = f"the address cannot be used: {error}"
        return FailedPage(_without_password(address)[:500], self.site_name, "bad-url", problem)

    def _site_of(self, address: str) -> str:
        return self.site_name or host_without_www(address)


def _find_problem(address: str) -> str:
    """What keeps an address from being asked for; empty when nothing does."""
    try:
        parts = urlsplit(address)
        problem = ""
        if len(address) > MAX_ADDRESS:
            problem = f"it has {len(address):,} characters"
        elif "@" in parts.netloc:
            problem = "it holds a user name or password, which is never sent"
        elif parts.scheme not in ("http", "https") or not parts.hostname:
            problem = "only http and https addresses with a host are fetched"
    except ValueError as error:
        problem = str(error)
    return f"the address cannot be used: {problem}" if problem else ""


def _without_password(address: str) -> str:
    try:
        secret, sign, _ = urlsplit(address).netloc.rpartition("@")
    except ValueError:
        return address
    return address.replace(secret + sign, "", 1) if sign else address


def _is_bare_host(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.path in ("", "/") and not parts.query


def _first(request: Request | None) -> str:
    """The address that was asked for, before it redirected."""
    assert request is not None
    return str(request.meta.get("redirect_urls", [request.url])[0])


def _read_addresses(path: Path) -> list[str]:
    """The addresses of a file, one a line; blank lines and lines that begin with # say nothing."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SiteConfigError(f"the list of addresses {path} cannot be read: {error}") from error
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
