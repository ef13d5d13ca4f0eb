"""Cleaning off the reactor's core: processes that clean, each page limited in time.

A page that holds up its worker costs that worker, one that kills it costs two, and no other page anything.  Each worker
has a socket of its own, so that one killed at any moment leaves nothing locked, and gets its next question before it
has answered the last, so that it never waits for the reactor.
"""

import asyncio
import contextlib
import itertools
import os
import signal
import socket
import subprocess
import sys
from typing import ClassVar

from scrapy.settings import BaseSettings

from clearwell.cleaning.memory import SiteMemory
from clearwell.errors import ClearwellError
from clearwell.page import Page
from clearwell.site import Site
from pipelines.worker import READY, SIZE_BYTES, Answer, Cleaner, Context, Question, answers, encode, keep

DEPTH = 2  # questions a worker has at a time: one it works on, one that waits in its socket
TRIES = 2  # workers that may die on a page before it is to blame; one may be killed by chance
_LAST_BREATH = 1  # seconds between the end of a worker's socket and that of the worker, at most
_START = 60  # seconds for a worker to be ready, at most; half a second as a rule
_READ_AHEAD = 1 << 20  # bytes of an answer read before the reactor does something else
# glibc gives memory back above fixed sizes, in bytes: left to itself it keeps more with every large page; 2026-11
_THRIFTY = {"MALLOC_TRIM_THRESHOLD_": f"{1 << 20}", "MALLOC_MMAP_THRESHOLD_": f"{4 << 20}"}
_ONE_THREAD = dict.fromkeys("OMP_NUM_THREADS OPENBLAS_NUM_THREADS MKL_NUM_THREADS".split(), "1")  # cores are shared out


class PageTooSlow(ClearwellError):
    """Cleaning a page took longer than is allowed; record it and go on."""


class WorkerDied(ClearwellError):
    """The process that cleaned a page ended; record the page and go on."""


class _NotBegun(Exception):
    """The worker ended with a page before this one."""


def count_workers(stated: int | None) -> int:
    """How many processes clean: as many as stated, else as there are cores; 0 with one core, where none would gain."""
    if stated is not None:
        return stated
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores if cores > 1 else 0


class Pool:
    """`size` workers, started as they are needed; 0 cleans in this process, without a limit of time.

    All crawls of a process share one: `attach` gives it, `detach` gives it back, and the last one ends the workers.
    """

    _shared: ClassVar[dict[tuple[int, float], "Pool"]] = {}

    def __init__(self, size: int, limit: float) -> None:
        self.size, self.limit = size, limit  # seconds a page may take
        self.users = 0
        self.workers: list[_Worker] = []
        self.places = asyncio.Semaphore(max(size, 1) * DEPTH)
        self.numbers = itertools.count()
        self.cleaner = Cleaner()

    @classmethod
    def of(cls, settings: BaseSettings) -> "Pool":
        """The pool that a crawl's settings ask for."""
        stated = settings.get("CLEARWELL_WORKERS")
        size = count_workers(None if stated in (None, "") else settings.getint("CLEARWELL_WORKERS"))
        return cls.attach(size, settings.getfloat("CLEARWELL_CLEANING_TIMEOUT"))

    @classmethod
    def attach(cls, size: int, limit: float) -> "Pool":
        """The pool of this process."""
        pool = cls._shared.setdefault((size, limit), cls(size, limit))
        pool.users += 1
        return pool

    def detach(self) -> None:
        """Give the pool back; with the last user its workers end."""
        self.users -= 1
        if self.users == 0:
            self._shared.pop((self.size, self.limit), None)
            for worker in self.workers:
                worker.end()
            self.workers.clear()

    def describe(self, site: Site, memory: SiteMemory) -> Context:
        """A site and its memory in the form pages are cleaned with; make it once, and each worker gets it once."""
        return Context(next(self.numbers), site, memory.to_json())

    async def clean(self, page: Page, context: Context) -> Answer:
        """Clean a page.  Raises PageTooSlow, and WorkerDied when TRIES workers ended on it."""
        question = Question(context.number, page)
        if not self.size:
            if context.number not in self.cleaner.contexts:
                self.cleaner.learn(context)
            return self.cleaner.answer(question)
        async with self.places:
            return await self._ask(context, question)

    async def _ask(self, context: Context, question: Question) -> Answer:
        encoded, died = encode(question), 0
        while True:
            worker = self._choose()
            try:
                return answers.decode(await worker.ask(context, encoded))
            except _NotBegun:
                continue
            except WorkerDied:
                died += 1
                if died == TRIES:
                    raise
            finally:
                self.workers = [worker for worker in self.workers if not worker.ended]

    def _choose(self) -> "_Worker":
        """The worker with the least to do; a new one as long as all are busy and there may be more."""
        chosen = min(self.workers, key=lambda worker: worker.asked, default=None)
        if chosen is None or (chosen.asked and len(self.workers) < self.size):
            chosen = _Worker(self.limit)
            self.workers.append(chosen)
        return chosen


class _Worker:
    """One process of pipelines/worker.py, and the questions on their way to it."""

    def __init__(self, limit: float) -> None:
        self.limit = limit  # seconds
        self.asked = 0
        self.ended = False
        self.known: dict[int, None] = {}  # the contexts it has
        self.turn = asyncio.Lock()  # to read an answer; they come in the order of the questions
        ours, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "pipelines.worker", str(theirs.fileno()), str(os.getpid())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,  # a Ctrl-C is for the crawl, which ends its workers itself
                env={
                    **os.environ,
                    **_ONE_THREAD,
                    **_THRIFTY,
                    "PYTHONPATH": os.pathsep.join(p or os.getcwd() for p in sys.path),
                },
            )
        self.opening = asyncio.ensure_future(_open(ours))

    async def ask(self, context: Context, question: bytes) -> bytes:
        """Put a question and give the answer to it."""
        self.asked += 1
        try:
            reader, writer = await asyncio.shield(self.opening)
            if context.number not in self.known:
                keep(self.known, context.number, None)
                writer.write(encode(context))
            writer.write(question)
            async with self.turn:
                return await self._read(reader)
        except (asyncio.IncompleteReadError, ConnectionError):
            code = self.end(_LAST_BREATH)
            cause = signal.Signals(-code).name if code < 0 else f"exit code {code}"
            raise WorkerDied(f"its cleaning ended the process ({cause}); see that there is memory enough") from None
        finally:
            self.asked -= 1

    async def _read(self, reader: asyncio.StreamReader) -> bytes:
        if self.ended:
            raise _NotBegun
        try:
            async with asyncio.timeout(self.limit):
                size = await reader.readexactly(SIZE_BYTES)
                return await reader.readexactly(int.from_bytes(size, "big"))
        except TimeoutError:
            self.end()
            raise PageTooSlow(f"cleaning it took more than {self.limit:g} s; look at the page in a browser") from None
        except asyncio.CancelledError:
            self.end()  # nobody waits for the answer that is still to come
            raise

    def end(self, patience: float = 0) -> int:
        """End the process, unless it ends by itself within `patience` seconds, and give its exit code."""
        self.ended = True
        if not self.opening.done():
            self.opening.cancel()
        elif not self.opening.cancelled() and not self.opening.exception():
            self.opening.result()[1].transport.abort()
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self.process.wait(patience)
        self.process.kill()
        return self.process.wait()


async def _open(channel: socket.socket) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """The two ends of a worker's socket, once it is ready."""
    reader, writer = await asyncio.open_connection(sock=channel, limit=_READ_AHEAD)
    try:
        async with asyncio.timeout(_START):
            await reader.readexactly(len(READY))
    except TimeoutError:
        raise ConnectionError(f"a cleaning process is not ready after {_START} s") from None
    return reader, writer
