"""A store that was lost, exchanged or restored: who follows the output still ends with what is published."""

import itertools
import json
import shutil
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from clearwell import Page, clean
from clearwell.errors import StoreError
from clearwell.gates import Tripped
from clearwell.publishing.finish import accept_run, finish_run
from clearwell.publishing.publisher import Publisher
from clearwell.storage.runs import Runs
from clearwell.storage.store import Store
from tests.test_changes import consume, held

NOW = datetime(2026, 11, 25, 4, 30, tzinfo=UTC)
minutes = itertools.count()
TEXT = "A glass of water before a meal makes many people eat a little less of it, trial {0} found. " * 6


def release(path, output, *numbers, edition=0):
    """A run that finds some articles."""
    with Store(path) as store:
        now = NOW + timedelta(minutes=next(minutes))
        run = Runs(store.database).begin("farm", now)
        found = [clean(Page(url=f"https://a.example/{n}", text=TEXT.format(100 * edition + n))) for n in numbers]
        if found:
            Runs(store.database).stage(run.id, found)
        finish_run(store, Publisher(output), run, "finished", now, gated=False)


def exchange(tmp_path, case):
    """Let a first history happen, then put another store in its place."""
    path, output = tmp_path / "s.sqlite", tmp_path / "output"
    release(path, output, 1, 2)
    shutil.copy(path, tmp_path / "copy.sqlite")
    release(path, output, 3, 4)
    consume(output, tmp_path / "follower.sqlite")
    for file in tmp_path.glob("s.sqlite*"):
        file.unlink()
    if case.startswith("restored"):
        shutil.copy(tmp_path / "copy.sqlite", path)
    match case:
        case "lost, fewer found":
            release(path, output, 1, 3)
        case "lost, more found" | "restored, more found":
            release(path, output, 1, 2, 3, 5, 6, 7, 8, 9)
        case "lost, nothing found":
            with pytest.raises(StoreError, match=r"shows 4 articles, the store .* has 0: is CLEARWELL_STORE right"):
                release(path, output)
            assert len((output / "articles.jsonl").read_text("utf-8").splitlines()) == 4
            (output / "manifest.json").unlink()
            release(path, output)
        case "restored, fewer found":
            release(path, output, 5)
        case "restored, edited":
            release(path, output, 3, 4, edition=1)
    return path, output


@pytest.mark.parametrize(
    "case",
    [
        "lost, fewer found", "lost, more found", "lost, nothing found", "restored, fewer found", "restored, more found",
        "restored, edited",
    ],
)  # fmt: skip
@pytest.mark.parametrize("manifest", ["as it was", "of an older version"])
def test_who_follows_ends_with_what_is_published(tmp_path, case, manifest):
    path, output = exchange(tmp_path, case)
    if manifest == "of an older version":
        written = json.loads((output / "manifest.json").read_bytes())
        assert written.pop("lastChange", None) is not None or not written["articles"]
        (output / "manifest.json").write_text(json.dumps(written))
    release(path, output, 11)
    consume(output, tmp_path / "follower.sqlite")
    consume(output, tmp_path / "follower.sqlite")
    lines = (output / "articles.jsonl").read_text("utf-8").splitlines()
    published = {article["id"]: article["articleBody"] for article in map(json.loads, lines)}
    assert held(tmp_path / "follower.sqlite") == published
    files = {file.stem: json.loads(file.read_bytes())["articleBody"] for file in (output / "articles").glob("*/*.json")}
    assert files == published
    with Store(path) as store:
        assert {article_id for article_id, _, _ in store.iterate()} == set(published)


def test_the_same_store_goes_on(tmp_path):
    path, output = tmp_path / "s.sqlite", tmp_path / "output"
    for numbers in ((1, 2), (3,), (), (4,)):
        release(path, output, *numbers)
    lines = [line for file in sorted((output / "changes").glob("*")) for line in file.read_text().splitlines()]
    assert [json.loads(line)["seq"] for line in lines] == [1, 2, 3, 4]


def test_what_a_held_run_takes_back_goes_when_it_is_released(tmp_path):
    path, output = tmp_path / "s.sqlite", tmp_path / "output"
    release(path, output, 1, 2)
    with Store(path) as store:
        runs = Runs(store.database)
        run = runs.begin("farm", NOW + timedelta(days=1))
        gone, kept = (article_id for article_id, _, _ in store.iterate())
        report = msgspec.structs.replace(runs.report(run, run.started, "finished"), withdraw=(gone, "unknown"))
        runs.hold(run, report, [Tripped("gone", "too many")])
        assert len(list(store.iterate())) == 2
        accept_run(store, Publisher(output), run.id, NOW + timedelta(days=2))
        assert [article_id for article_id, _, _ in store.iterate()] == [kept]
    last = [json.loads(line) for file in (output / "changes").glob("*") for line in file.read_text().splitlines()][-1]
    assert (last["op"], last["id"]) == ("delete", gone)
