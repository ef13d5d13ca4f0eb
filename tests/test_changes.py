"""The change log and the consumer of docs/consuming.md: nothing lost and nothing invented, wherever either crashes."""

import json
import os
import re
import sqlite3
import sys
from datetime import UTC, datetime, timedelta

import pytest

from clearwell.errors import StoreError
from clearwell.publishing import changes as log
from clearwell.publishing.changes import Change, find_last, list_segments, remove_old, write_changes
from tests.conftest import ROOT

MOMENT = datetime(2026, 11, 25, 4, 30, tzinfo=UTC)


def change(seq, name, text=None):
    article = None if text is None else json.dumps({"id": name, "articleBody": text}).encode()
    return Change(
        seq, "delete" if text is None else "upsert", name, "health.example", f"hash of {text}", MOMENT, article
    )


STORY = [
    change(1, "a", "one"),
    change(2, "b", "two"),
    change(3, "a", "one, edited"),
    change(5, "b"),
    change(6, "c", 'three\u2028"lines"'),
    change(8, "b", "two again"),
    change(9, "c"),
    change(10, "d", "four"),
]
TRUTH = {"a": "one, edited", "b": "two again", "d": "four"}


@pytest.fixture
def short_segments(monkeypatch):
    monkeypatch.setattr(log, "SEGMENT_LINES", 3)


def publish(output, upto=None, snapshot_at=None):
    """The log up to a change, and the snapshot that stands for the log up to another."""
    write_changes(output / "changes", STORY[:upto])
    snapshot_at = snapshot_at or len(STORY)
    current = {}
    for one in STORY[:snapshot_at]:
        current.pop(one.id, None)
        if one.article is not None:
            current[one.id] = one.article
    (output / "articles.jsonl").write_bytes(b"".join(article + b"\n" for article in current.values()))
    (output / "manifest.json").write_text(json.dumps({"seq": STORY[snapshot_at - 1].seq}))


def test_what_is_written_is_read_as_json_lines(tmp_path, short_segments):
    assert write_changes(tmp_path, STORY) == 10
    assert [path.name for path in list_segments(tmp_path)] == [f"{seq:012}.jsonl" for seq in (1, 5, 9)]
    text = b"".join(path.read_bytes() for path in list_segments(tmp_path))
    lines = [json.loads(line) for line in text.removesuffix(b"\n").split(b"\n")]
    assert [line["seq"] for line in lines] == [one.seq for one in STORY]
    assert lines[3] == {
        "seq": 5, "op": "delete", "id": "b", "site": "health.example", "contentHash": "hash of None",
        "at": "2026-11-25T04:30:00Z",
    }  # fmt: skip
    assert lines[0]["article"] == {"id": "a", "articleBody": "one"}


@pytest.mark.parametrize("upto", range(len(STORY) + 1))
def test_writing_goes_on_where_it_stopped_and_changes_no_segment(tmp_path, short_segments, upto):
    write_changes(tmp_path, STORY[:upto])
    before = {path: path.read_bytes() for path in list_segments(tmp_path)}
    assert find_last(tmp_path) == (STORY[upto - 1].seq if upto else 0)
    for _ in range(2):
        write_changes(tmp_path, STORY)
    after = {path: path.read_bytes() for path in list_segments(tmp_path)}
    assert before.items() <= after.items()
    assert b"".join(after[path] for path in sorted(after)).count(b"\n") == len(STORY)


def test_a_segment_of_somebody_else_is_named(tmp_path):
    (tmp_path / "000000000007.jsonl").write_text("no json\n")
    with pytest.raises(StoreError, match=r"000000000007\.jsonl is no segment"):
        write_changes(tmp_path, STORY)


def test_old_segments_go_but_never_the_newest_and_never_from_the_middle(tmp_path, monkeypatch):
    monkeypatch.setattr(log, "SEGMENT_LINES", 1)
    monkeypatch.setattr(log, "KEPT_SEGMENTS", 2)
    write_changes(tmp_path, STORY)
    old = (MOMENT - timedelta(days=31)).timestamp()
    for number, path in enumerate(list_segments(tmp_path)):
        if number != 2:
            os.utime(path, (old, old))
        else:
            os.utime(path, (MOMENT.timestamp(), MOMENT.timestamp()))
    remove_old(tmp_path, MOMENT)
    assert [path.stem[-2:] for path in list_segments(tmp_path)][:2] == ["03", "05"]
    assert find_last(tmp_path) == 10


# -- the consumer ----------------------------------------------------------------------------------------------------


class Crash(BaseException):
    """The process ends here."""


def load_consumer():
    text = (ROOT / "docs" / "consuming.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, re.S)
    names = {}
    exec(compile(code, "consumer", "exec"), names)
    return names["follow"]


FOLLOW = load_consumer()


def consume(output, database, crash_at=None):
    """Run the consumer, or end it before its `crash_at`-th step; returns how many steps it took."""
    steps = 0

    def trace(frame, event, _):
        nonlocal steps
        if frame.f_code.co_filename == "consumer" and event == "line":
            steps += 1
            if steps == crash_at:
                raise Crash
        return trace

    connection = sqlite3.connect(database)
    former = sys.gettrace()
    sys.settrace(trace)
    try:
        FOLLOW(output, connection)
    except Crash:
        pass
    finally:
        sys.settrace(former)
        connection.close()
    return steps


def held(database):
    with sqlite3.connect(database) as connection:
        rows = connection.execute("SELECT id, article FROM articles").fetchall()
    return {name: json.loads(article)["articleBody"] for name, article in rows}


def test_a_consumer_that_crashes_between_any_two_steps_ends_with_the_same_set(tmp_path, short_segments):
    publish(tmp_path)
    steps = consume(tmp_path, tmp_path / "whole.sqlite")
    assert held(tmp_path / "whole.sqlite") == TRUTH
    assert steps > 40
    for crash in range(1, steps + 1):
        database = tmp_path / f"{crash}.sqlite"
        consume(tmp_path, database, crash)
        consume(tmp_path, database)
        assert held(database) == TRUTH, f"after a crash before step {crash}"


def test_a_consumer_follows_a_growing_log_and_crashes_all_the_way(tmp_path, short_segments):
    database = tmp_path / "d.sqlite"
    for upto in range(1, len(STORY) + 1):
        publish(tmp_path, upto, upto)
        for crash in (3, 9, 17):
            consume(tmp_path, database, crash)
        consume(tmp_path, database)
    assert held(database) == TRUTH


def test_a_consumer_too_far_behind_starts_from_the_snapshot(tmp_path, short_segments):
    publish(tmp_path, 2, 2)
    consume(tmp_path, tmp_path / "d.sqlite")
    publish(tmp_path, snapshot_at=6)
    for gone in list_segments(tmp_path / "changes")[:2]:
        gone.unlink()
    steps = consume(tmp_path, tmp_path / "new.sqlite")
    for database in ("new.sqlite", "d.sqlite"):
        for crash in range(1, steps, 4):
            consume(tmp_path, tmp_path / database, crash)
        consume(tmp_path, tmp_path / database)
        assert held(tmp_path / database) == TRUTH
