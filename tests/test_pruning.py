"""Files of the archive go when no address needs them, and never before."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from clearwell.errors import StoreError
from clearwell.storage.archive import ArchiveWriter, Capture, read_capture
from clearwell.storage.captures import Captures
from clearwell.storage.pruning import prune_archive
from clearwell.storage.runs import Runs
from clearwell.storage.store import Store
from spiders import settings
from tests.conftest import ROOT
from tests.web import article, serve_web

SITE = "health.example"
NOW = datetime(2026, 11, 25, 4, 30, tzinfo=UTC)
KEPT = timedelta(days=90)


@pytest.fixture
def store(store_address):
    with Store(store_address) as opened:
        yield opened


def archive(store, folder, day, pages, site="farm"):
    """A crawl so many days ago that archived some pages, by number and edition; its file."""
    moment = NOW - timedelta(days=day)
    with ArchiveWriter(folder, site, part_of=Runs(store.database).find_first()) as writer:
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


def test_a_file_that_cannot_be_removed_is_named(store, tmp_path, monkeypatch):
    Runs(store.database).begin("farm", NOW - timedelta(days=300))
    for day, edition in ((200, "a"), (100, "b")):
        archive(store, tmp_path, day, {1: edition})

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(StoreError, match="cannot be tidied"):
        prune_archive(store, tmp_path, KEPT, NOW)


def test_a_crawl_tidies_up_behind_itself(run, farm, tmp_path):
    run("crawl", f"{farm}/en/a-calmer-bedroom.html")
    folder = tmp_path / "store" / "archive" / "127.0.0.1"
    (old,) = folder.glob("*.warc.gz")
    unused = folder / "127.0.0.1-20200101000000-00000.warc.gz"
    unused.write_bytes(old.read_bytes())
    os.utime(old, (0, 0))
    os.utime(unused, (0, 0))
    assert run("crawl", f"{farm}/en/knees-and-stairs.html").returncode == 0
    assert (unused.exists(), old.exists()) == (False, True)


class LargeFiles:
    """An archive to which captures of numbered addresses are added, each file `days` old."""

    def __init__(self, store, folder):
        self.store, self.folder, self.captures = store, folder, Captures(store.database)
        self.bodies = {}

    def add(self, numbers, days, owner=None, size=50_000):
        owner = owner or Runs(self.store.database).find_first()
        with ArchiveWriter(self.folder, SITE, part_of=owner) as writer:
            for number in numbers:
                url, body = f"https://{SITE}/{number}", os.urandom(size)
                place = writer.write(Capture(url, NOW, 200, (("Content-Type", "text/html"),), body))
                self.captures.record(SITE, url, body, NOW, place)
                self.bodies[url] = body
        path = self.folder / place.file
        moment = (NOW - timedelta(days=days)).timestamp()
        os.utime(path, (moment, moment))
        return path

    def prune(self):
        return prune_archive(self.store, self.folder, KEPT, NOW)

    def check(self):
        """Every address has what it answered last."""
        found = {captured.url: captured.place for captured in self.captures.iterate(SITE)}
        assert {url: read_capture(self.folder, place).body for url, place in found.items()} == self.bodies

    def count(self):
        return len(list((self.folder / SITE).glob("*.warc.gz")))


@pytest.fixture
def large(store, tmp_path):
    Runs(store.database).begin(SITE, NOW)
    return LargeFiles(store, tmp_path / "archive")


# Days since the first file was written, addresses that answered otherwise since (of ten), files before and after.
CASES = [
    (100, 10, 2, 1),  # nothing needs the first file
    (89, 10, 2, 2),  # but it is too young
    (100, 8, 2, 2),  # little of it is needed: copied
    (100, 4, 2, 2),  # most of it is needed: left as it is
    (100, 0, 1, 1),
]


@pytest.mark.parametrize(("days", "newer", "before", "after"), CASES)
def test_what_is_needed_is_kept_and_what_is_not_goes(large, days, newer, before, after):
    first = large.add(range(10), days)
    if newer:
        large.add(range(newer), days=5)
    assert large.count() == before
    removed = large.prune()
    large.check()
    assert large.count() == after
    assert first.exists() == (days < KEPT.days or newer < 5)
    assert removed == before - after + (newer == 8 and days > KEPT.days)
    assert large.prune() == 0, "once is enough"


def test_a_copy_is_a_file_like_any_other_and_can_be_copied_again(large):
    large.add(range(10), days=100)
    large.add(range(8), days=5)
    large.prune()
    (copy,) = [path for path in (large.folder / SITE).iterdir() if path.stat().st_mtime > (NOW.timestamp() + 0)]
    with copy.open("rb") as file:
        kinds = [record.rec_type for record in ArchiveIterator(file, check_digests="raise")]
    assert kinds == ["warcinfo", "response", "response"]
    large.add([8, 9], days=5)
    os.utime(copy, (0, 0))
    assert large.prune() == 1
    assert not copy.exists()
    large.check()


@pytest.mark.parametrize("owner", ["another store", ""])
def test_files_of_another_store_are_left_alone(large, owner):
    """A store that was lost may come back from a copy."""
    with ArchiveWriter(large.folder, SITE, part_of=owner) as writer:
        place = writer.write(Capture(f"https://{SITE}/", NOW, 200, (), b"page"))
    os.utime(large.folder / place.file, (0, 0))
    assert large.prune() == 0
    assert (large.folder / place.file).exists()


def test_small_savings_are_not_worth_a_copy(large):
    large.add(range(10), days=100, size=100)
    large.add(range(9), days=5)
    assert large.prune() == 0
    large.check()


def test_a_damaged_file_is_left_for_who_may_mend_it(large):
    path = large.add(range(10), days=100)
    large.add(range(8), days=5)
    content = path.read_bytes()
    path.write_bytes(content[:-20_000])
    os.utime(path, (0, 0))
    assert large.prune() == 0
    assert path.exists()


@pytest.mark.parametrize("moment", ["moved", "unlinked"])
def test_killed_at_any_step_nothing_is_lost_and_the_next_time_ends_it(large, monkeypatch, moment):
    first = large.add(range(10), days=100)
    large.add(range(8), days=5)

    def die(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        if moment == "moved":
            patch.setattr(Captures, "move", die)
        else:
            patch.setattr(type(first), "unlink", die)
        with pytest.raises(KeyboardInterrupt):
            large.prune()
    large.check()
    assert first.exists()
    assert large.prune() == 1
    assert not first.exists()
    large.check()
    for path in (large.folder / SITE).iterdir():
        os.utime(path, (0, 0))
    large.prune()
    large.check()
    assert large.count() == 2, "what the kill left is gone as well"


def test_an_answer_that_came_meanwhile_keeps_its_place(large):
    """Another process archives an address between the look and the move."""
    large.add(range(10), days=100)
    large.add(range(8), days=5)
    old = next(captured for captured in large.captures.iterate(SITE) if captured.url.endswith("/9"))
    large.add([9], days=0)
    large.captures.move([(old, old.place._replace(file="elsewhere"))])
    large.check()


def test_a_page_that_wants_no_copy_is_forgotten(run, home, tmp_path):
    with serve_web({}) as web:
        said = {"a": "", "b": '<meta name="robots" content="noarchive">', "c": '<meta name="robots" content="noindex">'}
        addresses = tmp_path / "list.txt"
        addresses.write_text("\n".join(f"{web.base}/{name}" for name in said))
        for last in (False, True):
            for number, (name, head) in enumerate(said.items()):
                web.routes[f"/{name}"] = article(f"Tip {name}", head=head if last else "", number=10 * number)
            assert run("crawl", str(addresses)).returncode == 0
        with Store(home["CLEARWELL_STORE"]) as store:
            assert Captures(store.database).list_addresses("127.0.0.1") == [f"{web.base}/a"]


def test_the_document_says_how_long_it_is_kept():
    text = " ".join((ROOT / "docs" / "scheduling.md").read_text("utf-8").split())
    assert f"goes {settings.CLEARWELL_ARCHIVE_DAYS} days after its file was written (`CLEARWELL_ARCHIVE_DAYS`" in text
