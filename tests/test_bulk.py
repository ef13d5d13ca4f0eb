"""`clearwell bulk`: one line out for each line in, whatever the line."""

import base64
import gzip
import json
import os
import threading

import pytest

from clearwell.app import worker
from clearwell.app.bulk import clean_stream

TEXT = "Walking after a meal lowers the blood sugar of most people. Ten minutes are enough to see it. " * 4


def line(**fields):
    return json.dumps(fields)


LATIN_1 = f"<p>{TEXT} é</p>".encode("latin-1")
LINES = [
    (line(id="text", url="https://a.example/1", text=TEXT), "ok", None),
    (line(id=7, url="https://a.example/2", html=f"<html><body><article><p>{TEXT}</p></body></html>"), "ok", None),
    (line(id="b64", url="https://a.example/3", htmlBase64=base64.b64encode(LATIN_1).decode()), "ok", None),
    (line(id="site", url="https://a.example/4", site="named", text=TEXT), "ok", None),
    ("not json", "rejected", "bad-line"),
    ("", "rejected", "bad-line"),
    ("[1, 2]", "rejected", "bad-line"),
    (line(id="none", url="https://a.example/5"), "rejected", "bad-line"),
    (line(id="both", url="https://a.example/6", text="a", html="b"), "rejected", "bad-line"),
    (line(id="not64", url="https://a.example/7", htmlBase64="###"), "rejected", "bad-line"),
    (line(id="type", url=5, text=TEXT), "rejected", "bad-line"),
    (line(id="empty", url="https://a.example/8", html=""), "rejected", "empty"),
    (line(id="short", url="https://a.example/9", text="Log in"), "rejected", "too-short"),
    (line(id="surrogate", url="https://a.example/10", text=TEXT).replace("Walking", "\\ud800 Walking"), "ok", None),
    ('{"id":"deep","url":"u","html":' + "[" * 100_000, "rejected", "bad-line"),
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_every_line_has_its_answer_in_order(run, tmp_path, suffix):
    source, target = tmp_path / f"in.jsonl{suffix}", tmp_path / f"out.jsonl{suffix}"
    content = "\n".join(text for text, _, _ in LINES).encode()
    source.write_bytes(gzip.compress(content) if suffix else content)
    done = run("bulk", str(source), str(target), "--workers", "2")
    assert done.returncode == 0, done.stderr
    written = gzip.decompress(target.read_bytes()) if suffix else target.read_bytes()
    answers = [json.loads(answer) for answer in written.splitlines()]
    assert len(answers) == len(LINES)
    for (given, status, reason), answer in zip(LINES, answers, strict=True):
        assert status is None or (answer["status"], answer.get("reason")) == (status, reason), given[:80]
    assert [answer["id"] for answer in answers[:4]] == ["text", 7, "b64", "site"]
    assert [answer["id"] for answer in answers[7:13]] == ["none", "both", "not64", "type", "empty", "short"]
    assert answers[2]["article"]["articleBody"].endswith("é")
    assert answers[3]["article"]["site"] == "named"


def test_standard_streams_work(run):
    done = run("bulk", "-", "-", given=LINES[0][0] + "\n")
    assert json.loads(done.stdout)["status"] == "ok"


def test_workers_make_no_difference(tmp_path, run):
    source = tmp_path / "in.jsonl"
    source.write_text(
        "\n".join(line(id=n, url=f"https://a.example/{n}", text=f"{TEXT} Number {n}.") for n in range(50))
    )
    for workers in ("1", "3"):
        assert run("bulk", str(source), str(tmp_path / f"out{workers}.jsonl"), "--workers", workers).returncode == 0
    assert (tmp_path / "out1.jsonl").read_bytes() == (tmp_path / "out3.jsonl").read_bytes()


def test_the_output_is_never_the_input_nor_a_folder(run, tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text(LINES[0][0])
    for target, says in ((source, "same file"), (tmp_path, "written"), (tmp_path / "no" / "out", "written")):
        done = run("bulk", str(source), str(target))
        assert done.returncode == 1
        assert says in done.stderr
    assert source.read_text() == LINES[0][0]


def test_a_link_and_a_pipe_are_written_to_not_replaced(run, tmp_path):
    source, link, real, pipe = (tmp_path / name for name in ("in.jsonl", "link", "real", "pipe"))
    source.write_text(LINES[0][0])
    link.symlink_to(real)
    assert run("bulk", str(source), str(link)).returncode == 0
    assert link.is_symlink()
    assert json.loads(real.read_text())["status"] == "ok"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    assert run("bulk", str(source), str(pipe)).returncode == 0
    reader.join(timeout=10)
    assert json.loads(read[0])["status"] == "ok"


def test_what_is_not_utf8_or_begins_with_a_mark(run):
    given = b"\xef\xbb\xbf" + LINES[0][0].encode() + b'\n{"id":"\xff","text":"x"}\n'
    answers = [json.loads(answer) for answer in run("bulk", "-", "-", given=given).stdout.splitlines()]
    assert [(answer["id"], answer["status"]) for answer in answers] == [("text", "ok"), (None, "rejected")]


def test_a_cut_gzip_is_told_and_leaves_no_file(run, tmp_path):
    source = tmp_path / "in.jsonl.gz"
    source.write_bytes(gzip.compress(os.urandom(5000))[:2000])
    done = run("bulk", str(source), str(tmp_path / "out.jsonl"))
    assert done.returncode == 1
    assert "in.jsonl.gz" in done.stderr
    assert sorted(path.name for path in tmp_path.glob("*out*")) == []


def test_a_line_that_ends_its_worker_costs_only_itself(monkeypatch):
    """A worker that dies (memory, a fault in C) is replaced; the other lines of its chunk are answered."""
    honest = worker.clean_line
    monkeypatch.setattr(worker, "clean_line", lambda given: os._exit(9) if b"poison" in given else honest(given))
    lines = [line(id=n, text=TEXT).encode() for n in range(5)]
    lines.insert(2, line(id="poison", text="x").encode())
    answers = [json.loads(answer.line) for answer in clean_stream(iter(lines), workers=2)]
    assert [answer["id"] for answer in answers] == [0, 1, "poison", 2, 3, 4]
    assert [answer["status"] for answer in answers] == ["ok", "ok", "rejected", "ok", "ok", "ok"]
    assert answers[2]["reason"] == "crashed"
