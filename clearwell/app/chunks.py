"""Work in processes, some items at a time, in order; an item that ends its worker or holds it up is found out."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

CHUNK_ITEMS = 16  # sent to a worker at once
CHUNK_BYTES = 4 * 1024 * 1024  # or fewer, if they are long
WINDOW = 3  # chunks under way for each worker; more would only hold memory
ITEM_TIMEOUT = 60  # seconds for one page, before its worker is ended

Item = TypeVar("Item")
Result = TypeVar("Result")
Work: TypeAlias = Callable[[list[Item]], list[Result]]
Blame: TypeAlias = Callable[[Item, str, str], list[Result]]


def chunk(items: Iterable[Item], measure: Callable[[Item], int]) -> Iterator[list[Item]]:
    """Put items together, in order; `measure` gives an item's bytes."""
    taken: list[Item] = []
    size = 0
    for item in items:
        taken.append(item)
        size += measure(item)
        if len(taken) >= CHUNK_ITEMS or size >= CHUNK_BYTES:
            yield taken
            taken, size = [], 0
    if taken:
        yield taken


def map_chunks(
    pool: ProcessPool, work: Work[Item, Result], chunks: Iterable[list[Item]], workers: int, blame: Blame[Item, Result]
) -> Iterator[Result]:
    """Yield the results of all chunks, in order.

    When a worker did not live to answer, its items are tried one by one; `blame` (item, reason, message) gives the
    results of the one it was.
    """
    pending: deque[tuple[list[Item], ProcessFuture[list[Result]]]] = deque()
    for taken in chunks:
        pending.append((taken, _schedule(pool, work, taken)))
        if len(pending) >= WINDOW * workers:
            yield from _collect(pool, work, *pending.popleft(), blame)
    while pending:
        yield from _collect(pool, work, *pending.popleft(), blame)


def _schedule(pool: ProcessPool, work: Work[Item, Result], items: list[Item]) -> "ProcessFuture[list[Result]]":
    return pool.schedule(work, args=[items], timeout=ITEM_TIMEOUT * len(items))


def _collect(
    pool: ProcessPool,
    work: Work[Item, Result],
    items: list[Item],
    future: "ProcessFuture[list[Result]]",
    blame: Blame[Item, Result],
) -> Iterator[Result]:
    try:
        yield from future.result()
        return
    except (ProcessExpired, TimeoutError) as error:
        if len(items) == 1:
            ended = isinstance(error, TimeoutError)
            message = f"cleaning took more than {ITEM_TIMEOUT} s" if ended else f"the worker ended: {error}"
            yield from blame(items[0], "timeout" if ended else "crashed", message)
            return
    for item in items:
        yield from _collect(pool, work, [item], _schedule(pool, work, [item]), blame)
