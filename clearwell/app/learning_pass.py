"""The first pass of a bulk run: what each site of the file repeats.

A site's memory keeps the pages of the smallest keys, and a page's key is a hash of its address; so the pages to look at
are known before any is parsed, and a file of a million pages costs no more than one of a thousand.
"""

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager

from pebble import ProcessPool

from clearwell.app.chunks import chunk, map_chunks
from clearwell.app.worker import find_site, observe_lines
from clearwell.cleaning.memory import MAX_PAGES, SiteMemory

MAX_OBSERVED = 50_000  # pages of all sites together; their openings take about 5 KB each
MIN_OBSERVED = 8  # pages of each site, however many sites there are

Reader = Callable[[], AbstractContextManager[Iterable[bytes]]]


def learn_sites(read: Reader, workers: int) -> dict[str, SiteMemory]:
    """The memories of those sites of which anything was learned, by name or host; `read` opens the lines anew.

    A page that cannot be read, or that ends its worker, teaches nothing; the second pass says so.
    """
    chosen = _choose_lines(read)
    memories: dict[str, SiteMemory] = defaultdict(SiteMemory)
    with read() as lines, ProcessPool(max_workers=workers) as pool:
        wanted = (line for number, line in enumerate(lines) if number in chosen)
        for found in map_chunks(pool, _observe, chunk(wanted, len), workers, _learn_nothing):
            for site, memory in found.items():
                memories[site] = memories[site].merge(memory)
    return {site: memory for site, memory in memories.items() if memory.learned}


def _choose_lines(read: Reader) -> frozenset[int]:
    """The numbers of the lines whose pages their sites' memories would keep."""
    smallest: dict[str, list[tuple[int, int]]] = defaultdict(list)
    with read() as lines:
        for number, line in enumerate(lines):
            if (where := find_site(line)) is None:
                continue
            kept = smallest[where.site]
            push = heapq.heappush if len(kept) < MAX_PAGES else heapq.heappushpop
            push(kept, (-where.key, number))
    most = max(MIN_OBSERVED, min(MAX_PAGES, MAX_OBSERVED // max(len(smallest), 1)))
    return frozenset(number for kept in smallest.values() for _, number in heapq.nlargest(most, kept))


def _observe(lines: list[bytes]) -> list[Mapping[str, SiteMemory]]:
    return [observe_lines(lines)]


def _learn_nothing(line: bytes, reason: str, message: str) -> list[Mapping[str, SiteMemory]]:
    return []
