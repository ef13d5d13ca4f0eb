"""The pages a system does worst on: `python -m bench.quality.worst DATA PREDICTIONS.json [--count 25]`.

For each page, its scores, how many words were expected and found, and the longest lines that are too much and that are
missing: enough to see why, with the page beside it.
"""

import argparse
import json
import re
from collections import Counter
from pathlib import Path

from bench.quality.dataset import read_truth
from bench.quality.score import score_page

SHOWN = 110  # characters of a line
LINES = 3  # of each sort
FOREIGN = 0.3  # of a line's words may stand in the other text, for it to count as not there


def main() -> None:
    """Print them, the worst first."""
    parser = argparse.ArgumentParser(prog="python -m bench.quality.worst", description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("predictions", type=Path)
    parser.add_argument("--kind", default="article")
    parser.add_argument("--count", type=int, default=25)
    chosen = parser.parse_args()
    pages = json.loads(chosen.predictions.read_text(encoding="utf-8"))["pages"]
    truths = {name: read_truth(chosen.data, name) for name in pages}
    scores = {name: score_page(pages[name]["text"], truth.text) for name, truth in truths.items()}
    names = sorted((n for n in pages if truths[n].kind == chosen.kind), key=lambda n: scores[n].f1)
    for name in names[: chosen.count]:
        score, found, wanted = scores[name], pages[name]["text"], truths[name].text
        print(f"{name}  F1 {score.f1:.3f}  P {score.precision:.3f}  R {score.recall:.3f}  {truths[name].url}")
        print(f"    {len(wanted.split()):,} words expected, {len(found.split()):,} found")
        for sign, one, other in (("+", found, wanted), ("-", wanted, found)):
            for line in find_foreign(one, other):
                print(f"    {sign} {line}")


def find_foreign(text: str, other: str) -> list[str]:
    """The longest lines of a text whose words the other hardly has, in order, shortened.

    >>> find_foreign("one two\\nthree four five", "six two one")
    ['three four five']
    """
    there = Counter(re.findall(r"\w+", other.lower()))
    lines: list[str] = []
    for line in text.split("\n"):
        words = Counter(re.findall(r"\w+", line.lower()))
        shared = words & there
        there -= shared
        if words and shared.total() <= FOREIGN * words.total():
            lines.append(line)
    longest = set(sorted(lines, key=len, reverse=True)[:LINES])
    return [line[:SHOWN] for line in lines if line in longest]


if __name__ == "__main__":
    main()
