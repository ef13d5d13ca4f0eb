"""Which listing pages are asked for, in which order, and when it is time to stop.

A list is worth a fetch as long as lists go on naming articles that were not known.  Next pages of a list come first, then
sections, then archives of categories, months, authors, tags.  A list that named nothing new is asked once more, for its
last page (the oldest): if all of that is known too, what lies between is left alone.  After several dry lists in a row,
lists are done with: two when a sitemap names the articles, more when nothing else does.
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
AT_ONCE = 4  # lists on their way; one while they are dry
DRY_IN_A_ROW = 2  # pages of one list without anything new
PATIENCE_WITH_SITEMAP = 2  # dry lists in a row, of the whole site
PATIENCE = 4
PATIENCE_AT_FIRST = 10  # while fewer than FEW_ARTICLES are known: menus hold shops and events beside articles
FEW_ARTICLES = 20

_TAGS = re.compile(r"/(?:tags?|label|labels|etiqueta|etiquetas|keywords?|schlagwort)/", re.I)
_AUTHORS = re.compile(r"/(?:authors?|autor|autores|auteur|users?|profile|profil|members?)/", re.I)


@dataclass(slots=True)
class _List:
    """One list: its pages that are known and not yet asked for, by number."""

    pages: dict[int, Lead] = field(default_factory=dict)
    dry: int = 0  # in a row
    probed_last: bool = False
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
            its.pages[number if number is not None else its.taken + 2] = lead
        else:
            heapq.heappush(self.heap, (_rank(lead), -lead.score, len(self.known), lead))
        return True

    def take(self, with_sitemap: bool, articles: int, archives: bool) -> Lead | None:
        """The next listing page to ask for; None when there is none now.

        `with_sitemap`: a sitemap names the articles; `articles` known so far; `archives`: whether their turn has come.
        """
        patience = PATIENCE if articles >= FEW_ARTICLES else PATIENCE_AT_FIRST
        patience = PATIENCE_WITH_SITEMAP if with_sitemap else patience
        if self.dry >= patience or len(self.waiting) >= (1 if self.dry else AT_ONCE):
            return None
        lead = self._take_page() or self._take_list(archives)
        if lead is not None:
            self.waiting.add(page_key(lead.url))
            self.taken += 1
        return lead

    def settle(self, url: str, new: int) -> None:
        """A listing page came, and named `new` articles that were not known; a start point counts too."""
        self.known.add(page_key(url))
        self.waiting.discard(page_key(url))
        its = self.lists[list_key(url)]
        its.dry = 0 if new else its.dry + 1
        self.dry = 0 if new else self.dry + 1

    def forget(self, url: str) -> None:
        """A listing page did not come; that says nothing about lists."""
        self.waiting.discard(page_key(url))

    def _take_page(self) -> Lead | None:
        """The next page of a list, the first of those with a number; of a dry list the last, once."""
        for its in self.lists.values():
            if not its.pages or its.dry >= DRY_IN_A_ROW:
                continue
            if its.dry and its.probed_last:
                continue
            number = max(its.pages) if its.dry else min(its.pages)
            its.probed_last = bool(its.dry)
            its.taken += 1
            lead = its.pages.pop(number)
            if its.taken > MAX_LIST_PAGES:
                self.too_long.append(lead.url)
                its.pages.clear()
                its.dry = DRY_IN_A_ROW
                continue
            return lead
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
