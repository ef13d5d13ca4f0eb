"""Progress bars for people; on anything but a terminal they print nothing."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from clearwell.app import bulk


@contextlib.contextmanager
def bulk_progress(source: str, console: Console) -> Iterator[Callable[[bulk.Progress], None]]:
    """A bar over the bytes of the input; the yielded function moves it."""
    path = Path(source)
    total = path.stat().st_size if source != "-" and path.is_file() else None
    columns = (SpinnerColumn(), BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=total)
        yield lambda p: bar.update(task, completed=p.bytes, description=f"{p.lines:,} lines, {p.rejected:,} rejected")


@contextlib.contextmanager
def crawl_progress(console: Console, shown: bool) -> Iterator[Callable[[int, int, int], None]]:
    """A bar over the pages known so far; the yielded function takes pages done, pages known, articles."""
    columns = (
        SpinnerColumn(),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not (shown and console.is_terminal)) as bar:
        task = bar.add_task("starting", total=None)
        yield lambda done, known, articles: bar.update(
            task, completed=done, total=known, description=f"{articles} articles"
        )
