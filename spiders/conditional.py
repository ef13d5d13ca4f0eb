"""Asks for a known page only if it has changed, and does not ask where its sitemap says that it has not.

What is the same is not cleaned again; its article stays as it is.  The page is fetched in full wherever cleaning it
again might give something else: other rules, another model, other settings, a memory that learned more, a lost article.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from clearwell.cleaning.memory import SiteMemory
from clearwell.reasons import OF_LINKS
from clearwell.recleaning import is_outdated
from clearwell.site import Site
from clearwell.storage.memories import Memories
from clearwell.storage.runs import Runs
from clearwell.storage.visits import SKIPPED, Ending, Reading, Visit, address_key, is_before
from pipelines.run import RunKeeper
from pipelines.site_settings import find_settings
from spiders.directives import MESSAGES, find_refusal, read_response
from spiders.visits import VisitRecorder, digest_of, name_redirect, read_lastmod, validator

TRUST = timedelta(days=30)  # for so long a sitemap is believed that a page has not changed; then the page is asked

NOT_MODIFIED = 304
CONDITIONS = ("If-None-Match", "If-Modified-Since")


class Conditional:
    """What the two middlewares share: what is known, and whether it stands."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.memories: dict[str, SiteMemory] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Any:
        return cls(crawler)

    @property
    def recorder(self) -> VisitRecorder:
        found = self.crawler.get_extension(VisitRecorder)
        assert found is not None, "spiders.visits.VisitRecorder is missing in EXTENSIONS"
        return found

    def stands(self, visit: Visit) -> bool:
        """Whether a page that is as it was last read would be judged as it was."""
        reading = visit.reading
        if reading is None or reading.judgement in OF_LINKS or reading.rules != self.recorder.rules():
            return False
        if reading.judgement not in ("article", "duplicate-url"):
            return True
        return reading.article_id is None or self._is_article_whole(visit, reading, reading.article_id)

    def _is_article_whole(self, visit: Visit, reading: Reading, article_id: str) -> bool:
        run = RunKeeper.of(self.crawler).run.id
        store = self.recorder.store
        article = Runs(store.database).find_staged(run, article_id) or store.load(article_id)
        if article is None:
            return False
        if reading.content_hash is None:  # a duplicate, and what it is one of is there
            return True
        site = self._site(visit.site)
        return article.contentHash == reading.content_hash and not is_outdated(article, site, self._memory(site.name))

    def _site(self, name: str) -> Site:
        return find_settings(self.crawler, name)

    def _memory(self, site: str) -> SiteMemory:
        """As it was when the crawl began: what cleaning uses in this crawl."""
        if site not in self.memories:
            self.memories[site] = Memories(self.recorder.store.database).load(site)
        return self.memories[site]

    def count(self, visit: Visit, how: str) -> None:
        """Count a page that is the same, by how that was found out."""
        assert self.crawler.stats is not None
        assert visit.reading is not None
        self.crawler.stats.inc_value(f"clearwell/unchanged/{how}")
        if visit.reading.judgement == "article" and visit.reading.article_id not in self.recorder.unchanged:
            self.recorder.unchanged.add(visit.reading.article_id)  # variants of an address count once
            self.crawler.stats.inc_value("clearwell/articles/unchanged")


class ConditionalRequests(Conditional):
    """Downloader middleware: sends the validators of a page whose reading stands, and takes in that it is unchanged.

    A request whose links are needed says so by `meta["leads_on"]`, and is left alone.
    """

    def process_request(self, request: Request) -> None:
        if request.method != "GET" or request.meta.get("leads_on") or request.meta.get("dont_obey_robotstxt"):
            return
        for name in CONDITIONS:
            request.headers.pop(name, None)  # of the address that redirected here
        request.meta.pop("known_visit", None)
        if request.meta.get("in_full"):
            return
        visit = self.recorder.find((request.url,)).get(address_key(request.url))
        if visit is None or visit.reading is None or not self.stands(visit):
            return
        request.meta["known_visit"] = visit
        if visit.reading.etag:
            request.headers["If-None-Match"] = visit.reading.etag
        if visit.reading.last_modified:
            request.headers["If-Modified-Since"] = visit.reading.last_modified

    def process_response(self, request: Request, response: Response) -> Response | Request:
        visit: Visit | None = request.meta.get("known_visit")
        if response.status == NOT_MODIFIED:
            asked = any(name in request.headers for name in CONDITIONS)
            if visit and asked and not find_refusal(read_response(response)):
                return self._take_unchanged(request, response, visit, "not-modified")
            return _ask_in_full(request, response)
        if visit and response.status == 200 and _is_same(response, visit):
            return self._take_unchanged(request, response, visit, "same-body")
        return response

    def _take_unchanged(self, request: Request, response: Response, visit: Visit, how: str) -> Response:
        self.count(visit, how)
        ending = Ending(
            url=request.url,
            site=visit.site,
            status=str(response.status),
            outcome="unchanged",
            at=datetime.now(UTC),
            etag=validator(response, "ETag"),
            last_modified=validator(response, "Last-Modified"),
            lastmod=read_lastmod(request),
        )
        self.recorder.add(ending)
        for passed in request.meta.get("redirect_urls", [])[:1]:
            how = name_redirect(request.meta, passed)
            again = Ending(passed, visit.site, how, "rejected:redirected", ending.at, lastmod=ending.lastmod)
            self.recorder.add(again)
        spider: Any = self.crawler.spider
        request.callback = getattr(spider, "parse_unchanged", _take_in)
        request.meta["was_article"] = visit.reading is not None and visit.reading.judgement == "article"
        request.meta["handle_httpstatus_list"] = [NOT_MODIFIED]
        return response


def _take_in(response: Response) -> Iterator[Request]:
    """The callback of a page that is the same: there is nothing to do."""
    return iter(())


def _is_same(response: Response, visit: Visit) -> bool:
    """Whether the page is the same byte for byte, and its headers ask for nothing else than they did."""
    if visit.reading is None or digest_of(response) != visit.reading.digest:
        return False
    refused = visit.reading.judgement if visit.reading.judgement in MESSAGES else None
    return find_refusal(read_response(response)) == refused


def _ask_in_full(request: Request, response: Response) -> Request | Response:
    """Some caches answer 304 to who never had the page; asked once more to pass them by, they may give it.

    The same for a page that is the same, but whose headers now refuse it: that is to be seen to like a new page.
    """
    if request.meta.get("in_full"):
        return response  # recorded as `http-304`
    again = request.replace(dont_filter=True)
    again.headers["Cache-Control"] = "no-cache"
    again.meta["in_full"] = True
    return again


class SitemapSkips(Conditional):
    """Extension: tells the spider which pages, by their sitemap (`meta["lastmod"]`), have not changed."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.skipped: set[str] = set()  # other sources name the same pages, with no date
        self.trusted: dict[str, bool] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Any:
        skips = cls(crawler)
        crawler.signals.connect(skips.offer, signals.spider_opened)
        return skips

    def offer(self, spider: Any) -> None:
        """Have the spider ask before it makes a request."""
        spider.is_unchanged = self.skips

    def skips(self, request: Request) -> bool:
        """Whether a page need not be asked for; it is taken down as unchanged then."""
        key = address_key(request.url)
        if key in self.skipped:
            return True
        lastmod = read_lastmod(request)
        if lastmod is None or request.meta.get("leads_on"):
            return False
        visit = self.recorder.find((request.url,)).get(key)
        if visit is None or not self._is_unchanged(visit, lastmod):
            return False
        self.skipped.add(key)
        self.count(visit, "sitemap")
        self.recorder.add(Ending(request.url, visit.site, SKIPPED, "unchanged", datetime.now(UTC)))
        return True

    def _is_unchanged(self, visit: Visit, lastmod: datetime) -> bool:
        confirmed = visit.confirmed_at
        if visit.outcome.startswith("failed:") or confirmed is None or datetime.now(UTC) - confirmed > TRUST:
            return False
        if visit.gone_runs:  # it was closed to us or led elsewhere: whether that stands is to be seen
            return False
        if visit.site not in self.trusted:
            self.trusted[visit.site] = self.recorder.visits.is_lastmod_trusted(visit.site)
        return self.trusted[visit.site] and is_before(lastmod, confirmed) and self.stands(visit)
