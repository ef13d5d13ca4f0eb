"""Step 3: one article once is stored, then published from what is stored."""

import asyncio
from pathlib import Path

import msgspec
from scrapy.crawler import Crawler

from clearwell import Article
from clearwell.publishing.files import Publisher
from clearwell.storage.store import Store
from pipelines.deduplicate import Decision, Deduplicator, explain_duplicate
from pipelines.writer import Stored, Writer


class PublishPipeline:
    """Has each article stored in a transaction and then written to its file; snapshot and manifest follow at the end.

    Articles are decided on, stored and published in the order in which they come here.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.places = Path(crawler.settings["CLEARWELL_STORE"]), Path(crawler.settings["CLEARWELL_OUTPUT"])
        self.deduplicator = Deduplicator()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "PublishPipeline":
        return cls(crawler)

    def open_spider(self) -> None:
        self.writer = Writer.attach(*self.places)

    async def close_spider(self) -> None:
        try:
            await self.writer.flush()
            await asyncio.to_thread(_publish_snapshot, *self.places)  # other crawls go on while it reads everything
        finally:
            self.writer.detach()

    async def process_item(self, item: Article) -> Article:
        taking = Taking(item, self.deduplicator)
        stored = await self.writer.do(taking)
        self._count(f"articles/{stored.outcome}")
        if taking.decision and taking.decision.gives_way:
            self._count("rejected/duplicate-url")
        return stored.article

    def _count(self, what: str) -> None:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(f"clearwell/{what}")


class Taking:
    """Stores an article as it is decided, the first time it is asked to; a transaction may have to be done again."""

    def __init__(self, article: Article, deduplicator: Deduplicator) -> None:
        self.article, self.deduplicator = article, deduplicator
        self.decision: Decision | None = None

    def __call__(self, store: Store) -> Stored:
        if self.decision is None:
            self.decision = self.deduplicator.decide(self.article, store)
        article = msgspec.structs.replace(self.article, duplicateOf=self.decision.original)
        if address := self.decision.gives_way:
            store.reject(address, article.site, "duplicate-url", explain_duplicate(article, article.url))
        former = store.find_site(article.id)
        return Stored(article, store.save(article), former)


def _publish_snapshot(store: Path, output: Path) -> None:
    with Store(store) as opened:
        Publisher(output).publish_snapshot(opened)
