"""Where Clearwell's time goes: `python -m bench.speed.stages DATA ... [--pages N] [--rounds N] [--out FOLDER]`.

The product has no hooks.  Here, in this process only, the functions that STAGES names are wrapped with a clock, in
every module of the product that holds them.  A stage's time is its own: what a stage inside it takes (a parse within
the limits, say) is subtracted.  What lies outside of `clean` is the JSON encoder.  A clock
costs about a microsecond a call.
"""

import argparse
import functools
import gc
import importlib
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench.quality.dataset import Source
from bench.quality.predict import predict_page, quieten
from bench.quality.score import percentiles
from bench.quality.stamp import stamp, use_one_core
from bench.quality.systems import SYSTEMS
from bench.quality.table import align
from bench.speed.compare import PAGES, ROUNDS, publish, sample_pages

# A stage and the functions that are it, as module:function below clearwell.  A test holds that each exists.
STAGES: dict[str, tuple[str, ...]] = {
    "decode": ("extraction.decode:read_source",),
    "limits and parse": ("extraction.limits:check_size", "extraction.limits:check_markup", "extraction.segment:parse"),
    "segment": ("extraction.segment:segment",),
    "metadata": ("extraction.metadata:read_metadata",),
    "select": ("extraction.select:select_blocks",),
    "to blocks": ("extraction.extract:extract",),
    "cleaning": ("cleaning.apply:apply",),
    "language": ("extraction.language:detect_language",),
    "rendering": ("cleaning.apply:to_article_blocks", "rendering:to_text", "rendering:to_html"),
    "checks": ("checking:check", "sentences:count_words"),
    "address, identity, article": ("clean:clean",),
}
REST = "JSON"  # what is timed and lies outside of clean()


class Clock:
    """Milliseconds by stage, nested stages subtracted."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._inner: list[float] = []  # of each stage that runs, what the stages inside it took so far

    def wrap(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, on the clock."""

        @functools.wraps(function)
        def timed(*positional: Any, **named: Any) -> Any:
            self._inner.append(0.0)
            started = time.perf_counter()
            try:
                return function(*positional, **named)
            finally:
                took = (time.perf_counter() - started) * 1000
                self.spent[stage] += took - self._inner.pop()
                if self._inner:
                    self._inner[-1] += took

        return timed


def find_stages() -> dict[str, list[Callable[..., Any]]]:
    """The functions of every stage.  Raises AttributeError or ModuleNotFoundError for one that is no more."""
    found = {}
    for stage, places in STAGES.items():
        parts = [place.split(":") for place in places]
        found[stage] = [getattr(importlib.import_module(f"clearwell.{module}"), name) for module, name in parts]
    return found


def install(clock: Clock) -> Callable[[], None]:
    """Put the clock round every stage, wherever the product refers to it; what is returned takes it off again."""
    wrapped = {id(f): (f, clock.wrap(stage, f)) for stage, functions in find_stages().items() for f in functions}
    undo = []
    for module in [module for name, module in sys.modules.items() if name.split(".")[0] == "clearwell"]:
        for name, value in list(vars(module).items()):
            if id(value) in wrapped:
                setattr(module, name, wrapped[id(value)][1])
                undo.append((module, name, value))

    def remove() -> None:
        for module, name, value in undo:
            setattr(module, name, value)

    return remove


def measure_stages(sources: list[Source], rounds: int) -> dict[str, list[float]]:
    """Milliseconds by stage and page, each the shortest of the rounds."""
    find_stages()  # imports what a page may need
    clock = Clock()
    remove = install(clock)
    try:
        system = SYSTEMS["clearwell"].make()  # made now, so that it finds the clocks
        predict_page(system, sources[0])
        gc.freeze()
        runs = [[_measure_page(clock, system, source) for source in sources] for _ in range(rounds)]
    finally:
        gc.unfreeze()
        remove()
    stages = [*STAGES, REST]
    return {stage: [min(page[stage] for page in pages) for pages in zip(*runs, strict=True)] for stage in stages}


def _measure_page(clock: Clock, system: Any, source: Source) -> dict[str, float]:
    clock.spent.clear()
    whole = predict_page(system, source)["milliseconds"]
    stages = {stage: clock.spent[stage] for stage in STAGES}
    return stages | {REST: whole - sum(stages.values())}


def to_markdown(result: dict[str, Any]) -> str:
    """The table by stage."""
    rows = [["ms a page", "mean", "median", "p95", "share"]]
    total = sum(stage["mean"] for stage in result["stages"].values())
    for name, stage in result["stages"].items():
        rows.append(
            [name, *(f"{stage[part]:.2f}" for part in ("mean", "median", "p95")), f"{stage['mean'] / total:.0%}"]
        )
    rows.append(["together", f"{total:.2f}", "", "", ""])
    title = f"## Clearwell by stage: {result['pages']} pages of {result['kilobytes']:.0f} KB mean"
    machine = f"One core of {result['machine']}; Python {result['python']}; {result['created'][:10]}"
    return "\n\n".join([title, "\n".join(align(rows)), machine]) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed.stages", description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, nargs="+", help="folders with html/ and ground-truth/")
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--out", type=Path, help="folder for stages.json and stages.md")
    chosen = parser.parse_args(arguments)
    quieten()
    use_one_core()
    sources = sample_pages(chosen.data, chosen.pages)
    times = measure_stages(sources, chosen.rounds)
    result = {
        **stamp(SYSTEMS["clearwell"].distributions),
        "pages": len(sources),
        "kilobytes": statistics.fmean(len(source.body) for source in sources) / 1000,
        "stages": {stage: percentiles(values) for stage, values in times.items()},
    }
    publish(result, to_markdown(result), chosen.out, "stages")


if __name__ == "__main__":
    main()
