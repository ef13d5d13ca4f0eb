"""A site over several crawls: what downstream hears of it, as its pages are edited, come, go, and turn into a wall."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from subprocess import PIPE

import pytest
from sqlalchemy import update

from clearwell.storage.runs import Runs
from clearwell.storage.store import Store
from clearwell.storage.tables import urls
from tests.web import Answer, article, serve_web

COUNT = 16
ASKS = "We and our partners use cookies. Cookies need your consent; privacy matters to us."
WALL = f"<html><body><div><p>{ASKS}</p></div></body>".encode()


class Site:
    """A site with a sitemap, whose pages a test edits; every page has an ETag."""

    def __init__(self, web):
        self.web, self.pages = web, {}
        for number in range(COUNT):
            self.write(number)

    def write(self, number, edition=0):
        self.pages[f"/tips/night-cramps-of-number-{number}.html"] = article(
            f"Tip {number}", number=100 * edition + number
        )
        self.publish()

    def remove(self, number):
        del self.pages[f"/tips/night-cramps-of-number-{number}.html"]
        self.publish()

    def publish(self, body=None):
        self.web.routes.clear()
        self.web.routes["/robots.txt"] = Answer(f"Sitemap: {self.web.base}/sitemap.xml".encode())
        entries = "".join(f"<url><loc>{self.web.base}{path}</loc></url>" for path in self.pages)
        self.web.routes["/sitemap.xml"] = f"<urlset>{entries}</urlset>".encode()
        for path, page in self.pages.items():
            self.web.routes[path] = self._route(body or page)

    def _route(self, page):
        tag = f'"{hash(page)}"'
        whole = Answer(page, headers={"ETag": tag, "Content-Type": "text/html"})
        return lambda asked: Answer(status=304) if asked.headers.get("if-none-match") == tag else whole


@pytest.fixture
def site(home, tmp_path):
    with serve_web({}) as web:
        home["CLEARWELL_HOME"] = str(tmp_path)
        (tmp_path / "sites").mkdir()
        start = f'start = ["{web.base}/sitemap.xml"]\n[politeness]\ndelay = 0\n'
        (tmp_path / "sites" / "farm.toml").write_text(start)
        yield Site(web)


@pytest.fixture
def crawl(run, home, site):
    """Crawl the site a day later; the exit code, the changes it published, and what was asked of the server."""
    seen = []

    def start():
        if seen:  # a day goes by
            with Store(home["CLEARWELL_STORE"]) as store, store.database.begin() as connection:
                connection.execute(update(urls).values(next_visit=urls.c.fetched_at))
        site.web.asked.clear()
        done = run("crawl", "farm")
        assert "Traceback" not in done.stderr, done.stderr
        changes = read_log(home)[len(seen) :]
        seen.extend(changes)
        return done, [(change["op"], number_of(change)) for change in changes]

    return start


def read_log(home):
    segments = sorted((Path(home["CLEARWELL_OUTPUT"]) / "changes").glob("*.jsonl"))
    return [json.loads(line) for path in segments for line in path.read_text("utf-8").split("\n") if line]


names = {}


def number_of(change):
    if "article" in change:
        names[change["id"]] = int(change["article"]["canonicalUrl"].rpartition("-")[2].removesuffix(".html"))
    return names[change["id"]]


def snapshot(home):
    return (Path(home["CLEARWELL_OUTPUT"]) / "articles.jsonl").read_bytes()


def test_what_changes_on_a_site_is_what_downstream_hears(crawl, site, home):
    done, changes = crawl()
    assert (done.returncode, sorted(changes)) == (0, [("upsert", number) for number in range(COUNT)])
    done, changes = crawl()
    assert (done.returncode, changes) == (0, [])
    assert sum(path.startswith("/tips/") for path in site.web.paths()) == COUNT
    assert "16 not sent again by the server (304)" in done.stdout
    for number in (2, 3, 5):
        site.write(number, edition=1)
    for number in (COUNT, COUNT + 1):
        site.write(number)
    site.remove(7)
    _, changes = crawl()
    assert sorted(changes) == [("upsert", number) for number in (2, 3, 5, COUNT, COUNT + 1)]
    _, changes = crawl()
    assert changes == [("delete", 7)]  # gone in two crawls, though no list names it any more
    _, changes = crawl()
    assert changes == []
    site.write(7)
    assert crawl()[1] == [("upsert", 7)]


def test_a_redesign_into_a_wall_is_held_back_and_told(crawl, site, home):
    crawl()
    before = snapshot(home)
    site.publish(WALL)
    done, changes = crawl()
    assert (done.returncode, changes) == (3, [])
    assert "farm: held back, nothing of this run was published:" in done.stdout
    assert "of the pages are articles, usually 100%" in done.stdout
    assert snapshot(home) == before
    with Store(home["CLEARWELL_STORE"]) as store:
        (last,) = Runs(store.database).list_last("farm")
    page = (Path(home["CLEARWELL_OUTPUT"]) / "reports" / f"{last.id}.html").read_text()
    assert "Held back" in page
    assert "gate <code>yield</code>" in page
    site.publish()
    done, changes = crawl()
    assert (done.returncode, changes) == (0, [])
    assert len(snapshot(home).splitlines()) == COUNT


def test_an_article_whose_page_asks_not_to_be_taken_is_withdrawn(crawl, site):
    crawl()
    path = "/tips/night-cramps-of-number-4.html"
    site.pages[path] = site.pages[path].replace(b"<head>", b'<head><meta name="robots" content="noindex">')
    site.publish()
    assert crawl()[1] == [("delete", 4)]
    assert crawl()[1] == []


def test_an_article_that_moved_for_good_goes_when_that_stands(crawl, site):
    crawl()
    site.remove(3)
    there = f"{site.web.base}/tips/night-cramps-of-number-{COUNT + 3}.html"
    site.write(COUNT + 3)
    here = "/tips/night-cramps-of-number-3.html"
    site.web.routes[here] = Answer(status=301, headers={"Location": there})
    assert crawl()[1] == [("upsert", COUNT + 3)]
    assert crawl()[1] == [("delete", 3)]
    assert crawl()[1] == []


def test_an_article_that_leads_elsewhere_for_now_stays(crawl, site):
    crawl()
    site.remove(3)
    away = Answer(status=302, headers={"Location": f"{site.web.base}/tips/night-cramps-of-number-4.html"})
    site.web.routes["/tips/night-cramps-of-number-3.html"] = away
    assert [crawl()[1] for _ in range(3)] == [[], [], []]


def test_that_many_pages_are_gone_at_once_is_held_back(crawl, site, home, run):
    crawl()
    before = snapshot(home)
    for number in range(6):
        site.remove(number)
    assert crawl()[1] == []
    done, changes = crawl()
    assert (done.returncode, changes) == (3, [])
    assert "6 of about 13 articles are gone at once" in done.stdout
    assert snapshot(home) == before
    with Store(home["CLEARWELL_STORE"]) as store:
        (last,) = Runs(store.database).list_last("farm")
    assert run("release", last.id).returncode == 0
    assert sorted((change["op"], number_of(change)) for change in read_log(home)[COUNT:]) == [
        ("delete", number) for number in range(6)
    ]


@pytest.mark.parametrize(
    ("line", "gone"),
    [('exclude = ["number-1[0-2]"]', {10, 11, 12}), ('include = ["number-[0-9]."]', set())],
    ids=["excluded", "not included any more: it may have been wanted then"],
)
def test_what_the_site_file_excludes_is_withdrawn(crawl, site, home, tmp_path, line, gone):
    crawl()
    path = tmp_path / "sites" / "farm.toml"
    path.write_text(f"{line}\n{path.read_text()}")
    assert sorted(crawl()[1]) == [("delete", number) for number in sorted(gone)]
    assert crawl()[1] == []
    path.write_text(path.read_text().replace(line, ""))
    assert sorted(crawl()[1]) == [("upsert", number) for number in sorted(gone)]


def test_what_is_not_in_a_wanted_language_any_more_is_withdrawn(crawl, site, tmp_path):
    text = (
        "Wer abends die Waden dehnt, schläft ruhiger, fand eine kleine Untersuchung mit älteren Menschen heraus. " * 3
    )
    page = f"<html><body><article><h1>Krämpfe</h1><p>{text}</p><p>{text}Das gilt auch im Sommer.</p></article></body>"
    site.pages["/tips/night-cramps-of-number-20.html"] = page.encode()
    site.publish()
    assert len(crawl()[1]) == COUNT + 1
    path = tmp_path / "sites" / "farm.toml"
    path.write_text(f'languages = ["en"]\n{path.read_text()}')
    assert crawl()[1] == [("delete", 20)]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_crawl_stopped_by_hand_is_no_failure_to_be_looked_up(site, home, tmp_path, number):
    for path, page in site.pages.items():
        site.web.routes[path] = Answer(page, wait=3)
    command = [str(Path(sys.executable).with_name("clearwell")), "crawl", "farm"]
    with subprocess.Popen(command, env=home, cwd=tmp_path, stdout=PIPE, stderr=PIPE, text=True) as process:
        while not any(path.startswith("/tips/") for path in site.web.paths()):
            time.sleep(0.05)
        process.send_signal(number)
        printed, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (1, "")
    assert "the crawl was stopped; what it stored is published by the next one" in printed


def test_what_was_withdrawn_stays_so_when_the_archive_is_cleaned_again(crawl, site, home, run, tmp_path):
    crawl()
    path = "/tips/night-cramps-of-number-4.html"
    site.pages[path] = site.pages[path].replace(b"<head>", b'<head><meta name="robots" content="noindex">')
    site.remove(5)
    file = tmp_path / "sites" / "farm.toml"
    file.write_text(f'exclude = ["number-6.html"]\n{file.read_text()}')
    changes = [change for _ in range(3) for change in crawl()[1]]
    assert sorted(changes) == [("delete", number) for number in (4, 5, 6)]
    before = snapshot(home)
    done = run("reclean", "farm")
    assert done.returncode == 0, done.stderr
    assert "13 same" in done.stdout
    assert "new" not in done.stdout
    assert snapshot(home) == before


def test_an_article_that_robots_txt_closes_goes_when_that_stands(crawl, site):
    crawl()
    closed = Answer(f"User-agent: *\nDisallow: /*-number-4.html\nSitemap: {site.web.base}/sitemap.xml".encode())
    opened = site.web.routes["/robots.txt"]
    said = []
    for robots in (closed, opened, closed, Answer(status=503), closed, closed, opened):
        site.web.routes["/robots.txt"] = robots
        said.append(crawl()[1])
    assert said == [[], [], [], [], [("delete", 4)], [], [("upsert", 4)]]  # once was a mistake, and no answer is none


def test_a_site_that_shuts_us_out_is_looked_at_by_a_person(crawl, site, home):
    crawl()
    before = snapshot(home)
    site.web.routes["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /")
    for _ in range(3):
        done, changes = crawl()
        assert (done.returncode, changes) == (3, [])
    assert snapshot(home) == before
