"""From what a run found to what is published, over both databases: what changed, what is gone, what is a copy."""

import random
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from sqlalchemy import func, select, update

from clearwell import Page, clean
from clearwell.gates import Tripped
from clearwell.storage.log import find_last_seq, read_changes
from clearwell.storage.near import decide_originals
from clearwell.storage.release import KEPT_VERSIONS, release_run
from clearwell.storage.runs import Runs
from clearwell.storage.store import Store
from clearwell.storage.tables import bands, rejections, sketches, urls, versions

START = datetime(2026, 11, 20, 8, tzinfo=UTC)
WORDS = "sleep light room cool dark evening screen walk tea hour night morning wake habit bed rest calm noise".split()


@pytest.fixture
def store(store_address):
    with Store(store_address) as opened:
        yield opened


def text_of(seed, length=120):
    draw = random.Random(seed)
    return " ".join(f"{draw.choice(WORDS)} {draw.choice(WORDS)} matters." for _ in range(length))


def article(number, seed=None, published=None, site="farm", **fields):
    page = Page(url=f"https://{site}.example/{number}", text=text_of(seed if seed is not None else f"{site}{number}"))
    return msgspec.structs.replace(clean(page), site=site, datePublished=published, **fields)


def crawl(store, day, *found, target="farm", accepted=False):
    """A run that finds some articles, and its release."""
    runs, now = Runs(store.database), START + timedelta(days=day)
    run = runs.begin(target, now)
    runs.stage(run.id, found) if found else None
    report = runs.report(run, now + timedelta(minutes=5), "finished")
    return release_run(store.database, run, report, accepted=accepted)


def log(store, after=0):
    return [(change.op, change.id) for change in read_changes(store.database, after, find_last_seq(store.database))]


def published(store):
    return {row[0]: msgspec.json.decode(row[2]) for row in store.iterate()}


def visit(store, url, article_id, outcome="article", gone_runs=0, run=None):
    values = {"url": url, "site": "farm", "status": "200", "fetched_at": START, "failures": 0, "lastmod_lied": False}
    with store.database.begin() as connection:
        write = store.database.insert(urls).values(
            **values, article_id=article_id, outcome=outcome, gone_runs=gone_runs, run=run
        )
        fields = {"outcome": outcome, "gone_runs": gone_runs, "run": run}
        connection.execute(write.on_conflict_do_update(index_elements=["url"], set_=fields))


def test_what_a_run_found_is_published_by_its_release_and_not_before(store):
    runs = Runs(store.database)
    run = runs.begin("farm", START)
    assert runs.stage(run.id, [article(1), article(2)]) == ["new", "new"]
    assert published(store) == {}
    assert log(store) == []
    report = runs.report(run, START, "finished")
    assert (report.outcomes, report.cleaned) == ({"new": 2}, 2)
    assert release_run(store.database, run, report)[:5] == (2, 0, 0, 0, 2)
    assert set(published(store)) == {article(1).id, article(2).id}
    assert log(store) == [("upsert", name) for name in sorted([article(1).id, article(2).id])]
    assert runs.find(run.id).state == "released"


def test_a_second_run_logs_what_changed_and_nothing_else(store):
    crawl(store, 0, article(1), article(2), article(3))
    refetched = article(2, fetchedAt=START)
    around = msgspec.structs.replace(article(3), quality=msgspec.structs.replace(article(3).quality, linkDensity=0.5))
    assert crawl(store, 1, article(1, seed="other"), refetched, around, article(4))[:4] == (1, 1, 2, 0)
    assert log(store, 3) == [("upsert", name) for name in sorted([article(1).id, article(4).id])]
    assert published(store)[article(2).id]["fetchedAt"] is None


def test_a_run_whose_process_was_killed_is_taken_up(store):
    runs = Runs(store.database)
    first = runs.begin("farm", START)
    runs.stage(first.id, [article(1)])
    again = runs.begin("farm", START + timedelta(hours=1))
    assert again == first
    assert runs.begin("other", START).id != first.id
    runs.stage(again.id, [article(1), article(2)])
    report = runs.report(again, START, "finished")
    assert report.outcomes == {"new": 2}
    release_run(store.database, again, report)
    assert runs.begin("farm", START).id != first.id


def test_runs_within_a_second_are_in_order(store):
    ids = []
    for _ in range(12):
        run = Runs(store.database).begin("farm/../x", START)
        release_run(store.database, run, Runs(store.database).report(run, START, "finished"))
        ids.append(run.id)
    assert ids == sorted(set(ids))
    assert not any("/" in name for name in ids)


def test_a_held_run_publishes_nothing_and_is_fetched_in_full_again(store):
    runs = Runs(store.database)
    crawl(store, 0, article(1))
    run = runs.begin("farm", START + timedelta(days=1))
    runs.stage(run.id, [article(1, seed="a wall")])
    visit(store, "https://farm.example/1", article(1).id, run=run.id)
    with store.database.begin() as connection:
        connection.execute(update(urls).values(judgement="article", etag='"5"', rules="r", digest=b"d"))
    before = published(store)
    runs.hold(run, runs.report(run, START, "finished"), [Tripped("yield", "it fell")])
    assert published(store) == before
    held = runs.find(run.id)
    assert (held.state, held.tripped) == ("held", (Tripped("yield", "it fell"),))
    with store.database.begin() as connection:
        assert connection.execute(select(urls.c.etag, urls.c.rules)).one() == (None, "")
    following = crawl(store, 2, article(1))
    assert following[:4] == (0, 0, 1, 0)
    assert len(log(store)) == 1


def test_a_held_run_can_be_released_by_a_person(store):
    runs = Runs(store.database)
    run = runs.begin("farm", START)
    runs.stage(run.id, [article(1)])
    report = runs.report(run, START, "finished")
    runs.hold(run, report, [Tripped("yield", "it fell")])
    assert release_run(store.database, run, report, accepted=True).new == 1
    assert runs.find(run.id).accepted


def test_history_begins_with_the_run_a_person_accepted(store):
    for day in range(4):
        crawl(store, day, article(day), accepted=day == 2)
    runs = Runs(store.database)
    (newest,) = runs.list_last("farm")
    assert [report.started.day for report in runs.read_history("farm", newest.id, 9)] == [22]
    assert [report.started.day for report in runs.read_history("farm", "~", 9)] == [22, 23]
    assert [report.started.day for report in runs.read_history("farm", "~", 1)] == [23]


def test_crawls_that_looked_at_nothing_are_no_history(store):
    for day in range(3):
        crawl(store, day, article(day))
    for day in range(3, 12):
        crawl(store, day)  # outside of the site's hours
    found = Runs(store.database).read_history("farm", "~", 2)
    assert [report.started.day for report in found] == [21, 22]


@pytest.mark.parametrize(
    ("visits", "gone"),
    [
        ([("/1", "failed:http-404", 1)], False),
        ([("/1", "failed:http-404", 2)], True),
        ([("/1", "failed:http-410", 2), ("/amp/1", "article", 0)], False),
        ([("/1", "failed:http-410", 2), ("/amp/1", "failed:http-404", 3)], True),
        ([("/1", "rejected:noindex", 0)], True),
        ([("/1", "rejected:consent-wall", 0)], False),
        ([("/1", "failed:timeout", 0)], False),
    ],
)
def test_an_article_is_gone_when_all_its_addresses_say_so(store, visits, gone):
    crawl(store, 0, article(1), article(2))
    run = Runs(store.database).begin("farm", START + timedelta(days=1))
    for path, outcome, gone_runs in visits:
        visit(store, f"https://farm.example{path}", article(1).id, outcome, gone_runs, run.id)
    done = crawl(store, 1)
    assert done.gone == int(gone)
    assert log(store, 2) == [("delete", article(1).id)] * gone
    assert (article(1).id in published(store)) is not gone


def test_what_is_gone_can_come_back(store):
    crawl(store, 0, article(1))
    run = Runs(store.database).begin("farm", START + timedelta(days=1))
    visit(store, "https://farm.example/1", article(1).id, "failed:http-404", 2, run.id)
    crawl(store, 1)
    assert store.count().by_site == {}
    visit(store, "https://farm.example/1", article(1).id)
    assert crawl(store, 2, article(1)).new == 1
    assert [op for op, _ in log(store)] == ["upsert", "delete", "upsert"]


def copies(order):
    """One text at three sites, published on different days, and an article of its own."""
    text = text_of("copied")
    made = [
        article(1, site="first", published="2026-01-01", seed="copied"),
        article(1, site="second", published="2026-02-01", seed="copied"),
        article(1, site="third", published="2026-03-01"),
        article(2, site="first"),
    ]
    edited = clean(Page(url="https://third.example/1", text=text.replace("matters.", "matters!", 1) + " One more."))
    made[2] = msgspec.structs.replace(edited, site="third", datePublished="2026-03-01")
    return [made[number] for number in order], made


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2), (2, 0, 3, 1)])
@pytest.mark.parametrize("together", [True, False])
def test_the_original_does_not_hang_on_the_order_of_crawling(store, order, together):
    found, made = copies(order)
    if together:
        crawl(store, 0, *found)
    else:
        for day, one in enumerate(found):
            crawl(store, day, one, target=one.site)
    marks = {name: one["duplicateOf"] for name, one in published(store).items()}
    assert marks == {made[0].id: None, made[1].id: made[0].id, made[2].id: made[0].id, made[3].id: None}
    last = {
        name: msgspec.json.decode(c.article)["duplicateOf"]
        for c in read_changes(store.database, 0, 99)
        for name in [c.id]
    }
    assert last == marks
    assert store.count().duplicates == 2


def test_when_the_original_is_gone_the_next_takes_its_place(store):
    found, made = copies((0, 1, 2, 3))
    crawl(store, 0, *found)
    run = Runs(store.database).begin("farm", START + timedelta(days=1))
    visit(store, made[0].url, made[0].id, "failed:http-410", 2, run.id)
    seq = find_last_seq(store.database)
    crawl(store, 1)
    assert {name: one["duplicateOf"] for name, one in published(store).items()} == {
        made[1].id: None, made[2].id: made[1].id, made[3].id: None
    }  # fmt: skip
    assert sorted(log(store, seq)) == sorted([("delete", made[0].id), ("upsert", made[1].id), ("upsert", made[2].id)])


def test_a_sketch_follows_its_text(store):
    crawl(store, 0, article(1))
    crawl(store, 1, article(1, seed="other"))
    with store.database.begin() as connection:
        assert connection.execute(select(func.count()).select_from(sketches)).scalar() == 1
        assert connection.execute(select(func.count()).select_from(bands)).scalar() == 16
        assert decide_originals(connection, [article(1).id, "unknown"]) == {article(1).id: None}


def test_old_versions_are_forgotten_and_their_changes_bring_the_newest(store):
    for day in range(KEPT_VERSIONS + 3):
        crawl(store, day, article(1, seed=f"day {day}"))
    with store.database.begin() as connection:
        assert connection.execute(select(func.count()).select_from(versions)).scalar() == KEPT_VERSIONS
    told = [msgspec.json.decode(change.article)["articleBody"] for change in read_changes(store.database, 0, 99)]
    newest = article(1, seed=f"day {KEPT_VERSIONS + 2}").articleBody
    assert told[:3] == [newest] * 3
    assert told[-2] == article(1, seed=f"day {KEPT_VERSIONS + 1}").articleBody


def test_a_run_is_summed_up_with_what_was_rejected_in_it(store):
    runs = Runs(store.database)
    crawl(store, 0, article(1), article(2))
    run = runs.begin("farm", START + timedelta(days=1))
    runs.stage(run.id, [article(1, seed="other"), article(3)])
    store.reject("https://farm.example/list", "farm", "listing-page", "a list", run.id)
    store.reject("https://farm.example/slow", "farm", "timeout", "slow", run.id)
    store.reject("https://farm.example/old", "farm", "timeout", "of another run")
    visit(store, "https://farm.example/2", article(2).id, "unchanged", run=run.id)
    visit(store, "https://farm.example/1", article(1).id, "unchanged", run=run.id)
    report = runs.report(run, START, "finished")
    assert report.outcomes == {"new": 1, "changed": 1, "unchanged": 1, "listing-page": 1, "timeout": 1}
    assert (report.failed, report.judged, report.articles) == (1, 1, 3)


def test_an_article_that_was_rejected_before_is_rejected_no_more(store):
    runs = Runs(store.database)
    run = runs.begin("farm", START)
    store.reject(article(1).url, "farm", "timeout", "slow", run.id)
    runs.stage(run.id, [article(1)])
    with store.database.begin() as connection:
        assert connection.execute(select(rejections)).all() == []


def test_of_one_article_found_twice_the_last_counts(store):
    runs = Runs(store.database)
    run = runs.begin("farm", START)
    runs.stage(run.id, [article(1), article(1, seed="later")])
    assert runs.find_staged(run.id, article(1).id).articleBody == article(1, seed="later").articleBody
    assert runs.find_staged("another", article(1).id) is None
