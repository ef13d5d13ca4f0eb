"""What a page asks for in its markup and headers: read once, and what it refuses does not pass."""

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from scrapy.crawler import Crawler
from scrapy.http import Response

from clearwell.directives import Directives, read_directives
from pipelines.items import FailedPage, FetchedPage

MESSAGES = {
    "noindex": "the page asks not to be taken up (robots: noindex, or unavailable_after a day that has passed)",
    "rights-reserved": "the page reserves the rights to use its text (tdm-reservation, or robots: noai)",
    "nofollow": "the page asks not to follow its links (robots: nofollow), and is no article",
}


class PageDirectives:
    """Spider middleware, the first to see what the spider makes of a response: a page may become its refusal."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "PageDirectives":
        return cls(crawler)

    def process_spider_output(self, response: Response, result: Iterable[Any]) -> Iterator[Any]:
        for each in result:
            yield self._take(response, each)

    async def process_spider_output_async(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        async for each in result:
            yield self._take(response, each)

    def _take(self, response: Response, each: Any) -> Any:
        if not isinstance(each, FetchedPage):
            return each
        reason = find_refusal(judge(response))
        return FailedPage(each.page.url, each.site, reason, MESSAGES[reason]) if reason else each


def judge(response: Response) -> Directives:
    """What a response asks for; worked out once."""
    known: Directives | None = response.meta.get("directives")
    if known is None:
        known = response.meta["directives"] = read_response(response)
    return known


def read_response(response: Response) -> Directives:
    """What a response asks for, in its headers and its page."""
    tags, reservations = _values(response, "X-Robots-Tag"), _values(response, "tdm-reservation")
    return read_directives(tags, reservations, response.body, datetime.now(UTC))


def _values(response: Response, name: str) -> list[str]:
    return [value.decode("latin-1") for value in response.headers.getlist(name)]


def find_refusal(directives: Directives) -> str | None:
    """The reason for which a page is not taken, if there is one."""
    if directives.reserved:
        return "rights-reserved"
    return "noindex" if directives.noindex else None
