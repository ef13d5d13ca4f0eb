"""What flows through the pipelines, and how a page leaves them early."""

from dataclasses import dataclass
from datetime import datetime

from scrapy.exceptions import DropItem

from clearwell.discovery.leads import Origin
from clearwell.page import Page


@dataclass(frozen=True, repr=False)
class FetchedPage:
    """A page the spider fetched, the site (by name) it was fetched for, and what the server said with it.

    `source` is where its address was found, `lastmod` when the source says it changed (aware), if it says so;
    `archived` says whether it may be kept as it came.
    """

    page: Page
    site: str
    source: Origin = "given"
    lastmod: datetime | None = None
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    archived: bool = True

    def __repr__(self) -> str:
        return f"<page {self.page.url}>"


@dataclass(frozen=True)
class FailedPage:
    """An address from which no page came; `reason` is short and stable, `message` says what to do."""

    url: str
    site: str
    reason: str
    message: str


class Rejected(DropItem):
    """A page that will not be published; spiders/rejections.py counts and records it."""

    def __init__(self, url: str, site: str, reason: str, message: str) -> None:
        super().__init__(f"{reason}: {message}", log_level="INFO")
        self.url = url
        self.site = site
        self.reason = reason
        self.message = message
