"""Time systems against each other: `python -m bench.speed.compare DATA ... [--pages N] [--rounds N] [--out FOLDER]`.

One process, one core, one thread.  Every page goes through every system, one right after the other, in an order that is
shuffled (seeded) for each page and round, so that warm caches and a busy machine fall on all alike.  A page's time is
its shortest over the rounds; the spread of each round's own ratio is shown beside.

Timed for Clearwell: bytes to Article (decoding, metadata, structure, cleaning, language, checks, both renderings) to
JSON bytes.  Timed for trafilatura JSON: `extract(str, output_format="json", with_metadata=True)`, for fast:
`extract(str, fast=True)`; both get the page decoded beforehand, which takes them as long as bytes (60 pages, 2026-11).
"""

import argparse
import gc
import json
import random
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.quality.dataset import Source, list_pages, read_sources
from bench.quality.predict import predict_page, quieten
from bench.quality.score import percentiles
from bench.quality.stamp import stamp, use_no_network, use_one_core
from bench.quality.systems import SYSTEMS, System
from bench.quality.table import align

PAGES = 200  # of all data sets together
ROUNDS = 3
SEED = 2026
RESAMPLES = 1_000
OURS = "clearwell"
RIVALS = ("trafilatura JSON", "trafilatura fast", "trafilatura")

Times = dict[str, list[list[float]]]  # milliseconds by system, page and round


def sample_pages(folders: Sequence[Path], count: int) -> list[Source]:
    """A seeded sample of the pages of several data sets."""
    named = [(folder, name) for folder in folders for name in list_pages(folder)]
    chosen = sorted(random.Random(SEED).sample(named, min(count, len(named))))
    return [source for folder, name in chosen for source in read_sources(folder, [name])]


def time_systems(systems: dict[str, System], sources: list[Source], rounds: int) -> Times:
    """Milliseconds of every system on every page, once a round.  What a system raises ends its time, no more."""
    times: Times = {name: [[] for _ in sources] for name in systems}
    chance = random.Random(SEED)
    order = list(systems)
    for source in sources[:3]:
        for name in order:
            predict_page(systems[name], source)  # what is loaded or compiled on first use is not timed
    gc.collect()
    gc.freeze()  # what was imported is nobody's garbage to look through
    for _ in range(rounds):
        _forget()
        for number, source in enumerate(sources):
            chance.shuffle(order)
            for name in order:
                times[name][number].append(predict_page(systems[name], source)["milliseconds"])
    gc.unfreeze()
    return times


def summarise(times: Times) -> dict[str, Any]:
    """Mean, median and 95th percentile of the pages' shortest times; the mean of each round."""
    return {
        name: {
            **(percentiles(map(min, pages)) or {}),
            "rounds": [statistics.fmean(column) for column in zip(*pages, strict=True)],
        }
        for name, pages in times.items()
    }


def compare(times: Times, ours: str, theirs: str) -> dict[str, Any]:
    """Our mean time over theirs, its 95 % bootstrap interval over pages, and the same ratio in each round.

    >>> compare({"a": [[1.0, 1.5], [3.0, 3.0]], "b": [[4.0, 5.0], [4.0, 4.0]]}, "a", "b")["ratio"]
    0.5
    """
    pairs = [(min(one), min(other)) for one, other in zip(times[ours], times[theirs], strict=True)]
    chance = random.Random(SEED)
    ratios = sorted(_ratio(chance.choices(pairs, k=len(pairs))) for _ in range(RESAMPLES))
    rounds = zip(zip(*times[ours], strict=True), zip(*times[theirs], strict=True), strict=True)
    return {
        "ratio": _ratio(pairs),
        "low": ratios[int(RESAMPLES * 0.025)],
        "high": ratios[int(RESAMPLES * 0.975)],
        "rounds": [sum(one) / sum(other) for one, other in rounds],
    }


def _ratio(pairs: Sequence[tuple[float, float]]) -> float:
    return sum(one for one, _ in pairs) / sum(other for _, other in pairs)


def _forget() -> None:
    """Empty trafilatura's and htmldate's caches by their own means: a page is new when its next round comes."""
    try:
        from trafilatura.meta import reset_caches
    except ImportError:  # not among what is measured
        return
    reset_caches()


def to_markdown(result: dict[str, Any]) -> str:
    """The table of times and that of ratios."""
    rows = [["ms a page", "mean", "median", "p95", "mean of each round"]]
    for name, system in result["systems"].items():
        figures = [f"{system[part]:.1f}" for part in ("mean", "median", "p95")]
        rows.append([name, *figures, " ".join(f"{value:.1f}" for value in system["rounds"])])
    ratios = [["ratio of means", "ratio", "95 % interval", "each round"]]
    for name, ratio in result["ratios"].items():
        rounds = " ".join(f"{value:.3f}" for value in ratio["rounds"])
        ratios.append([name, f"{ratio['ratio']:.3f}", f"{ratio['low']:.3f}-{ratio['high']:.3f}", rounds])
    title = f"## Speed: {result['pages']} pages of {result['kilobytes']:.0f} KB mean, {result['rounds']} rounds"
    versions = ", ".join(f"{name} {version}" for name, version in sorted(result["versions"].items()))
    machine = f"One core of {result['machine']}; Python {result['python']}; {result['created'][:10]}; {versions}"
    tables = [align(rows), align(ratios)] if len(ratios) > 1 else [align(rows)]
    return "\n\n".join([title, *("\n".join(table) for table in tables), machine]) + "\n"


def measure(folders: Sequence[Path], names: Sequence[str], pages: int, rounds: int) -> dict[str, Any]:
    """Make the systems, time them, and put everything together."""
    sources = sample_pages(folders, pages)
    times = time_systems({name: SYSTEMS[name].make() for name in names}, sources, rounds)
    rivals = [rival for rival in RIVALS if rival in names and OURS in names]
    return {
        **stamp(tuple(sorted({part for name in names for part in SYSTEMS[name].distributions}))),
        "pages": len(sources),
        "kilobytes": statistics.fmean(len(source.body) for source in sources) / 1000,
        "rounds": rounds,
        "systems": summarise(times),
        "ratios": {f"{OURS} / {rival}": compare(times, OURS, rival) for rival in rivals},
    }


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed.compare", description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, nargs="+", help="folders with html/ and ground-truth/")
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--systems", nargs="+", choices=SYSTEMS, default=list(SYSTEMS), metavar="SYSTEM")
    parser.add_argument("--out", type=Path, help="folder for speed.json and speed.md")
    chosen = parser.parse_args(arguments)
    quieten()
    use_one_core()
    use_no_network()
    result = measure(chosen.data, chosen.systems, chosen.pages, chosen.rounds)
    publish(result, to_markdown(result), chosen.out, "speed")


def publish(result: dict[str, Any], table: str, out: Path | None, name: str) -> None:
    """Print a table; with a folder, write it and the figures behind it there."""
    print(table, flush=True)
    if out:
        out.mkdir(parents=True, exist_ok=True)
        (out / f"{name}.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
        (out / f"{name}.md").write_text(table, encoding="utf-8")


if __name__ == "__main__":
    main()
