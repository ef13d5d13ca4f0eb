"""What becomes of an address that was found: asked for at once, held for its turn, or left out with its reason.

What a sitemap, a feed or a list names and is left out is recorded, one by one up to MAX_RECORDS of a reason: somebody
meant it. What is left out of a page's links (menus, footers, other sites) is only counted: nobody asked for it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from clearwell.discovery.addresses import host_without_www, page_key
from clearwell.discovery.frontier import MAX_RECORDS, Frontier, Guard
from clearwell.discovery.leads import Lead
from clearwell.discovery.shapes import shape_of
from clearwell.discovery.sitemaps import is_of_lists
from clearwell.site import Site

MAX_SITEMAPS = 1_000  # of one crawl
MAX_SITEMAP_DEPTH = 3  # indexes that lead to each other; the protocol allows one
MAX_FEEDS = 5  # of one crawl, found on its pages
MAX_ENTRIES = 1_000_000  # of all sources of a crawl, some 100 s of work

_MESSAGES = {
    "off-site": "it is on another host; add the host to the site's `hosts` if it belongs there",
    "excluded": "the site's `exclude` leaves it out",
    "not-included": "the site's `include` does not name it",
    "no-article-address": "its address is that of {why}; name it in the site's `include` if it is an article",
    "duplicate-url": "it is a variant of an address that is fetched",
    "too-deep": f"sitemaps lead to sitemaps more than {MAX_SITEMAP_DEPTH} deep; start at the inner one",
    "too-many-sitemaps": f"a crawl reads {MAX_SITEMAPS:,} sitemaps; start at the ones you want",
    "too-many-entries": f"the sources of a crawl name more than {MAX_ENTRIES:,} addresses; the rest is left out",
}


_NAMES = {
    "file": "a file",
    "machines": "a page for machines",
    "account": "a page for members or buyers",
    "search": "a search",
    "service page": "a page about the site",
    "calendar": "a calendar",
    "attachment": "an attachment",
    "view": "another view of a page",
}


class Decision(NamedTuple):
    """What to do with a lead: `ask` for it now; it is `held` or `known`; or left out: `record` it, or only `count`."""

    action: Literal["ask", "held", "known", "record", "count"]
    reason: str = ""
    message: str = ""


class Admission:
    """Decides about every address that a crawl finds, by the site's file, by what is known, and by bounds."""

    def __init__(self, site: Site, starts: Sequence[str], guard: Guard | None = None) -> None:
        self.site = site
        self.hosts = {host_without_www(f"http://{host}") for host in site.hosts}
        self.hosts = self.hosts or {host_without_www(start) for start in starts}
        self.frontier = Frontier(site.maxPages, guard)
        self.recorded: Counter[str] = Counter()
        self.sitemaps: set[str] = set()
        self.feeds: set[str] = set()
        self.entries = 0

    def refuse(self, address: str, is_article: bool = True) -> str:
        """Why the site's file does not let us go to an address; empty when it does."""
        if host_without_www(address) not in self.hosts:
            return "off-site"
        if self.site.excludes(address):
            return "excluded"
        return "not-included" if is_article and not self.site.includes(address) else ""

    def consider(self, lead: Lead, depth: int = 0, from_start: bool = False) -> Decision:
        """Decide about a lead; `depth` is that of the sitemap it stands in, `from_start` tells pages users named."""
        self.entries += 1
        if self.entries > MAX_ENTRIES:
            return self._leave_out(lead, "too-many-entries")
        lead = self._heed_include(lead)
        is_article = lead.kind in ("article", "either")
        if refusal := self.refuse(lead.url, is_article):
            return self._leave_out(lead, refusal)
        if lead.kind == "sitemap":
            return self._consider_sitemap(lead, depth)
        if lead.kind == "feed":
            return self._consider_feed(lead, from_start)
        if lead.origin in ("listing", "article"):
            return self._consider_link(lead)
        if lead.why:
            return self._leave_out(lead, "no-article-address", _NAMES.get(lead.why, lead.why))
        return self._hold(replace(lead, kind="either") if lead.kind == "listing" else lead)

    def consider_from_article(self, lead: Lead) -> bool:
        """Remember a link of an article, for when no list tells any more; only what looks like the articles so far."""
        if lead.kind != "article" or not self.frontier.shapes.is_proven(shape_of(lead.url)) or self.refuse(lead.url):
            return False
        return self.frontier.offer_later(replace(lead, origin="article"))

    def _consider_sitemap(self, lead: Lead, depth: int) -> Decision:
        key = page_key(lead.url)
        if key in self.sitemaps:
            return Decision("known")
        if is_of_lists(lead.url):
            return self._leave_out(lead, "no-article-address", "a sitemap of categories, tags or authors")
        if depth >= MAX_SITEMAP_DEPTH:
            return self._leave_out(lead, "too-deep")
        if len(self.sitemaps) >= MAX_SITEMAPS:
            return self._leave_out(lead, "too-many-sitemaps")
        self.sitemaps.add(key)
        return Decision("ask")

    def _consider_feed(self, lead: Lead, from_start: bool) -> Decision:
        key = page_key(lead.url)
        if key in self.feeds:
            return Decision("known")
        if lead.origin != "listing" or not from_start or len(self.feeds) >= MAX_FEEDS:
            return self._leave_out(lead, "feed")
        self.feeds.add(key)
        return Decision("ask")

    def _consider_link(self, lead: Lead) -> Decision:
        if lead.kind == "other":
            return self._leave_out(lead, lead.why.replace(" ", "-"))
        if lead.kind in ("listing", "archive", "pages"):
            return Decision("known" if self.frontier.offer_list(lead) else "held")
        return self._hold(lead)

    def _hold(self, lead: Lead) -> Decision:
        reason = self.frontier.offer(lead)
        if reason == "variant":
            return self._leave_out(lead, "duplicate-url")
        return Decision("known") if reason else Decision("held")

    def _heed_include(self, lead: Lead) -> Lead:
        """The site's file knows better than any score: what it includes are articles, nothing else is."""
        if not self.site.include or lead.kind in ("sitemap", "feed"):
            return lead
        if self.site.includes(lead.url):
            return replace(lead, kind="article", score=1.0, why="")
        return replace(lead, kind="listing") if lead.kind == "either" and lead.origin == "listing" else lead

    def _leave_out(self, lead: Lead, reason: str, why: str = "") -> Decision:
        self.frontier.left_out[reason] += 1
        message = _MESSAGES.get(reason, "").format(why=why)
        if not message or (lead.origin == "listing" and reason != "duplicate-url"):
            return Decision("count", reason)
        self.recorded[reason] += 1
        return Decision("record" if self.recorded[reason] <= MAX_RECORDS else "count", reason, message)
