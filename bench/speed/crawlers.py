"""One crawl, measured: `python -m bench.speed.crawlers CRAWLER ADDRESSES`, started by bench.speed.crawl.

    bare                 a spider that yields address and size, with Scrapy's own settings
    bare, our settings   the same with those of spiders/settings.py that are not politeness
    clearwell            the product: cleaned, stored, published
    trafilatura          `bare` with trafilatura in the pipeline: JSON with metadata, as bench/quality/systems.py asks

Politeness is off and the log goes to a file, for all.  A page counts when its item is through or dropped.  Time is from
the opening of the spider to its closing, with the start of our workers and the snapshot.  Memory is the resident set of
this process and its children, summed (what they share counts for each), the mean over WINDOW pages.
"""

import argparse
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import scrapy
from scrapy import signals
from scrapy.crawler import Crawler, CrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings

WINDOW = 50  # pages a figure of memory is the mean of: it moves with the pages under way
EARLY = 500  # pages; memory at the end is compared with that here
CONCURRENCY = 16  # requests at a time, to the one host there is
_PAGE_KB = os.sysconf("SC_PAGE_SIZE") / 1000

IMPOLITE = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS": CONCURRENCY,
    "CONCURRENT_REQUESTS_PER_DOMAIN": CONCURRENCY,
    "ROBOTSTXT_OBEY": False,
    "CLEARWELL_ALLOWED_NETWORKS": "127.0.0.1",
    "LOG_LEVEL": "INFO",
}


class BareSpider(scrapy.Spider):
    """Fetches and counts."""

    name = "bare"
    addresses = ""

    async def start(self) -> AsyncIterator[Any]:
        """Ask for every address."""
        for address in Path(self.addresses).read_text().split():
            yield scrapy.Request(address)

    def parse(self, response: Response) -> Any:
        """A page's address and size."""
        yield {"url": response.url, "bytes": len(response.body)}


class WholeSpider(BareSpider):
    """Hands the page on to the pipeline."""

    def parse(self, response: Response) -> Any:
        """A page's address and bytes."""
        yield {"url": response.url, "body": response.body}


class TrafilaturaPipeline:
    """JSON with metadata, on the reactor, as one would write it."""

    def open_spider(self) -> None:
        """Import what is used."""
        from trafilatura import extract

        self.extract = extract

    def process_item(self, item: dict[str, Any]) -> dict[str, Any]:
        """The page as JSON, or None."""
        text = self.extract(item["body"], url=item["url"], output_format="json", with_metadata=True)
        return {"url": item["url"], "json": text}


def _bare(settings: Settings) -> type[scrapy.Spider]:
    return BareSpider


def _bare_as_ours(settings: Settings) -> type[scrapy.Spider]:
    settings.setmodule("spiders.settings", priority="project")
    settings.update({"ITEM_PIPELINES": {}, "EXTENSIONS": {}}, priority="cmdline")
    return BareSpider


def _clearwell(settings: Settings) -> type[scrapy.Spider]:
    from spiders.article import ArticleSpider

    settings.setmodule("spiders.settings", priority="project")
    return ArticleSpider


def _trafilatura(settings: Settings) -> type[scrapy.Spider]:
    settings.set("ITEM_PIPELINES", {"bench.speed.crawlers.TrafilaturaPipeline": 100}, priority="cmdline")
    return WholeSpider


CRAWLERS: dict[str, Callable[[Settings], type[scrapy.Spider]]] = {
    "bare": _bare,
    "bare, our settings": _bare_as_ours,
    "clearwell": _clearwell,
    "trafilatura": _trafilatura,
}


class Measurement:
    """Listens to a crawl."""

    def __init__(self, crawler: Crawler, pages: int) -> None:
        self.crawler, self.pages = crawler, pages
        self.done = 0
        self.memory: list[tuple[int, list[float]]] = [(min(EARLY, pages), []), (pages, [])]
        crawler.signals.connect(self.open, signals.spider_opened)
        crawler.signals.connect(self.close, signals.spider_closed)
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(self.count, signal)

    def open(self) -> None:
        """The spider is open."""
        self.opened, self.cpu = time.perf_counter(), _cpu()

    def count(self) -> None:
        """A page is through."""
        self.done += 1
        for end, taken in self.memory:
            if end - WINDOW < self.done <= end:
                taken.append(resident_megabytes())

    def close(self) -> None:
        """The spider is closed, and its workers with it."""
        seconds = time.perf_counter() - self.opened
        main, workers = (after - before for before, after in zip(self.cpu, _cpu(), strict=True))
        stats = self.crawler.stats.get_stats()
        early, late = (statistics.fmean(taken) for _, taken in self.memory)
        self.result = {
            "pages": self.done,
            "seconds": seconds,
            "cpu main": main,
            "cpu workers": workers,
            "memory early": early,
            "memory late": late,
            "articles": sum(value for key, value in stats.items() if key.startswith("clearwell/articles/")),
            "errors": stats.get("log_count/ERROR", 0),
        }


def _cpu() -> tuple[float, float]:
    """Processor seconds of this process, and of its children that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    main, children = (one.ru_utime + one.ru_stime for one in used)
    return main, children


def resident_megabytes() -> float:
    """The resident sets of this process and its children, summed."""
    children = [pid for path in Path("/proc/self/task").glob("*/children") for pid in path.read_text().split()]
    pages = 0
    for pid in ("self", *children):
        try:
            pages += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        except FileNotFoundError:  # it ended just now
            continue
    return pages * _PAGE_KB / 1000


def run_one(name: str, addresses: Path, home: Path) -> dict[str, Any]:
    """Crawl all addresses in this process; what is stored and logged stays below `home`."""
    os.environ["CLEARWELL_OUTPUT"], os.environ["CLEARWELL_STORE"] = str(home / "output"), str(home / "store.sqlite")
    settings = Settings()
    spider = CRAWLERS[name](settings)
    settings.update({**IMPOLITE, "LOG_FILE": str(home / "log")}, priority="cmdline")
    process = CrawlerProcess(settings)
    crawler = process.create_crawler(spider)
    measurement = Measurement(crawler, len(addresses.read_text().split()))
    arguments = {"urls": str(addresses)} if name == "clearwell" else {"addresses": str(addresses)}
    process.crawl(crawler, **arguments)
    process.start()
    return measurement.result


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, crawl, print the figures as JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed.crawlers", description=__doc__.partition("\n")[0])
    parser.add_argument("crawler", choices=CRAWLERS)
    parser.add_argument("addresses", type=Path, help="a file with one address a line")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as home:
        json.dump(run_one(chosen.crawler, chosen.addresses.absolute(), Path(home)), sys.stdout)


if __name__ == "__main__":
    main()
