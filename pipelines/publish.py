"""Step 4: an article is stored, then published from what is stored."""

from pathlib import Path

import msgspec
from scrapy.crawler import Crawler

from clearwell import Article
from clearwell.publishing.files import Publisher
from clearwell.storage.store import Store


class PublishPipeline:
    """Stores each article in a transaction, then writes its file; the snapshot and manifest follow at the end."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.store_address: str = crawler.settings["CLEARWELL_STORE"]
        self.publisher = Publisher(Path(crawler.settings["CLEARWELL_OUTPUT"]))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "PublishPipeline":
        return cls(crawler)

    def open_spider(self) -> None:
        self.store = Store(self.store_address)

    def close_spider(self) -> None:
        try:
            self.publisher.publish_snapshot(self.store)
        finally:
            self.store.close()

    def process_item(self, item: Article) -> Article:
        former = self.store.find_site(item.id)
        outcome = self.store.save(item)
        if outcome != "same":
            self.publisher.publish_article(item.site, item.id, msgspec.json.encode(item))
        if former is not None and former != item.site:
            self.publisher.withdraw_article(former, item.id)
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(f"clearwell/articles/{outcome}")
        return item
