"""`clearwell crawl`: starts Scrapy for each target in one process, shows how it goes, sums up."""

import json
import os
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text
from scrapy import signals
from scrapy.crawler import Crawler, CrawlerProcess
from scrapy.utils.project import get_project_settings
from twisted.python.failure import Failure

from clearwell.app.explain import show_plainly
from clearwell.app.progress import crawl_progress
from clearwell.checking import REJECT_REASONS
from clearwell.errors import ClearwellError, SiteConfigError, StoreError
from clearwell.publishing.files import Publisher
from clearwell.storage.places import log_path, output_folder, store_path
from clearwell.storage.sites import list_sites, load_site
from clearwell.storage.store import Store

SETTINGS_MODULE = "spiders.settings"
# Reasons by which a page was judged, not failed to come: they are the crawl's daily bread.
JUDGED = REJECT_REASONS | frozenset("duplicate-url robots not-html redirected off-site".split())
EXAMPLES = 3  # addresses shown for each reason


def run_crawl(targets: list[str], start: str, verbose: bool) -> int:
    """Crawl all targets; 0 when all went well, 1 when some pages failed.  SiteConfigError for a bad target."""
    os.environ["SCRAPY_SETTINGS_MODULE"] = SETTINGS_MODULE
    settings = get_project_settings()
    jobs = [_job(target, start, Path(settings["CLEARWELL_SITES"])) for target in targets]
    _check_writable()
    if not verbose:
        log_path().parent.mkdir(parents=True, exist_ok=True)
        settings.set("LOG_FILE", str(log_path()), priority="cmdline")
        settings.set("LOG_FILE_APPEND", False, priority="cmdline")
    started = datetime.now(UTC).isoformat()
    process = CrawlerProcess(settings)
    console = Console(stderr=True, soft_wrap=True)
    wrong: list[ClearwellError] = []  # settings or arguments
    with crawl_progress(console, not verbose) as report:
        crawlers = [_start(process, job, report, wrong) for job in jobs]
        process.start()
    if wrong:
        raise wrong[0]
    return _sum_up(crawlers, started, Console(soft_wrap=True))


def _job(target: str, start: str, sites: Path) -> dict[str, str]:
    """The spider's arguments for a target: an address, a file of addresses, or a site's name."""
    if "://" in target:
        if not target.startswith(("http://", "https://")):
            raise SiteConfigError(f"{target}: only http and https addresses can be crawled")
        return {"url": target}
    if target in list_sites(sites):
        if not load_site(sites, target).start and not start:
            raise SiteConfigError(f"{sites / target}.toml: `start` is missing: where does the crawl begin?")
        return {"site": target, "start": start}
    if len(target) < 1_000 and Path(target).is_file():
        if not Path(target).read_text(encoding="utf-8-sig", errors="replace").strip():
            raise SiteConfigError(f"{target}: the list holds no address")
        return {"urls": target}
    load_site(sites, target)  # says which names there are
    raise SiteConfigError(f"{target}: neither a site, nor an address, nor a file")


def _check_writable() -> None:
    """Find out before the first request that the output or the store cannot be written."""
    with Store(store_path()) as store:
        Publisher(output_folder()).publish_snapshot(store)


def _start(
    process: CrawlerProcess,
    job: dict[str, str],
    report: Callable[[int, int, int], None],
    wrong: list[ClearwellError],
) -> Crawler:
    crawler = process.create_crawler("article")

    def show(*_: Any, **__: Any) -> None:
        stats = crawler.stats.get_stats() if crawler.stats else {}
        articles = sum(n for key, n in stats.items() if key.startswith("clearwell/articles/"))
        known = stats.get("scheduler/enqueued", 0)
        report(min(stats.get("scheduler/dequeued", 0), known), known, articles)

    for signal in (signals.item_scraped, signals.item_dropped, signals.response_received):
        crawler.signals.connect(show, signal, weak=False)

    def note(failure: Failure) -> Failure | None:
        if not isinstance(failure.value, ClearwellError):
            return failure  # Scrapy's to log
        wrong.append(failure.value)
        return None

    process.crawl(crawler, **job).addErrback(note)
    return crawler


# -- the summary -----------------------------------------------------------------------------------------------------


def _sum_up(crawlers: list[Crawler], started: str, console: Console) -> int:
    totals: Counter[str] = Counter()
    for crawler in crawlers:
        stats = crawler.stats.get_stats() if crawler.stats else {}
        totals.update({key: value for key, value in stats.items() if isinstance(value, int)})
    articles, removed, rejected = (_under(totals, f"clearwell/{kind}/") for kind in ("articles", "removed", "rejected"))
    with Store(store_path()) as store:
        console.print(_article_table(articles, removed, totals["clearwell/removed_characters"]))
        if rejected:
            console.print(_rejection_table(rejected, started, store))
    published = json.loads((output_folder() / "manifest.json").read_text())["articles"]
    console.print(f"{published:,} articles in {output_folder() / 'articles.jsonl'}", highlight=False, markup=False)
    failed = any(reason not in JUDGED for reason in rejected)
    broken = any(
        crawler.stats is None or crawler.stats.get_value("finish_reason") != "finished" for crawler in crawlers
    )
    if broken:
        console.print("the crawl was stopped; what it stored is published by the next one", highlight=False)
    if totals["log_count/ERROR"]:
        console.print(f"errors were logged in {log_path()}", style="red", highlight=False, markup=False)
    if broken and not sum(articles.values()):
        raise StoreError(f"the crawl could not be carried through; see {log_path()}")
    return int(failed or broken or totals["log_count/ERROR"] > 0)


def _under(totals: Counter[str], prefix: str) -> dict[str, int]:
    return {key.removeprefix(prefix): value for key, value in sorted(totals.items()) if key.startswith(prefix)}


def _article_table(articles: dict[str, int], removed: dict[str, int], characters: int) -> Table:
    table = Table(title="Articles", title_justify="left")
    for name in ("new", "changed", "same"):
        table.add_column(name, justify="right")
    table.add_column("taken off")
    what = ", ".join(f"{count} {category}" for category, count in sorted(removed.items(), key=lambda item: -item[1]))
    counts = [str(articles.get(name, 0)) for name in ("new", "changed", "same")]
    table.add_row(*counts, f"{what or 'nothing'} ({characters:,} characters)")
    return table


def _rejection_table(rejected: dict[str, int], started: str, store: Store) -> Table:
    table = Table(title="Not published (all in output/rejected/)", title_justify="left")
    table.add_column("reason", no_wrap=True)
    table.add_column("pages", justify="right")
    table.add_column("for example", overflow="fold")
    records = [record for record in store.rejections() if record.at >= started]
    for reason, count in sorted(rejected.items(), key=lambda item: -item[1]):
        examples = [record.url for record in records if record.reason == reason][:EXAMPLES]
        table.add_row(reason, str(count), Text("\n").join(show_plainly(example) for example in examples))
    return table
