"""Crawls that nobody has to start: what is due, how they end, who is told."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sqlalchemy import update

from clearwell.app.alerts import Alerts
from clearwell.errors import StoreError
from clearwell.schedule import find_due, find_next
from clearwell.site import Schedule
from clearwell.storage.locks import TargetBusy, is_busy, lock_target
from clearwell.storage.runs import Runs
from clearwell.storage.store import Store
from clearwell.storage.tables import runs
from samples.server import serve

NIGHTLY = Schedule(cron="30 3 * * *", timezone="Europe/Berlin")
MONDAYS = Schedule(cron="0 6 * * mon")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("schedule", "last", "now", "due"),
    [
        (NIGHTLY, None, "2026-11-25T12:00", "2026-11-25T12:00"),
        (NIGHTLY, "2026-11-25T02:30:01", "2026-11-25T12:00", None),
        (NIGHTLY, "2026-11-24T02:30:01", "2026-11-25T02:29", None),
        (NIGHTLY, "2026-11-24T02:30:01", "2026-11-25T02:30", "2026-11-25T02:30"),
        (NIGHTLY, "2026-11-01T02:30:01", "2026-11-25T12:00", "2026-11-02T02:30"),
        (NIGHTLY, "2026-07-01T02:00", "2026-07-03T00:00", "2026-07-02T01:30"),  # summer time
        (NIGHTLY, "2026-03-28T12:00", "2026-03-29T12:00", "2026-03-29T01:30"),  # the night that has no 02:30
        (MONDAYS, "2026-11-23T06:00:10", "2026-11-29T23:00", None),
        (MONDAYS, "2026-11-23T06:00:10", "2026-11-30T07:00", "2026-11-30T06:00"),
        (Schedule(), None, "2026-11-25T12:00", None),
    ],
)
def test_a_site_is_due_once_for_all_that_was_missed(schedule, last, now, due):
    found = find_due(schedule, last and at(last), at(now))
    assert found == (due and at(due))


def test_the_next_time_is_known():
    assert find_next(MONDAYS, at("2026-11-25T12:00")) == at("2026-11-30T06:00")
    assert find_next(Schedule(), at("2026-11-25T12:00")) is None


# -- clearwell run --due -----------------------------------------------------------------------------------------------


@pytest.fixture
def sites(home, tmp_path):
    """A home of its own with site files; call it to write one."""
    home["CLEARWELL_HOME"] = str(tmp_path)
    folder = tmp_path / "sites"
    folder.mkdir()

    def write(name, **settings):
        lines = [f"{key} = {json.dumps(value)}" for key, value in settings.items() if key != "cron"]
        cron = settings.get("cron", "0 0 1 1 *")
        text = "\n".join([*lines, "[politeness]", "delay = 0", "[schedule]", f"cron = {json.dumps(cron)}"])
        (folder / f"{name}.toml").write_text(text)

    return write


def test_what_is_due_is_crawled_once(run, farm, sites):
    sites("one", start=[f"{farm}/sitemap-de.xml"])
    sites("two", start=[f"{farm}/sitemap-es.xml"])
    done = run("run", "--due")
    assert done.returncode == 0, done.stderr
    assert "one: well" in done.stderr
    assert "two: well" in done.stderr
    again = run("run", "--due")
    assert (again.returncode, again.stderr) == (0, "")


def test_a_day_when_the_clock_was_wrong_ends_no_schedule(run, farm, sites, home):
    sites("one", start=[f"{farm}/sitemap-de.xml"], cron="0 3 * * *")
    assert run("run", "--due").returncode == 0
    for wrong, told in ((9000, "one: well"), (-40, "one: well")):  # days from now that it was taken to be
        with Store(home["CLEARWELL_STORE"]) as store, store.database.begin() as connection:
            connection.execute(update(runs).values(started=datetime.now(UTC) + timedelta(days=wrong)))
        assert told in run("run", "--due").stderr
        assert run("run", "--due").stderr == ""


def test_a_site_is_crawled_when_its_hours_begin(run, farm, sites, home, tmp_path):
    sites("one", start=[f"{farm}/sitemap-de.xml"])
    path, now = tmp_path / "sites" / "one.toml", datetime.now(UTC)
    text = path.read_text()
    for begin, told in ((2, ""), (-2, "one: well")):  # hours from now, and they are over an hour before it begins again
        first, last = (f"{now + timedelta(hours=hours):%H:%M}" for hours in (begin, begin + 4))
        path.write_text(text.replace("delay = 0", f'delay = 0\nhours = "{first}-{last}"'))
        done = run("run", "--due")
        assert (done.returncode, told in done.stderr, bool(done.stderr)) == (0, True, bool(told))


def test_a_broken_site_file_costs_no_other_site(run, farm, sites, tmp_path):
    sites("good", start=[f"{farm}/sitemap-de.xml"])
    (tmp_path / "sites" / "bad.toml").write_text("strat = []")
    done = run("run", "--due")
    assert done.returncode == 2
    assert "unknown key `strat`" in done.stderr
    assert "good: well" in done.stderr


def test_a_deadline_ends_a_crawl_and_the_next_takes_it_up(run, sites, home):
    with serve_slowly() as base:
        sites("slow", start=[f"{base}/"])
        started = time.monotonic()
        done = run("run", "--due", "--deadline", "0.15")
        assert time.monotonic() - started < 60
    assert done.returncode == 1
    assert "slow: asked to end before it was done" in done.stderr
    with Store(home["CLEARWELL_STORE"]) as store:
        assert [known.state for known in Runs(store.database).list_last("slow", 9)] == ["running"]


class serve_slowly:
    """A server that takes its time for every answer."""

    def __enter__(self):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                time.sleep(2)
                body = b"".join(
                    b"<a href=/a/story-number-%d.html>A story, number %d, of its own</a>" % (n, n) for n in range(99)
                )
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


@pytest.mark.parametrize("command", [("run", "--due"), ("schedule",)])
def test_who_is_asked_to_end_ends_its_crawl_begins_no_other_and_alerts_nobody(sites, home, command):
    home["CLEARWELL_ALERTS"] = "json://127.0.0.1:9/"  # nobody is there: an alert would be told as not sent
    with serve_slowly() as base:
        for name in ("one", "two", "three"):
            sites(name, start=[f"{base}/"])
        full = [sys.executable, "-m", "clearwell.app.cli", *command, "--jobs", "1"]
        process = subprocess.Popen(full, env=home, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        store = wait_for_runs(home["CLEARWELL_STORE"], 1)
        process.send_signal(signal.SIGTERM)
        told = process.communicate(timeout=60)[1]
        assert [run.state for run in store.list_last(count=9)] == ["running"]
    assert told.count("asked to end before it was done") == 1, told
    assert "alert" not in told


def wait_for_runs(address, count):
    """Wait until so many runs have begun."""
    for _ in range(300):
        with Store(address) as store:
            if len(Runs(store.database).list_last(count=9)) >= count:
                return Runs(Store(address).database)
        time.sleep(0.1)
    raise AssertionError("no crawl began")


def test_the_service_crawls_what_is_due_and_ends_when_it_is_asked_to(sites, home, tmp_path):
    with serve() as farm:
        sites("one", start=[f"{farm}/sitemap-de.xml"])
        command = [sys.executable, "-m", "clearwell.app.cli", "schedule"]
        process = subprocess.Popen(command, env=home, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        line = process.stderr.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) in (0, 143)
    assert line.strip() == "one: well"


# -- one crawl of a target at a time ---------------------------------------------------------------------------------


def test_a_target_is_crawled_by_one_process_at_a_time(monkeypatch, tmp_path):
    monkeypatch.setenv("CLEARWELL_STORE", str(tmp_path / "s.sqlite"))
    lock = lock_target("health/../site")
    assert is_busy("health/../site")
    assert not is_busy("another")
    with pytest.raises(TargetBusy, match="being crawled by another process"):
        lock_target("health/../site")
    lock.release()
    assert not is_busy("health/../site")


def test_a_second_crawl_of_a_site_is_refused_by_name(run, farm, sites, monkeypatch, home):
    sites("one", start=[f"{farm}/sitemap-de.xml"])
    monkeypatch.setenv("CLEARWELL_STORE", home["CLEARWELL_STORE"])
    lock = lock_target("one")
    try:
        assert run("run", "--due").stderr == ""
        done = run("crawl", "one")
    finally:
        lock.release()
    assert done.returncode == 2
    assert "one is being crawled by another process" in done.stderr


def test_a_lock_folder_that_cannot_be_made_is_named(monkeypatch, tmp_path):
    (tmp_path / "locks").write_text("a file where the folder should be")
    monkeypatch.setenv("CLEARWELL_STORE", str(tmp_path / "s.sqlite"))
    with pytest.raises(StoreError, match="locks"):
        lock_target("one")


# -- alerts ----------------------------------------------------------------------------------------------------------


def test_alerts_are_sent_once_each(tmp_path):
    sent, now = [], datetime(2026, 11, 25, tzinfo=UTC)
    with Store(tmp_path / "s.sqlite") as store:
        alerts = Alerts(store, lambda title, body: sent.append(title) or True)
        for day, code in enumerate([0, 1, 3, 3, 0, 0, -9, 2, 0, 3]):
            alerts.tell("farm", code, now + timedelta(days=day))
    assert [title.removeprefix("Clearwell: ") for title in sent] == [
        "farm was held back",
        "farm is well again",
        "the crawl of farm failed",
        "farm is well again",
        "farm was held back",
    ]


def test_an_alert_that_cannot_be_sent_is_sent_after_the_next_crawl(tmp_path):
    works, sent = [False, True], []
    with Store(tmp_path / "s.sqlite") as store:
        alerts = Alerts(store, lambda title, body: sent.append(title) or works.pop(0))
        for _ in range(3):
            alerts.tell("farm", 3, datetime(2026, 11, 25, tzinfo=UTC))
    assert len(sent) == 2


@pytest.mark.parametrize(
    ("state", "code", "told"),
    [
        ("running", 1, ["the crawl of farm failed"]),  # it was broken off, and published nothing
        ("running", 0, ["the crawl of farm failed"]),
        ("released", 1, []),
        ("released", 0, []),
    ],
)
def test_a_crawl_that_was_broken_off_is_not_well(tmp_path, state, code, told):
    sent, now = [], datetime(2026, 11, 25, tzinfo=UTC)
    with Store(tmp_path / "s.sqlite") as store:
        Runs(store.database).begin("farm", now)
        with store.database.begin() as connection:
            connection.execute(update(runs).values(state=state))
        Alerts(store, lambda title, body: sent.append(title) or True).tell("farm", code, now)
    assert [title.removeprefix("Clearwell: ") for title in sent] == told


def test_an_address_that_nobody_can_be_reached_at_is_told(run, sites, home, farm):
    home["CLEARWELL_ALERTS"] = "json://127.0.0.1:9/ slak://secret@example.org"
    sites("one", start=[f"{farm}/sitemap-de.xml"])
    done = run("run", "--due")
    assert done.returncode == 2
    assert "CLEARWELL_ALERTS: address 2, `slak://...`, is none that apprise knows" in done.stderr
    assert "secret" not in done.stderr
    assert "one: well" in done.stderr


def test_an_alert_that_cannot_be_sent_is_told(run, sites, home):
    home["CLEARWELL_ALERTS"] = "json://127.0.0.1:9/"
    sites("unstartable", start=[])
    assert "unstartable: an alert could not be sent" in run("run", "--due").stderr


def test_an_alert_reaches_a_webhook(run, sites, home, tmp_path):
    received = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    home["CLEARWELL_ALERTS"] = f"json://127.0.0.1:{server.server_address[1]}/alerts"
    sites("unstartable", start=[])
    (tmp_path / "sites" / "broken.toml").write_text("strat = []")
    for _ in range(2):
        run("run", "--due")
    server.shutdown()
    server.server_close()
    failed = [f"Clearwell: the crawl of {name} failed" for name in ("broken", "unstartable")]
    assert [message["title"] for message in received] == failed
    assert "unknown key `strat`" in received[0]["message"]
    assert "exit code was 2" in received[1]["message"]
    assert os.environ.get("CLEARWELL_ALERTS") is None
