"""Step 1: a fetched page becomes a clean article, and its site's memory learns from it."""

import asyncio
import logging
from collections import Counter, defaultdict
from functools import partial

from scrapy.crawler import Crawler

from clearwell import Article
from clearwell.cleaning.memory import SiteMemory
from clearwell.errors import ClearwellError
from clearwell.site import Site
from clearwell.storage.memories import Memories
from clearwell.storage.store import Store
from pipelines.items import FailedPage, FetchedPage, Rejected
from pipelines.pool import PageTooSlow, Pool, WorkerDied
from pipelines.run import RunKeeper
from pipelines.site_settings import find_settings
from pipelines.worker import Answer, Context, Failed, Unsupported
from pipelines.writer import Writer

PATIENCE = 2.0  # seconds a page may hold up those behind it; a hundred times what cleaning takes; 2026-11

logger = logging.getLogger(__name__)


class CleaningError(ClearwellError):
    """Cleaning a page failed: an error of ours; the page is recorded and the log has the details."""


class CleanPipeline:
    """Cleans pages with the settings and the memory of the spider's site; what is no page leaves with its reason.

    A crawl cleans with what earlier ones learned, so that what is published does not hang on the order of its pages;
    what it learns itself serves at its end (second_pass.py), and the next.  Pages leave in the order in which they
    came, however fast each was cleaned.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.address: str = crawler.settings["CLEARWELL_STORE"]
        self.contexts: dict[str, asyncio.Task[Context]] = {}
        self.learned: dict[str, SiteMemory] = defaultdict(SiteMemory)  # by this process
        self.last = asyncio.Event()  # set when those behind the page that came last may go
        self.last.set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "CleanPipeline":
        return cls(crawler)

    def open_spider(self) -> None:
        self.writer = Writer.attach(self.address)
        self.pool = Pool.of(self.crawler.settings)

    async def close_spider(self) -> None:
        try:
            await self.writer.flush()
        finally:
            self.pool.detach()
            self.writer.detach()

    async def process_item(self, item: FetchedPage | FailedPage) -> Article:
        if isinstance(item, FailedPage):
            raise Rejected(item.url, item.site, item.reason, item.message)
        before, self.last = self.last, asyncio.Event()
        turn_over = self.last
        cleaning = asyncio.ensure_future(self._clean(item))
        try:
            await before.wait()
            await asyncio.wait([cleaning], timeout=PATIENCE)
            if not cleaning.done():
                logger.info("%s takes more than %g s to clean; those behind it go first", item.page.url, PATIENCE)
                turn_over.set()
            return self._take(item, await cleaning)
        finally:
            cleaning.cancel()
            turn_over.set()

    async def _clean(self, item: FetchedPage) -> Answer:
        site = self._site(item)
        if site.name not in self.contexts:
            self.contexts[site.name] = asyncio.ensure_future(self._describe(site))
        try:
            return await self.pool.clean(item.page, await self.contexts[site.name])
        except PageTooSlow as error:
            raise Rejected(item.page.url, item.site, "cleaning-timeout", str(error)) from error
        except WorkerDied as error:
            raise Rejected(item.page.url, item.site, "worker-died", str(error)) from error

    def _take(self, item: FetchedPage, answer: Answer) -> Article:
        if isinstance(answer, Unsupported):
            raise Rejected(item.page.url, item.site, answer.reason, answer.message)
        if isinstance(answer, Failed):
            logger.error("cleaning %s failed\n%s", item.page.url, answer.trace)
            raise CleaningError(answer.error)
        if answer.memory.pages:
            self._learn(self._site(item).name, answer.memory)
        self._count(answer.article)
        return answer.article

    def _site(self, item: FetchedPage) -> Site:
        return find_settings(self.crawler, item.site)

    async def _describe(self, site: Site) -> Context:
        memory = await self.writer.do(partial(_load_memory, site.name), urgent=True)
        return self.pool.describe(site, memory)

    def _learn(self, site: str, memory: SiteMemory) -> None:
        """Have what a page teaches stored before its article is: a killed crawl does not fetch the page again."""
        known = self.learned[site]
        self.learned[site] = known.merge(memory)
        if self.learned[site] is not known:  # a full memory keeps few of the pages that come
            self.writer.post(partial(_learn, RunKeeper.of(self.crawler).run.id, site, memory))

    def _count(self, article: Article) -> None:
        stats = self.crawler.stats
        assert stats is not None
        for category, count in Counter(removal.category for removal in article.cleaning.removals).items():
            stats.inc_value(f"clearwell/removed/{category}", count)
        stats.inc_value("clearwell/removed_characters", article.cleaning.removedCharacters)


def _load_memory(site: str, store: Store) -> SiteMemory:
    return Memories(store.database).load(site)


def _learn(run: str, site: str, memory: SiteMemory, store: Store) -> None:
    Memories(store.database).learn(run, site, memory)
