"""What is asked for next: articles newest first, lists as long as they tell something new, within the budget."""

import heapq
from collections import Counter, defaultdict, deque
from datetime import UTC, datetime
from typing import NamedTuple, Protocol

from clearwell.discovery.addresses import page_key, plain_addresses
from clearwell.discovery.leads import Lead
from clearwell.discovery.lists import FEW_ARTICLES, PATIENCE, PATIENCE_AT_FIRST, PATIENCE_WITH_SITEMAP, Lists
from clearwell.discovery.shapes import ShapeLedger, shape_of
from clearwell.extraction.dates import date_in_path

MAX_HELD = 100_000  # addresses; some 60 MB
AT_ONCE = 64  # articles on their way to the downloader: enough to keep it busy, few enough to learn from what comes
MAX_RECORDS = 100  # addresses of one reason that are recorded one by one; more are counted
MAX_LATER = 20_000  # links of articles that are remembered
MANY_NEW = 3  # sure articles a list names and the sitemap does not: then the sitemap is not complete
UNDATED_NEW = 10**6  # days; what a feed or a list names without a date is taken for new


class Guard(Protocol):
    """Tells spider traps by the addresses that pages link to."""

    def admit(self, url: str) -> str | None:
        """What speaks against following an address; None when nothing does."""

    def note(self, url: str, fruitful: bool) -> None:
        """Tell of a fetched page whether it was an article or named one that was not known."""


class Refusal(NamedTuple):
    """An address that is left out for what was learned in the crawl, to be recorded by who asks."""

    url: str
    reason: str
    message: str


class Frontier:
    """The addresses of a crawl: what is known, what is held, what is on its way.

    Pure bookkeeping: who fetches asks with `take`, and tells with `settle` and `settle_list` what came of it.
    `left_out` counts, by reason, what was known and not asked for.
    """

    def __init__(self, budget: int, guard: Guard | None = None) -> None:
        self.budget = budget
        self.guard = guard
        self.known: set[int] = set()  # hashes of page keys: a crawl may know a million
        self.held: list[tuple[int, int, float, int, Lead]] = []
        self.waiting_for_shape: dict[str, deque[tuple[int, int, float, int, Lead]]] = defaultdict(deque)
        self.variants: list[Lead] = []
        self.later: dict[int, Lead] = {}
        self.lists = Lists()
        self.shapes = ShapeLedger()
        self.left_out: Counter[str] = Counter()
        self.refusals: list[Refusal] = []
        self.taken = 0
        self.offered = 0  # articles that were not known
        self.on_their_way: set[str] = set()  # asked for, nothing came yet
        self.unsettled: dict[str, str] = {}  # asked for, and nobody said yet what it is: its shape
        self.in_sitemap = 0
        self.missed_by_sitemap: set[int] = set()  # sure articles that lists name and no sitemap did so far
        self.sitemap_is_partial = False

    @property
    def has_sitemap(self) -> bool:
        """Whether a sitemap seems to name all articles: one was read whole, and no list knew better."""
        return self.in_sitemap > 0 and not self.sitemap_is_partial and len(self.missed_by_sitemap) < MANY_NEW

    @property
    def is_used_up(self) -> bool:
        """Whether the budget is spent and there would be more to ask for."""
        return self.taken >= self.budget and bool(self.held or self.variants)

    def offer(self, lead: Lead) -> str:
        """Hold an article's address; the reason when it is not wanted: `known`, `variant`, the guard's word."""
        key = hash(page_key(lead.url))
        if key in self.known:
            if lead.origin == "sitemap":
                self.missed_by_sitemap.discard(key)
            return "known"
        if lead.origin in ("listing", "article") and self._is_trap(lead.url):
            return "trap"
        if any(hash(page_key(plain)) in self.known for plain, _ in plain_addresses(lead.url)):
            self.known.add(key)
            return "variant"
        self.known.add(key)
        self._note_sitemap(lead)
        if lead.origin in ("listing", "article") and any(plain_addresses(lead.url)):
            self.variants.append(lead)
            return ""
        shape = shape_of(lead.url)
        self.shapes.note(shape)
        self.offered += not self.shapes.is_given_up(shape)
        self._hold(lead)
        return ""

    def note(self, url: str) -> None:
        """This address is asked for by other ways."""
        self.known.add(hash(page_key(url)))

    def offer_later(self, lead: Lead) -> bool:
        """Remember an article's address for when lists have nothing more to tell; False for one that is known."""
        key = hash(page_key(lead.url))
        if key in self.known or key in self.later or len(self.later) >= MAX_LATER:
            return False
        self.later[key] = lead
        return True

    def offer_list(self, lead: Lead) -> str:
        """Hold a listing page's address; the reason when it is not wanted."""
        if hash(page_key(lead.url)) in self.known:
            return "known"
        if self._is_trap(lead.url):
            return "trap"
        return "" if self.lists.offer(lead) else "known"

    def take(self) -> Lead | None:
        """The next address to ask for, None when there is none now; `settle` or `settle_list` has to follow."""
        idle = not (self.on_their_way or self.held or self.waiting_for_shape)
        if lead := self.lists.take(self.offered, self._patience(), idle):
            return lead
        if idle and not self.lists.waiting and self.later:
            leads, self.later = list(self.later.values()), {}
            for lead in leads:
                self.offer(lead)
        if self.taken >= self.budget or len(self.on_their_way) >= AT_ONCE:
            return None
        if lead := self._take_held() or self._take_variant():
            shape = shape_of(lead.url)
            self.taken += 1
            self.on_their_way.add(lead.url)
            self.unsettled[lead.url] = shape
            self.shapes.start(shape)
            return lead
        return None

    def take_refusals(self) -> list[Refusal]:
        """What was left out for what was learned since this was asked last; MAX_RECORDS of a reason in all."""
        refusals, self.refusals = self.refusals, []
        return refusals

    def arrive(self, url: str) -> None:
        """An answer came for an article's address: the downloader has room for another."""
        self.on_their_way.discard(url)

    def put_aside(self, url: str) -> None:
        """An article's address need not be asked for, since the article is known to be as it was."""
        self.taken -= url in self.unsettled
        self.left_out["unchanged"] += 1
        self.arrive(url)
        self.settle(url, True)

    def settle(self, url: str, is_article: bool | None) -> None:
        """What an article's address turned out to be; None when nobody can tell.  Only the first word counts."""
        shape = self.unsettled.pop(url, None)
        if shape is None:
            return
        if self.guard and is_article is not None:
            self.guard.note(url, is_article)
        self.shapes.settle(shape, is_article)
        self._let_go_on(shape)

    def settle_list(self, url: str, new: int, articles: int) -> None:
        """A listing page came and named so many articles, `new` of them not known before."""
        self.known.add(hash(page_key(url)))
        self.lists.settle(url, new, articles)
        if self.guard:
            self.guard.note(url, bool(new))

    def forget_list(self, url: str) -> None:
        """A listing page did not come."""
        self.lists.forget(url)

    def give_up_waiting(self) -> None:
        """Nothing is on its way any more, whatever the books say."""
        self.on_their_way.clear()
        self.unsettled.clear()
        self.lists.waiting.clear()
        for tally in self.shapes.tallies.values():
            tally.waiting = 0
        for shape in list(self.waiting_for_shape):
            self.held += self.waiting_for_shape.pop(shape)
        heapq.heapify(self.held)

    def count_held(self) -> int:
        """How many addresses of articles are known and not asked for."""
        return len(self.held) + sum(map(len, self.waiting_for_shape.values())) + len(self.variants)

    def close(self) -> Counter[str]:
        """Count what is still held; `left_out` is then complete."""
        if rest := self.count_held():
            self.left_out["over-budget" if self.taken >= self.budget else "not-reached"] += rest
        if lists := self.lists.count_left():
            self.left_out["list"] += lists
        return self.left_out

    def _let_go_on(self, shape: str) -> None:
        """Hold again what waited for word of its shape: all when that is decided, else one more to try."""
        waiting = self.waiting_for_shape.pop(shape, deque())
        decided = self.shapes.is_proven(shape) or self.shapes.is_given_up(shape)
        for _ in range(len(waiting) if decided else min(len(waiting), 1)):
            heapq.heappush(self.held, waiting.popleft())
        if waiting:
            self.waiting_for_shape[shape] = waiting

    def _is_trap(self, url: str) -> bool:
        if self.guard is None or not (message := self.guard.admit(url)):
            return False
        self.known.add(hash(page_key(url)))
        self._refuse(url, "trap", message)
        return True

    def _refuse(self, url: str, reason: str, message: str) -> None:
        self.left_out[reason] += 1
        if self.left_out[reason] <= MAX_RECORDS:
            self.refusals.append(Refusal(url, reason, message))

    def _note_sitemap(self, lead: Lead) -> None:
        if lead.origin == "sitemap":
            self.in_sitemap += 1
            self.sitemap_is_partial |= lead.published is not None  # a news sitemap has two days
        elif lead.origin == "listing" and lead.kind == "article":
            self.missed_by_sitemap.add(hash(page_key(lead.url)))

    def _patience(self) -> int:
        """How many lists in a row may name nothing new."""
        if self.in_sitemap >= FEW_ARTICLES and not self.sitemap_is_partial:
            return PATIENCE_WITH_SITEMAP
        return PATIENCE if self.offered >= FEW_ARTICLES else PATIENCE_AT_FIRST

    def _hold(self, lead: Lead) -> None:
        doubt = lead.kind != "article"
        heapq.heappush(self.held, (doubt, -_days(lead), -lead.score, len(self.known), lead))
        if len(self.held) > MAX_HELD:
            self.held = heapq.nsmallest(MAX_HELD // 2, self.held)
            self.left_out["over-budget"] += MAX_HELD - MAX_HELD // 2 + 1

    def _take_held(self) -> Lead | None:
        while self.held:
            entry = heapq.heappop(self.held)
            lead = entry[-1]
            shape = shape_of(lead.url)
            if lead.score == 1.0:  # the site's file says so
                return lead
            if self.shapes.is_given_up(shape):
                message = f"pages at addresses like it ({shape}) were no articles; `include` it if it is one"
                self._refuse(lead.url, "fruitless", message)
            elif lead.kind != "article" and lead.origin != "sitemap" and self.has_sitemap:
                self.left_out["not-in-sitemap"] += 1
            elif self.shapes.must_wait(shape):
                self.waiting_for_shape[shape].append(entry)
            else:
                return lead
        return None

    def _take_variant(self) -> Lead | None:
        """A variant whose plain page nobody named, when all else is done."""
        if self.on_their_way or self.waiting_for_shape:
            return None
        while self.variants:
            lead = self.variants.pop()
            if not any(hash(page_key(plain)) in self.known for plain, _ in plain_addresses(lead.url)):
                return lead
            self.left_out["variant"] += 1
        return None


def _days(lead: Lead) -> int:
    """When the article changed last, for the order: days since 1970."""
    moment = lead.lastmod or lead.published
    if moment is None and (day := date_in_path(lead.url)):
        moment = datetime.fromisoformat(day).replace(tzinfo=UTC)
    if moment is not None:
        return max(int(moment.timestamp()) // 86_400, 0)
    return 0 if lead.origin == "sitemap" else UNDATED_NEW
