"""Counts and records every page that does not become an article, whatever stopped it."""

from functools import partial
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from clearwell import Article
from clearwell.storage.store import Store
from pipelines.items import FailedPage, FetchedPage, Rejected
from pipelines.run import RunKeeper
from pipelines.writer import Writer


class RejectionRecorder:
    """Listens for dropped items and for errors of our own, so that no page ends without a word."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.writer = Writer.attach(crawler.settings["CLEARWELL_STORE"])

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RejectionRecorder":
        recorder = cls(crawler)
        crawler.signals.connect(recorder.record_drop, signals.item_dropped)
        crawler.signals.connect(recorder.record_item_error, signals.item_error)
        crawler.signals.connect(recorder.record_spider_error, signals.spider_error)
        crawler.signals.connect(recorder.record_drop_of_request, signals.request_dropped)
        crawler.signals.connect(recorder.close, signals.engine_stopped)
        return recorder

    def record_drop(self, item: Any, exception: BaseException) -> None:
        """A pipeline let a page go."""
        if isinstance(exception, Rejected):
            self._record(exception.url, exception.site, exception.reason, exception.message)

    def record_drop_of_request(self, request: Request) -> None:
        """A redirect led to an address asked for before, which Scrapy drops without a word."""
        passed: list[str] = request.meta.get("redirect_urls", [])
        if request.meta.get("given") and not passed:
            self._record(request.url, self._site_name(), "duplicate-url", "the same address was given twice")
        if not passed:
            return
        reason = "redirect-loop" if request.url in passed else "duplicate-url"
        self._record(
            passed[0], self._site_name(), reason, f"it redirects to {request.url}, which was asked for already"
        )

    def record_item_error(self, item: Any, failure: Failure) -> None:
        """A pipeline failed: an error of ours, or the store's."""
        url, site = _origin(item)
        self._record(
            url, site, "internal-error", f"{type(failure.value).__name__}: {failure.value}; the log has the details"
        )

    def record_spider_error(self, failure: Failure, response: Response) -> None:
        """The spider failed on a response: an error of ours."""
        message = f"{type(failure.value).__name__}: {failure.value}; the log has the details"
        self._record(response.url, self._site_name(), "internal-error", message)

    def close(self) -> None:
        self.writer.detach()

    def _site_name(self) -> str:
        return getattr(self.crawler.spider, "site_name", "")

    def _record(self, url: str, site: str, reason: str, message: str) -> None:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(f"clearwell/rejected/{reason}")
        run = RunKeeper.of(self.crawler).run.id
        self.writer.post(partial(Store.reject, url=url, site=site, reason=reason, message=message, run=run))


def _origin(item: Any) -> tuple[str, str]:
    match item:
        case FetchedPage(page=page, site=site):
            return page.url, site
        case FailedPage(url=url, site=site) | Article(url=url, site=site):
            return url, site
    return repr(item), ""
