"""`clearwell run --due` and `clearwell schedule`: crawls that nobody has to start.

Each crawl is a process of its own: what goes wrong in one, a hostile page or a full memory, costs no other.
"""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from apscheduler.executors.pool import ThreadPoolExecutor as PoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler
from rich.console import Console

from clearwell.app.alerts import Alerts
from clearwell.errors import ClearwellError, SiteConfigError
from clearwell.schedule import find_due
from clearwell.site import Site
from clearwell.storage.locks import is_busy
from clearwell.storage.places import sites_folder, store_address
from clearwell.storage.runs import Runs
from clearwell.storage.sites import list_sites, load_site
from clearwell.storage.store import Store

WORDS = {0: "well", 1: "some pages failed", 2: "configuration", 3: "held back by a gate"}  # exit codes of a crawl
USAGE = 2
OUT_OF_TIME = 1
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
    due, broken = find_due_sites(now, console)
    ended = list(crawl_sites(due, deadline, jobs, console))
    worst = max((done.code for done in ended), key=_severity, default=0)
    return max(worst, USAGE if broken else 0, key=_severity)


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
            if site is None:
                broken = True
                continue
            last = runs.list_last(name)
            moment = find_due(site.schedule, last[0].started if last else None, now)
            if moment is not None and not is_busy(name):
                due.append((moment, name))
    return [name for _, name in sorted(due)], broken


def _load_sites(console: Console) -> Iterator[tuple[str, Site | None]]:
    for name in list_sites(sites_folder()):
        try:
            yield name, load_site(sites_folder(), name)
        except SiteConfigError as error:
            console.print(f"clearwell: {error}", style="red", markup=False, highlight=False)
            yield name, None


def crawl_sites(names: Sequence[str], deadline: float | None, jobs: int, console: Console) -> Iterator[Ended]:
    """Crawl sites, `jobs` at a time, and tell how each ended."""
    until = None if deadline is None else time.monotonic() + deadline
    with ThreadPoolExecutor(jobs) as pool:
        for done in pool.map(lambda name: _crawl(name, until, {}), names):
            _tell(done, console)
            yield done


def _tell(done: Ended, console: Console) -> None:
    told = WORDS.get(done.code, f"ended by signal {-done.code}" if done.code < 0 else f"exit code {done.code}")
    console.print(f"{done.site}: {told}", markup=False, highlight=False)


def _crawl(name: str, until: float | None, running: dict[str, "subprocess.Popen[bytes]"]) -> Ended:
    left = None if until is None else until - time.monotonic()
    if left is not None and left <= 0:
        return Ended(name, OUT_OF_TIME)
    process = subprocess.Popen([sys.executable, "-m", "clearwell.app.cli", "crawl", name], stdin=subprocess.DEVNULL)
    running[name] = process
    try:
        code = process.wait(left)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)  # Scrapy ends what it began; the run is taken up by the next
        code = _wait_or_kill(process)
    except BaseException:
        process.send_signal(signal.SIGINT)
        _wait_or_kill(process)
        raise
    finally:
        del running[name]
    _alert(name, code)
    return Ended(name, code)


def _wait_or_kill(process: "subprocess.Popen[bytes]") -> int:
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.kill()  # nothing is lost: the next crawl goes on from the store
        process.wait()
    return OUT_OF_TIME


def _alert(name: str, code: int) -> None:
    with Store(store_address()) as store:
        Alerts.from_environment(store).tell(name, code, datetime.now(UTC))


class Service:
    """Crawls every site when it is due, until the process is ended; site files are read anew at each look."""

    def __init__(self, jobs: int, console: Console) -> None:
        self.console = console
        self.scheduler = BlockingScheduler(
            timezone=UTC, executors={"default": PoolExecutor(1), "crawls": PoolExecutor(jobs)}
        )
        self.tried: dict[str, datetime] = {}  # when each site was last started
        self.waiting: set[str] = set()  # started, or soon to be
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def run(self) -> None:
        """Look now and every WAKE seconds; ends with SIGTERM or SIGINT, once the crawls that run have ended."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())
        now = datetime.now(UTC)
        self.scheduler.add_job(self.look, "interval", seconds=WAKE, next_run_time=now, coalesce=True)
        self.scheduler.start()

    def stop(self) -> None:
        """Ask the crawls to end, and wait for them; their runs are taken up by the next."""
        for process in list(self.running.values()):
            process.send_signal(signal.SIGINT)
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
            _tell(_crawl(name, None, self.running), self.console)
        finally:
            self.waiting.discard(name)
