"""Step 3: one article once is staged for its run; when that has ended, it is published (pipelines/run.py)."""

from scrapy.crawler import Crawler

from clearwell import Article
from clearwell.storage.runs import Outcome, Runs
from clearwell.storage.store import Store
from pipelines.deduplicate import Decision, Deduplicator, explain_duplicate
from pipelines.run import RunKeeper
from pipelines.writer import Writer


class PublishPipeline:
    """Has each article staged in a transaction; articles are decided on in the order in which they come here."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.address: str = crawler.settings["CLEARWELL_STORE"]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "PublishPipeline":
        return cls(crawler)

    def open_spider(self) -> None:
        self.writer = Writer.attach(self.address)
        self.run = RunKeeper.of(self.crawler).run.id
        self.deduplicator = Deduplicator(self.run)

    async def close_spider(self) -> None:
        try:
            await self.writer.flush()
        finally:
            self.writer.detach()

    async def process_item(self, item: Article) -> Article:
        staging = Staging(item, self.run, self.deduplicator)
        self._count(f"articles/{await self.writer.do(staging)}")
        assert staging.decision is not None
        if staging.decision.gives_way:
            self._count("rejected/duplicate-url")
        return staging.decision.article

    def _count(self, what: str) -> None:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(f"clearwell/{what}")


class Staging:
    """Stages an article as it is decided, the first time it is asked to; a transaction may have to be done again."""

    def __init__(self, article: Article, run: str, deduplicator: Deduplicator) -> None:
        self.article, self.run, self.deduplicator = article, run, deduplicator
        self.decision: Decision | None = None

    def __call__(self, store: Store) -> Outcome:
        if self.decision is None:
            self.decision = self.deduplicator.decide(self.article, store)
        article, gives_way = self.decision
        if gives_way:
            store.reject(gives_way, article.site, "duplicate-url", explain_duplicate(article, article.url), self.run)
        return Runs(store.database).stage(self.run, [article])[0]
