"""What cleaning takes from pages that need none: `python -m bench.quality.kept DATA [--out FOLDER]`.

Over the article pages of a data set: word recall and F1 against the ground truth before cleaning (the extracted
document) and after, the numbers with a unit that are gone, and the largest removals whose words stand in the ground
truth, which are printed; the results hold page, rule and size only, since the text is not ours.
"""

import argparse
import json
import re
import statistics
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from bench.quality.dataset import list_pages, name_of, read_sources, read_truth
from bench.quality.score import Score, interval, score_page
from bench.quality.stamp import stamp, use_no_network
from bench.quality.table import align
from bench.train.align import SHINGLE, find_words
from clearwell import Article, Page, clean
from clearwell.cleaning import find_removals
from clearwell.cleaning.memory import NOTHING_LEARNED
from clearwell.document import Document
from clearwell.errors import UnsupportedPage
from clearwell.extraction.extract import extract
from clearwell.site import UNKNOWN_SITE

LARGEST = 20
_NUMBER = re.compile(
    r"\d[\d.,]*[^\S\n]?(?:%|°\s?[CF]?|(?:mg|mcg|µg|g|kg|lbs?|oz|ml|cl|dl|l|litres?|liters?|cm|mm|m|km|miles?|feet|ft|inch(?:es)?"
    r"|in|hours?|hrs?|h|minutes?|mins?|min|seconds?|secs?|days?|weeks?|months?|years?|kcal|cal|calories|kj|iu|units?"
    r"|percent|cups?|tsp|tbsp|teaspoons?|tablespoons?|mmhg|bpm|mmol|w|kw|v|hz|gb|mb|dollars|usd|eur)\b)",
    re.I,
)
_find = partial(find_removals, site=UNKNOWN_SITE, memory=NOTHING_LEARNED)


class Outcome(NamedTuple):
    """One page: its scores before and after cleaning, numbers with a unit before and lost, true content removed."""

    name: str
    before: Score
    after: Score
    numbers: int
    lost: tuple[str, ...]
    taken: tuple[tuple[int, str, str], ...]  # words, rule, text


def compare(name: str, document: Document, article: Article, truth: str) -> Outcome:
    """What cleaning made of one extracted document."""
    before, after = (Counter(_NUMBER.findall(text)) for text in (document.text, article.articleBody))
    wanted = find_words(truth)
    known = {tuple(wanted[n : n + SHINGLE]) for n in range(len(wanted) - SHINGLE + 1)}
    taken = ((_shared(find_words(r.text), known), r.rule, r.text) for r in article.cleaning.removals)
    return Outcome(
        name,
        score_page(document.text, truth),
        score_page(article.articleBody, truth),
        before.total(),
        tuple((before - after).elements()),
        tuple(sorted(filter(lambda found: found[0], taken), reverse=True)),
    )


def _shared(words: list[str], known: set[tuple[str, ...]]) -> int:
    """How many of the words stand in runs that the ground truth has."""
    covered: set[int] = set()
    for start in range(len(words) - SHINGLE + 1):
        if tuple(words[start : start + SHINGLE]) in known:
            covered.update(range(start, start + SHINGLE))
    return len(covered)


def measure(data: Path, limit: int | None = None) -> list[Outcome]:
    """Every article page of a data set that becomes an article."""
    names = [name for name in list_pages(data, limit) if read_truth(data, name).kind == "article"]
    outcomes = []
    for source in read_sources(data, names):
        page = Page(url=source.url, body=source.body)
        try:
            document, article = extract(page, _find).document, clean(page)
        except UnsupportedPage:
            continue
        outcomes.append(compare(source.name, document, article, read_truth(data, source.name).text))
    return outcomes


def summarise(outcomes: list[Outcome]) -> dict[str, Any]:
    """Means over pages, with half the interval of the differences, and the largest removals of true content."""
    parts: dict[str, Any] = {}
    for part in ("recall", "f1"):
        pairs = [(getattr(o.before, part), getattr(o.after, part)) for o in outcomes]
        gains = [after - before for before, after in pairs]
        before, after = (statistics.fmean(column) for column in zip(*pairs, strict=True))
        parts[part] = {"before": before, "after": after, "gain": statistics.fmean(gains), "interval": interval(gains)}
    taken = sorted(((words, o.name, rule) for o in outcomes for words, rule, _ in o.taken), reverse=True)
    numbers = {"kept before": sum(o.numbers for o in outcomes), "lost": sum(len(o.lost) for o in outcomes)}
    return {"pages": len(outcomes), **parts, "numbers": numbers, "largest": taken[:LARGEST]}


def to_markdown(result: dict[str, Any]) -> str:
    """The figures, and the largest removals without their text."""
    rows = [["", "before", "after", "difference"]]
    for part in ("recall", "f1"):
        found = result[part]
        difference = f"{found['gain']:+.5f} ±{found['interval']:.5f}"
        rows.append([f"word {part}", f"{found['before']:.4f}", f"{found['after']:.4f}", difference])
    numbers = result["numbers"]
    largest = [["words of the ground truth", "page", "rule"], *([str(w), n, r] for w, n, r in result["largest"])]
    return (
        "\n\n".join(
            [
                f"## {result['data']}: what cleaning takes of {result['pages']} article pages",
                "\n".join(align(rows)),
                f"Numbers with a unit: {numbers['kept before']:,} before cleaning, {numbers['lost']} of them lost.",
                "\n".join(align(largest)),
                f"{result['machine']}; {result['created'][:10]}",
            ]
        )
        + "\n"
    )


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m bench.quality.kept", description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, help="folder with html/ and ground-truth/")
    parser.add_argument("--limit", type=int, help="pages, the first of the data set")
    parser.add_argument("--out", type=Path, help="folder for NAME-kept.json and NAME-kept.md")
    chosen = parser.parse_args(arguments)
    use_no_network()
    outcomes = measure(chosen.data, chosen.limit)
    result = {**stamp(("clearwell",)), "data": name_of(chosen.data), **summarise(outcomes)}
    table = to_markdown(result)
    print(table, flush=True)
    for words, name, rule, text in sorted(((w, o.name, r, t) for o in outcomes for w, r, t in o.taken), reverse=True):
        print(f"{name} {rule} {words} words: {text[:300]!r}")
    for outcome in outcomes:
        if outcome.lost:
            print(f"{outcome.name} lost {outcome.lost}")
    if chosen.out:
        chosen.out.mkdir(parents=True, exist_ok=True)
        for suffix, content in (("json", json.dumps(result, indent=1) + "\n"), ("md", table)):
            (chosen.out / f"{result['data']}-kept.{suffix}").write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
