"""`clearwell crawl`: starts Scrapy for each target in one process, shows how it goes, sums up."""

import json
import logging
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
from clearwell.errors import ClearwellError, SiteConfigError, StoreError
from clearwell.publishing.publisher import Publisher
from clearwell.reasons import JUDGED
from clearwell.storage.places import log_path, output_folder, store_address
from clearwell.storage.sites import list_sites, load_site
from clearwell.storage.store import Store
from pipelines.run import FAILURE, WELL_ENDED, RunKeeper
from spiders.rendering import check_browser

SETTINGS_MODULE = "spiders.settings"
USAGE, GATE_FAILED = 2, 3  # exit codes: a target could not be crawled at all, what a run found was held back
UNCHANGED = {
    "not-modified": "not sent again by the server (304)",
    "same-body": "sent again just as they were",
    "sitemap": "not asked for, as their sitemap names no change",
}
EXAMPLES = 3  # addresses shown for each reason
STOPPED_BY_HAND = "shutdown"  # how Scrapy calls the end of a crawl that got a signal


def run_crawl(targets: list[str], start: str, verbose: bool) -> int:
    """Crawl all targets; 0: all well, 1: some pages failed, 2: a bad target was left out, 3: a run was held back."""
    os.environ["SCRAPY_SETTINGS_MODULE"] = SETTINGS_MODULE
    settings = get_project_settings()
    jobs, faults = _read_targets(targets, start, Path(settings["CLEARWELL_SITES"]))
    _check_writable()
    if not verbose:
        log_path().parent.mkdir(parents=True, exist_ok=True)
        settings.set("LOG_FILE", str(log_path()), priority="cmdline")
        settings.set("LOG_FILE_APPEND", False, priority="cmdline")
    logging.raiseExceptions = False  # where the log has no room either, that is told once, at the end
    started = datetime.now(UTC).isoformat()
    process = CrawlerProcess(settings)
    console = Console(stderr=True, soft_wrap=True)
    for fault in faults:
        console.print(show_plainly(fault), style="red")
    wrong: list[ClearwellError] = []  # settings or arguments
    with crawl_progress(console, not verbose) as report:
        crawlers = [_start(process, job, report, wrong) for job in jobs]
        process.start()
    if wrong:
        raise wrong[0]
    held = GATE_FAILED if _tell_held(crawlers, Console(soft_wrap=True)) else 0
    return max(_sum_up(crawlers, started, Console(soft_wrap=True)), USAGE if faults else 0, held)


def _read_targets(targets: list[str], start: str, sites: Path) -> tuple[list[dict[str, str]], list[str]]:
    """The jobs of all targets that can be crawled, and what is wrong with the others; SiteConfigError if none can."""
    jobs: list[dict[str, str]] = []
    faults: list[str] = []
    for target in dict.fromkeys(targets):
        try:
            jobs.append(_job(target, start, sites))
        except SiteConfigError as error:
            faults.append(str(error))
    if not jobs:
        raise SiteConfigError("\n".join(faults))
    return jobs, faults


def _job(target: str, start: str, sites: Path) -> dict[str, str]:
    """The spider's arguments for a target: an address, a file of addresses, or a site's name."""
    if "://" in target:
        if not target.lower().startswith(("http://", "https://")):
            raise SiteConfigError(f"{target}: only http and https addresses can be crawled")
        return {"url": target}
    if target in list_sites(sites):
        site = load_site(sites, target).on(datetime.now(UTC).date())
        if not site.start and not start:
            raise SiteConfigError(f"{sites / target}.toml: `start` is missing: where does the crawl begin?")
        if site.browser:
            check_browser(site.name)
        return {"site": target, "start": start}
    if len(target) < 1_000 and Path(target).is_file():
        if not Path(target).read_text(encoding="utf-8-sig", errors="replace").strip():
            raise SiteConfigError(f"{target}: the list holds no address")
        return {"urls": target}
    load_site(sites, target)  # says which names there are
    raise SiteConfigError(f"{target}: neither a site, nor an address, nor a file")


def _check_writable() -> None:
    """Find out before the first request that the output or the store cannot be written."""
    with Store(store_address()) as store:
        Publisher(output_folder()).publish(store)


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
    with Store(store_address()) as store:
        console.print(_article_table(articles, removed, totals["clearwell/removed_characters"]))
        if unchanged := _under(totals, "clearwell/unchanged/"):
            how = ", ".join(f"{count:,} {UNCHANGED[name]}" for name, count in unchanged.items())
            console.print(f"pages that were not cleaned again: {how}", highlight=False)
        if rejected:
            console.print(_rejection_table(rejected, started, store))
    published = json.loads((output_folder() / "manifest.json").read_text())["articles"]
    console.print(f"{published:,} articles in {output_folder() / 'articles.jsonl'}", highlight=False, markup=False)
    failed = any(reason not in JUDGED for reason in rejected)
    ends = {crawler.stats.get_value("finish_reason") if crawler.stats else None for crawler in crawlers}
    for told in filter(None, (WELL_ENDED.get(str(end)) for end in ends)):
        console.print(f"{told}; {totals['clearwell/left']:,} addresses are left for the next", highlight=False)
    broken = not ends <= WELL_ENDED.keys()
    if left_out := _under(totals, "clearwell/left_out/"):
        counts = ", ".join(
            f"{count:,} {reason}" for reason, count in sorted(left_out.items(), key=lambda some: -some[1])
        )
        console.print(f"Addresses left out without a fetch: {counts} (docs/discovery.md)", highlight=False)
    if broken:
        console.print("the crawl was stopped; what it stored is published by the next one", highlight=False)
    if totals["log_count/ERROR"]:
        console.print(f"errors were logged in {log_path()}", style="red", highlight=False, markup=False)
    if failures := {str(told) for crawler in crawlers if crawler.stats and (told := crawler.stats.get_value(FAILURE))}:
        raise StoreError("; ".join(("not all of what this crawl found is published", *sorted(failures))))
    by_hand = ends <= {STOPPED_BY_HAND, *WELL_ENDED}
    if broken and not by_hand and not sum(articles.values()):
        raise StoreError(f"the crawl could not be carried through; see {log_path()}")
    return int(failed or broken or totals["log_count/ERROR"] > 0)


def _tell_held(crawlers: list[Crawler], console: Console) -> bool:
    """Say which runs a gate held back, and why."""
    finished = [done for crawler in crawlers if (done := RunKeeper.of(crawler).finished) and done.run.state == "held"]
    for run in (done.run for done in finished):
        console.print(f"{run.target}: held back, nothing of this run was published:", style="red", markup=False)
        for gate, message in run.tripped:
            console.print(f"  {message} (gate {gate})", style="red", highlight=False, markup=False)
        report = output_folder() / "reports" / f"{run.id}.html"
        console.print(f"  see {report}; `clearwell release {run.id}` publishes it", highlight=False, markup=False)
    return bool(finished)


def _under(totals: Counter[str], prefix: str) -> dict[str, int]:
    return {key.removeprefix(prefix): value for key, value in sorted(totals.items()) if key.startswith(prefix)}


def _article_table(articles: dict[str, int], removed: dict[str, int], characters: int) -> Table:
    table = Table(title="Articles", title_justify="left")
    for name in ("new", "changed", "same"):
        table.add_column(name, justify="right")
    table.add_column("taken off")
    what = ", ".join(f"{count} {category}" for category, count in sorted(removed.items(), key=lambda item: -item[1]))
    same = articles.get("same", 0) + articles.get("unchanged", 0)
    counts = [str(articles.get("new", 0)), str(articles.get("changed", 0)), str(same)]
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
