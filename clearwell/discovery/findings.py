"""What a look at a site found, and which articles are worth a look."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from clearwell.discovery.addresses import host_without_www, page_key
from clearwell.discovery.leads import Lead
from clearwell.discovery.platforms import UNKNOWN, Platform

_LOOPBACK = re.compile(r"localhost|127(?:\.\d{1,3}){3}|::1")
FROM_FEED = 3  # samples at most, the newest; the others are spread over the whole site


@dataclass(frozen=True)
class FoundSource:
    """A sitemap, feed or list that was read: `articles` are what may be some, `lists` counts the rest of its leads."""

    url: str
    articles: tuple[Lead, ...] = ()
    lists: int = 0
    fault: str = ""


@dataclass
class Findings:
    """What is known of a site so far; whoever looks writes it down here.

    `home` is where the given address led; `problem` says why it cannot be read, `robots` what became of robots.txt.
    """

    address: str
    home: str = ""
    problem: str = ""
    platform: Platform = UNKNOWN
    is_shell: bool = False
    robots: str = ""
    crawl_delay: float | None = None
    sitemaps: list[FoundSource] = field(default_factory=list)
    feeds: list[FoundSource] = field(default_factory=list)
    listings: list[FoundSource] = field(default_factory=list)

    def belongs(self, url: str) -> bool:
        """Whether an address is on the site's host, or on one below it."""
        host, own = host_without_www(url), host_without_www(self.home or self.address)
        return host == own or host.endswith("." + own)


def is_loopback(url: str) -> bool:
    """Whether an address is on this machine: a server of one's own, that needs no sparing."""
    return bool(_LOOPBACK.fullmatch(urlsplit(url).hostname or ""))


def choose_samples(findings: Findings, count: int) -> list[str]:
    """Addresses of articles to look at: a few of the newest, the others from all over the sitemap, else from lists."""
    feeds, sitemaps, listings = (
        _best_of([lead for source in sources for lead in source.articles])
        for sources in (findings.feeds, findings.sitemaps, findings.listings)
    )
    chosen: dict[str, str] = {}
    for leads, share in ((feeds, FROM_FEED), (sitemaps, count), (listings, count), (feeds, count)):
        fresh = [lead for lead in leads if page_key(lead.url) not in chosen and findings.belongs(lead.url)]
        for lead in _spread(fresh, min(share, count - len(chosen))):
            chosen.setdefault(page_key(lead.url), lead.url)
    return list(chosen.values())


def _best_of(leads: Sequence[Lead]) -> list[Lead]:
    """Those that are surely articles, if there are any."""
    return [lead for lead in leads if lead.kind == "article"] or list(leads)


def _spread(leads: Sequence[Lead], count: int) -> list[Lead]:
    """So many of them, as far from each other as they stand."""
    if len(leads) <= count:
        return list(leads)
    return [leads[number * len(leads) // count] for number in range(count)]
