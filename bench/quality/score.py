"""Score predictions against the ground truth: `python -m bench.quality.score DATA PREDICTIONS.json ... [--out FOLDER]`.

Any predictions file of the form that bench/quality/predict.py documents will do, whoever wrote it.  Scored are the
pages that all the files have.  Prints one table, a column a system, and with --out writes it to FOLDER/NAME.{json,md}.

The measure of text is that of WCXB: word F1 of each page over token multisets, then the mean over pages; +- is half the
95 % bootstrap interval of that mean (seeded).  A rejected page counts with the text that was extracted, a page with an
error as empty.  bench/quality/matching.py says when a title, an author or a date is right.
"""

import argparse
import functools
import json
import random
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bench.quality.dataset import Truth, name_of, read_truth
from bench.quality.matching import VERDICTS, has_site_name, judge_authors, judge_date, judge_title, normalise
from bench.quality.table import to_markdown

RESAMPLES = 1_000
SEED = 2026
REFERENCE = "trafilatura JSON"  # what differences are taken against, page by page: trafilatura at its best


class Score(NamedTuple):
    """Word F1, precision and recall of one page, 0 to 1."""

    f1: float
    precision: float
    recall: float


def score_page(predicted: str, truth: str) -> Score:
    """Compare two texts as multisets of words.

    >>> round(score_page("a b c", "a b d e").f1, 3)
    0.571
    """
    found, wanted = (Counter(re.findall(r"\w+", text.lower())) for text in (predicted, truth))
    if not found or not wanted:
        return Score(*[float(not found and not wanted)] * 3)
    common = (found & wanted).total()
    precision, recall = common / found.total(), common / wanted.total()
    return Score(2 * precision * recall / (precision + recall) if common else 0.0, precision, recall)


def interval(values: Sequence[float]) -> float:
    """Half the width of the 95 % bootstrap interval of the mean."""
    means = sorted(sum(map(values.__getitem__, draw)) for draw in _draws(len(values)))
    return (means[int(RESAMPLES * 0.975)] - means[int(RESAMPLES * 0.025)]) / 2 / len(values)


@functools.lru_cache(maxsize=16)
def _draws(count: int) -> list[list[int]]:
    """Which of `count` pages each resample draws: the same for every measure, drawn once."""
    chance = random.Random(SEED)
    return [chance.choices(range(count), k=count) for _ in range(RESAMPLES)]


def percentiles(times: Iterable[float]) -> dict[str, float] | None:
    """Mean, median and 95th percentile of times; None of none.

    >>> percentiles([4.0, 1.0, 2.0])
    {'mean': 2.3333333333333335, 'median': 2.0, 'p95': 4.0}
    """
    ordered = sorted(times)
    if not ordered:
        return None
    p95 = ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]
    return {"mean": statistics.fmean(ordered), "median": statistics.median(ordered), "p95": p95}


def score_run(
    run: dict[str, Any], truths: dict[str, Truth], reference: dict[str, Score] | None = None
) -> dict[str, Any]:
    """All measures of one system over the pages of `truths`.

    None stands where the system never answers (a text, a field) or the data set never gives a field.
    """
    pages = {name: run["pages"][name] for name in truths}
    scores = score_texts(pages, truths)
    has_text = any(page["text"] for page in pages.values())
    return {
        "system": run["system"],
        **{key: run.get(key) for key in ("versions", "python", "machine", "created")},
        "errors": sum(page["error"] is not None for page in pages.values()),
        "text": _summarise(scores, truths, reference) if has_text else None,
        "with": _share_found(pages, {name: truth.wanted for name, truth in truths.items()}) if has_text else None,
        "without": _share_found(pages, {name: truth.unwanted for name, truth in truths.items()}) if has_text else None,
        **_judge_fields(pages, truths),
        "milliseconds": percentiles(
            page["milliseconds"] for page in pages.values() if page["milliseconds"] is not None
        ),
    }


def score_texts(pages: dict[str, Any], truths: dict[str, Truth]) -> dict[str, Score]:
    """Each page's score."""
    return {name: score_page(pages[name]["text"], truth.text) for name, truth in truths.items()}


def _summarise(
    scores: dict[str, Score], truths: dict[str, Truth], reference: dict[str, Score] | None
) -> dict[str, Any]:
    kinds = defaultdict(list)
    for name, truth in truths.items():
        kinds[truth.kind].append(name)
    summary = {kind: _mean_scores([scores[name] for name in names]) for kind, names in sorted(kinds.items())}
    summary["all"] = _mean_scores(list(scores.values()))
    if reference:
        for kind, names in (("article", kinds["article"]), ("all", list(truths))):
            gains = [scores[name].f1 - reference[name].f1 for name in names]
            if gains:
                summary[kind]["gain"] = [statistics.fmean(gains), interval(gains)]
    return summary


def _mean_scores(scores: list[Score]) -> dict[str, Any]:
    """Pages, and for each measure its mean and half its interval."""
    columns = {name: [getattr(score, name) for score in scores] for name in Score._fields}
    return {"pages": len(scores)} | {name: [statistics.fmean(c), interval(c)] for name, c in columns.items()}


def _share_found(pages: dict[str, Any], snippets: dict[str, tuple[str, ...]]) -> float | None:
    """The share of all snippets that stand in their page's text, compared as titles are."""
    found = []
    for name, wanted in snippets.items():
        text = normalise(pages[name]["text"]) if wanted else ""
        found += [normalise(snippet) in text for snippet in wanted]
    return statistics.fmean(found) if found else None


def _judge_fields(pages: dict[str, Any], truths: dict[str, Truth]) -> dict[str, Any]:
    """For title, author and date: how many pages got each verdict."""
    verdicts = {
        "title": [judge_title(pages[name]["title"], truth.title) for name, truth in truths.items()],
        "author": [judge_authors(pages[name]["authors"], truth.author) for name, truth in truths.items()],
        "date": [judge_date(pages[name]["date"], truth.date) for name, truth in truths.items()],
    }
    tallies = {field: _tally(Counter(found)) for field, found in verdicts.items()}
    if tallies["title"]:
        affixed = [has_site_name(pages[name]["title"], truth.title) for name, truth in truths.items()]
        tallies["title"]["site name left on"] = sum(affixed)
    return tallies


def _tally(counts: Counter[str]) -> dict[str, Any] | None:
    given = counts["right"] + counts["wrong"] + counts["missing"]
    answered = counts["right"] + counts["wrong"] + counts["invented"]
    if not given or not answered:
        return None
    return {"given": given, "accuracy": counts["right"] / given} | {verdict: counts[verdict] for verdict in VERDICTS}


def score_all(data: Path, files: list[Path]) -> dict[str, Any]:
    """Score several predictions files of one data set over the pages they share.

    Raises SystemExit for predictions of another data set, or with no page in common.
    """
    runs = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    for file, run in zip(files, runs, strict=True):
        if run["data"] != name_of(data):
            raise SystemExit(f"{file} holds predictions of {run['data']}, not of {name_of(data)}")
    names = sorted(set.intersection(*(set(run["pages"]) for run in runs)))
    if not names:
        raise SystemExit(f"the predictions have no page in common: {', '.join(map(str, files))}")
    truths = {name: read_truth(data, name) for name in names}
    measured = [run for run in runs if run["system"] == REFERENCE]
    reference = score_texts(measured[0]["pages"], truths) if measured else None
    return {
        "data": name_of(data),
        "pages": len(names),
        "left out": max(len(run["pages"]) for run in runs) - len(names),
        "systems": [score_run(run, truths, None if run["system"] == REFERENCE else reference) for run in runs],
    }


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, score, print, write."""
    parser = argparse.ArgumentParser(prog="python -m bench.quality.score", description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, help="folder with html/ and ground-truth/")
    parser.add_argument("predictions", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, help="folder for NAME.json and NAME.md")
    chosen = parser.parse_args(arguments)
    report(chosen.data, chosen.predictions, chosen.out)


def report(data: Path, predictions: list[Path], out: Path | None) -> None:
    """Score, print the table, and write it if there is somewhere to."""
    scores = score_all(data, predictions)
    table = to_markdown(scores)
    print(table, flush=True)
    if out:
        out.mkdir(parents=True, exist_ok=True)
        (out / f"{scores['data']}.json").write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")
        (out / f"{scores['data']}.md").write_text(table, encoding="utf-8")


if __name__ == "__main__":
    main()
