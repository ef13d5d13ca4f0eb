"""Files of the archive go when no address needs them, and never before."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from clearwell.errors import StoreError
from clearwell.storage.archive import ArchiveWriter, Capture, read_capture
from clearwell.storage.captures import Captures
from clearwell.storage.pruning import prune_archive
from clearwell.storage.runs import Runs
from clearwell.storage.store import Store

NOW = datetime(2026, 11, 25, 4, 30, tzinfo=UTC)
KEPT = timedelta(days=90)


@pytest.fixture
def store(store_address):
    with Store(store_address) as opened:
        yield opened


def archive(store, folder, day, pages, site="farm"):
    """A crawl so many days ago that archived some pages, by number and edition; its file."""
    moment = NOW - timedelta(days=day)
    with ArchiveWriter(folder, site) as writer:
        for number, edition in pages.items():
            url, body = f"https://{site}.example/{number}", f"<p>{edition}</p>".encode()
            place = writer.write(Capture(url, moment, 200, (), body))
            writer.sync()
            Captures(store.database).record(site, url, body, moment, place)
    os.utime(folder / place.file, (moment.timestamp(), moment.timestamp()))
    return place.file


@pytest.mark.parametrize(
    ("crawls", "left"),
    [
        ([(200, {1: "a", 2: "a"}), (100, {1: "b", 2: "b"})], [1]),
        ([(200, {1: "a", 2: "a"}), (100, {1: "b"})], [0, 1]),  # one page is still as it was
        ([(200, {1: "a", 2: "a"}), (150, {1: "b"}), (120, {1: "c", 2: "c"})], [2]),
        ([(89, {1: "a"}), (1, {1: "b"})], [0, 1]),  # too young
        ([(91, {1: "a"}), (1, {1: "b"})], [1]),
        ([(200, {1: "a"}), (150, {2: "a"})], [0, 1]),
    ],
)
def test_a_file_goes_when_no_address_needs_it(store, tmp_path, crawls, left):
    Runs(store.database).begin("farm", NOW - timedelta(days=300))
    files = [archive(store, tmp_path, day, pages) for day, pages in crawls]
    archive(store, tmp_path, 200, {1: "x"}, "other")
    assert prune_archive(store, tmp_path, KEPT, NOW) == len(files) - len(left)
    assert [number for number, name in enumerate(files) if (tmp_path / name).exists()] == left
    for site in ("farm", "other"):
        for captured in Captures(store.database).iterate(site):
            assert read_capture(tmp_path, captured.place).url == captured.url
    assert prune_archive(store, tmp_path, KEPT, NOW) == 0


def test_a_young_store_removes_nothing(store, tmp_path):
    file = archive(store, tmp_path / "archive", 200, {1: "a"})
    with Store(tmp_path / "new.sqlite") as new:
        assert prune_archive(new, tmp_path / "archive", KEPT, NOW) == 0
        Runs(new.database).begin("farm", NOW - timedelta(days=89))
        assert prune_archive(new, tmp_path / "archive", KEPT, NOW) == 0
        assert (tmp_path / "archive" / file).exists()


def test_a_file_that_cannot_be_removed_is_named(store, tmp_path):
    Runs(store.database).begin("farm", NOW - timedelta(days=300))
    (tmp_path / "farm" / "farm-1.warc.gz").mkdir(parents=True)
    os.utime(tmp_path / "farm" / "farm-1.warc.gz", (0, 0))
    with pytest.raises(StoreError, match="cannot be tidied"):
        prune_archive(store, tmp_path, KEPT, NOW)


def test_a_crawl_tidies_up_behind_itself(run, home, farm, tmp_path):
    run("crawl", f"{farm}/en/a-calmer-bedroom.html")
    folder = tmp_path / "store" / "archive" / "127.0.0.1"
    (old,) = folder.glob("*.warc.gz")
    unused = folder / "127.0.0.1-20200101000000-00000.warc.gz"
    unused.write_bytes(old.read_bytes())
    with Store(home["CLEARWELL_STORE"]) as store:
        Runs(store.database).begin("farm", NOW - timedelta(days=30_000))
    os.utime(old, (0, 0))
    os.utime(unused, (0, 0))
    assert run("crawl", f"{farm}/en/knees-and-stairs.html").returncode == 0
    assert (unused.exists(), old.exists()) == (False, True)
