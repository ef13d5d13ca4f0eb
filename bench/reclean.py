"""Clean an archive again on one core and on two: `python -m bench.reclean DATA`; how much faster, the same bytes?"""

import argparse
import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.quality.dataset import list_pages, read_sources
from clearwell.app.reclean import reclean_site
from clearwell.publishing.publisher import Publisher
from clearwell.site import Site
from clearwell.storage.archive import ArchiveWriter, Capture
from clearwell.storage.captures import Captures
from clearwell.storage.store import Store

MOMENT = datetime(2026, 11, 25, tzinfo=UTC)
SITE = Site(name="archived")
HEADERS = (("Content-Type", "text/html; charset=utf-8"),)


def reclean(data: Path, folder: Path, workers: int) -> tuple[int, float, bytes]:
    """Archive a data set's pages, clean them: how many, in how many seconds, the snapshot."""
    os.environ["CLEARWELL_STORE"] = str(folder / "s.sqlite")  # its locks stand beside it
    with Store(folder / "s.sqlite") as store:
        with ArchiveWriter(folder / "archive", SITE.name) as writer:
            names = list_pages(data, None)
            for source in read_sources(data, names):
                body, url = source.html.encode("utf-8", "replace"), f"{source.url}#{source.name}"
                place = writer.write(Capture(url, MOMENT, 200, HEADERS, body))
                Captures(store.database).record(SITE.name, url, body, MOMENT, place)
        started = time.perf_counter()
        reclean_site(store, Publisher(folder / "output"), folder / "archive", SITE, workers, False, 0)
        return len(names), time.perf_counter() - started, (folder / "output" / "articles.jsonl").read_bytes()


def main() -> int:
    """Print the figures; 1 when the bytes differ."""
    parser = argparse.ArgumentParser(prog="python -m bench.reclean", description=__doc__)
    parser.add_argument("data", type=Path)
    options = parser.parse_args()
    found = []
    for workers in (1, 2):
        with tempfile.TemporaryDirectory() as folder:
            found.append(reclean(options.data, Path(folder), workers))
    (count, one, first), (_, two, second) = found
    print(f"{count:,} pages: {one:.1f} s on one core, {two:.1f} s on two, {one / two:.2f} times as fast")
    articles = first.count(b"\n")
    print(f"{articles:,} articles, {'the same bytes' if first == second else 'DIFFERENT BYTES'}")
    return int(first != second)


if __name__ == "__main__":
    sys.exit(main())
