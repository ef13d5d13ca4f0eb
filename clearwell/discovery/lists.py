"""Which listing pages are asked for, in which order, and when it is time to stop.

A list is worth a fetch as long as lists go on naming articles that were not known.  Next pages of a list come first,
then sections, then archives of categories, months, authors, tags.  After some lists in a row that named nothing new
(one when a sitemap names the articles, more when nothing else does) lists are done with.  But a list whose pages hold
more articles than are known, by the number of its last page, is asked for that page: if the oldest are new, so is what
lies between.
"""

import heapq
import re
from collections import defaultdict
from dataclasses import dataclass, field

from clearwell.discovery.address_words import ARTICLE_FOLDERS
from clearwell.discovery.addresses import page_key
from clearwell.discovery.article_urls import page_number
from clearwell.discovery.leads import Lead
from clearwell.discovery.listings import list_key

MAX_LIST_PAGES = 500  # next pages of one list
MAX_WAITING_LISTS = 20_000  # that are remembered
AT_ONCE = 4  # next pages on their way; sections are tried one by one
DRY_IN_A_ROW = 2  # pages of one list without anything new
PATIENCE_WITH_SITEMAP = 1  # dry lists in a row, of the whole site
PATIENCE = 4
PATIENCE_AT_FIRST = 10  # while fewer than FEW_ARTICLES are known: menus hold shops and events beside articles
FEW_ARTICLES = 20
MORE = 1.1  # times the known articles a list has to hold to be worth a look at its end

_TAGS = re.compile(r"/(?:tags?|label|labels|etiqueta|etiquetas|keywords?|schlagwort)/", re.I)
_AUTHORS = re.compile(r"/(?:authors?|autor|autores|auteur|users?|profile|profil|members?)/", re.I)


@dataclass(slots=True)
class _List:
    """One list: its pages that are known and not yet asked for, by number (and order, where two have one)."""

    pages: dict[tuple[int, int], Lead] = field(default_factory=dict)
    dry: int = 0  # pages in a row
    longest: int = 0  # articles on one page
    probed_end: bool = False
    taken: int = 0


class Lists:
    """The listing pages of a crawl."""

    def __init__(self) -> None:
        self.known: set[str] = set()
        self.heap: list[tuple[int, float, int, Lead]] = []
        self.lists: dict[str, _List] = defaultdict(_List)
        self.dry = 0  # lists in a row
        self.waiting: set[str] = set()
        self.taken = 0
        self.too_long: list[str] = []  # addresses of next pages beyond MAX_LIST_PAGES, one a list

    def offer(self, lead: Lead) -> bool:
        """Remember a listing page; False for one that is known."""
        key = page_key(lead.url)
        if key in self.known or len(self.known) >= MAX_WAITING_LISTS:
            return False
        self.known.add(key)
        if lead.kind == "pages":
            its = self.lists[list_key(lead.url)]
            number = page_number(lead.url)
            its.pages[number if number is not None else its.taken + 2, len(self.known)] = lead
        else:
            heapq.heappush(self.heap, (_rank(lead), -lead.score, len(self.known), lead))
        return True

    def take(self, articles: int, patience: int, archives: bool) -> Lead | None:
        """The next listing page to ask for; None when there is none now.

        `articles` are known so far; `patience`: dry lists in a row; `archives`: whether their turn has come.
        """
        lead = None
        if not self.waiting:
            lead = self._take_end(articles)
        if lead is None and self.dry < patience and len(self.waiting) < (1 if self.dry else AT_ONCE):
            lead = self._take_page()
            if lead is None and not self.waiting:
                lead = self._take_list(archives)
        if lead is not None:
            self.waiting.add(page_key(lead.url))
            self.taken += 1
        return lead

    def settle(self, url: str, new: int, articles: int) -> None:
        """A listing page came and named so many articles, `new` of them not known before; a start point counts too."""
        self.known.add(page_key(url))
        self.waiting.discard(page_key(url))
        its = self.lists[list_key(url)]
        its.longest = max(its.longest, articles)
        its.dry = 0 if new else its.dry + 1
        self.dry = 0 if new else self.dry + 1

    def forget(self, url: str) -> None:
        """A listing page did not come; that says nothing about lists."""
        self.waiting.discard(page_key(url))

    def count_left(self) -> int:
        """How many listing pages are known and were not asked for."""
        return len(self.heap) + sum(len(its.pages) for its in self.lists.values())

    def _take_end(self, articles: int) -> Lead | None:
        """The last page of a dry list that, by its number, holds more than is known; once a list."""
        for its in self.lists.values():
            if its.dry and its.pages and not its.probed_end and max(its.pages)[0] * its.longest > MORE * articles:
                its.probed_end = True
                return its.pages.pop(max(its.pages))
        return None

    def _take_page(self) -> Lead | None:
        """The next page of a list that is not dry, the first of those with a number."""
        for its in self.lists.values():
            if its.pages and its.taken >= MAX_LIST_PAGES:
                self.too_long.append(its.pages[min(its.pages)].url)
                its.pages.clear()
                its.dry = DRY_IN_A_ROW
            elif its.pages and its.dry < DRY_IN_A_ROW:
                its.taken += 1
                return its.pages.pop(min(its.pages))
        return None

    def _take_list(self, archives: bool) -> Lead | None:
        if not self.heap or (self.heap[0][0] > 1 and not archives):
            return None
        return heapq.heappop(self.heap)[-1]


def _rank(lead: Lead) -> int:
    """0 and 1 for sections, more for archives."""
    if lead.kind != "archive":
        words = re.findall(r"[a-z]+", lead.url.lower().partition("://")[2].partition("/")[2])
        return 0 if set(words) & ARTICLE_FOLDERS else 1
    return 4 if _TAGS.search(lead.url) else 3 if _AUTHORS.search(lead.url) else 2
