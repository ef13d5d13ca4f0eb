"""Tells every server who asks, and where to complain: User-Agent and From."""

import logging
import re

from scrapy.crawler import Crawler
from scrapy.http import Request

from clearwell import __version__
from clearwell.errors import SiteConfigError

PROJECT = "health article crawler; see robots.txt to opt out"
_MAIL = re.compile(r"[^\s@<>()]{1,64}@[^\s@<>()]{1,190}")
_ADDRESS = re.compile(r"https?://[!-~]{1,500}")

logger = logging.getLogger(__name__)


def user_agent(contact: str) -> str:
    """What we call ourselves, with the contact as crawlers write it.

    >>> user_agent("https://a.example/crawler")
    'Clearwell/0.1.0 (+https://a.example/crawler; health article crawler; see robots.txt to opt out)'
    """
    return f"Clearwell/{__version__} ({f'+{contact}; ' if contact else ''}{PROJECT})"


def check_contact(contact: str) -> str:
    """The contact without blanks round it; SiteConfigError when it is neither an e-mail nor a web address."""
    contact = contact.strip()
    if contact and not (contact.isascii() and (_MAIL.fullmatch(contact) or _ADDRESS.fullmatch(contact))):
        raise SiteConfigError("CLEARWELL_CONTACT is neither an e-mail address nor an http(s) address")
    return contact


class Introduction:
    """Downloader middleware that puts the contact (CLEARWELL_CONTACT) into every request."""

    def __init__(self, crawler: Crawler) -> None:
        contact = check_contact(crawler.settings["CLEARWELL_CONTACT"] or "")
        if not contact:
            logger.warning("set CLEARWELL_CONTACT to an e-mail or web address by which webmasters can reach you")
        self.headers = {"User-Agent": user_agent(contact)}
        if "@" in contact and "://" not in contact:
            self.headers["From"] = contact

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Introduction":
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        for name, value in self.headers.items():
            request.headers.setdefault(name, value)
