"""`clearwell bulk`: one line out for each line in, whatever the line."""

import base64
import contextlib
import gzip
import json
import os
import random
import threading

import pytest

from clearwell.app import worker
from clearwell.app.bulk import clean_stream
from clearwell.app.learning_pass import learn_sites

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


MOTTO = "your lantern on the long road"


def farm_lines(pages: int, site: str) -> list[str]:
    """Pages of one farm, whose motto stands between their sentences."""
    chance = random.Random(site)
    lines = []
    for number in range(pages):
        parts = [
            f"{chance.choice(BEGINNINGS)} {chance.choice(BEGINNINGS).lower()} {chance.choice(ENDINGS)}."
            for _ in range(20)
        ]
        for place in (15, 9, 4) if number % 3 == 0 else (9,):  # once: nothing on that page itself gives it away
            parts.insert(place, MOTTO)
        body = "".join(f"<p>{' '.join(parts[start : start + 6])}</p>" for start in range(0, len(parts), 6))
        html = f"<html><body><article><h1>Page {number}</h1>{body}</article></body></html>"
        lines.append(line(id=f"{site}{number}", url=f"https://{site}/{number}", html=html))
    return lines


ENDINGS = "helps at night|is no cure|costs little|does no harm|takes time|wakes people up|needs a habit".split("|")
BEGINNINGS = "Walking|Warm milk|A short rest|The light of day|Cold water|An open window|Less salt".split("|")


def test_a_first_pass_learns_what_each_site_repeats(run, tmp_path):
    source = tmp_path / "in.jsonl.gz"
    lines = [*farm_lines(6, "farm.example"), *farm_lines(2, "small.example"), LINES[0][0], LINES[4][0]]
    random.Random(1).shuffle(lines)
    content = gzip.compress("\n".join(lines).encode())
    source.write_bytes(content)
    outputs = []
    for given, workers in ((str(source), "1"), (str(source), "3"), ("-", "2")):
        out = tmp_path / f"out{workers}.jsonl"
        plain = gzip.decompress(content) if given == "-" else b""
        assert run("bulk", given, str(out), "--workers", workers, given=plain).returncode == 0
        outputs.append(out.read_bytes())
    assert outputs[0] == outputs[1] == outputs[2]
    answers = {answer["id"]: answer for answer in map(json.loads, outputs[0].splitlines()) if answer["id"]}
    bodies = {name: answer["article"]["articleBody"] for name, answer in answers.items()}
    assert [name for name, body in bodies.items() if MOTTO in body] == ["small.example1"]
    removals = [answers[f"farm.example{number}"]["article"]["cleaning"]["removals"] for number in (0, 1)]
    known = [[r["text"] for r in some if r["rule"] == "known-phrase"] for some in removals]
    assert known == [[MOTTO] * 3, [MOTTO]]
    assert run("bulk", str(source), str(tmp_path / "plain.jsonl"), "--no-learn").returncode == 0
    assert (tmp_path / "plain.jsonl").read_text().count(MOTTO) > outputs[0].decode().count(MOTTO)


def test_a_page_that_ends_its_worker_teaches_nothing_and_costs_only_itself(monkeypatch):
    honest = worker.extract

    def extract(page, find=None):
        return os._exit(9) if page.text == "poison" else honest(page, find)

    monkeypatch.setattr(worker, "extract", extract)
    lines = [given.encode() for given in (*farm_lines(40, "farm.example"), line(id="p", url="x", text="poison"))]
    learned = learn_sites(lambda: contextlib.nullcontext(iter(lines)), workers=2)
    assert [phrase.text for phrase in learned["farm.example"].learned] == [MOTTO]
