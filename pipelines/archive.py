"""Step 0: a page is archived as it came, so that it can be cleaned again when the rules get better."""

from datetime import UTC, datetime
from functools import partial

from scrapy.crawler import Crawler

from clearwell.storage.archive import Capture
from clearwell.storage.captures import Captures
from clearwell.storage.store import Store
from pipelines.items import FailedPage, FetchedPage
from pipelines.writer import Writer

UNWANTED = ("noindex", "rights-reserved")  # reasons for which nothing is taken of a page, no copy either


class ArchivePipeline:
    """Archives what was fetched, unless the last capture of its address has the same bytes, or the page forbids it."""

    def __init__(self, crawler: Crawler) -> None:
        self.address: str = crawler.settings["CLEARWELL_STORE"]
        self.enabled = crawler.settings.getbool("CLEARWELL_ARCHIVE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ArchivePipeline":
        return cls(crawler)

    def open_spider(self) -> None:
        self.writer = Writer.attach(self.address)

    def close_spider(self) -> None:
        self.writer.detach()

    def process_item(self, item: FetchedPage | FailedPage) -> FetchedPage | FailedPage:
        if self.enabled and isinstance(item, FetchedPage) and item.archived and item.page.body is not None:
            self.writer.post(partial(_archive, self.writer, item))  # staging the article waits for it
        elif url := _asks_to_be_forgotten(item):
            self.writer.post(partial(_forget, url))
        return item


def _asks_to_be_forgotten(item: FetchedPage | FailedPage) -> str | None:
    """The address of a page that wants no copy of it kept, whatever it said before."""
    if isinstance(item, FetchedPage):
        return None if item.archived else item.page.url
    return item.url if item.reason in UNWANTED else None


def _forget(url: str, store: Store) -> None:
    Captures(store.database).forget(url)


def _archive(writer: Writer, item: FetchedPage, store: Store) -> None:
    page, captures = item.page, Captures(store.database)
    body = page.body or b""
    if captures.is_known(page.url, body):
        return
    moment = page.fetchedAt or datetime.now(UTC)
    place = writer.archive_of(item.site).write(Capture(page.url, moment, item.status, item.headers, body))
    captures.record(item.site, page.url, body, moment, place)
