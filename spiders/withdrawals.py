"""Takes an article back whose page by now asks not to be taken up, or reserves its rights."""

from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler

from clearwell.publishing.files import Publisher
from clearwell.storage.store import Store
from clearwell.storage.visits import Visits
from pipelines.items import Rejected

REASONS = ("noindex", "rights-reserved")


class Withdrawals:
    """Extension: removes the article from the store and its file from what is published.

    Only if it came by the very address that refuses: print versions often say `noindex`, the article itself does not.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.store = Store(crawler.settings["CLEARWELL_STORE"])
        self.publisher = Publisher(Path(crawler.settings["CLEARWELL_OUTPUT"]))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Withdrawals":
        withdrawals = cls(crawler)
        crawler.signals.connect(withdrawals.look, signals.item_dropped)
        crawler.signals.connect(withdrawals.store.close, signals.engine_stopped)
        return withdrawals

    def look(self, item: Any, exception: BaseException) -> None:
        """See whether what was refused had been published."""
        if not isinstance(exception, Rejected) or exception.reason not in REASONS:
            return
        visit = Visits(self.store.database).find(exception.url)
        if visit is None or visit.reading is None or visit.reading.judgement != "article":
            return
        article = self.store.load(visit.reading.article_id or "")
        if article is not None and article.url == exception.url:
            self.store.remove(article.id)
            self.publisher.withdraw_article(article.site, article.id)
            assert self.crawler.stats is not None
            self.crawler.stats.inc_value("clearwell/withdrawn")
