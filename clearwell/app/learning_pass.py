"""The first pass of a bulk run: what each site of the file repeats.

A site's memory keeps the pages of the smallest keys, and a page's key is a hash of its address; so the pages to look at
are known before any is parsed, and a file of a million pages costs no more than one of a thousand.
"""

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from itertools import islice

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from clearwell.app.worker import find_site, observe_lines
from clearwell.cleaning.memory import MAX_PAGES, SiteMemory

MAX_OBSERVED = 50_000  # pages of all sites together; their openings take about 5 KB each
MIN_OBSERVED = 8  # pages of each site, however many sites there are
CHUNK_LINES = 16  # lines sent to a worker at once
LINE_TIMEOUT = 60  # seconds for one page, before its worker is ended

Reader = Callable[[], AbstractContextManager[Iterable[bytes]]]


def learn_sites(read: Reader, workers: int) -> dict[str, SiteMemory]:
    """The memories of those sites of which anything was learned, by name or host; `read` opens the lines anew.

    A page that cannot be read, or that ends its worker, teaches nothing; the second pass says so.
    """
    chosen = _choose_lines(read)
    memories: dict[str, SiteMemory] = defaultdict(SiteMemory)
    with read() as lines, ProcessPool(max_workers=workers) as pool:
        wanted = (line for number, line in enumerate(lines) if number in chosen)
        for found in _observe(pool, wanted, 3 * workers):
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


def _observe(pool: ProcessPool, lines: Iterable[bytes], window: int) -> Iterator[Mapping[str, SiteMemory]]:
    pending = []
    for chunk in _chunk(lines):
        pending.append(pool.schedule(observe_lines, args=[chunk], timeout=LINE_TIMEOUT * len(chunk)))
        if len(pending) >= window:
            yield _result(pending.pop(0))
    for future in pending:
        yield _result(future)


def _result(future: "ProcessFuture[dict[str, SiteMemory]]") -> Mapping[str, SiteMemory]:
    try:
        return future.result()
    except (ProcessExpired, TimeoutError):
        return {}


def _chunk(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    iterator = iter(lines)
    while chunk := list(islice(iterator, CHUNK_LINES)):
        yield chunk
