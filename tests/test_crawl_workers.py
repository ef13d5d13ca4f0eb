"""Whole crawls and their processes: a hostile page, a worker that dies, Ctrl-C, any number of workers."""

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from clearwell.storage.memories import Memories
from clearwell.storage.store import Store

ROOT = Path(__file__).resolve().parents[1]
FAST = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False", "-s", "RETRY_TIMES=0")
PROSE = "".join(f"<p>Stretching before bed eased the night cramps of older people in trial {n}. </p>" for n in range(9))
NOTICE = "Copyright {} by example dot org, reprinting of the article without permission is prohibited. "
HOSTILE = "<article>" + "".join(f"<p>{NOTICE.format(n)}</p>" for n in range(15_000)) + "</article>"  # twenty seconds

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds processes in /proc")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def pages(tmp_path):
    """Twelve good pages and a hostile one between them, served; their addresses, one a line, in a file."""
    folder = tmp_path / "www"
    folder.mkdir()
    for number in range(12):
        (folder / f"good-{number:02}.html").write_text(
            f"<article>{PROSE.replace('trial', f'trial {number},')}</article>"
        )
    (folder / "good-03-hostile.html").write_text(HOSTILE)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}"
        addresses = tmp_path / "urls.txt"
        addresses.write_text("\n".join(f"{base}/{path.name}" for path in sorted(folder.iterdir())))
        yield addresses
        server.shutdown()


def read_output(home):
    output = Path(home["CLEARWELL_OUTPUT"])
    articles = [json.loads(line) for line in (output / "articles.jsonl").read_text().splitlines()]
    rejected = [
        json.loads(line) for path in (output / "rejected").glob("*.jsonl") for line in path.read_text().splitlines()
    ]
    return [article["url"] for article in articles], {r["url"].rpartition("/")[2]: r["reason"] for r in rejected}


@contextmanager
def crawling(pages, home, *settings):
    """A crawl of the pages under way; killed at the end, should it still run."""
    command = [
        str(Path(sys.executable).with_name("scrapy")),
        "crawl",
        "article",
        "-a",
        f"urls={pages}",
        *FAST,
        *settings,
    ]
    with subprocess.Popen(command, env=home, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def workers_of(process):
    """The cleaning processes a crawl has started and not yet ended."""
    children = [
        int(pid) for path in Path(f"/proc/{process.pid}/task").glob("*/children") for pid in path.read_text().split()
    ]
    return [pid for pid in children if "pipelines.worker" in read_command(pid)]


def read_command(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def wait_for(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "it did not come to that in time"
        time.sleep(0.02)
    return found


def test_a_hostile_page_is_recorded_and_the_crawl_goes_on(pages, run, home):
    limited = ("-s", "CLEARWELL_WORKERS=2", "-s", "CLEARWELL_CLEANING_TIMEOUT=3")
    done = run("crawl", "article", "-a", f"urls={pages}", *FAST, *limited, command="scrapy")
    articles, rejected = read_output(home)
    assert done.returncode == 0
    assert len(articles) == 12
    assert rejected == {"good-03-hostile.html": "cleaning-timeout"}
    assert "Traceback" not in done.stderr


def test_a_page_on_which_workers_die_is_recorded_and_the_crawl_goes_on(pages, home):
    """The hostile page's worker is killed whenever it has used two seconds of processor time."""
    with crawling(pages, home, "-s", "CLEARWELL_WORKERS=2") as process:
        while process.poll() is None:
            for pid in workers_of(process):
                if processor_seconds(pid) > 2:
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.05)
        errors = process.stderr.read()
    articles, rejected = read_output(home)
    assert process.returncode == 0
    assert len(articles) == 12
    assert rejected == {"good-03-hostile.html": "worker-died"}
    assert "Traceback" not in errors


def count_staged(home):
    with contextlib.suppress(sqlite3.OperationalError), sqlite3.connect(home["CLEARWELL_STORE"]) as database:
        return database.execute("SELECT count(*) FROM staged").fetchone()[0]
    return 0


def processor_seconds(pid):
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.parametrize("presses", [1, 2])
def test_ctrl_c_once_finishes_what_is_begun_and_twice_ends_at_once(pages, home, presses):
    """Either way no process is left, nothing is published by halves, and the next crawl goes on with what was found."""
    slowly = ("DOWNLOAD_DELAY=0.5", "CONCURRENT_REQUESTS=2", "CLEARWELL_WORKERS=2", "CLEARWELL_CLEANING_TIMEOUT=4")
    with crawling(pages, home, *(part for setting in slowly for part in ("-s", setting))) as process:
        wait_for(lambda: count_staged(home))
        workers = wait_for(lambda: workers_of(process))
        for _ in range(presses):
            process.send_signal(signal.SIGINT)
            time.sleep(0.3)
        began = time.monotonic()
        process.communicate(timeout=60)
        took = time.monotonic() - began
    wait_for(lambda: not any(map(read_command, workers)), 5)
    assert 0 < count_staged(home) < 12
    assert not list((Path(home["CLEARWELL_OUTPUT"]) / "articles").rglob("*.json"))
    assert presses == 1 or took < 4  # nobody waits for a page


def test_the_number_of_workers_makes_no_difference(pages, run, home, tmp_path):
    """The same articles, the same decisions on duplicates, the same memory."""
    addresses = [line for line in pages.read_text().splitlines() if "hostile" not in line]
    folder = tmp_path / "www"
    (folder / "good-00-again.html").write_bytes((folder / "good-00.html").read_bytes())  # the same text elsewhere
    addresses.insert(1, addresses[0].replace("good-00", "good-00-again"))
    pages.write_text("\n".join(addresses))
    found = []
    for workers in (0, 1, 3):
        home["CLEARWELL_OUTPUT"], home["CLEARWELL_STORE"] = (
            str(tmp_path / f"{workers}"),
            str(tmp_path / f"{workers}.db"),
        )
        settings = ("-s", f"CLEARWELL_WORKERS={workers}", "-s", "CONCURRENT_REQUESTS=1")
        assert run("crawl", "article", "-a", f"urls={pages}", *FAST, *settings, command="scrapy").returncode == 0
        lines = (tmp_path / f"{workers}" / "articles.jsonl").read_text().splitlines()
        with Store(tmp_path / f"{workers}.db") as store:
            memory = Memories(store.database).load("127.0.0.1").to_json()
        found.append(([{**json.loads(line), "fetchedAt": None} for line in lines], memory))
    assert found[0] == found[1] == found[2]
    copies = [article["url"].rpartition("/")[2] for article in found[0][0] if article["duplicateOf"]]
    assert len(copies) == 1
    assert copies[0] in ("good-00.html", "good-00-again.html")
