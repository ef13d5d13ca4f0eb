"""`clearwell run --due` and `clearwell schedule`: crawls that nobody has to start.

Each crawl is a process of its own: what goes wrong in one, a hostile page or a full memory, costs no other.
"""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from apscheduler.executors.pool import ThreadPoolExecutor as PoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler
from rich.console import Console

from clearwell.app.alerts import VARIABLE, Alerts, check_addresses
from clearwell.errors import ClearwellError, SiteConfigError
from clearwell.hours import seconds_left
from clearwell.schedule import find_due
from clearwell.site import Site
from clearwell.storage.locks import is_busy
from clearwell.storage.places import sites_folder, store_address
from clearwell.storage.runs import Runs
from clearwell.storage.sites import list_sites, load_site
from clearwell.storage.store import Store

WORDS = {0: "well", 1: "some pages failed", 2: "configuration", 3: "held back by a gate"}  # exit codes of a crawl
USAGE, GATE_FAILED = 2, 3
OUT_OF_TIME = 1
BROKEN_OFF = "asked to end before it was done; the next crawl goes on from there"
GRACE = 60.0  # seconds a crawl has to end by itself after it was asked to
RETRY = timedelta(minutes=15)  # before a site that did not even begin is started again
WAKE = 30.0  # seconds between two looks at the clock and the site files


class Ended(NamedTuple):
    """A crawl that was started, and its exit code."""

    site: str
    code: int


def run_due(deadline: float | None, jobs: int, now: datetime, console: Console) -> int:
    """Crawl every site that is due, once; the worst of their exit codes, 0 when none was due.

    `deadline` is seconds for all of it: what runs then is asked to end, what waits is left for the next time.
    """
    unheard = not _check_alerts(console)
    due, broken = find_due_sites(now, console)
    ended = list(crawl_sites(due, deadline, jobs, console))
    worst = max((done.code for done in ended), key=_severity, default=0)
    return max(worst, USAGE if broken or unheard else 0, key=_severity)


def _check_alerts(console: Console) -> bool:
    """Whether alerts can be sent; where they cannot, the crawls go on without."""
    try:
        check_addresses()
    except SiteConfigError as error:
        console.print(f"clearwell: {error}", style="red", markup=False, highlight=False)
        return False
    return True


def _severity(code: int) -> int:
    """Gates are worst: somebody has to look; then what never began, then what went on without some pages."""
    return {0: 0, 1: 1, 2: 2, 3: 3}.get(code, 1)


def find_due_sites(now: datetime, console: Console) -> tuple[list[str], bool]:
    """The sites that are due, longest overdue first, and whether a site file was broken, which costs no other."""
    due: list[tuple[datetime, str]] = []
    broken = False
    with Store(store_address()) as store:
        runs = Runs(store.database)
        for name, site in _load_sites(console):
            if isinstance(site, SiteConfigError):
                broken = True
                _send(store, name, USAGE, console, str(site))
                continue
            last = runs.list_last(name, until=now)
            moment = find_due(site.schedule, last[0].started if last else None, now)
            if moment is not None and _is_open(site, now) and not is_busy(name):
                due.append((moment, name))
    return [name for _, name in sorted(due)], broken


def _is_open(site: Site, now: datetime) -> bool:
    """Whether it is one of the site's hours; outside of them what is due stays so, and is crawled when they begin."""
    politeness = site.on(now.date()).politeness
    return politeness.hours is None or seconds_left(politeness.hours, politeness.timezone, now) is not None


def _load_sites(console: Console) -> Iterator[tuple[str, Site | SiteConfigError]]:
    for name in list_sites(sites_folder()):
        try:
            yield name, load_site(sites_folder(), name)
        except SiteConfigError as error:
            console.print(f"clearwell: {error}", style="red", markup=False, highlight=False)
            yield name, error


def crawl_sites(names: Sequence[str], deadline: float | None, jobs: int, console: Console) -> Iterator[Ended]:
    """Crawl sites, `jobs` at a time, and tell how each ended; who ends this (SIGTERM, SIGINT) ends the crawls too."""
    until = None if deadline is None else time.monotonic() + deadline
    crawls = Crawls(console)
    with ThreadPoolExecutor(jobs) as pool:
        try:
            yield from pool.map(lambda name: crawls.crawl(name, until), names)
        except BaseException:
            crawls.stop()
            raise


class Crawls:
    """The crawls that run, each a process of its own; after `stop` no other begins."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.stopped = False
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.RLock()  # a signal may come at any line

    def stop(self) -> None:
        """Ask the crawls to end; their runs are taken up by the next."""
        with self._lock:
            self.stopped = True
            for process in self._running:
                process.send_signal(signal.SIGINT)  # Scrapy ends what it began

    def crawl(self, name: str, until: float | None = None) -> Ended:
        """Crawl a site until it is done, or `until` (monotonic seconds), or `stop`; tell how it ended."""
        process = None if until is not None and until <= time.monotonic() else self._start(name)
        if process is None:
            return self._tell(Ended(name, OUT_OF_TIME), "not begun; it is crawled the next time")
        try:
            code = process.wait(None if until is None else until - time.monotonic())
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT)
            _wait_or_kill(process)
            return self._tell(Ended(name, OUT_OF_TIME), BROKEN_OFF)
        finally:
            with self._lock:
                self._running.discard(process)
        if self.stopped and code not in (0, GATE_FAILED):
            return self._tell(Ended(name, OUT_OF_TIME), BROKEN_OFF)
        with Store(store_address()) as store:
            _send(store, name, code, self.console)
        died = f"ended by signal {-code}" if code < 0 else f"exit code {code}"
        return self._tell(Ended(name, code), WORDS.get(code, died))

    def _start(self, name: str) -> "subprocess.Popen[bytes] | None":
        with self._lock:
            if self.stopped:
                return None
            command = [sys.executable, "-m", "clearwell.app.cli", "crawl", name]
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
            self._running.add(process)
            return process

    def _tell(self, done: Ended, told: str) -> Ended:
        self.console.print(f"{done.site}: {told}", markup=False, highlight=False)
        return done


def _wait_or_kill(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.kill()  # nothing is lost: the next crawl goes on from the store
        process.wait()


def _send(store: Store, name: str, code: int, console: Console, cause: str = "") -> None:
    """Send an alert if there is something new to tell."""
    if not Alerts.from_environment(store).tell(name, code, datetime.now(UTC), cause):
        told = f"{name}: an alert could not be sent (see {VARIABLE}); it is tried again after the next crawl"
        console.print(told, style="red", markup=False, highlight=False)


class Service:
    """Crawls every site when it is due, until the process is ended; site files are read anew at each look."""

    def __init__(self, jobs: int, console: Console) -> None:
        self.console = console
        self.scheduler = BlockingScheduler(
            timezone=UTC, executors={"default": PoolExecutor(1), "crawls": PoolExecutor(jobs)}
        )
        self.tried: dict[str, datetime] = {}  # when each site was last started
        self.waiting: set[str] = set()  # started, or soon to be
        self.crawls = Crawls(console)

    def run(self) -> None:
        """Look now and every WAKE seconds; ends with SIGTERM or SIGINT, once the crawls that run have ended."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())
        _check_alerts(self.console)
        now = datetime.now(UTC)
        self.scheduler.add_job(self.look, "interval", seconds=WAKE, next_run_time=now, coalesce=True)
        self.scheduler.start()

    def stop(self) -> None:
        """Ask the crawls to end, and wait for them; their runs are taken up by the next."""
        self.crawls.stop()
        self.scheduler.shutdown(wait=True)

    def look(self) -> None:
        """Start the sites that are due and do not run yet."""
        now = datetime.now(UTC)
        try:
            due, _ = find_due_sites(now, self.console)
        except ClearwellError as error:  # the next look may find the store well again
            self.console.print(f"clearwell: {error}", style="red", markup=False, highlight=False)
            return
        for name in due:
            tried = self.tried.get(name)
            if name not in self.waiting and (tried is None or now - tried >= RETRY):
                self.tried[name] = now
                self.waiting.add(name)
                self.scheduler.add_job(self._crawl, args=(name,), executor="crawls", misfire_grace_time=None)

    def _crawl(self, name: str) -> None:
        try:
            self.crawls.crawl(name)
        finally:
            self.waiting.discard(name)
