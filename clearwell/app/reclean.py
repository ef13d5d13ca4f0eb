"""`clearwell reclean`: cleans archived pages again, without a request, and publishes what that changes.

The site's memory is learned anew from its archive, in a first pass, so that the same archive and the same version of
Clearwell give the same bytes, whenever and in however many processes.
"""

import contextlib
import difflib
import heapq
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import msgspec
from pebble import ProcessPool
from rich.console import Console

from clearwell import Article
from clearwell.app.chunks import chunk, map_chunks
from clearwell.app.explain import show_plainly
from clearwell.clean import clean
from clearwell.cleaning.memory import MAX_PAGES, SiteMemory, page_key
from clearwell.errors import ClearwellError, SiteConfigError, StoreError, UnsupportedPage
from clearwell.extraction.extract import extract
from clearwell.gates import HISTORY
from clearwell.publishing.finish import end_run
from clearwell.publishing.publisher import Publisher
from clearwell.reasons import JUDGED
from clearwell.run_report import FOUND
from clearwell.site import Site
from clearwell.storage.archive import read_page
from clearwell.storage.captures import Captured, Captures
from clearwell.storage.locks import lock_target
from clearwell.storage.memories import Memories
from clearwell.storage.release import is_to_stay_away
from clearwell.storage.runs import Run, Runs, is_same
from clearwell.storage.sites import list_sites, load_site
from clearwell.storage.store import Store
from clearwell.storage.visits import Visits, address_key
from pipelines.deduplicate import Deduplicator
from pipelines.items import Rejected

STAGED_AT_ONCE = 100  # articles in a transaction
PREFIX = "reclean "  # before a site's name, the target of such a run
READ_AT_ONCE = 500  # addresses looked up together
MAX_DIFF = 40  # lines of a difference that are shown


class Recleaned(NamedTuple):
    """One archived page: its article as JSON, or the reason why it is none, or why it could not be read."""

    url: str
    article: bytes | None
    reason: str | None


class Summary(NamedTuple):
    """What cleaning a site's archive again changes: pages by outcome, and some of the changed articles, old and new."""

    outcomes: Counter[str]
    withdrawn: list[str]
    examples: list[tuple[Article, Article]]


_site = Site()  # of this process: what `_clean_captures` cleans with
_memory = SiteMemory()
_folder = Path()


def reclean_site(
    store: Store, publisher: Publisher, archive: Path, site: Site, workers: int, dry: bool, examples: int
) -> tuple[Summary, Run | None]:
    """Clean a site's archive again; publishes the changes as a run of their own unless `dry`.

    Raises StoreError while a crawl of the site runs, or waits to be taken up.
    """
    runs, now = Runs(store.database), datetime.now(UTC)
    with lock_target(site.name):
        last = runs.list_last(site.name)
        if last and last[0].state == "running":
            raise StoreError(
                f"the last crawl of {site.name} was broken off; `clearwell crawl {site.name}` ends it first"
            )
        run = None if dry else runs.begin(PREFIX + site.name, now)
        memory = learn_archive(store, archive, site.name, workers)
        summary = Summary(Counter(), [], [])
        deduplicator = Deduplicator(run.id if run else "")
        found = _reclean(store, archive, site, memory, workers)
        while batch := [one for one, _ in zip(found, range(STAGED_AT_ONCE), strict=False)]:
            articles = list(_take(store, batch, deduplicator))
            if run is not None and articles:
                runs.stage(run.id, articles)
            _count(store, batch, articles, summary, examples)
        if run is None:
            return summary, None
        Memories(store.database).learn(run.id, site.name, memory)
        return summary, _finish(store, publisher, run, summary, now)


def _take(store: Store, batch: Sequence[Recleaned], deduplicator: Deduplicator) -> Iterator[Article]:
    """The articles of a batch, each from one of its addresses."""
    for one in batch:
        if one.article is not None:
            article = msgspec.json.decode(one.article, type=Article)
            with contextlib.suppress(Rejected):
                yield deduplicator.decide(article, store).article


def _finish(store: Store, publisher: Publisher, run: Run, summary: Summary, now: datetime) -> Run:
    """Release the run, or hold it back: it is judged beside the crawls of its site."""
    runs = Runs(store.database)
    report = runs.report(run, now, "recleaned")
    gone = {"gone": len(summary.withdrawn)} if summary.withdrawn else {}
    rejected = {reason: count for reason, count in summary.outcomes.items() if reason not in FOUND}
    outcomes, withdraw = report.outcomes | rejected | gone, tuple(sorted(summary.withdrawn))
    report = msgspec.structs.replace(report, outcomes=outcomes, withdraw=withdraw)
    history = runs.read_history(run.target.removeprefix(PREFIX), "~", HISTORY)
    return end_run(store, publisher, run, report, history).run


def learn_archive(store: Store, archive: Path, site: str, workers: int) -> SiteMemory:
    """What the archived pages of a site teach; of many, those whose records a memory would keep."""
    captures = Captures(store.database)
    chosen = frozenset(heapq.nsmallest(MAX_PAGES, captures.list_addresses(site), key=page_key))
    wanted = (captured for captured in captures.iterate(site) if captured.url in chosen)
    memory = SiteMemory()
    with _pool(archive, Site(name=site), memory, workers) as pool:
        for found in map_chunks(pool, _observe_captures, chunk(wanted, _size), workers, lambda *_: []):
            memory = memory.merge(found)
    return memory


def find_sites(store: Store, folder: Path, name: str) -> list[Site]:
    """The archived sites to clean, with their settings; SiteConfigError for one of which nothing is archived."""
    archived = Captures(store.database).list_sites()
    if name and name not in archived:
        told = show_plainly(f"nothing is archived of {name}; archived are: {', '.join(archived) or 'none'}")
        raise SiteConfigError(told.plain)
    known = list_sites(folder)
    return [load_site(folder, site) if site in known else Site(name=site) for site in ([name] if name else archived)]


def print_summary(site: str, summary: Summary, run: Run | None, console: Console) -> None:
    """Print what changed, with the differences of some articles."""
    for old, new in summary.examples:
        lines = difflib.unified_diff(
            old.articleBody.splitlines(), new.articleBody.splitlines(), "published", new.canonicalUrl, "", "", 0, ""
        )
        for line, _ in zip(lines, range(MAX_DIFF), strict=False):
            console.print(show_plainly(line), style={"+": "green", "-": "red"}.get(line[:1], ""))
    counts = ", ".join(f"{count:,} {name}" for name, count in sorted(summary.outcomes.items()))
    console.print(show_plainly(f"{site}: {counts or 'nothing archived'}"))
    for gate, message in run.tripped if run is not None and run.state == "held" else ():
        console.print(show_plainly(f"{site}: held back: {message} (gate {gate})"), style="red")


def _count(
    store: Store, batch: Sequence[Recleaned], articles: Iterable[Article], summary: Summary, examples: int
) -> None:
    for article in articles:
        known = store.load(article.id)
        outcome = "new" if known is None else "same" if is_same(known, article) else "changed"
        summary.outcomes[outcome] += 1
        if known is not None and outcome == "changed" and len(summary.examples) < examples:
            summary.examples.append((known, article))
    for one in batch:
        if one.reason is not None:
            summary.outcomes[one.reason] += 1
        if one.reason in JUDGED:  # what could not be read says nothing of the article
            summary.withdrawn.extend(store.find_taken_from(one.url))


# -- in the workers --------------------------------------------------------------------------------------------------


def _reclean(store: Store, archive: Path, site: Site, memory: SiteMemory, workers: int) -> Iterator[Recleaned]:
    with _pool(archive, site, memory, workers) as pool:
        captured = _list_wanted(store, site.name)
        yield from map_chunks(pool, _clean_captures, chunk(captured, _size), workers, _blame)


def _list_wanted(store: Store, site: str) -> Iterator[Captured]:
    """The captures of a site but those of addresses that are gone by now, or ask not to be taken."""
    left, visits = Captures(store.database).iterate(site), Visits(store.database)
    while batch := list(itertools.islice(left, READ_AT_ONCE)):
        known = visits.find_all(captured.url for captured in batch)
        for captured in batch:
            visit = known.get(address_key(captured.url))
            if visit is None or not is_to_stay_away(visit):
                yield captured


def _pool(archive: Path, site: Site, memory: SiteMemory, workers: int) -> ProcessPool:
    return ProcessPool(max_workers=workers, initializer=_use, initargs=[archive, site, memory])


def _use(folder: Path, site: Site, memory: SiteMemory) -> None:
    global _site, _memory, _folder
    _site, _memory, _folder = site, memory, folder


def _size(captured: Captured) -> int:
    return captured.place.length


def _blame(captured: Captured, reason: str, message: str) -> list[Recleaned]:
    return [Recleaned(captured.url, None, reason)]


def _observe_captures(items: list[Captured]) -> list[SiteMemory]:
    memory = SiteMemory()
    for captured in items:
        try:
            memory = memory.observe(extract(read_page(_folder, captured.place)).document, captured.url)
        except ClearwellError:  # the second pass meets it again, and names it
            continue
    return [memory]


def _clean_captures(items: list[Captured]) -> list[Recleaned]:
    return [_clean_capture(captured) for captured in items]


def _clean_capture(captured: Captured) -> Recleaned:
    try:
        page = read_page(_folder, captured.place)
        article = clean(page, _site, _memory)
    except UnsupportedPage as error:
        return Recleaned(captured.url, None, error.reason)
    except StoreError:
        return Recleaned(captured.url, None, "archive-damaged")
    if article.status == "rejected":
        return Recleaned(captured.url, None, article.quality.rejectReason)
    return Recleaned(captured.url, msgspec.json.encode(article), None)
