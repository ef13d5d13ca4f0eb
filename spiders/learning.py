"""What came of the spider's requests, told to the frontier; by signals, since pages are judged behind the spider."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Request, Response

from clearwell.checking import REJECT_REASONS
from clearwell.discovery.leads import Lead
from clearwell.discovery.listings import MIN_ROWS
from clearwell.discovery.lists import MAX_LIST_PAGES
from clearwell.errors import UnsupportedPage
from pipelines.items import FailedPage, FetchedPage, Rejected
from spiders.sources import read_response

if TYPE_CHECKING:
    from spiders.article import ArticleSpider

MAX_UNPRODUCTIVE = 50  # articles in a row whose links name no new one; then articles are no longer asked for links
LIST_KINDS = ("listing", "archive", "pages")

# Ends by which a page was judged: no article, or one that is not wanted; others (broken, gone, a twin) say nothing.
NO_ARTICLE = REJECT_REASONS - {"off-topic"} | {"not-html"}
UNWANTED = "off-topic"
# Ends of pages whose links may lead to articles.
LISTS = frozenset("listing-page only-links no-article too-short".split())


class Learning:
    """Listens to how requests and items end, lets the frontier know, and asks for what it has ready then.

    A request of the frontier's carries its address in `meta["lead"]`; a redirect keeps it.
    """

    def __init__(self, spider: "ArticleSpider") -> None:
        self.spider = spider
        self.unproductive = 0  # articles in a row
        self.has_told_bounds = False

    def connect(self, crawler: Crawler) -> None:
        """Listen to a crawl."""
        listeners: tuple[tuple[object, Callable[..., Any]], ...] = (
            (signals.item_scraped, self.learn_article),
            (signals.item_dropped, self.learn_drop),
            (signals.item_error, self.learn_error),
            (signals.request_dropped, self.learn_dropped_request),
            (signals.spider_idle, self.go_on),
            (signals.spider_closed, self.sum_up),
        )
        for signal, listener in listeners:
            crawler.signals.connect(listener, signal)

    def learn_article(self, item: Any, response: Response | None) -> None:
        """An article was taken: its shape is good, and links of its kind are, too."""
        frontier = self.spider.frontier
        if response is None or "origin" not in response.meta:
            return
        frontier.settle(response.meta.get("lead", ""), True)
        if not frontier.has_sitemap and self.unproductive < MAX_UNPRODUCTIVE:
            new = [self.spider.admission.consider_from_article(lead) for lead in _links_of(response)]
            self.unproductive = 0 if any(new) else self.unproductive + 1
        self.pump()

    def learn_drop(self, item: Any, response: Response | None, exception: BaseException) -> None:
        """A page was not taken: that counts against its shape; if it is a list, it is read as one."""
        if not isinstance(item, FetchedPage) or response is None or "origin" not in response.meta:
            return
        reason = exception.reason if isinstance(exception, Rejected) else ""
        lead = response.meta.get("lead", "")
        self.spider.frontier.settle(lead, reason == UNWANTED if reason in {*NO_ARTICLE, UNWANTED} else None)
        if reason in LISTS and response.meta.get("expected") == "article" and not self.spider.frontier.has_sitemap:
            self._read_as_list(lead, list(_links_of(response)))
        self.pump()

    def learn_error(self, item: Any, response: Response | None) -> None:
        """A pipeline failed: nobody can tell what the page was."""
        if isinstance(item, FetchedPage) and response is not None and "lead" in response.meta:
            self.spider.frontier.settle(response.meta["lead"], None)
            self.pump()

    def learn_dropped_request(self, request: Request) -> None:
        """A redirect led to a page that was asked for already."""
        self.spider.end(request.meta)
        if "lead" in request.meta:
            self.spider.frontier.settle(request.meta["lead"], None)
        self.pump()

    def go_on(self) -> None:
        """Nothing is on its way: ask for what is left; if nothing is, say what bounds left out."""
        self.spider.sources_on_their_way.clear()
        self.spider.frontier.give_up_waiting()
        if self.pump():
            raise DontCloseSpider
        if not self.has_told_bounds:
            self.has_told_bounds = True
            for failed in self._name_bounds():
                self._tell(failed)

    def sum_up(self) -> None:
        """Count what was known and not asked for, by reason."""
        assert self.spider.crawler.stats is not None
        for reason, count in self.spider.frontier.close().items():
            self.spider.crawler.stats.inc_value(f"clearwell/left_out/{reason}", count)

    def pump(self) -> int:
        """Ask for what is ready, from outside of a callback; how much was."""
        assert self.spider.crawler.engine is not None
        ready = list(self.spider.release())
        for found in ready:
            if isinstance(found, Request):
                self.spider.crawler.engine.crawl(found)
            elif isinstance(found, FailedPage):
                self._tell(found)
        return len(ready)

    def _read_as_list(self, url: str, leads: Iterable[Lead]) -> None:
        """Hold what a page leads to that was thought to be an article; with few articles it is no list either."""
        frontier, offered_before, articles = self.spider.frontier, self.spider.frontier.offered, 0
        for lead in leads:
            articles += lead.kind == "article"
            self.spider.admission.consider(lead)
        if articles >= MIN_ROWS:
            frontier.settle_list(url, frontier.offered - offered_before, articles)

    def _name_bounds(self) -> Iterator[FailedPage]:
        frontier, site = self.spider.frontier, self.spider.site
        start = next(iter(self.spider.starts()), "")
        if frontier.is_used_up:
            left = frontier.count_held()
            message = f"{site.maxPages:,} pages were asked for, {left:,} addresses are left; raise `maxPages`"
            yield FailedPage(start, self.spider.site_of(start), "over-budget", message)
        for address in frontier.lists.too_long:
            message = f"the list goes on behind page {MAX_LIST_PAGES}; make a later one a start point"
            yield FailedPage(address, self.spider.site_of(address), "too-many-pages", message)

    def _tell(self, failed: FailedPage) -> None:
        """Let a failed address be recorded as if a pipeline had dropped it, where no callback can yield it."""
        rejected = Rejected(failed.url, failed.site, failed.reason, failed.message)
        self.spider.crawler.signals.send_catch_log(
            signals.item_dropped, item=failed, response=None, exception=rejected, spider=self.spider
        )


def _links_of(response: Response) -> Iterator[Lead]:
    try:
        source = read_response(response)
    except UnsupportedPage:  # the pipeline has said so
        return
    yield from (lead for lead in source.leads if isinstance(lead, Lead))
