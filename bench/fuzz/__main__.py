"""Mutate pages and clean them: `python -m bench.fuzz [--pages N] [--seed N] [--minutes N] [--out FOLDER] [DATA ...]`.

Hypothesis draws a page to begin with, some mutations, an encoding and what is declared about it; bench/fuzz/check.py
says what must hold.  Pages come in batches, each with a seed of its own, so that any batch can be run again alone.  The
smallest page of each fault is kept; any fault ends the run with exit code 1.  It needs the `dev` extra.
"""

import argparse
import base64
import faulthandler
import json
import math
import os
import random
import sys
import time
import warnings
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import hypothesis
from hypothesis import strategies as st

from bench.fuzz.check import try_page
from bench.fuzz.mutate import CHARSETS, MAX_TEXT, MUTATIONS, flip_bytes
from bench.fuzz.seeds import PAGES, read_pieces
from bench.quality.stamp import stamp
from clearwell import Page

BATCH = 250  # pages
SEED = 2026
MAX_MUTATIONS = 6  # of one page
SCHEMA_EVERY = 20  # pages; all are checked against the types the schema is generated from
HANG = 900  # seconds in one batch, on a busy machine, after which the process is ended, with a traceback
SLOWEST = 5  # pages told of
CONTENTS = "body body body body html text".split()  # what a Page is given, most as a crawler gives it
ADDRESSES = ("https://example.org/a/b.html", "http://example.org/2026/05/04/on-water/?utm_source=x", "", "//[", "\x00")


class Recipe(NamedTuple):
    """Everything a mutated page is made from."""

    seed: int
    other: int
    steps: list[tuple[int, int]]
    words: str
    content: str
    charset: str
    declared: str | None
    flips: int | None
    url: str


class Batch(NamedTuple):
    """What came of one batch; `faults` has the smallest page of each."""

    pages: int
    outcomes: Counter[str]
    slowest: list[tuple[float, str]]
    faults: dict[str, tuple[int, Recipe]]


def recipes(seeds: int) -> st.SearchStrategy[Recipe]:
    """What Hypothesis chooses from."""
    number = st.integers(0, 2**32 - 1)
    return st.builds(
        Recipe,
        seed=st.integers(0, seeds - 1),
        other=st.integers(0, seeds - 1),
        steps=st.lists(st.tuples(st.integers(0, len(MUTATIONS) - 1), number), min_size=1, max_size=MAX_MUTATIONS),
        words=st.one_of(st.just(""), st.text(st.characters(exclude_categories=()), max_size=80)),
        content=st.sampled_from(CONTENTS),
        charset=st.one_of(st.just("utf-8"), st.just("utf-8"), st.sampled_from(CHARSETS)),
        declared=st.one_of(st.none(), st.none(), st.sampled_from((*CHARSETS, "utf-7", "none such", ""))),
        flips=st.one_of(st.none(), st.none(), number),
        url=st.sampled_from(ADDRESSES),
    )


def make_page(recipe: Recipe, seeds: Sequence[str]) -> Page:
    """The page that a recipe describes."""
    text = seeds[recipe.seed]
    for mutation, number in recipe.steps:
        text = MUTATIONS[mutation](text, random.Random(number), seeds[recipe.other])[:MAX_TEXT]
    middle = len(text) // 2
    text = text[:middle] + recipe.words + text[middle:]
    if recipe.content != "body":
        return Page(url=recipe.url, **{recipe.content: text})
    body = text.encode(recipe.charset, "xmlcharrefreplace")
    if recipe.flips is not None:
        body = flip_bytes(body, random.Random(recipe.flips))
    return Page(url=recipe.url, body=body, charset=recipe.declared)


def run_batch(number: int, pages: int, seed: int, seeds: Sequence[str]) -> Batch:
    """Try a batch of pages; numpy's warnings count as errors."""
    batch = Batch(pages, Counter(), [], {})
    seen = 0

    def try_one(recipe: Recipe) -> None:
        nonlocal seen
        seen += 1
        verdict = try_page(page := make_page(recipe, seeds), against_schema=seen % SCHEMA_EVERY == 0)
        batch.outcomes[verdict.outcome] += 1
        batch.slowest.append((verdict.seconds, f"batch {number}, {recipe.content} of seed {recipe.seed}"))
        if verdict.fault:
            size = len(page.body or page.html or page.text or "")
            known = batch.faults.get(verdict.fault)
            batch.faults[verdict.fault] = min(known, (size, recipe)) if known else (size, recipe)

    faulthandler.dump_traceback_later(HANG, exit=True)
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        chosen = hypothesis.given(recipes(len(seeds)))(try_one)
        hypothesis.seed(seed * 1_000_003 + number)(
            hypothesis.settings(
                max_examples=pages,
                deadline=None,
                database=None,
                derandomize=False,
                phases=[hypothesis.Phase.generate],
                suppress_health_check=list(hypothesis.HealthCheck),
            )(chosen)
        )()
    faulthandler.cancel_dump_traceback_later()
    return Batch(seen, batch.outcomes, sorted(batch.slowest, reverse=True)[:SLOWEST], batch.faults)


def fuzz(pages: int, seed: int, processes: int, data: Sequence[Path] = (), minutes: float = math.inf) -> dict[str, Any]:
    """Run batches, until all pages or all minutes are through, and put together what came of them."""
    seeds = [*PAGES, *(piece for folder in data for piece in read_pieces(folder, seed))]
    started = time.monotonic()
    total, outcomes, slowest, faults = 0, Counter[str](), [], {}
    task = partial(run_batch, seed=seed, seeds=seeds)
    sizes = [min(BATCH, pages - first) for first in range(0, pages, BATCH)]
    for batch in _run(task, sizes, processes, started + minutes * 60):
        total += batch.pages
        outcomes += batch.outcomes
        slowest = sorted([*slowest, *batch.slowest], reverse=True)[:SLOWEST]
        for fault, found in batch.faults.items():
            faults[fault] = min(faults.get(fault, found), found)
        print(f"\r{total:,} pages, {len(faults)} faults", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return {
        **stamp(("clearwell", "hypothesis", "selectolax", "msgspec")),
        "pages": total,
        "seeds": len(seeds),
        "data": [folder.name for folder in data],
        "seed": seed,
        "seconds": time.monotonic() - started,
        "outcomes": dict(outcomes.most_common()),
        "slowest": slowest,
        "faults": {
            fault: {"characters": size, "recipe": recipe._asdict(), "page": _show(make_page(recipe, seeds))}
            for fault, (size, recipe) in faults.items()
        },
    }


def _run(task: partial[Batch], sizes: Sequence[int], processes: int, end: float) -> Iterator[Batch]:
    """Batches in order; none is begun after `end`."""
    batches = enumerate(sizes)
    if processes == 1:
        yield from (task(*batch) for batch in batches if time.monotonic() < end)
        return
    with ProcessPoolExecutor(processes) as pool:
        waiting = deque(pool.submit(task, *batch) for batch in islice(batches, 2 * processes))
        while waiting:
            yield waiting.popleft().result()
            if time.monotonic() < end and (batch := next(batches, None)):
                waiting.append(pool.submit(task, *batch))


def _show(page: Page) -> dict[str, Any]:
    """A page as JSON that Page takes back; its bytes as Base64."""
    body = base64.b64encode(page.body).decode() if page.body is not None else None
    return {"url": page.url, "charset": page.charset, "body": body, "html": page.html, "text": page.text}


def to_markdown(result: dict[str, Any]) -> str:
    """The summary."""
    pages = result["pages"]
    outcomes = [f"| {outcome} | {count:,} | {count / pages:.1%} |" for outcome, count in result["outcomes"].items()]
    faults = [f"- {fault} ({found['characters']:,} characters)" for fault, found in result["faults"].items()]
    slowest = ", ".join(f"{seconds:.2f}" for seconds, _ in result["slowest"])
    versions = ", ".join(f"{name} {version}" for name, version in sorted(result["versions"].items()))
    return "\n".join(
        [
            f"## Fuzz: {pages:,} mutated pages, {len(result['faults'])} faults",
            "",
            f"From {result['seeds']} pages, seed {result['seed']}, {result['seconds']:.0f} s. Every page was encoded, "
            f"decoded again by the types, restored, its removals and links looked up, its HTML's tags compared with "
            f"those allowed; every {SCHEMA_EVERY}th was held against the schema file by jsonschema as well. Warnings "
            "of numpy count as errors.",
            "",
            "| What came of it | pages | share |",
            "|---|---|---|",
            *outcomes,
            "",
            f"Slowest, in seconds of processor time: {slowest}.",
            "",
            *(faults or ["No exception but UnsupportedPage, no hang, nothing invalid."]),
            "",
            f"{result['machine']}; Python {result['python']}; {result['created'][:10]}; {versions}",
            "",
        ]
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, fuzz, print, write; exit code 1 if anything is wrong."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, nargs="*", help="folders with html/, whose pages are mutated too")
    parser.add_argument("--pages", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--minutes", type=float, default=math.inf, help="begin no batch after so long")
    parser.add_argument("--out", type=Path, help="folder for fuzz.md, and fuzz-faults.json if there are any")
    chosen = parser.parse_args(arguments)
    result = fuzz(chosen.pages, chosen.seed, chosen.processes, chosen.data, chosen.minutes)
    table = to_markdown(result)
    print(table)
    if chosen.out:
        chosen.out.mkdir(parents=True, exist_ok=True)
        (chosen.out / "fuzz.md").write_text(table, encoding="utf-8", errors="backslashreplace")
        if result["faults"]:
            (chosen.out / "fuzz-faults.json").write_text(json.dumps(result["faults"], indent=1), encoding="utf-8")
    if result["faults"]:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
