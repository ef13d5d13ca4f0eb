"""Make a dirty set: `python -m bench.quality.farms DATA SITES OUT [--skip TRUTH] [--pages 220] [--seed 1]`.

DATA is a data set laid out as WCXB is, SITES a table of invented farm sites (a.toml: to look at; b.toml: blind, only
its totals are read), OUT a folder for pages, originals, texts and truth as `bench.quality.dirty` takes them; the pages
hold DATA's texts, so they stay outside of the repository.  TRUTH is the truth of another dirty set, whose pages are
left out.  The same seed gives the same set.
"""

import argparse
import gzip
import json
import random
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bench.quality.dataset import list_pages, read_sources, read_truth
from bench.quality.farms.dirt import Dirt, Farm
from bench.quality.farms.markup import Paragraphs, put_tail, to_html

HERE = Path(__file__).parent
MIN_SENTENCES = 8  # sentences of the truth; shorter pages have no room for dirt between them


class Base(NamedTuple):
    """A page to make dirty."""

    name: str
    title: str
    text: str
    html: str


def read_bases(data: Path, skip: set[str], count: int, rng: random.Random) -> list[Base]:
    """Article pages of the data set that have a title and sentences enough; `count` of them, in the seed's order."""
    names = [name for name in list_pages(data) if name not in skip]
    rng.shuffle(names)
    bases: list[Base] = []
    for source in read_sources(data, names):
        truth = read_truth(data, source.name)
        sentences = re.findall(r"[a-z)][.!?]\s+[A-Z]", truth.text)
        if truth.kind == "article" and truth.title and len(sentences) >= MIN_SENTENCES:
            bases.append(Base(source.name, truth.title, truth.text, source.html))
        if len(bases) == count:
            break
    return bases


def make_page(base: Base, farm: Farm, rng: random.Random) -> tuple[dict[str, Any], list[dict[str, str]]] | None:
    """A page's truth and its lines for the three files; None where its markup does not hold the truth's sentences."""
    url = f"http://{farm.name}/p/{base.name}.html"
    paragraphs = Paragraphs(base.html, base.text)
    original = to_html(paragraphs.tree)
    if len(paragraphs.found) < MIN_SENTENCES // 2:
        return None
    dirt = Dirt(farm, rng)
    paragraphs.put_in(dirt)
    put_tail(paragraphs.last, dirt.make_tail(base.name), farm.tail, rng)
    flat = Dirt(farm, rng)
    text = flat.into_text(" ".join(base.text.split()), base.name)
    truth = {
        "site": farm.name,
        "main_content": base.text,
        "clean_text": " ".join(base.text.split()),
        "injected": dirt.injected(),
        "text_injected": flat.injected(),
    }
    lines = [{"html": to_html(paragraphs.tree)}, {"html": original}, {"text": text}]
    return truth, [{"id": base.name, "url": url, "site": farm.name, **line} for line in lines]


def make_set(bases: list[Base], farms: list[Farm], rng: random.Random) -> Iterator[tuple[dict[str, Any], Any]]:
    """All pages, the farms in turn."""
    for number, base in enumerate(bases):
        page = make_page(base, farms[number % len(farms)], rng)
        if page:
            yield page


def write_lines(path: Path, lines: list[dict[str, str]]) -> None:
    """One file of pages."""
    with gzip.open(path, "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, make the set, write it, print how much dirt of which category there is."""
    parser = argparse.ArgumentParser(prog="python -m bench.quality.farms", description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("sites", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--skip", type=Path, help="truth.json.gz of another dirty set")
    parser.add_argument("--pages", type=int, default=220)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    rng = random.Random(chosen.seed)
    skip = set(json.loads(gzip.decompress(chosen.skip.read_bytes()))) if chosen.skip else set()
    bases = read_bases(chosen.data, skip, chosen.pages, rng)
    others = [(base.name, base.title, " ".join(base.text.split())) for base in bases]
    farms = [Farm(others=others, **site) for site in tomllib.loads(chosen.sites.read_text("utf-8"))["site"]]
    pages = list(make_set(bases, farms, rng))
    chosen.out.mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(("pages", "originals", "texts")):
        write_lines(chosen.out / f"{name}.jsonl.gz", [lines[number] for _, lines in pages])
    truth = {lines[0]["id"]: known for known, lines in pages}
    (chosen.out / "truth.json.gz").write_bytes(gzip.compress(json.dumps(truth).encode()))
    made: Counter[str] = Counter()
    for known in truth.values():
        for entry in known["injected"]:
            made[entry["category"] + ("-novel" if entry["novel"] else "")] += entry["count"]
    print(f"{len(truth)} pages of {len(farms)} sites: " + ", ".join(f"{count} {name}" for name, count in made.items()))


if __name__ == "__main__":
    main()
