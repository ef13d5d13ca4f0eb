"""What somebody removed from the output folder is there again after the next publication."""

import itertools
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from clearwell import Page, clean
from clearwell.publishing.finish import finish_run
from clearwell.publishing.publisher import Publisher
from clearwell.storage.runs import Runs
from clearwell.storage.store import Store

NOW = datetime(2026, 11, 25, 4, 30, tzinfo=UTC)
TEXT = "A short walk after lunch made many people sleep a little sooner, trial {0} found in its week {0}. " * 6


@pytest.fixture
def published(tmp_path):
    """A store and its output, of five runs, so that there are five segments."""
    moments = itertools.count()
    with Store(tmp_path / "s.sqlite") as store:
        for number in range(5):
            now = NOW + timedelta(minutes=next(moments))
            run = Runs(store.database).begin("farm", now)
            page = Page(url=f"https://farm.example/{number}", text=TEXT.format(number))
            Runs(store.database).stage(run.id, [clean(page)])
            finish_run(store, Publisher(tmp_path / "output"), run, "finished", now, gated=False)
        yield store, tmp_path / "output"


def read_all(output):
    files = {path.relative_to(output): path.read_bytes() for path in output.rglob("*") if path.is_file()}
    kept = {name: content for name, content in files.items() if name.name not in (".publish.lock", "manifest.json")}
    return {str(name): content for name, content in kept.items()}


@pytest.mark.parametrize(
    "removed",
    [
        "changes", "changes/000000000005.jsonl", "changes/000000000003.jsonl", "changes/00000000000[24].jsonl",
        "changes/00000000000[23].jsonl", "changes/00000000000[245].jsonl", "feeds", "feeds/farm.example.json",
        "feeds/farm.example.atom", "feeds/all.atom", "articles", "articles/*/*.json", "articles.jsonl", "manifest.json",
        "schema", "reports", "*",
    ],
)  # fmt: skip
def test_what_was_removed_comes_back(published, removed):
    store, output = published
    before = read_all(output)
    gone = list(output.glob(removed))
    assert gone
    for path in gone:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    Publisher(output).publish(store, NOW + timedelta(minutes=4))
    after = read_all(output)
    log = [b"".join(files[name] for name in sorted(files) if "changes" in name) for files in (before, after)]
    assert log[0] == log[1]  # however it is cut into segments
    for files in (before, after):
        for name in [name for name in files if "changes" in name]:
            del files[name]
    assert after == before


def test_the_oldest_segments_may_go(published):
    store, output = published
    for number in (1, 2):
        (output / "changes" / f"{number:012}.jsonl").unlink()
    Publisher(output).publish(store, NOW)
    assert sorted(path.stem for path in (output / "changes").glob("*")) == [f"{number:012}" for number in (3, 4, 5)]
