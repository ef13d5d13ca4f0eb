"""The `clearwell` command."""

import os
import signal
import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console

from clearwell import Article, Page, __version__, clean, rendering
from clearwell.app import explain
from clearwell.app.bulk import standard
from clearwell.errors import ClearwellError, SiteConfigError, StoreError, UnsupportedPage
from clearwell.extraction.decode import decode
from clearwell.site import UNKNOWN_SITE

# Exit codes: some pages failed, bad usage or configuration, a gate held a run back; 0 is all well.
PARTIAL, USAGE, GATE = 1, 2, 3
INTERRUPTED, TERMINATED = 130, 143  # as shells have them

app = typer.Typer(
    help="From dirty health-article pages to clean, structured article JSON.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
errors = Console(stderr=True, soft_wrap=True)


class Format(StrEnum):
    """How an article is printed."""

    json = "json"
    text = "text"
    markdown = "markdown"
    html = "html"


def main() -> None:
    """Run the command; what a user can mend is told in a line, never in a traceback."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))  # so that half-written files are removed
    try:
        app()
    except ClearwellError as error:
        errors.print(f"clearwell: {error}", style="red", markup=False, highlight=False)
        sys.exit(USAGE if isinstance(error, SiteConfigError | StoreError) else PARTIAL)
    except KeyboardInterrupt:
        errors.print("clearwell: stopped", style="red")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has seen enough
        sys.exit(PARTIAL)
    except OSError as error:
        errors.print(f"clearwell: {error}", style="red", markup=False, highlight=False)
        sys.exit(PARTIAL)
    except Exception as error:  # a fault of ours; the user gets a line, the details are one variable away
        if os.environ.get("CLEARWELL_DEBUG"):
            raise
        told = f"{type(error).__name__}: {error}; CLEARWELL_DEBUG=1 shows where"
        errors.print(f"clearwell: a fault of Clearwell itself: {told}", style="red", markup=False, highlight=False)
        sys.exit(PARTIAL)


@app.command("clean")
def clean_command(
    file: Annotated[str, typer.Argument(help="A page, or - for standard input.", show_default=False)] = "-",
    url: Annotated[str, typer.Option(help="The address the page came from; links are made absolute with it.")] = "",
    text: Annotated[bool, typer.Option("--text", help="The file is running text without markup.")] = False,
    form: Annotated[Format, typer.Option("--format", help="What to print.")] = Format.json,
    explain_it: Annotated[
        bool,
        typer.Option(
            "--explain", help="Print what was removed and why, and what makes the health score (on standard error)."
        ),
    ] = False,
) -> None:
    """Clean one page and print the article."""
    content = _read(file)
    try:
        page = Page(url=url, text=decode(content)) if text else Page(url=url, body=content)
        article = clean(page)
    except UnsupportedPage as error:
        raise ClearwellError(f"{url or file}: {error.reason}: {error}") from error
    typer.echo(render(article, form))
    if explain_it:
        explain.print_removals(article, Console(stderr=True))
        explain.print_health(article, Console(stderr=True))
    if article.status == "rejected":
        raise ClearwellError(f"{url or file}: {article.quality.rejectReason}: what is left is no article")


def render(article: Article, form: Format) -> str:
    """Print an article in one of the formats."""
    match form:
        case Format.text:
            return article.articleBody
        case Format.markdown:
            return rendering.to_markdown(article.blocks)
        case Format.html:
            return article.articleBodyHtml
    return msgspec.json.format(msgspec.json.encode(article), indent=2).decode()


@app.command("crawl")
def crawl_command(
    targets: Annotated[
        list[str], typer.Argument(metavar="SITE|URL|FILE...", help="A site's name, an address, or a file of addresses.")
    ],
    start: Annotated[str, typer.Option(help="Start a site's crawl here instead of where its file says.")] = "",
    verbose: Annotated[bool, typer.Option("--verbose", help="Show the crawl's log instead of a progress bar.")] = False,
) -> None:
    """Crawl, clean and publish.  Exit code 0: all well, 1: some pages failed, 2: bad usage or configuration."""
    from clearwell.app import crawl  # imports Scrapy, which takes half a second the other commands need not pay

    raise typer.Exit(crawl.run_crawl(targets, start, verbose))


@app.command("probe")
def probe_command(
    url: Annotated[str, typer.Argument(metavar="URL", help="A site's home page, or a list of its articles.")],
    name: Annotated[str, typer.Option(help="The site's name; its host when left out.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace the site's file if it has one.")] = False,
    browser: Annotated[bool, typer.Option("--browser", help="Its pages show their text only in a browser.")] = False,
) -> None:
    """Look a site up, show some of its articles cleaned, and write its file."""
    from clearwell.app import probe  # imports Scrapy

    raise typer.Exit(probe.run_probe(url, name, force, browser))


@app.command("bulk")
def bulk_command(
    source: Annotated[str, typer.Argument(metavar="IN", help="JSON lines, .gz or plain, - for standard input.")],
    target: Annotated[str, typer.Argument(metavar="OUT", help="JSON lines, .gz or plain, - for standard output.")],
    workers: Annotated[int, typer.Option(min=1, max=256, help="Processes.")] = os.cpu_count() or 1,
    learn: Annotated[bool, typer.Option(help="First find what each site of the file repeats.")] = True,
) -> None:
    """Clean a file of pages: one line out for each line in, in the same order."""
    from clearwell.app.bulk import run_bulk
    from clearwell.app.progress import bulk_progress

    with bulk_progress(source, errors) as report:
        done = run_bulk(source, target, workers, report, learn)
    errors.print(
        f"{done.lines:,} lines: {done.lines - done.rejected:,} articles, {done.rejected:,} rejected", highlight=False
    )


memory_app = typer.Typer(help="What is remembered of each site.", no_args_is_help=True)
app.add_typer(memory_app, name="memory")


@memory_app.command("show")
def memory_show_command(
    site: Annotated[
        str, typer.Argument(metavar="SITE", help="A site's name, or a host for pages without a site file.")
    ],
) -> None:
    """Print what the crawled pages of a site taught, and why."""
    from clearwell.app.explain import show_plainly
    from clearwell.app.memory import print_memory
    from clearwell.storage.memories import Memories
    from clearwell.storage.places import sites_folder, store_address
    from clearwell.storage.sites import list_sites, load_site
    from clearwell.storage.store import Store

    known = load_site(sites_folder(), site) if site in list_sites(sites_folder()) else UNKNOWN_SITE
    name = known.name or site
    with Store(store_address()) as store:
        memories = Memories(store.database)
        memory, names = memories.load(name), memories.list_sites()
    if name not in names and known is UNKNOWN_SITE:
        crawled = show_plainly(f"nothing is remembered of `{site}`; crawled so far: {', '.join(names) or 'none'}")
        raise SiteConfigError(crawled.plain)
    print_memory(name, memory, known, Console(soft_wrap=True))


@app.command("run")
def run_command(
    due: Annotated[bool, typer.Option("--due", help="Crawl each site whose schedule says so, once.")] = False,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Crawls at a time.")] = 2,
    deadline: Annotated[float | None, typer.Option(min=0, help="Minutes for all of it.")] = None,
) -> None:
    """For cron and systemd: crawl what is due, and end with the worst of the crawls' exit codes (3: a gate failed)."""
    from clearwell.app.schedule import run_due

    if not due:
        raise SiteConfigError("say `clearwell run --due`, or `clearwell crawl SITE` for one whatever its schedule says")
    raise typer.Exit(run_due(deadline and deadline * 60, jobs, datetime.now(UTC), errors))


@app.command("schedule")
def schedule_command(jobs: Annotated[int, typer.Option(min=1, max=64, help="Crawls at a time.")] = 2) -> None:
    """Stay, and crawl each site when its schedule says so."""
    from clearwell.app.schedule import Service

    Service(jobs, errors).run()


@app.command("status")
def status_command(
    target: Annotated[str, typer.Argument(metavar="[SITE]", help="One site's last runs instead of all sites.")] = "",
) -> None:
    """Print how the last crawls ended: what was new, what was held back and why."""
    from clearwell.app.status import print_status
    from clearwell.storage.places import store_address
    from clearwell.storage.store import Store

    with Store(store_address()) as store:
        print_status(store, target, Console(soft_wrap=True))


@app.command("reclean")
def reclean_command(
    site: Annotated[str, typer.Argument(metavar="[SITE]", help="One site's archive instead of all.")] = "",
    dry: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
    examples: Annotated[int, typer.Option(min=0, help="Changed articles of each site to show.")] = 3,
    workers: Annotated[int, typer.Option(min=1, max=256, help="Processes.")] = os.cpu_count() or 1,
) -> None:
    """Clean archived pages again, without a request, and publish what changes.

    Exit code 1: some of the archive could not be read, 3: a gate held it back.
    """
    from clearwell.app import reclean
    from clearwell.publishing.publisher import Publisher
    from clearwell.storage.places import archive_folder, output_folder, sites_folder, store_address
    from clearwell.storage.store import Store

    held = damaged = False
    with Store(store_address()) as store:
        for known in reclean.find_sites(store, sites_folder(), site):
            summary, run = reclean.reclean_site(
                store, Publisher(output_folder()), archive_folder(), known, workers, dry, examples
            )
            reclean.print_summary(known.name, summary, run, Console(soft_wrap=True))
            held = held or (run is not None and run.state == "held")
            damaged = damaged or summary.outcomes["archive-damaged"] > 0
    raise typer.Exit(GATE if held else PARTIAL if damaged else 0)


@app.command("release")
def release_command(
    run: Annotated[str, typer.Argument(metavar="RUN", help="A run that a gate held back; see `clearwell status`.")],
) -> None:
    """Publish a run that was held back, after looking at it; later runs are judged by it."""
    from clearwell.publishing.finish import accept_run
    from clearwell.publishing.publisher import Publisher
    from clearwell.storage.places import output_folder, store_address
    from clearwell.storage.store import Store

    with Store(store_address()) as store:
        done = accept_run(store, Publisher(output_folder()), run, datetime.now(UTC))
    errors.print(f"{run}: {done.new} new, {done.changed} changed, {done.gone} gone, published", highlight=False)


sites_app = typer.Typer(help="The site files.", no_args_is_help=True)
app.add_typer(sites_app, name="sites")


@sites_app.command("check")
def sites_check_command(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME...]", help="Sites; all when left out.")] = None,
) -> None:
    """Say what is wrong with the site files, or odd; exit code 2 when one is wrong."""
    from clearwell.app.sites import check_sites
    from clearwell.storage.places import sites_folder

    if not check_sites(sites_folder(), names or [], Console(soft_wrap=True, highlight=False)):
        raise typer.Exit(USAGE)


@sites_app.command("list")
def sites_list_command() -> None:
    """List the sites, where they start and when they are crawled."""
    from clearwell.app.sites import print_sites
    from clearwell.storage.places import sites_folder

    print_sites(sites_folder(), Console(soft_wrap=True, highlight=False))


@sites_app.command("show")
def sites_show_command(name: Annotated[str, typer.Argument(metavar="NAME", help="A site's name.")]) -> None:
    """Print every setting of a site as it is in force today, those left out too."""
    from clearwell.app.sites import print_site
    from clearwell.storage.places import sites_folder
    from clearwell.storage.sites import load_site

    site = load_site(sites_folder(), name).on(datetime.now(UTC).date())
    print_site(site, Console(soft_wrap=True, highlight=False))


@app.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of an article."""
    from clearwell.publishing.schema import encode_schema

    typer.echo(encode_schema().decode(), nl=False)


@app.command("version")
def version_command() -> None:
    """Print the version."""
    typer.echo(__version__)


def _read(file: str) -> bytes:
    try:
        return standard(sys.stdin).read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise SiteConfigError(f"{file}: {error.strerror or error}") from error


if __name__ == "__main__":
    main()
