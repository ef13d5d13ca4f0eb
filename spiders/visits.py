"""Takes down how each visit ended, with the page's validators: what makes the next crawl cheap."""

import hashlib
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from typing import Any

import msgspec
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from clearwell import Article
from clearwell.reasons import JUDGED, OF_CONTENT
from clearwell.recleaning import name_rules
from clearwell.site import UNKNOWN_SITE, Site
from clearwell.storage.store import Store
from clearwell.storage.visits import MOVED, Ending, Reading, Visit, Visits, address_key
from pipelines.items import FailedPage, FetchedPage, Rejected
from pipelines.run import RunKeeper
from pipelines.writer import Writer

FLUSHED_EVERY = 100  # visits; a killed crawl fetches fewer than these again
FLUSHED_AFTER = 10.0  # seconds
FOR_GOOD = (301, 308)  # statuses of a redirect
MAX_VALIDATOR = 1_000  # characters of an ETag or a date; longer ones are not kept, so that the page is fetched in full


class VisitRecorder:
    """Extension that writes visits in batches; spiders/conditional.py adds those that ended without a page."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.store = Store(crawler.settings["CLEARWELL_STORE"])
        self.writer = Writer.attach(crawler.settings["CLEARWELL_STORE"])
        self.visits = Visits(self.store.database)
        self.waiting: list[Ending] = []
        self.flushed = time.monotonic()
        self.unchanged: set[str | None] = set()  # ids of articles that are the same in this crawl
        self.knows_nothing = self.visits.is_empty()  # a first crawl need not look up each address

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "VisitRecorder":
        recorder = cls(crawler)
        crawler.signals.connect(recorder.record_article, signals.item_scraped)
        crawler.signals.connect(recorder.record_drop, signals.item_dropped)
        crawler.signals.connect(recorder.record_item_error, signals.item_error)
        crawler.signals.connect(recorder.record_way_to_known, signals.request_dropped)
        crawler.signals.connect(recorder.close, signals.engine_stopped)
        RunKeeper.of(crawler).before_end(recorder.flush)
        return recorder

    def record_article(self, item: Any, response: Any) -> None:
        """A page became an article, which is stored by now."""
        if isinstance(item, Article):
            self._record(item.url, item.site, "article", "article", response, item)

    def record_drop(self, item: Any, response: Any, exception: BaseException) -> None:
        """A page, or what should have been one, left the pipelines with a reason."""
        if isinstance(exception, Rejected):
            kind = "rejected" if exception.reason in JUDGED | OF_CONTENT else "failed"
            outcome = f"{kind}:{exception.reason}"
            self._record(exception.url, exception.site, outcome, exception.reason, response, item)

    def record_item_error(self, item: Any, response: Any, failure: Failure) -> None:
        """A pipeline failed; what was read is not known."""
        match item:
            case FetchedPage(page=page, site=site):
                self._record(page.url, site, "failed:internal-error", "internal-error", response, item)
            case FailedPage(url=url, site=site) | Article(url=url, site=site):
                self._record(url, site, "failed:internal-error", "internal-error", response, item)

    def record_way_to_known(self, request: Request) -> None:
        """An address leads to one that was asked for already."""
        for passed in request.meta.get("redirect_urls", [])[:1]:
            how = name_redirect(request.meta, passed)
            spider: Any = self.crawler.spider
            self.add(Ending(passed, spider.site_of(passed), how, "rejected:redirected", datetime.now(UTC)))

    def add(self, ending: Ending) -> None:
        """Take an ending down with the next batch."""
        run, revisit = RunKeeper.of(self.crawler).run.id, self._site().schedule.revisitHours
        self.waiting.append(msgspec.structs.replace(ending, run=run, revisit=revisit))
        if len(self.waiting) >= FLUSHED_EVERY or time.monotonic() - self.flushed > FLUSHED_AFTER:
            self.flush()

    def flush(self) -> None:
        """Have what waits written, behind all that was to be written before."""
        batch, self.waiting, self.flushed = self.waiting, [], time.monotonic()
        if batch:
            self.writer.post(partial(_record, batch))

    async def settle(self) -> None:
        """Wait until all visits so far are written."""
        self.flush()
        await self.writer.flush()

    def close(self) -> None:
        """Let the store go."""
        self.writer.detach()
        self.store.close()

    def find(self, addresses: Iterable[str]) -> dict[str, Visit]:
        """What earlier crawls know of addresses, by their keys."""
        return {} if self.knows_nothing else self.visits.find_all(addresses)

    def rules(self) -> str:
        """What pages of this crawl are judged by."""
        return name_rules(self._site())

    def _site(self) -> Site:
        site: Any = getattr(self.crawler.spider, "site", None)
        return site if isinstance(site, Site) else UNKNOWN_SITE

    def _record(self, url: str, site: str, outcome: str, reason: str, response: Any, item: Any) -> None:
        if not url.startswith(("http://", "https://")):
            return
        whole = isinstance(response, Response) and address_key(response.url) == address_key(url)
        is_read = whole and (reason == "article" or reason in OF_CONTENT)
        ending = Ending(
            url=url,
            site=site,
            status=_status(reason, response, url, whole),
            outcome=outcome,
            at=datetime.now(UTC),
            reading=self._read(reason, response, item) if is_read else None,
            lastmod=read_lastmod(response.request) if isinstance(response, Response) else None,
        )
        self.add(ending)

    def _read(self, judgement: str, response: Response, item: Any) -> Reading:
        article = item if isinstance(item, Article) and judgement in ("article", "duplicate-url") else None
        return Reading(
            judgement=judgement,
            rules=self.rules(),
            digest=digest_of(response),
            article_id=article.id if article else None,
            content_hash=article.contentHash if article and judgement == "article" else None,
            etag=validator(response, "ETag"),
            last_modified=validator(response, "Last-Modified"),
        )


def _record(batch: list[Ending], store: Store) -> None:
    Visits(store.database).record(batch)


def digest_of(response: Response) -> bytes:
    """Of the body as it came, unpacked."""
    return hashlib.sha256(response.body).digest()


def validator(response: Response, name: str) -> str | None:
    """A header to be sent back as it is; None where there is none that can be."""
    value = (response.headers.get(name) or b"").decode("latin-1").strip()
    return value if value and len(value) <= MAX_VALIDATOR and value.isprintable() else None


def _status(reason: str, response: Any, url: str, whole: bool) -> str:
    if whole:
        return str(response.status)
    if reason == "redirected" and isinstance(response, Response):
        return name_redirect(response.meta, url)
    return reason.removeprefix("http-")


def name_redirect(meta: dict[str, Any], url: str) -> str:
    """Whether the address that was asked for leads elsewhere for good (RFC 9110: 301 and 308) or for now."""
    first = next(zip(meta.get("redirect_urls", ()), meta.get("redirect_reasons", ()), strict=False), None)
    return MOVED if first is not None and first[0] == url and first[1] in FOR_GOOD else "redirected"


def read_lastmod(request: Request | None) -> datetime | None:
    """What the sitemap said of a page, which the spider puts into the request's `meta["lastmod"]`."""
    found = request.meta.get("lastmod") if request else None
    return found if isinstance(found, datetime) and found.tzinfo else None
