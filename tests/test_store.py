"""The store and the published files."""

import hashlib
import json
import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from clearwell import Page, clean
from clearwell.cleaning.memory import SiteMemory
from clearwell.document import Block, Document
from clearwell.errors import StoreError
from clearwell.publishing.files import write_whole
from clearwell.publishing.publisher import Publisher, article_path
from clearwell.storage.memories import Memories
from clearwell.storage.release import release_run
from clearwell.storage.runs import Runs
from clearwell.storage.store import Store
from clearwell.storage.tables import memories

TEXT = "A cold bath after sport feels good. It slows the growth of muscle; wait four hours if you train for it. " * 3


def make(url: str, text: str = TEXT):
    return clean(Page(url=url, text=text))


@pytest.fixture
def store(store_address):
    with Store(store_address) as opened:
        yield opened


def release(store, *found):
    """Have a run find articles and release it."""
    runs, now = Runs(store.database), datetime.now(UTC)
    run = runs.begin("a.example", now)
    runs.stage(run.id, found)
    release_run(store.database, run, runs.report(run, now, "finished"))


def test_what_is_loaded_is_what_was_released(store):
    article = make("https://a.example/1")
    release(store, article)
    assert store.load(article.id) == article
    assert store.load("nothing") is None
    assert store.count().by_site == {"a.example": 1}


def test_the_last_rejection_of_an_address_counts(store):
    store.reject("https://a.example/1", "a.example", "http-500", "later")
    store.reject("https://a.example/1", "a.example", "timeout", "again")
    assert [(r.url, r.reason) for r in store.rejections()] == [("https://a.example/1", "timeout")]


def test_the_snapshot_says_what_is_stored(store, tmp_path):
    output = tmp_path / "output"
    articles = [make(f"https://a.example/{n}", f"{TEXT} Number {n}.") for n in range(5)]
    release(store, *articles)
    store.reject("https://a.example/x", "a.example", "http-404", "gone")
    Publisher(output).publish(store)
    manifest = json.loads((output / "manifest.json").read_text())
    snapshot = (output / "articles.jsonl").read_bytes()
    assert [json.loads(line)["id"] for line in snapshot.splitlines()] == sorted(article.id for article in articles)
    assert manifest["articles"] == 5
    assert manifest["rejected"] == {"http-404": 1}
    for name, file in manifest["files"].items():
        assert hashlib.sha256((output / name).read_bytes()).hexdigest() == file["sha256"]
        assert (output / name).stat().st_size == file["bytes"]
    for article in articles:
        assert json.loads(article_path(output, article.site, article.id).read_bytes())["id"] == article.id


def test_a_missing_article_file_is_published_again(store, tmp_path):
    article = make("https://a.example/1")
    release(store, article)
    publisher = Publisher(tmp_path / "output")
    publisher.publish(store)
    path = article_path(tmp_path / "output", article.site, article.id)
    path.unlink()
    (path.parent / f".{path.name}.999999999.tmp").write_text("left by a process that was killed")
    publisher.publish(store)
    assert path.exists()
    assert list((tmp_path / "output").rglob(".*.tmp")) == []


def test_a_file_left_behind_by_a_kill_is_brought_up_to_date(store, tmp_path):
    publisher = Publisher(tmp_path / "output")
    release(store, make("https://a.example/1"))
    publisher.publish(store)
    changed = make("https://a.example/1", TEXT + " One more sentence stands here now.")
    release(store, changed)
    publisher.publish(store)
    published = json.loads(article_path(tmp_path / "output", changed.site, changed.id).read_bytes())
    assert published["contentHash"] == changed.contentHash


def test_rejections_of_sites_that_share_a_folder_are_all_there(store, tmp_path):
    for number, site in enumerate(("Zeta", "a", "zeta")):
        store.reject(f"https://a.example/{number}", site, "http-404", "gone")
    Publisher(tmp_path / "output").publish(store)
    lines = (tmp_path / "output" / "rejected" / "zeta.jsonl").read_text().splitlines()
    assert [json.loads(line)["site"] for line in lines] == ["Zeta", "zeta"]


def test_a_write_that_fails_leaves_the_old_file(tmp_path):
    path = tmp_path / "file"
    write_whole(path, [b"old"])

    def parts():
        yield b"new"
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_whole(path, parts())
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path, store):
    blocked = tmp_path / "file"
    blocked.write_text("a file where a folder should be")
    with pytest.raises(StoreError, match="cannot be written"):
        Publisher(blocked / "output").publish(store)
    with pytest.raises(StoreError, match="cannot be used"):
        Store(blocked / "s.sqlite")


def test_a_store_that_is_no_database_is_named(tmp_path):
    path = tmp_path / "s.sqlite"
    path.write_text("this is no database, " * 100)
    with pytest.raises(StoreError, match=r"s\.sqlite.*put a copy of it back"):
        Store(path)


@pytest.mark.parametrize("site", ["../../etc", "..", ".", "", "a/b", "x" * 400, "ÄÖ", "con:8080", "a\x00b"])
def test_no_site_name_leads_out_of_the_output_folder(tmp_path, site):
    path = article_path(tmp_path, site, "id").resolve()
    assert path.parent.parent == tmp_path.resolve() / "articles"


def observed(number: int) -> SiteMemory:
    document = Document((Block("paragraph", f"Page {number} says this. It says that."),))
    return SiteMemory().observe(document, f"https://a.example/{number}")


def test_memories_are_merged_however_many_write_at_a_time(store_address):
    def write(first: int) -> None:
        with Store(store_address) as opened:
            for number in range(first, first + 8, 2):
                end_run(opened, f"part {first}", observed(number), observed(number + 1))

    threads = [threading.Thread(target=write, args=(first,)) for first in (0, 8, 16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Store(store_address) as opened:
        remembered = Memories(opened.database)
        assert remembered.list_sites() == ["a.example"]
        assert remembered.load("b.example") == SiteMemory()
        whole = SiteMemory()
        for number in range(24):
            whole = whole.merge(observed(number))
        assert remembered.load("a.example") == whole


def end_run(store, target, *learned, held=False):
    """A run that learns, and its end."""
    runs, now = Runs(store.database), datetime.now(UTC)
    run = runs.begin(target, now)
    for memory in learned:
        Memories(store.database).learn(run.id, "a.example", memory)
    assert Memories(store.database).load("b.example") == SiteMemory()
    report = runs.report(run, now, "finished")
    runs.hold(run, report, []) if held else release_run(store.database, run, report)


def test_a_run_that_is_held_back_teaches_nothing(store):
    end_run(store, "farm", observed(1))
    end_run(store, "farm", observed(2), held=True)
    end_run(store, "farm", observed(3))
    assert Memories(store.database).load("a.example") == observed(1).merge(observed(3))


def test_a_broken_memory_is_told(store):
    end_run(store, "farm", observed(1))
    with store.database.begin() as connection:
        connection.execute(update(memories).values(memory=b"0"))
    with pytest.raises(StoreError, match=r"memory of a\.example"):
        Memories(store.database).load("a.example")
