"""Time and memory as pages grow: `python -m bench.speed.growth [--largest BYTES] [--rounds N] [--out FOLDER]`.

Articles of 10 KB to 10 MB from bench/speed/synthetic.py, each cleaned and encoded in fresh processes on one core, one
a round.  Time is the shortest of all rounds; memory is the peak resident set, the largest of all rounds, with what it
was before the page came beside.
The fit is a straight line through the logarithms: its slope is the exponent, 1 where time grows with size.
"""

import argparse
import gc
import json
import math
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bench.quality.dataset import Source
from bench.quality.stamp import stamp, use_one_core
from bench.quality.systems import SYSTEMS
from bench.quality.table import align
from bench.speed.compare import publish
from bench.speed.synthetic import write_article

SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000)  # bytes
FIXED = 100_000  # bytes; below, what every page costs whatever its size bends the line
MIN_POINTS = 3  # of a fit; fewer fit anything
ROUNDS = 5  # processes a size
RUNS = 3  # of a page in each
MAX_SECONDS = 120  # for one process
_ROOT = Path(__file__).parents[2]


class Fit(NamedTuple):
    """y = factor * x ** exponent, and how much of the spread of log y that explains (R squared)."""

    exponent: float
    factor: float
    r_squared: float


def fit_power(xs: Sequence[float], ys: Sequence[float]) -> Fit:
    """Least squares through the logarithms.

    >>> [round(figure, 6) for figure in fit_power([1, 10, 100], [3, 30, 300])]
    [1.0, 3.0, 1.0]
    >>> round(fit_power([1, 10, 100], [1, 100, 10_000]).exponent, 6)
    2.0
    """
    points = [(math.log(x), math.log(y)) for x, y in zip(xs, ys, strict=True)]
    mean_x, mean_y = (sum(column) / len(points) for column in zip(*points, strict=True))
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)
    left = sum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in points)
    whole = sum((y - mean_y) ** 2 for _, y in points)
    return Fit(slope, math.exp(mean_y - slope * mean_x), 1 - left / whole if whole else 1.0)


def measure_one(body: bytes) -> dict[str, Any]:
    """Clean one page in this process: seconds, megabytes before and at the peak, what came of it."""
    from clearwell.errors import UnsupportedPage

    system = SYSTEMS["clearwell"].make()
    system.run(Source("growth", "https://example.org/b.html", write_article(SIZES[0]), ""))  # loads what loads late
    gc.collect()
    gc.freeze()  # what was imported is nobody's garbage to look through
    source = Source("growth", "https://example.org/a.html", body, "")
    before, seconds = _peak(), []
    for _ in range(RUNS):
        started = time.perf_counter()
        try:
            encoded = system.run(source)
        except UnsupportedPage as refused:
            encoded = json.dumps({"articleBody": "", "quality": {"rejectReason": refused.reason}})
        seconds.append(time.perf_counter() - started)
    peak = _peak()
    article = json.loads(encoded)
    outcome, text = article["quality"]["rejectReason"] or "article", len(article["articleBody"])
    return {"seconds": min(seconds), "megabytes": peak, "before": before, "outcome": outcome, "characters": text}


def _peak() -> float:
    """The peak resident set of this process in MB; Linux counts in KB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def measure_all(largest: int, rounds: int) -> dict[str, Any]:
    """A fresh process for every size up to `largest` in every round, and the fits over those that became articles."""
    bodies = [write_article(size) for size in SIZES if size <= largest]
    measured = [[_start(body) for body in bodies] for _ in range(rounds)]  # a busy minute falls on all sizes alike
    rows = [_best(body, found) for body, found in zip(bodies, zip(*measured, strict=True), strict=True)]
    articles = [row for row in rows if row["outcome"] == "article"]
    large = [row for row in articles if row["bytes"] >= FIXED * 0.9]
    fits = {"all sizes": _fit_time(articles), f"from {FIXED // 1000} KB up": _fit_time(large)}
    return {**stamp(SYSTEMS["clearwell"].distributions), "rounds": rounds, "rows": rows, "time": fits}


def _start(body: bytes) -> dict[str, Any]:
    """Measure a page in a process of its own."""
    command = [sys.executable, "-m", "bench.speed.growth", "--one"]
    done = subprocess.run(command, input=body, capture_output=True, check=True, cwd=_ROOT, timeout=MAX_SECONDS)
    return json.loads(done.stdout)


def _best(body: bytes, found: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The shortest time and the largest memory of a page's rounds."""
    largest = max(found, key=lambda one: one["megabytes"])
    return {"bytes": len(body), **largest, "seconds": min(one["seconds"] for one in found)}


def _fit_time(rows: list[dict[str, Any]]) -> dict[str, float] | None:
    """The fit of time against size; None of too few sizes."""
    if len(rows) < MIN_POINTS:
        return None
    return fit_power([row["bytes"] for row in rows], [row["seconds"] for row in rows])._asdict()


def to_markdown(result: dict[str, Any]) -> str:
    """The table and the fit."""
    rows = [["page", "article", "ms", "ms a MB", "peak MB", "of it before the page", "added a MB", "what came of it"]]
    for row in result["rows"]:
        ms, megabytes, added = row["seconds"] * 1000, row["bytes"] / 1e6, row["megabytes"] - row["before"]
        memory = [f"{row['megabytes']:.0f}", f"{row['before']:.0f}", f"{added / megabytes:.0f}"]
        sizes = [f"{row['bytes']:,} B", f"{row['characters']:,} characters"]
        rows.append([*sizes, f"{ms:.1f}", f"{ms / megabytes:.0f}", *memory, row["outcome"]])
    lines = [
        f"Time against size, {part}: exponent {fit['exponent']:.3f}, R² {fit['r_squared']:.4f}"
        if fit
        else f"Time against size, {part}: too few sizes became articles for a fit"
        for part, fit in result["time"].items()
    ]
    rounds = f"Shortest of {result['rounds']} processes, {RUNS} runs in each"
    machine = f"{rounds}; one core of {result['machine']}; Python {result['python']}; {result['created'][:10]}"
    return "\n\n".join(["## Growth", "\n".join(align(rows)), *lines, machine]) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed.growth", description=__doc__.partition("\n")[0])
    parser.add_argument("--largest", type=int, default=SIZES[-1], help="bytes")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--out", type=Path, help="folder for growth.json and growth.md")
    parser.add_argument(
        "--one", action="store_true", help="measure the one page on standard input (used by the parent)"
    )
    chosen = parser.parse_args(arguments)
    use_one_core()
    if chosen.one:
        print(json.dumps(measure_one(sys.stdin.buffer.read())))
        return
    result = measure_all(chosen.largest, chosen.rounds)
    publish(result, to_markdown(result), chosen.out, "growth")


if __name__ == "__main__":
    main()
