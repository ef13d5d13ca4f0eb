"""`clearwell status`: how the last crawls ended, in the terminal."""

from collections.abc import Sequence
from datetime import UTC, datetime

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from clearwell.app.explain import show_plainly
from clearwell.errors import SiteConfigError
from clearwell.storage.runs import Run, Runs
from clearwell.storage.store import Store

SHOWN = 20  # runs of one target
COLUMNS = ("new", "changed", "as before", "gone", "rejected", "failed")
OUTCOMES = ("new", "changed", "same", "unchanged", "gone")
STYLES = {"released": "green", "held": "red", "running": "yellow"}


def print_status(store: Store, target: str, console: Console) -> None:
    """Print the last run of every target, or the last runs of one; SiteConfigError for one never crawled."""
    runs = Runs(store.database)
    targets = runs.list_targets()
    if target and target not in targets:
        told = show_plainly(f"{target} was never crawled; crawled so far: {', '.join(targets) or 'none'}")
        raise SiteConfigError(told.plain)
    found = runs.list_last(target, SHOWN) if target else [_find_last(runs, name) for name in targets]
    if not found:
        console.print("nothing was crawled yet")
        return
    console.print(_make_table(found))
    for run in found:
        for gate, message in run.tripped if run.state == "held" else ():
            console.print(show_plainly(f"{run.id}: {message} (gate {gate})"), style="red")


def _find_last(runs: Runs, target: str) -> Run:
    """The last run of a target that was ever crawled; one from the future only where there is no other."""
    (last,) = runs.list_last(target, until=datetime.now(UTC)) or runs.list_last(target)
    return last


def _make_table(runs: Sequence[Run]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("site", overflow="fold")
    table.add_column("")
    table.add_column("ago", justify="right", no_wrap=True)
    for name in COLUMNS:
        table.add_column(name, justify="right")
    for run in runs:
        table.add_row(show_plainly(run.target), Text(run.state, STYLES[run.state]), _ago(run), *_counts(run))
    return table


def _counts(run: Run) -> list[str]:
    report = run.report
    if report is None:
        return []
    new, changed, same, unchanged, gone = (report.outcomes.get(name, 0) for name in OUTCOMES)
    return [f"{count:,}" for count in (new, changed, same + unchanged, gone, report.judged, report.failed)]


def _ago(run: Run) -> str:
    """How long ago a run ended, or began.

    >>> from datetime import timedelta
    >>> _ago(Run("r", "t", "running", datetime.now(UTC) - timedelta(hours=50)))
    '2 d'
    """
    minutes = int((datetime.now(UTC) - (run.ended or run.started)).total_seconds() // 60)
    if minutes < 0:
        return "?"  # the clock was wrong, then or now
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} d"
