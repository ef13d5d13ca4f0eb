"""Score predictions: `python -m bench.quality.score DATA PREDICTIONS.json`.

The measure is that of WCXB: word F1 of each page over token multisets, then the mean over pages, by page type, with a
bootstrap interval of the mean (95 %, seeded).
"""

import json
import random
import re
import statistics
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

RESAMPLES = 1_000
SEED = 2026


class Score(NamedTuple):
    """Word F1, precision and recall of one page, 0 to 1."""

    f1: float
    precision: float
    recall: float


def score_page(predicted: str, truth: str) -> Score:
    """Compare two texts as multisets of words.

    >>> score_page("a b c", "a b d e").f1
    0.5714285714285714
    """
    found, wanted = (Counter(re.findall(r"\w+", text.lower())) for text in (predicted, truth))
    if not found or not wanted:
        return Score(*[float(not found and not wanted)] * 3)
    common = (found & wanted).total()
    precision, recall = common / found.total(), common / wanted.total()
    return Score(2 * precision * recall / (precision + recall) if common else 0.0, precision, recall)


def interval(values: list[float]) -> float:
    """Half the width of the 95 % bootstrap interval of the mean."""
    chance = random.Random(SEED)
    means = sorted(statistics.fmean(chance.choices(values, k=len(values))) for _ in range(RESAMPLES))
    return (means[int(RESAMPLES * 0.975)] - means[int(RESAMPLES * 0.025)]) / 2


def main(data: Path, predictions: Path) -> None:
    """Print one table."""
    run = json.loads(predictions.read_text())
    scores: dict[str, list[Score]] = defaultdict(list)
    for name, page in run["pages"].items():
        truth = json.loads((data / "ground-truth" / f"{name}.json").read_text())
        kind = truth["_internal"]["page_type"]["primary"]
        scores[kind].append(score_page(page["text"], truth["ground_truth"].get("main_content") or ""))
    times = sorted(page["milliseconds"] for page in run["pages"].values())
    print(f"{run['system']}, Python {run['python']}, {len(times)} pages")
    mean, median, p95 = statistics.fmean(times), statistics.median(times), times[int(len(times) * 0.95)]
    print(f"ms a page: mean {mean:.1f}, median {median:.1f}, p95 {p95:.1f}")
    print(f"{'page type':16}{'pages':>6}{'F1':>8}{'+-':>7}{'prec.':>8}{'recall':>8}")
    for kind, values in sorted(scores.items()):
        f1, precision, recall = (statistics.fmean(column) for column in zip(*values, strict=True))
        spread = interval([value.f1 for value in values])
        print(f"{kind:16}{len(values):6}{f1:8.4f}{spread:7.4f}{precision:8.4f}{recall:8.4f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
