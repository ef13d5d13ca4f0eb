"""Disks that fail while a crawl runs: it says so, ends with 2, and loses nothing that it had stored."""

import json
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from tests.web import Answer, article, serve_web

COUNT = 80


@pytest.fixture
def web():
    with serve_web({}) as served:
        paths = [f"/tips/night-cramps-of-number-{number}.html" for number in range(COUNT)]
        entries = "".join(f"<url><loc>{served.base}{path}</loc></url>" for path in paths)
        served.routes["/robots.txt"] = Answer(f"Sitemap: {served.base}/sitemap.xml".encode())
        served.routes["/sitemap.xml"] = f"<urlset>{entries}</urlset>".encode()
        for number, path in enumerate(paths):  # slowly enough for the store to be heard before all is fetched
            served.routes[path] = Answer(article(f"Tip {number}", number=10 * number), wait=0.1)
        yield served


@pytest.fixture
def crawl(run, home, tmp_path, web):
    home["CLEARWELL_HOME"] = str(tmp_path)
    (tmp_path / "sites").mkdir()
    start = f'start = ["{web.base}/sitemap.xml"]\n[politeness]\ndelay = 0\n'
    (tmp_path / "sites" / "farm.toml").write_text(start)
    return lambda: run("crawl", "farm")


def after(web, count, work):
    """Have something done when so many pages were asked for."""

    def answer(asked, whole):
        if len(web.asked) == count:
            work()
        return whole

    for path in [path for path in web.routes if path.startswith("/tips/")]:
        web.routes[path] = partial(answer, whole=web.routes[path])


def test_what_cannot_be_published_at_the_end_is_told_and_published_later(crawl, web, home):
    output = Path(home["CLEARWELL_OUTPUT"])

    def fill():
        (output / "changes").write_text("in the way")

    after(web, 5, fill)
    done = crawl()
    assert done.returncode == 2, done.stdout
    assert f"{output} cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    (output / "changes").unlink()
    done = crawl()
    assert done.returncode == 0, done.stderr
    lines = [line for path in (output / "changes").glob("*.jsonl") for line in path.read_text().splitlines()]
    assert len(lines) == COUNT
    assert json.loads((output / "manifest.json").read_text())["articles"] == COUNT


def test_a_store_that_is_full_ends_the_crawl_and_the_next_goes_on(crawl, web, home):
    """What SQLite says of a full disk is said by a trigger, so that the test needs no disk of its own."""
    full = "CREATE TRIGGER no_room BEFORE INSERT ON staged BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"

    def execute(statement):
        with closing(sqlite3.connect(home["CLEARWELL_STORE"], timeout=30)) as database:
            database.execute(statement)

    after(web, 15, lambda: execute(full))
    done = crawl()
    assert done.returncode == 2, done.stdout
    assert "database or disk is full" in done.stderr
    assert "Traceback" not in done.stderr
    asked = [path for path in web.paths() if path.startswith("/tips/")]
    assert len(asked) < COUNT, "it went on fetching what it could not keep"
    execute("DROP TRIGGER no_room")
    done = crawl()
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{COUNT} articles in" in done.stdout
