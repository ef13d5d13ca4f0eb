"""What a crawl stores, written by one thread: the reactor never waits for a disk.

What comes within a moment goes into one transaction.  Only then is anybody told that it is done: a killed crawl loses
nothing that was.
"""

import asyncio
import contextlib
import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import Any, ClassVar, NamedTuple, TypeVar

from clearwell.errors import StoreError
from clearwell.storage.archive import ArchiveWriter
from clearwell.storage.places import archive_folder
from clearwell.storage.runs import Runs
from clearwell.storage.store import Store

MAX_GROUP = 64  # jobs in one transaction
GATHERED = 0.2  # seconds the first job of a group waits for others; sixteen together cost half of what one by one does

logger = logging.getLogger(__name__)
_Result = TypeVar("_Result")


class _Job(NamedTuple):
    work: Callable[[Store], Any]
    loop: asyncio.AbstractEventLoop
    future: "asyncio.Future[Any]"
    urgent: bool


class Writer:
    """The one that writes to a store; all crawls of a process share it.

    `attach` gives it, `detach` gives it back; the last one waits until all is written and ends the thread.
    """

    _shared: ClassVar[dict[str, "Writer"]] = {}

    def __init__(self, address: str) -> None:
        self.address = address
        self.users = 0
        self.store = Store(address)
        self.archives: dict[str, ArchiveWriter] = {}
        self.jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        # A daemon: who ends the process at once wants no more written, and what is written is whole at any moment.
        self.thread = threading.Thread(target=self._run, name="clearwell-writer", daemon=True)
        self.thread.start()

    @classmethod
    def attach(cls, address: str) -> "Writer":
        """The writer of this process for a store.  Raises StoreError when the store cannot be used."""
        if address not in cls._shared:
            cls._shared[address] = cls(address)
        cls._shared[address].users += 1
        return cls._shared[address]

    def detach(self) -> None:
        """Give the writer back."""
        self.users -= 1
        if self.users == 0:
            self._shared.pop(self.address, None)
            self.jobs.put(None)
            self.thread.join()
            for archive in self.archives.values():
                archive.close()
            self.store.close()

    def do(self, work: Callable[[Store], _Result], urgent: bool = False) -> "asyncio.Future[_Result]":
        """Have `work` done with the store, behind all that was asked for before; await its result or error.

        What is urgent does not wait for more to come.  When a transaction fails, its jobs are done again one by one.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[_Result] = loop.create_future()
        self.jobs.put(_Job(work, loop, future, urgent))
        return future

    def post(self, work: Callable[[Store], Any]) -> None:
        """The same where nobody can wait; an error is logged."""
        self.do(work).add_done_callback(_log_error)

    def archive_of(self, site: str) -> ArchiveWriter:
        """Where a site's pages are archived; for jobs alone, and synced before what they store."""
        if site not in self.archives:
            first = Runs(self.store.database).find_first()
            self.archives[site] = ArchiveWriter(archive_folder(), site, part_of=first)
        return self.archives[site]

    async def flush(self) -> None:
        """Wait until all that was asked for before is done."""
        await self.do(lambda store: None, urgent=True)

    def _run(self) -> None:
        while group := self._take():
            try:
                results = self._store(group)
            except Exception as error:  # of any kind: who waits must hear of it, and the next group be served
                results = [error] * len(group)
            for loop in {job.loop for job in group}:
                done = [(job.future, result) for job, result in zip(group, results, strict=True) if job.loop is loop]
                with contextlib.suppress(RuntimeError):  # the loop was closed: nobody waits any more
                    loop.call_soon_threadsafe(_settle, done)

    def _take(self) -> list[_Job]:
        """The jobs of the next group, at least one; none when there will be no more."""
        if (job := self.jobs.get()) is None:
            return []
        group, deadline = [job], time.monotonic() + GATHERED
        with contextlib.suppress(queue.Empty):
            while len(group) < MAX_GROUP and not job.urgent:
                job = self.jobs.get(timeout=max(deadline - time.monotonic(), 0))
                if job is None:
                    self.jobs.put(None)  # for the next time; nothing comes behind it
                    break
                group.append(job)
        return group

    def _store(self, group: list[_Job]) -> list[Any]:
        """Every job's result, or the exception in its place: in one transaction, or, should that fail, in one each."""
        try:
            with self.store.database.together():
                results = [self._try(job) for job in group]
                self._sync_archives()
                return results
        except StoreError:
            return [self._try_alone(job) for job in group]

    def _sync_archives(self) -> None:
        for archive in self.archives.values():
            archive.sync()

    def _try(self, job: _Job) -> Any:
        try:
            return job.work(self.store)
        except StoreError:
            raise  # the transaction is lost, and the others with it
        except Exception as error:  # of any kind: it is the job's result
            return error

    def _try_alone(self, job: _Job) -> Any:
        try:
            with self.store.database.together():
                result = job.work(self.store)
                self._sync_archives()
                return result
        except Exception as error:
            return error


def _settle(done: list[tuple["asyncio.Future[Any]", Any]]) -> None:
    for future, result in done:
        if future.cancelled():
            continue
        if isinstance(result, Exception):
            future.set_exception(result)
        else:
            future.set_result(result)


def _log_error(future: "asyncio.Future[Any]") -> None:
    if not future.cancelled() and (error := future.exception()):
        logger.error("not stored: %s", error)
