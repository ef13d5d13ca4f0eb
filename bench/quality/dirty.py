"""How much dirt stays, how much of the article goes: `python -m bench.quality.dirty DATA [--out FOLDER]`.

DATA is a folder of real pages made dirty with a known answer: pages.jsonl.gz, originals.jsonl.gz (the same pages
before), texts.jsonl.gz (flattened and made dirty), truth.json.gz.  Every system runs over the pages and the originals,
Clearwell over the texts too, once with what its site memory learns from the set and once without.  Predictions, {id:
text}, go to bench/predictions/DATA/dirty/, where any scorer can read them.

The measure, as the set's own scorer has it: residue is the share of injected strings that are still there, by category
(novel: notices that hold no word of rights); lost and gained are words against the same system's own output on the
page before it was made dirty (for texts: against the clean text); exact is the share of pages that come out the same.
Clearwell's model saw these pages, made dirty by other means, when it was trained: what it loses is compared with its
own output, but how well it does on pages that it never saw is for other sets to tell.
"""

import argparse
import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.quality.dataset import Source, name_of
from bench.quality.predict import predict_page, quieten
from bench.quality.stamp import stamp, use_no_network, use_one_core
from bench.quality.systems import SYSTEMS
from bench.quality.table import align
from clearwell import Page, clean
from clearwell.cleaning.memory import SiteMemory
from clearwell.errors import UnsupportedPage
from clearwell.extraction.extract import extract
from clearwell.site import Site

PREDICTIONS = Path(__file__).parents[1] / "predictions"
PEERS = tuple(name for name in SYSTEMS if name not in ("clearwell", "htmldate"))
CATEGORIES = (  # order of the table
    *("watermark", "watermark-novel", "nav", "teaser", "also", "listing", "cta"),
    *("credit", "residue", "spam"),  # sets of `bench.quality.farms` only
)

Lines = list[dict[str, str]]
Texts = dict[str, str]


def read_lines(path: Path) -> Lines:
    """The pages of one file."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def to_page(line: dict[str, str]) -> Page:
    """A line's page, with or without markup."""
    return Page(url=line["url"], html=line.get("html"), text=line.get("text"))


def clean_lines(lines: Lines, learn: bool) -> Texts:
    """What Clearwell publishes of each page; with `learn`, after it has seen all pages of the set."""
    memories: dict[str, SiteMemory] = defaultdict(SiteMemory)
    for line in lines if learn else ():
        memories[line["site"]] = memories[line["site"]].observe(extract(to_page(line)).document, line["url"])
    return {line["id"]: _clean(line, memories[line["site"]]) for line in lines}


def _clean(line: dict[str, str], memory: SiteMemory) -> str:
    try:
        return clean(to_page(line), Site(name=line["site"]), memory).articleBody
    except UnsupportedPage:
        return ""


def run_peer(name: str) -> Callable[[Lines], Texts]:
    """What one of the other systems makes of each page."""
    system = SYSTEMS[name].make()

    def run(lines: Lines) -> Texts:
        sources = (Source(line["id"], line["url"], line["html"].encode(), line["html"]) for line in lines)
        return {source.name: predict_page(system, source)["text"] for source in sources}

    return run


def score(truth: dict[str, Any], dirty: Texts, clean_texts: Texts, injected: str) -> dict[str, float]:
    """Residue by category, words lost and gained, pages that come out the same; all shares of 1.

    >>> truth = {"a": {"injected": [{"text": "Buy now", "category": "cta", "count": 2, "novel": False}]}}
    >>> scores = score(truth, {"a": "Rest. Buy now"}, {"a": "Rest well."}, "injected")
    >>> scores["cta"], scores["lost"], scores["gained"], scores["exact"]
    (0.5, 0.5, 1.0, 0.0)
    """
    made: Counter[str] = Counter()
    left: Counter[str] = Counter()
    lost = gained = total = exact = 0
    for page, known in truth.items():
        out, want = _squeeze(dirty.get(page, "")), _squeeze(clean_texts.get(page, ""))
        for entry in known[injected]:
            category = entry["category"] + ("-novel" if entry["novel"] else "")
            made[category] += entry["count"]
            left[category] += min(entry["count"], out.count(_squeeze(entry["text"])))
        wanted, found = (Counter(re.findall(r"\w+", text.lower())) for text in (want, out))
        lost += (wanted - found).total()
        gained += (found - wanted).total()
        total += wanted.total()
        exact += want == out
    shares = {category: left[category] / made[category] for category in made}
    words = {"lost": lost / max(total, 1), "gained": gained / max(total, 1), "exact": exact / len(truth)}
    return {**shares, "all": left.total() / max(made.total(), 1), **words}


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def measure(data: Path, peers: tuple[str, ...] = PEERS) -> dict[str, Any]:
    """Run Clearwell and its peers, keep their predictions, score them."""
    with gzip.open(data / "truth.json.gz", "rt", encoding="utf-8") as stream:
        truth = json.load(stream)
    pages, originals, texts = (read_lines(data / f"{name}.jsonl.gz") for name in ("pages", "originals", "texts"))
    ours = {"clearwell": True, "clearwell without memory": False}
    systems: dict[str, Callable[[Lines], Texts]] = {
        name: (lambda lines, learn=learn: clean_lines(lines, learn)) for name, learn in ours.items()
    }
    systems |= {name: run_peer(name) for name in peers}
    out = PREDICTIONS / name_of(data) / "dirty"
    html, flat = {}, {}
    for name, run in systems.items():
        dirty, before = _keep(out, f"{name}-pages", run(pages)), _keep(out, f"{name}-originals", run(originals))
        html[name] = score(truth, dirty, before, "injected")
        if name in ours:
            wanted = {page: known["clean_text"] for page, known in truth.items()}
            flat[name] = score(truth, _keep(out, f"{name}-texts", run(texts)), wanted, "text_injected")
        print(f"{name}: {html[name]['all']:.2%} of the dirt left", flush=True)
    distributions = sorted({part for name in ("clearwell", *peers) for part in SYSTEMS[name].distributions})
    return {**stamp(tuple(distributions)), "data": name_of(data), "pages": len(truth), "html": html, "texts": flat}


def _keep(folder: Path, name: str, texts: Texts) -> Texts:
    """Write predictions down; they hold the pages' texts, so git leaves them alone."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name.replace(' ', '-')}.json").write_text(json.dumps(texts), encoding="utf-8")
    return texts


def to_markdown(result: dict[str, Any]) -> str:
    """A table for pages and one for texts: a line a system."""
    parts = [f"## {result['data']}: {result['pages']} pages made dirty"]
    for form, systems in (("Pages", result["html"]), ("Flattened texts", result["texts"])):
        categories = [name for name in CATEGORIES if name in next(iter(systems.values()))]
        rows = [[form, *categories, "all", "words lost", "words gained", "exact"]]
        for name, found in systems.items():
            shares = [f"{found[key]:.2%}" for key in (*categories, "all", "lost", "gained")]
            rows.append([name, *shares, f"{found['exact']:.1%}"])
        parts.append("\n".join(align(rows)))
    versions = ", ".join(f"{name} {version}" for name, version in sorted(result["versions"].items()))
    return "\n\n".join([*parts, f"{result['machine']}; {result['created'][:10]}; {versions}"]) + "\n"


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m bench.quality.dirty", description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, help="folder with pages, originals, texts and truth")
    parser.add_argument("--out", type=Path, help="folder for NAME.json and NAME.md")
    parser.add_argument("--alone", action="store_true", help="Clearwell alone, without its peers")
    chosen = parser.parse_args(arguments)
    quieten()
    use_one_core()
    use_no_network()
    result = measure(chosen.data, () if chosen.alone else PEERS)
    table = to_markdown(result)
    print(table, flush=True)
    if chosen.out:
        chosen.out.mkdir(parents=True, exist_ok=True)
        (chosen.out / f"{result['data']}.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
        (chosen.out / f"{result['data']}.md").write_text(table, encoding="utf-8")


if __name__ == "__main__":
    main()
