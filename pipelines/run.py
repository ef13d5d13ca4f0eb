"""The run that a crawl is: begun with its first article, ended, judged and published when the spider closes."""

import asyncio
import logging
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar
from weakref import WeakKeyDictionary

from filelock import FileLock
from scrapy import signals
from scrapy.crawler import Crawler

from clearwell.errors import ClearwellError, StoreError
from clearwell.publishing.finish import Finished, finish_run
from clearwell.publishing.publisher import Publisher
from clearwell.storage.locks import lock_target
from clearwell.storage.places import archive_folder
from clearwell.storage.pruning import prune_archive
from clearwell.storage.runs import Run, Runs
from clearwell.storage.store import Store
from pipelines.second_pass import SecondPass
from pipelines.writer import Writer

logger = logging.getLogger(__name__)

# Ways for a crawl to end as it should, and what is told of those that leave something.
WELL_ENDED = {
    "finished": "",
    "max-minutes": "the time of this crawl (maxMinutes) is up",
    "outside-hours": "the site's hours (politeness.hours) are over",
}


FAILURE = "clearwell/failure"  # in the stats: why a crawl could not be carried through, for whoever started it


def tell_failure(crawler: Crawler, error: BaseException) -> None:
    """Say why a crawl could not be carried through; the first cause counts."""
    assert crawler.stats is not None
    told = str(error) if isinstance(error, ClearwellError) else f"{type(error).__name__}: {error}"
    crawler.stats.set_value(FAILURE, crawler.stats.get_value(FAILURE, told))


class RunKeeper:
    """Begins a crawl's run and ends it; a crawl that was broken off leaves it for the next to take up.

    A run belongs to one process: a second crawl of the same target at the same time is refused.
    """

    _kept: ClassVar["WeakKeyDictionary[Crawler, RunKeeper]"] = WeakKeyDictionary()

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.finished: Finished | None = None
        self._run: Run | None = None
        self._lock: FileLock | None = None
        self._before_end: list[Callable[[], None]] = []
        self._writer = Writer.attach(crawler.settings["CLEARWELL_STORE"])
        self._kept[crawler] = self

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RunKeeper":
        keeper = cls(crawler)
        crawler.signals.connect(keeper.end, signals.spider_closed)
        return keeper

    @classmethod
    def of(cls, crawler: Crawler) -> "RunKeeper":
        """The keeper of a crawl's run."""
        return cls._kept[crawler]

    @property
    def run(self) -> Run:
        """The run; begun, or taken up, when it is first asked for."""
        if self._run is None:
            target: str = getattr(self.crawler.spider, "target", "addresses")
            self._lock = lock_target(target)
            with Store(self.crawler.settings["CLEARWELL_STORE"]) as store:
                self._run = Runs(store.database).begin(target, datetime.now(UTC).replace(microsecond=0))
        return self._run

    def before_end(self, work: Callable[[], None]) -> None:
        """Have something done before the run ends."""
        self._before_end.append(work)

    async def end(self, reason: str) -> None:
        """End the run of a spider that did its work."""
        try:
            for work in self._before_end:
                work()
            await self._writer.flush()
            if reason in WELL_ENDED:
                second = SecondPass(self.crawler, self.run.id, self._writer)
                await second.clean_again()
                self.finished = await asyncio.to_thread(self._finish, reason, second.withdrawn)
        except Exception as error:
            tell_failure(self.crawler, error)
            raise
        finally:
            self._writer.detach()
            if self._lock is not None:
                self._lock.release()

    def _finish(self, reason: str, withdraw: Collection[str]) -> Finished:
        settings = self.crawler.settings
        gated = bool(getattr(self.crawler.spider, "site_name", ""))
        with Store(settings["CLEARWELL_STORE"]) as store:
            publisher = Publisher(Path(settings["CLEARWELL_OUTPUT"]))
            done = finish_run(store, publisher, self.run, reason, datetime.now(UTC), gated, withdraw)
            self._tidy(store)
        return done

    def _tidy(self, store: Store) -> None:
        days = self.crawler.settings.getfloat("CLEARWELL_ARCHIVE_DAYS")
        if days <= 0:
            return
        try:
            removed = prune_archive(store, archive_folder(), timedelta(days=days), datetime.now(UTC))
        except StoreError as error:  # what was found is published; room on the disk can wait
            logger.warning("%s", error)
        else:
            logger.info("%d files of the archive removed that are not needed", removed)
