"""Cleaning archived pages again: without a request, only changes are published, the same from any number of cores."""

import json
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from clearwell import Page, clean
from clearwell.app.reclean import find_sites, learn_archive, reclean_site
from clearwell.errors import SiteConfigError, StoreError
from clearwell.publishing.publisher import Publisher
from clearwell.site import MemorySettings, Site
from clearwell.storage.archive import ArchiveWriter, Capture
from clearwell.storage.captures import Captures
from clearwell.storage.log import find_last_seq, read_changes
from clearwell.storage.release import release_run
from clearwell.storage.runs import Runs
from clearwell.storage.store import Store
from samples.site import list_slugs, render

START = datetime(2026, 11, 20, 8, tzinfo=UTC)
FARM = Site(name="farm")
PAGES = {f"http://farm.example/{slug}.html": render(slug, "http://farm.example") for slug in list_slugs()}


@pytest.fixture
def base(tmp_path, monkeypatch):
    monkeypatch.setenv("CLEARWELL_STORE", str(tmp_path / "s.sqlite"))
    return tmp_path


@pytest.fixture
def store(base):
    with Store(base / "s.sqlite") as opened:
        yield opened


def archive(store, base, pages, site="farm"):
    with ArchiveWriter(base / "archive", site) as writer:
        for number, (url, html) in enumerate(pages.items()):
            moment, body = START + timedelta(seconds=number), html.encode()
            headers = (("Content-Type", "text/html; charset=utf-8"),)
            place = writer.write(Capture(url, moment, 200, headers, body))
            Captures(store.database).record(site, url, body, moment, place)


def publish(store, pages, site=FARM):
    """Have a crawl find the pages, cleaned one by one without any memory."""
    runs = Runs(store.database)
    run = runs.begin("farm", START)
    found = [clean(Page(url=url, body=html.encode(), fetchedAt=START), site) for url, html in pages.items()]
    runs.stage(run.id, [article for article in found if article.status == "ok"])
    release_run(store.database, run, runs.report(run, START, "finished"))


def reclean(store, base, site=FARM, workers=2, dry=False, examples=0):
    return reclean_site(store, Publisher(base / "output"), base / "archive", site, workers, dry, examples)


def log(store, after):
    return list(read_changes(store.database, after, find_last_seq(store.database)))


def test_what_the_archive_teaches_reaches_articles_published_before(store, base):
    archive(store, base, PAGES)
    publish(store, PAGES)
    seq = find_last_seq(store.database)
    learned = {phrase.text for phrase in learn_archive(store, base / "archive", "farm", 2).learned}
    assert "Mossbank original copyright contact" in learned
    summary, run = reclean(store, base)
    assert run.state == "released"
    changed = log(store, seq)
    assert summary.outcomes["changed"] == len(changed)
    assert all(change.op == "upsert" for change in changed)
    bodies = [msgspec.json.decode(article)["articleBody"] for _, _, article in store.iterate()]
    assert not any("lantern edition" in body for body in bodies)
    again, _ = reclean(store, base)
    assert (again.outcomes["changed"], again.outcomes["new"]) == (0, 0)
    assert find_last_seq(store.database) == seq + len(changed)


def test_any_number_of_processes_gives_the_same_bytes(store, base):
    archive(store, base, PAGES)
    found = []
    for workers in (1, 3):
        with Store(base / f"{workers}.sqlite") as other:
            archive(other, base, PAGES)
            reclean_site(other, Publisher(base / f"{workers}"), base / "archive", FARM, workers, False, 0)
            found.append((base / f"{workers}" / "articles.jsonl").read_bytes())
    assert found[0] == found[1]
    assert found[0].count(b"\n") == len(PAGES)


def test_a_dry_run_changes_nothing_and_shows_what_would(store, base):
    archive(store, base, PAGES)
    publish(store, PAGES)
    before = list(store.iterate())
    pinned = Site(name="farm", memory=MemorySettings(pin=("How long should it be",)))
    summary, run = reclean(store, base, pinned, dry=True, examples=2)
    assert run is None
    assert summary.outcomes["changed"] >= 1
    old, new = summary.examples[0]
    assert (old.id, old.articleBody != new.articleBody) == (new.id, True)
    assert list(store.iterate()) == before


def test_a_page_that_is_no_article_any_more_is_withdrawn(store, base):
    archive(store, base, PAGES | {"http://farm.example/x.html": "<p>Nothing here.</p>"})
    publish(store, PAGES)
    runs = Runs(store.database)
    run = runs.begin("farm", START)
    wrong = clean(Page(url="http://farm.example/x.html", text="This was taken for an article once. " * 9))
    runs.stage(run.id, [wrong])
    release_run(store.database, run, runs.report(run, START, "finished"))
    seq = find_last_seq(store.database)
    summary, _ = reclean(store, base)
    assert summary.withdrawn == [wrong.id]
    assert [(change.op, change.id) for change in log(store, seq) if change.op == "delete"] == [("delete", wrong.id)]


def test_most_articles_lost_at_once_is_held_back(store, base):
    publish(store, PAGES)
    archive(store, base, dict.fromkeys(PAGES, "<p>We use cookies.</p>"))
    before = list(store.iterate())
    _, run = reclean(store, base)
    assert run.state == "held"
    assert {gate for gate, _ in run.tripped} >= {"gone"}
    assert list(store.iterate()) == before


def test_a_damaged_archive_costs_what_is_damaged_and_withdraws_nothing(store, base):
    archive(store, base, PAGES)
    publish(store, PAGES)
    (file,) = (base / "archive" / "farm").iterdir()
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    summary, run = reclean(store, base)
    assert summary.outcomes["archive-damaged"] > 5
    assert summary.withdrawn == []
    assert run.state in ("released", "held")
    assert len(list(store.iterate())) == len(PAGES)


def test_a_broken_off_crawl_comes_first(store, base):
    archive(store, base, PAGES)
    Runs(store.database).begin("farm", START)
    with pytest.raises(StoreError, match="`clearwell crawl farm` ends it first"):
        reclean(store, base)


def test_archived_sites_are_found_with_their_settings(store, base):
    archive(store, base, dict(list(PAGES.items())[:1]), "farm")
    archive(store, base, dict(list(PAGES.items())[1:2]), "other.example")
    (base / "sites").mkdir()
    (base / "sites" / "farm.toml").write_text('start = ["http://farm.example/"]\nmaxPages = 7')
    assert [(site.name, site.maxPages) for site in find_sites(store, base / "sites", "")] == [
        ("farm", 7), ("other.example", 1000)
    ]  # fmt: skip
    with pytest.raises(SiteConfigError, match="archived are: farm, other"):
        find_sites(store, base / "sites", "farn")


def test_a_crawl_archives_what_it_fetches_once_and_reclean_needs_no_server(run, farm, tmp_path):
    addresses = tmp_path / "list.txt"
    addresses.write_text("\n".join(f"{farm}/en/{name}.html" for name in ("a-calmer-bedroom", "knees-and-stairs")))
    first = run("crawl", str(addresses))
    assert first.returncode == 0, first.stderr
    files = list((tmp_path / "store" / "archive").rglob("*.warc.gz"))
    assert len(files) == 1
    run("crawl", str(addresses))
    assert list((tmp_path / "store" / "archive").rglob("*.warc.gz")) == files
    done = run("reclean", "--examples", "0")
    assert done.returncode == 0, done.stderr
    assert "2 same" in done.stdout
    manifest = json.loads((tmp_path / "output" / "manifest.json").read_text())
    assert (manifest["articles"], manifest["seq"]) == (2, 2)
    files[0].write_bytes(b"lost to a fault of the disk")
    done = run("reclean", "--examples", "0")
    assert (done.returncode, "2 archive-damaged" in done.stdout) == (1, True)
