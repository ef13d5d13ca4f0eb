"""A run as one page that a person takes in at a glance: what came, what was published, what is not as usual.

Self-contained: no script, no font, no picture from elsewhere, so that it can be mailed and opened in ten years.
"""

from collections.abc import Mapping, Sequence
from statistics import median
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from clearwell.gates import HISTORY, Tripped
from clearwell.run_report import FIELDS, RunReport

SHOWN_RUNS = 30  # bars of the plot
SHOWN_ROWS = 15  # of a table
PLOT_HEIGHT = 120  # units of the plot's own
BAR = 20  # units from one bar to the next
PARTS = ("new", "changed", "same", "unchanged", "gone", "not published", "failed")  # of a bar, from below


class Piece(NamedTuple):
    """A rectangle of the plot: in plot units, y from above; `name` is one of PARTS."""

    x: float
    y: float
    height: float
    name: str
    tip: str


class Row(NamedTuple):
    """A line of a table with a bar: `share` of the largest, `usual` the median of the runs before, if there are any."""

    name: str
    value: str
    share: float
    usual: float | None = None
    examples: Sequence[str] = ()


def render_run(
    run: RunReport,
    history: Sequence[RunReport],
    tripped: Sequence[Tripped],
    held: bool,
    examples: Mapping[str, Sequence[str]],
) -> bytes:
    """Write the page of a run; `history` are the runs before, oldest first, `examples` addresses by reason."""
    environment = Environment(
        loader=PackageLoader("clearwell.publishing"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    shown = [*history, run][-SHOWN_RUNS:]
    page = environment.get_template("run.html").render(
        run=run,
        held=held,
        tripped=tripped,
        tiles=_make_tiles(run, history),
        parts=PARTS,
        pieces=_stack(shown),
        width=len(shown) * BAR,
        height=PLOT_HEIGHT,
        bar=BAR,
        first=shown[0],
        tables=_make_tables(run, history, examples),
    )
    return page.encode("utf-8", "replace")


def _make_tiles(run: RunReport, history: Sequence[RunReport]) -> list[tuple[str, str, str]]:
    """(what, how many, beside what is usual)"""
    past = list(history)[-HISTORY:]
    counts = [(name, run.outcomes.get(name, 0), [r.outcomes.get(name, 0) for r in past]) for name in PARTS[:5]]
    counts += [
        ("not published", run.judged, [r.judged for r in past]),
        ("failed", run.failed, [r.failed for r in past]),
    ]
    tiles = [(name, f"{count:,}", f"usually {median(usual):,.0f}" if usual else "") for name, count, usual in counts]
    yields = [report.yielded for report in past if report.yielded is not None]
    share = "–" if run.yielded is None else f"{run.yielded:.0%}"
    return [*tiles, ("of the pages are articles", share, f"usually {median(yields):.0%}" if yields else "")]


def _count_parts(run: RunReport) -> list[int]:
    return [*(run.outcomes.get(name, 0) for name in PARTS[:5]), run.judged, run.failed]


def _stack(runs: Sequence[RunReport]) -> list[Piece]:
    tallest = max((sum(_count_parts(run)) for run in runs), default=0) or 1
    pieces: list[Piece] = []
    for number, run in enumerate(runs):
        top = float(PLOT_HEIGHT)
        for name, count in zip(PARTS, _count_parts(run), strict=True):
            height = count / tallest * PLOT_HEIGHT
            top -= height
            if count:
                tip = f"{run.started:%Y-%m-%d %H:%M}: {count:,} {name}"
                pieces.append(Piece(number * BAR, round(top, 2), round(height, 2), name, tip))
    return pieces


def _make_tables(
    run: RunReport, history: Sequence[RunReport], examples: Mapping[str, Sequence[str]]
) -> list[tuple[str, list[Row]]]:
    rejected = {reason: count for reason, count in run.outcomes.items() if reason not in PARTS}
    past = [report for report in list(history)[-HISTORY:] if report.cleaned]
    coverage = [
        Row(
            field,
            f"{run.coverage.get(field, 0.0):.0%}",
            run.coverage.get(field, 0.0),
            median([report.coverage.get(field, 0.0) for report in past]) if past else None,
        )
        for field in FIELDS
    ]
    return [
        ("Not published, by reason", _rank(rejected, examples)),
        ("What the articles say", coverage if run.cleaned else []),
        ("Taken off, by rule", _rank(run.removals)),
        ("Languages", _rank(run.languages)),
    ]


def _rank(counts: Mapping[str, int], examples: Mapping[str, Sequence[str]] | None = None) -> list[Row]:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    most = ranked[0][1] if ranked else 1
    rows = [Row(n, f"{c:,}", c / most, None, (examples or {}).get(n, ())) for n, c in ranked[:SHOWN_ROWS]]
    rest = ranked[SHOWN_ROWS:]
    if rest:
        total = sum(count for _, count in rest)
        rows.append(Row(f"{len(rest)} others", f"{total:,}", min(total / most, 1.0)))
    return rows
