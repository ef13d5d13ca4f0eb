"""The store and the published files."""

import hashlib
import json
import threading

import msgspec
import pytest

from clearwell import Page, clean
from clearwell.cleaning.memory import SiteMemory
from clearwell.document import Block, Document
from clearwell.errors import StoreError
from clearwell.publishing.files import Publisher, article_path, write_whole
from clearwell.storage.store import Store

TEXT = "A cold bath after sport feels good. It slows the growth of muscle; wait four hours if you train for it. " * 3


def make(url: str, text: str = TEXT):
    return clean(Page(url=url, text=text))


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "store" / "s.sqlite") as opened:
        yield opened


def test_outcomes(store):
    article = make("https://a.example/1")
    assert store.save(article) == "new"
    assert store.save(article) == "same"
    assert store.save(make("https://a.example/1", TEXT + " One more sentence stands here now.")) == "changed"
    assert store.count().by_site == {"a.example": 1}


def test_what_is_loaded_is_what_was_saved(store):
    article = make("https://a.example/1")
    store.save(article)
    assert store.load(article.id) == article
    assert store.load("nothing") is None


def test_the_first_seen_stays_the_original(store):
    first, second = make("https://a.example/1"), make("https://b.example/copy")
    store.save(first)
    assert store.find_original(second.contentHash, second.id) == first.id
    store.save(msgspec.structs.replace(second, duplicateOf=first.id))
    assert store.find_original(first.contentHash, first.id) is None


def test_a_rejection_is_forgotten_when_its_page_becomes_an_article(store):
    store.reject("https://a.example/1", "a.example", "http-500", "later")
    store.reject("https://a.example/1", "a.example", "timeout", "again")
    assert [(r.url, r.reason) for r in store.rejections()] == [("https://a.example/1", "timeout")]
    store.save(make("https://a.example/1"))
    assert store.rejections() == []


def test_the_snapshot_says_what_is_stored(store, tmp_path):
    output = tmp_path / "output"
    articles = [make(f"https://a.example/{n}", f"{TEXT} Number {n}.") for n in range(5)]
    for article in articles:
        store.save(article)
    store.reject("https://a.example/x", "a.example", "http-404", "gone")
    Publisher(output).publish_snapshot(store)
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
    store.save(article)
    publisher = Publisher(tmp_path / "output")
    publisher.publish_snapshot(store)
    path = article_path(tmp_path / "output", article.site, article.id)
    path.unlink()
    (path.parent / f".{path.name}.999999999.tmp").write_text("left by a process that was killed")
    publisher.publish_snapshot(store)
    assert path.exists()
    assert list((tmp_path / "output").rglob(".*.tmp")) == []


def test_a_file_left_behind_by_a_kill_is_brought_up_to_date(store, tmp_path):
    publisher = Publisher(tmp_path / "output")
    store.save(make("https://a.example/1"))
    publisher.publish_snapshot(store)
    changed = make("https://a.example/1", TEXT + " One more sentence stands here now.")
    store.save(changed)  # and no publish_article: killed in between
    publisher.publish_snapshot(store)
    published = json.loads(article_path(tmp_path / "output", changed.site, changed.id).read_bytes())
    assert published["contentHash"] == changed.contentHash


def test_rejections_of_sites_that_share_a_folder_are_all_there(store, tmp_path):
    for number, site in enumerate(("Zeta", "a", "zeta")):
        store.reject(f"https://a.example/{number}", site, "http-404", "gone")
    Publisher(tmp_path / "output").publish_snapshot(store)
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
        Publisher(blocked / "output").publish_snapshot(store)
    with pytest.raises(StoreError, match="cannot be used"):
        Store(blocked / "s.sqlite")


def test_a_store_that_is_no_database_is_named(tmp_path):
    path = tmp_path / "s.sqlite"
    path.write_text("this is no database, " * 100)
    with pytest.raises(StoreError, match=r"s\.sqlite"):
        Store(path)


@pytest.mark.parametrize("site", ["../../etc", "..", ".", "", "a/b", "x" * 400, "ÄÖ", "con:8080", "a\x00b"])
def test_no_site_name_leads_out_of_the_output_folder(tmp_path, site):
    path = article_path(tmp_path, site, "id").resolve()
    assert path.parent.parent == tmp_path.resolve() / "articles"


def observed(number: int) -> SiteMemory:
    document = Document((Block("paragraph", f"Page {number} says this. It says that."),))
    return SiteMemory().observe(document, f"https://a.example/{number}")


def test_memories_are_merged_however_many_write_at_a_time(tmp_path):
    def write(first: int) -> None:
        with Store(tmp_path / "s.sqlite") as opened:
            for number in range(first, first + 8):
                opened.remember("a.example", observed(number))

    threads = [threading.Thread(target=write, args=(first,)) for first in (0, 8, 16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Store(tmp_path / "s.sqlite") as opened:
        assert opened.list_memories() == ["a.example"]
        assert opened.load_memory("b.example") == SiteMemory()
        whole = SiteMemory()
        for number in range(24):
            whole = whole.merge(observed(number))
        assert opened.load_memory("a.example") == whole


def test_a_broken_memory_is_told(store):
    store.remember("a.example", observed(1))
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE memories SET memory = x'00'")
    with pytest.raises(StoreError, match=r"memory of a\.example"):
        store.load_memory("a.example")
