"""How the store keeps up as it grows: `python -m bench.store [--sizes 10000,100000,1000000] [ADDRESS ...]`.

At each size: articles staged and released a second, changes read a second, articles looked up a second, and the memory
that the process takes.  What fills the store in between are rows of the same shape, inserted at once.  ADDRESS is a
path or a `postgresql+psycopg://` address of an empty database; a temporary SQLite file unless given.
"""

import argparse
import os
import random
import resource
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from sqlalchemy import func, insert, select, text

from clearwell import Article, Page, clean
from clearwell.duplicates import SKETCH_VERSION, list_bands, sketch_text
from clearwell.storage import tables
from clearwell.storage.log import find_last_seq, read_changes
from clearwell.storage.release import release_run
from clearwell.storage.runs import Runs
from clearwell.storage.store import Store

SIZES = "10000,100000,1000000"
MEASURED = 1_000  # articles staged and released at each size
READ = 20_000  # changes read at each size
BATCH = 2_000  # rows in an insert
WORDS = "sleep light room cool dark evening screen walk tea hour night morning wake habit bed rest calm noise".split()
MOMENT = datetime(2026, 11, 25, tzinfo=UTC)


def make_article(number: int) -> Article:
    """An article of some 300 words that is like no other."""
    draw = random.Random(number)
    words = " ".join(f"{draw.choice(WORDS)} {draw.choice(WORDS)} {draw.randrange(10**6)} matters." for _ in range(75))
    return clean(Page(url=f"https://farm.example/{number}", text=words))


def fill(store: Store, start: int, stop: int, pattern: Article) -> None:
    """Insert rows as releases would have left them, ids and sketches drawn at random."""
    draw = np.random.default_rng(start)
    encoded = msgspec.json.encode(pattern)
    packed = zlib.compress(encoded)
    for first in range(start, stop, BATCH):
        numbers = range(first, min(first + BATCH, stop))
        names = [f"{number * 0x9E3779B97F4A7C15 % 2**64:016x}{number:016x}" for number in numbers]
        shared = {"changed": MOMENT, "version": 1, "article": encoded, "site": "farm", "language": "en"}
        with store.database.begin() as connection:
            _insert(connection, tables.articles, (
                {"id": name, "url": f"https://a.example/{name}", "content_hash": name, "first_seen": MOMENT, **shared}
                for name in names
            ))  # fmt: skip
            _insert(connection, tables.versions, (
                {"id": name, "version": 1, "run": "filled", "article": packed, "at": MOMENT} for name in names
            ))  # fmt: skip
            _insert(connection, tables.changes, (
                {"seq": number + 1, "op": "upsert", "id": name, "version": 1, "at": MOMENT}
                for number, name in zip(numbers, names, strict=True)
            ))  # fmt: skip
            sketches = [draw.integers(0, 2**32, 96, np.uint32).tobytes() for _ in names]
            _insert(connection, tables.sketches, (
                {"id": name, "made_by": SKETCH_VERSION, "sketch": sketch}
                for name, sketch in zip(names, sketches, strict=True)
            ))  # fmt: skip
            _insert(connection, tables.bands, (
                {"band": band, "id": name}
                for name, sketch in zip(names, sketches, strict=True)
                for band in set(list_bands(sketch))
            ))  # fmt: skip


def _insert(connection: Any, table: Any, rows: Iterator[dict[str, Any]]) -> None:
    connection.execute(insert(table), list(rows))


def measure(store: Store, size: int) -> dict[str, float]:
    """Stage, release, read and look up at the store's present size."""
    found = [make_article(size * 10 + number) for number in range(MEASURED)]
    assert all(sketch_text(article.articleBody) for article in found)
    runs = Runs(store.database)
    run = runs.begin("farm", MOMENT)
    started = time.perf_counter()
    for first in range(0, MEASURED, 50):
        runs.stage(run.id, found[first : first + 50])
    staged = time.perf_counter()
    release_run(store.database, run, runs.report(run, MOMENT, "finished"))
    released = time.perf_counter()
    last = find_last_seq(store.database)
    read = sum(1 for _ in read_changes(store.database, max(last - READ, 0), last))
    ended = time.perf_counter()
    for article in found:
        store.load(article.id)
    looked_up = time.perf_counter()
    return {
        "staged/s": MEASURED / (staged - started),
        "released/s": MEASURED / (released - staged),
        "changes read/s": read / (ended - released),
        "looked up/s": MEASURED / (looked_up - ended),
        "process, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main(arguments: list[str]) -> None:
    """Print a table for each store."""
    parser = argparse.ArgumentParser(prog="python -m bench.store", description=__doc__)
    parser.add_argument("addresses", nargs="*", metavar="ADDRESS")
    parser.add_argument("--sizes", default=SIZES)
    options = parser.parse_args(arguments)
    sizes = [int(size) for size in options.sizes.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        for address in options.addresses or [str(Path(folder) / "s.sqlite")]:
            with Store(address) as store:
                _print(address, store, sizes)


def _print(address: str, store: Store, sizes: list[int]) -> None:
    print(f"## {'PostgreSQL' if '://' in address else 'SQLite'}\n")
    pattern, header = make_article(0), False
    for size in sizes:
        with store.database.begin() as connection:
            have = connection.execute(select(func.count()).select_from(tables.changes)).scalar() or 0
        started = time.perf_counter()
        fill(store, have, size, pattern)
        with store.database.begin() as connection:  # what a server does by itself within minutes
            connection.execute(text("ANALYZE"))
        filled = (size - have) / (time.perf_counter() - started)
        row = {"articles": size, "filled/s": filled, **measure(store, size)}
        if "://" not in address:
            row["file, MB"] = os.path.getsize(address) / 2**20
        if not header:
            print(f"| {' | '.join(row)} |\n|{'---|' * len(row)}")
            header = True
        print(f"| {' | '.join(f'{value:,.0f}' for value in row.values())} |", flush=True)
    print()


if __name__ == "__main__":
    main(sys.argv[1:])
