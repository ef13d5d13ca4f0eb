"""At the end of a crawl: what it has learned of a site is used for the pages that were cleaned before it was learned.

The pages come from the archive.  So a site's own phrases are gone from its first crawl on, and a wrong guess is taken
back from what was published.  Left alone on purpose: pages that may not be archived, until they are fetched again.
"""

import asyncio
import logging
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import NamedTuple

import msgspec
from scrapy.crawler import Crawler

from clearwell.article import Article
from clearwell.cleaning.memory import SiteMemory
from clearwell.errors import ClearwellError
from clearwell.recleaning import is_outdated, teach_alike
from clearwell.site import Site
from clearwell.storage.archive import Place, read_page
from clearwell.storage.captures import Captures
from clearwell.storage.memories import Memories
from clearwell.storage.places import archive_folder
from clearwell.storage.runs import Runs, is_same
from clearwell.storage.store import Store
from clearwell.storage.visits import Visits
from pipelines.check import MESSAGES
from pipelines.pool import Pool
from pipelines.site_settings import find_settings
from pipelines.worker import Answer, Cleaned, Context
from pipelines.writer import Writer

AT_ONCE = 32  # pages read, cleaned and stored together

logger = logging.getLogger(__name__)


class _Outdated(NamedTuple):
    """An article that would come out differently by now, and where its page is archived."""

    article: Article
    place: Place


class SecondPass:
    """Cleans again what a run has learned to clean better; `withdrawn` are ids of articles that are none after all."""

    def __init__(self, crawler: Crawler, run: str, writer: Writer) -> None:
        self.crawler, self.run, self.writer = crawler, run, writer
        self.address: str = crawler.settings["CLEARWELL_STORE"]
        self.folder = archive_folder()
        self.withdrawn: list[str] = []

    async def clean_again(self) -> None:
        """Go through the sites of which the run has learned; a page that fails keeps what it was cleaned to before."""
        pool = Pool.of(self.crawler.settings)
        try:
            for name, memory in await asyncio.to_thread(_list_lessons, self.address, self.run):
                site = find_settings(self.crawler, name)
                outdated = await asyncio.to_thread(_list_outdated, self.address, self.run, site, memory)
                context, left, changed = pool.describe(site, memory), iter(outdated), 0
                while batch := list(islice(left, AT_ONCE)):
                    answers = await asyncio.gather(*(self._clean(pool, context, one) for one in batch))
                    changed += await self.writer.do(partial(self._store, batch, answers), urgent=True)
                logger.info("%s: %d articles changed by what this crawl has learned", name, changed)
        finally:
            pool.detach()

    async def _clean(self, pool: Pool, context: Context, one: _Outdated) -> Answer | None:
        try:
            page = await asyncio.to_thread(read_page, self.folder, one.place)
            return await pool.clean(page, context)
        except ClearwellError as error:
            logger.warning("%s is not cleaned again: %s", one.article.url, error)
            return None

    def _store(self, batch: list[_Outdated], answers: list[Answer | None], store: Store) -> int:
        pairs = zip(batch, answers, strict=True)
        return sum(
            self._take(one.article, answer.article, store) for one, answer in pairs if isinstance(answer, Cleaned)
        )

    def _take(self, old: Article, found: Article, store: Store) -> bool:
        """Stage an article as it is now, under the id and the address it had; says whether that changes it."""
        runs, reason = Runs(store.database), found.quality.rejectReason
        if reason:
            runs.unstage(self.run, old.id)
            store.reject(old.url, old.site, reason, MESSAGES[reason], self.run)
            self.withdrawn += [old.id] if store.load(old.id) else []
            return True
        new = msgspec.structs.replace(found, id=old.id, canonicalUrl=old.canonicalUrl)
        if is_same(old, new):
            return False
        runs.stage(self.run, [new])
        Visits(store.database).take_text(new.id, old.contentHash, new.contentHash)
        return True


def _list_lessons(address: str, run: str) -> list[tuple[str, SiteMemory]]:
    """The sites of which a run has learned what changes cleaning, with their memories."""
    with Store(address) as store:
        memories = Memories(store.database)
        joined = memories.join_learned(run)
        return [(site, memory) for site, memory in joined.items() if not teach_alike(memory, memories.load(site))]


def _list_outdated(address: str, run: str, site: Site, memory: SiteMemory) -> list[_Outdated]:
    with Store(address) as store:
        return list(_find_outdated(store, run, site, memory))


def _find_outdated(store: Store, run: str, site: Site, memory: SiteMemory) -> Iterator[_Outdated]:
    for captured, encoded in Captures(store.database).iterate_articles(site.name, run):
        article = msgspec.json.decode(encoded, type=Article)
        if is_outdated(article, site, memory):
            yield _Outdated(article, captured.place)
