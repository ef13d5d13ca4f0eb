"""Draw quality against time: `python -m bench.quality.plot SCORES.json SPEED.json OUT.svg`.

SCORES is what bench.quality.score wrote for one data set, SPEED what bench.speed.compare wrote.  A point a system: mean
word F1 of article pages with its 95 % interval, and mean milliseconds a page of the alternating runs.  Clearwell stands
at its out-of-fold score where there is one, since its model was trained on pages of these data sets.
"""

import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

OURS = "clearwell"
OUT_OF_FOLD = "clearwell (out of fold)"

_INK, _ACCENT, _QUIET = "#24292f", "#0969da", "#6e7781"
_OFFSETS = ((9, 7), (9, -14), (-9, 7), (-9, -14), (0, 13), (0, -20), (9, 16), (9, -24))  # points; where a label may go


class Point(NamedTuple):
    """One system's place; `spread` is half the interval of its F1."""

    name: str
    milliseconds: float
    f1: float
    spread: float


def find_points(scores: dict[str, Any], speed: dict[str, Any]) -> list[Point]:
    """A point for every system with both a time and a text score; ours out of fold, if measured so."""
    texts = {system["system"]: system["text"] for system in scores["systems"] if system["text"]}
    if OUT_OF_FOLD in texts:
        texts[OURS] = texts[OUT_OF_FOLD]
    return [
        Point(name, system["mean"], *texts[name]["article"]["f1"])
        for name, system in speed["systems"].items()
        if "article" in texts.get(name, {})
    ]


def draw(points: list[Point], title: str, out: Path) -> None:
    """Draw the points and write the file; the same points give the same bytes."""
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams.update({"svg.hashsalt": "clearwell", "font.family": "DejaVu Sans", "font.size": 10})
    from matplotlib import pyplot
    from matplotlib.ticker import ScalarFormatter

    figure, axes = pyplot.subplots(figsize=(8, 4.8), layout="constrained")
    for point in points:
        colour = _ACCENT if point.name == OURS else _QUIET
        axes.errorbar(point.milliseconds, point.f1, point.spread, fmt="o", ms=7, lw=1, color=colour)
    axes.set_xscale("log")
    axes.set_xlim(min(p.milliseconds for p in points) / 1.5, max(p.milliseconds for p in points) * 2.6)
    axes.xaxis.set_major_formatter(ScalarFormatter())
    axes.set_xticks([tick for tick in (1, 2, 5, 10, 20, 50, 100, 200, 500) if _within(axes.get_xlim(), tick)])
    axes.minorticks_off()
    axes.set_xlabel("milliseconds a page, one core (mean; left is faster)", color=_INK)
    axes.set_ylabel("word F1 of article pages", color=_INK)
    axes.set_title(title, loc="left", fontsize=11, color=_INK)
    axes.grid(color="#d0d7de", lw=0.6)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    _label(figure, axes, points)
    out.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(out, metadata={"Date": None} if out.suffix == ".svg" else None)
    pyplot.close(figure)


def _within(limits: tuple[float, float], value: float) -> bool:
    return limits[0] <= value <= limits[1]


def _label(figure: Any, axes: Any, points: list[Point]) -> None:
    """Write each name beside its point, in the first place where it covers neither a label nor a point."""
    from matplotlib.transforms import Bbox

    figure.canvas.draw()
    taken = []
    for point in points:
        low, high = (axes.transData.transform((point.milliseconds, point.f1 + side * point.spread)) for side in (-1, 1))
        taken.append(Bbox([low - 5, high + 5]))
    for point in sorted(points, key=lambda point: point.name != OURS):
        for across, up in _OFFSETS:
            text = axes.annotate(
                point.name,
                (point.milliseconds, point.f1),
                (across, up),
                textcoords="offset points",
                ha="center" if not across else "left" if across > 0 else "right",
                color=_ACCENT if point.name == OURS else _INK,
                weight="bold" if point.name == OURS else "normal",
            )
            box = text.get_window_extent().padded(1)
            if box.count_overlaps(taken) == 0 and axes.bbox.padded(4).containsx(box.x0) and axes.bbox.containsx(box.x1):
                break
            if (across, up) != _OFFSETS[-1]:
                text.remove()
        taken.append(box)


def main(scores: Path, speed: Path, out: Path) -> None:
    """Read both results and draw."""
    quality, times = json.loads(scores.read_text(encoding="utf-8")), json.loads(speed.read_text(encoding="utf-8"))
    draw(find_points(quality, times), f"Article extraction: quality against time ({quality['data']})", out)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
