"""`clearwell probe URL`: looks a site up, shows what cleaning makes of some articles, writes the site's file."""

import contextlib
import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table
from rich.text import Text
from scrapy import signals
from scrapy.crawler import Crawler, CrawlerProcess
from scrapy.utils.project import get_project_settings

from clearwell.app.crawl import SETTINGS_MODULE
from clearwell.app.explain import COLOURS, show_plainly
from clearwell.app.site_draft import draft_site, name_site
from clearwell.article import Article
from clearwell.clean import Cleaned, clean_observably
from clearwell.cleaning.memory import SiteMemory
from clearwell.discovery.findings import Findings, FoundSource
from clearwell.errors import ClearwellError, SiteConfigError, UnsupportedPage
from clearwell.page import Page
from clearwell.site import Site
from clearwell.storage.places import log_path, sites_folder
from clearwell.storage.site_file import parse_site
from clearwell.storage.site_values import check_name
from pipelines.items import FailedPage, FetchedPage
from spiders.rendering import check_browser

# A look at a site publishes nothing, and gives up sooner than a crawl.
SETTINGS: dict[str, Any] = {
    "ITEM_PIPELINES": {},
    "RETRY_TIMES": 1,
    "DOWNLOAD_TIMEOUT": 20,
    "CLOSESPIDER_TIMEOUT": 240,
}
GIVE_LIST = "give the address of a list of articles"
MAX_SHOWN = 60  # characters of a headline or an address in the table


class Sample(NamedTuple):
    """One article looked at: what cleaning made of it, or why nothing came of it."""

    url: str
    article: Article | None
    outcome: str


def run_probe(address: str, name: str, force: bool, browser: bool) -> int:
    """Look a site up and write its file; 0 when it was written, 1 when no article was found."""
    name = name or name_site(address)
    path = sites_folder() / f"{name}.toml"
    _check_use(address, name, path, force)
    if browser:
        check_browser(name)
    console = Console(soft_wrap=True, highlight=False)
    findings, items, stopped = _look(address, browser)
    samples = _clean(items, name)
    _print_findings(findings, console)
    if samples:
        console.print(_sample_table(samples))
    good = [sample.article for sample in samples if sample.article is not None and sample.outcome == "article"]
    if not good:
        raise ClearwellError(f"{address}: {_explain_failure(findings, samples, browser, stopped)}; nothing was written")
    text = draft_site(name, findings, good, browser, datetime.now(UTC).date())
    parse_site(text, str(path), name)  # what is drafted is checked like what people write
    _write(path, text, force)
    console.print(Text(f"{path} is written. ", style="green"), end="")
    console.print(f"Read it over, then: clearwell crawl {name}", markup=False)
    return 0


def _check_use(address: str, name: str, path: Path, force: bool) -> None:
    if "://" in address and not address.startswith(("http://", "https://")):
        raise SiteConfigError(f"{address}: only http and https addresses can be looked up")
    if not name_site(address):
        raise SiteConfigError(
            f"{address}: this is no address; write the site's home page, such as https://health.example"
        )
    for fault in check_name(name):
        raise SiteConfigError(f"--name: {fault}")
    if path.exists() and not force:
        raise SiteConfigError(f"{path} is there already; --force replaces it, --name writes another")


def _look(address: str, browser: bool) -> tuple[Findings, list[FetchedPage | FailedPage], str]:
    """Run the spider: what it found, its samples, and why it ended if not by itself.

    What a crawl's extensions store of it is thrown away: the next crawl knows nothing of these pages.
    """
    os.environ["SCRAPY_SETTINGS_MODULE"] = SETTINGS_MODULE
    settings = get_project_settings()
    settings.setdict(SETTINGS, priority="cmdline")
    log = log_path().with_name("probe.log")
    log.parent.mkdir(parents=True, exist_ok=True)
    settings.setdict({"LOG_FILE": str(log), "LOG_FILE_APPEND": False}, priority="cmdline")
    process = CrawlerProcess(settings)
    crawler = process.create_crawler("probe")
    items: list[FetchedPage | FailedPage] = []
    with _showing(crawler, items), tempfile.TemporaryDirectory() as folder:
        crawler.settings.set("CLEARWELL_STORE", str(Path(folder) / "store.sqlite"), priority="cmdline")
        crawler.settings.set("CLEARWELL_OUTPUT", str(Path(folder) / "output"), priority="cmdline")
        process.crawl(crawler, url=address, browser="yes" if browser else "")
        process.start()
    spider: Any = crawler.spider
    if spider is None:
        raise ClearwellError(f"the look could not be begun; see {log}")
    reason = crawler.stats.get_value("finish_reason") if crawler.stats else "failed"
    return spider.findings, items, "" if reason == "finished" else str(reason)


@contextlib.contextmanager
def _showing(crawler: Crawler, items: list[FetchedPage | FailedPage]) -> Iterator[None]:
    """Collect what the spider yields, and show what it is at meanwhile, where somebody watches."""
    console = Console(stderr=True)
    status = console.status("looking up the site ...")

    def collect(item: Any, **_: Any) -> None:
        items.append(item)

    def show(response: Any, **_: Any) -> None:
        status.update(Text("looked at ").append(show_plainly(response.url[:MAX_SHOWN])))

    crawler.signals.connect(collect, signals.item_scraped)
    crawler.signals.connect(show, signals.response_received)
    with status if console.is_terminal else contextlib.nullcontext():
        yield


def _clean(items: Sequence[FetchedPage | FailedPage], name: str) -> list[Sample]:
    """Clean the samples as a crawl of the site would, once with what they taught of each other."""
    site = Site(name=name)
    memory = SiteMemory()
    for item in items:
        if isinstance(item, FetchedPage):
            with contextlib.suppress(UnsupportedPage):  # told below
                cleaned = clean_observably(item.page, site)
                memory = memory.observe(cleaned.document, cleaned.article.canonicalUrl)
    return [_to_sample(item, site, memory) for item in items]


def _to_sample(item: FetchedPage | FailedPage, site: Site, memory: SiteMemory) -> Sample:
    if isinstance(item, FailedPage):
        return Sample(item.url, None, item.reason)
    page: Page = item.page
    try:
        cleaned: Cleaned = clean_observably(page, site, memory)
    except UnsupportedPage as error:
        return Sample(page.url, None, error.reason)
    return Sample(page.url, cleaned.article, cleaned.article.quality.rejectReason or "article")


def _explain_failure(findings: Findings, samples: Sequence[Sample], browser: bool, stopped: str) -> str:
    if findings.problem and not samples:
        return findings.problem
    outcomes = Counter(sample.outcome for sample in samples)
    empty = findings.is_shell or outcomes["no-article"] + outcomes["too-short"] > len(samples) / 2
    if empty and not browser:
        return "its pages show no text by themselves; try --browser"
    if stopped:
        return f"the look was ended early ({stopped})"
    if not samples:
        return f"neither a sitemap, nor a feed, nor the home page names an article; {GIVE_LIST}"
    return f"no article among the samples; {GIVE_LIST}"


def _write(path: Path, text: str, force: bool) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w" if force else "x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise SiteConfigError(f"{path}: cannot be written: {error.strerror or error}") from error


# -- what is shown ---------------------------------------------------------------------------------------------------


def _print_findings(findings: Findings, console: Console) -> None:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    made = f", made with {findings.platform.name}" if findings.platform.name else ""
    shell = ", an empty page that scripts fill" if findings.is_shell else ""
    table.add_row("site", show_plainly(findings.problem or f"{findings.home}{made}{shell}"))
    delay = f", asks for {findings.crawl_delay:g} seconds between requests" if findings.crawl_delay else ""
    table.add_row("robots.txt", show_plainly(findings.robots + delay))
    for label, sources in (("sitemap", findings.sitemaps), ("feed", findings.feeds), ("list", findings.listings)):
        for source in sources:
            table.add_row(label, show_plainly(f"{source.url}: {_describe(source)}"))
        if not sources and label != "list":
            table.add_row(label, Text("none found", style="dim"))
    console.print(table)


def _describe(source: FoundSource) -> str:
    if source.fault:
        return source.fault
    return f"{len(source.articles):,} articles" + (f", {source.lists:,} lists" if source.lists else "")


def _sample_table(samples: Sequence[Sample]) -> Table:
    table = Table(title=f"{len(samples)} pages looked at", title_justify="left")
    for name in ("outcome", "language"):
        table.add_column(name, no_wrap=True)
    table.add_column("words", justify="right")
    table.add_column("date", no_wrap=True)
    table.add_column("removed", overflow="fold")
    table.add_column("headline", overflow="fold")
    for sample in samples:
        style = "green" if sample.outcome == "article" else "yellow"
        row = _describe_article(sample.article) if sample.article else ("", "", "", Text(""), show_plainly(sample.url))
        table.add_row(Text(sample.outcome, style=style), *row)
    return table


def _describe_article(article: Article) -> tuple[str, str, str, Text, Text]:
    counts = Counter(removal.category for removal in article.cleaning.removals)
    removed = Text(", ").join(Text(f"{count} {name}", style=COLOURS[name]) for name, count in counts.most_common())
    headline = show_plainly((article.headline or article.url)[:MAX_SHOWN])
    return article.inLanguage or "", f"{article.wordCount:,}", (article.datePublished or "")[:10], removed, headline
