"""What a crawl stores and publishes, written by one thread: the reactor never waits for a disk.

What comes within a moment goes into one transaction, then the articles among it become files, then their folders are
synced.  Only then is anybody told that it is done: a killed crawl loses nothing that was.
"""

import asyncio
import contextlib
import logging
import queue
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar, NamedTuple, TypeVar

from clearwell.article import Article
from clearwell.errors import StoreError
from clearwell.publishing.files import Publisher
from clearwell.storage.store import Outcome, Store

MAX_GROUP = 64  # jobs in one transaction
GATHERED = 0.2  # seconds the first job of a group waits for others; sixteen together cost half of what one by one does

logger = logging.getLogger(__name__)
_Result = TypeVar("_Result")


class Stored(NamedTuple):
    """A job's result that becomes a file, unless nothing changed; `former` is the site it was stored under before."""

    article: Article
    outcome: Outcome
    former: str | None


class _Job(NamedTuple):
    work: Callable[[Store], Any]
    loop: asyncio.AbstractEventLoop
    future: "asyncio.Future[Any]"
    urgent: bool


class Writer:
    """The one that writes to a store and its output folder; all crawls of a process share it.

    `attach` gives it, `detach` gives it back; the last one waits until all is written and ends the thread.
    """

    _shared: ClassVar[dict[tuple[Path, Path], "Writer"]] = {}

    def __init__(self, store: Path, output: Path) -> None:
        self.key = (store, output)
        self.users = 0
        self.store = Store(store)
        self.publisher = Publisher(output)
        self.jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        # A daemon: who ends the process at once wants no more written, and what is written is whole at any moment.
        self.thread = threading.Thread(target=self._run, name="clearwell-writer", daemon=True)
        self.thread.start()

    @classmethod
    def attach(cls, store: Path, output: Path) -> "Writer":
        """The writer of this process for a store.  Raises StoreError when the store cannot be used."""
        key = (store, output)
        if key not in cls._shared:
            cls._shared[key] = cls(*key)
        cls._shared[key].users += 1
        return cls._shared[key]

    def detach(self) -> None:
        """Give the writer back."""
        self.users -= 1
        if self.users == 0:
            self._shared.pop(self.key, None)
            self.jobs.put(None)
            self.thread.join()
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

    async def flush(self) -> None:
        """Wait until all that was asked for before is done."""
        await self.do(lambda store: None, urgent=True)

    def _run(self) -> None:
        while group := self._take():
            try:
                results = self._publish(self._store(group))
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
            with self.store.together():
                return [self._try(job) for job in group]
        except StoreError:
            return [self._try_alone(job) for job in group]

    def _try(self, job: _Job) -> Any:
        try:
            return job.work(self.store)
        except StoreError:
            raise  # the transaction is lost, and the others with it
        except Exception as error:  # of any kind: it is the job's result
            return error

    def _try_alone(self, job: _Job) -> Any:
        try:
            with self.store.together():
                return job.work(self.store)
        except Exception as error:
            return error

    def _publish(self, results: list[Any]) -> list[Any]:
        """The same results, once their articles are files; the error in place of one that could not be written."""
        changed = [result for result in results if isinstance(result, Stored) and result.outcome != "same"]
        moved = [result for result in changed if result.former not in (None, result.article.site)]
        errors = self.publisher.publish_articles([result.article for result in changed])
        self.publisher.withdraw_articles([(str(result.former), result.article.id) for result in moved])
        failed = {id(result): error for result, error in zip(changed, errors, strict=True) if error}
        return [failed.get(id(result), result) for result in results]


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
