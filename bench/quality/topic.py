"""How well the health score tells health from the rest: `python -m bench.quality.topic DATA... [--out FOLDER]`.

The pages are those labelled by hand in health_labels.tsv.  For each fold of sites (those of bench.train) the three
fitted numbers of clearwell/topic.py are fitted to the other folds, and the fold's pages are scored with them.  Prints
precision and recall by threshold, with and without the pages whose label can be argued about, the wrong pages, what
the texts of our own writing in tests/cases/topic.json get from the numbers that are shipped, and the cost.
"""

import argparse
import json
import time
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench.quality.dataset import list_pages, name_of, read_sources
from bench.quality.stamp import stamp, use_no_network
from bench.quality.table import align
from bench.train.dataset import domain_of, fold_of
from clearwell import Article, Page, clean, topic
from clearwell.errors import UnsupportedPage

LABELS = Path(__file__).with_name("health_labels.tsv")
CASES = Path(__file__).parents[2] / "tests" / "cases" / "topic.json"
FOLDS = 4
THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
RIDGE = 0.05  # keeps the fit finite where a fold's pages can be told apart without a mistake
STEPS = 50
REPEATS = 5  # of the timing

Floats = NDArray[np.float64]


class Label(NamedTuple):
    """What a person says of a page: about health or not, and whether another person might say otherwise."""

    is_health: bool
    is_borderline: bool


class Scored(NamedTuple):
    """A labelled page with its out-of-fold score."""

    data: str
    name: str
    label: Label
    score: float


def read_labels(path: Path = LABELS) -> dict[tuple[str, str], Label]:
    """The labels by data set and page."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    return {(row[0], row[1]): Label(row[2] == "1", row[3:] == ["?"]) for row in rows}


def read_articles(data: Path, wanted: set[str]) -> dict[str, Article]:
    """The cleaned articles of a data set's labelled pages; what is no page at all is left out."""
    found = {}
    for source in read_sources(data, [name for name in list_pages(data) if name in wanted]):
        try:
            found[source.name] = clean(Page(body=source.body, url=source.url))
        except UnsupportedPage:
            continue
    return found


def sum_evidence(article: Article) -> tuple[float, float, float]:
    """One, and the weights that the body and the title with the labels give: what the fitted numbers multiply."""
    evidence = list(topic.find_evidence(topic.describe(article)))
    return 1.0, sum(e.weight * e.body for e in evidence), sum(e.weight * e.named for e in evidence)


def fit(rows: Floats, labels: Floats) -> Floats:
    """Bias, body and title of a logistic regression with a small ridge, by Newton's method."""
    found = np.zeros(rows.shape[1])
    ridge = RIDGE * np.diag([0.0, 1.0, 1.0])
    for _ in range(STEPS):
        chance = predict(rows, found)
        slope = rows.T @ (chance - labels) + ridge @ found
        found -= np.linalg.solve((rows.T * (chance * (1 - chance))) @ rows + ridge, slope)
    return found


def predict(rows: Floats, fitted: Floats) -> Floats:
    """Probabilities of health."""
    return 1 / (1 + np.exp(-rows @ fitted))


def cross_validate(rows: Floats, labels: Floats, folds: NDArray[np.int64]) -> Floats:
    """For each page the score from numbers fitted to other sites' pages."""
    scores = np.zeros(len(labels))
    for fold in range(FOLDS):
        inside = folds == fold
        scores[inside] = predict(rows[inside], fit(rows[~inside], labels[~inside]))
    return scores


def rate(pages: list[Scored], threshold: float) -> tuple[float, float]:
    """Precision and recall of health at a threshold; 1 where there is nothing to find or nothing found."""
    taken = [page.label.is_health for page in pages if page.score >= threshold]
    health = sum(page.label.is_health for page in pages)
    return sum(taken) / len(taken) if taken else 1.0, sum(taken) / health if health else 1.0


def suggest(pages: list[Scored]) -> float:
    """The threshold at which the lower one of precision and recall is highest."""
    return max(THRESHOLDS, key=lambda threshold: min(rate(pages, threshold)))


def judge_cases(cases: list[dict[str, Any]], threshold: float) -> dict[str, list[bool]]:
    """Whether each text of our own writing is judged right, by language."""
    found: dict[str, list[bool]] = {}
    for case in cases:
        article = clean(Page(html=to_html(case), url="https://farm.example/a"))
        right = (article.quality.healthScore >= threshold) == case["health"]
        found.setdefault(case["language"].partition("-")[0], []).append(right)
    return found


def to_html(case: dict[str, Any]) -> str:
    """A case as a plain page."""
    return f"<title>{case['title']}</title><article><h1>{case['title']}</h1><p>{case['text']}</p></article>"


def measure_cost(articles: list[Article]) -> dict[str, float]:
    """Milliseconds of processor time, the best of some rounds: an article, and 1,000 words of its read part."""
    subjects = [topic.describe(article) for article in articles]
    words = sum(s.words * min(1, topic.MAX_BODY / max(1, len(s.body))) for s in subjects)
    taken = []
    for _ in range(REPEATS):
        begun = time.process_time()
        for subject in subjects:
            topic.score_health(subject)
        taken.append(1000 * (time.process_time() - begun))
    return {"article": min(taken) / len(subjects), "1,000 words": 1000 * min(taken) / words}


def to_markdown(result: dict[str, Any]) -> str:
    """The results as a page."""
    counts = ", ".join(f"{name}: {told}" for name, told in result["pages"].items())
    parts = [f"## The health score, out of fold\n\n{counts}."]
    for title, curve in result["curves"].items():
        table = [["threshold", "precision", "recall"], *([f"{t:.1f}", f"{p:.3f}", f"{r:.3f}"] for t, p, r in curve)]
        parts.append("\n".join((f"{title}\n", *align(table))))
    parts.append(f"Suggested threshold: {result['suggested']}, where the lower one of the two is highest.")
    wrong = [["set", "page", "health", "borderline", "score"], *result["wrong"]]
    parts.append("\n".join(("Wrong at that threshold:\n", *align(wrong))))
    languages = ", ".join(f"{name} {right} of {of}" for name, (right, of) in result["cases"].items())
    right, of = (sum(column) for column in zip(*result["cases"].values(), strict=True))
    parts.append(f"Texts of our own writing, with the shipped numbers: {right} of {of} right ({languages}).")
    fitted = ", ".join(f"{name} {value:.2f}" for name, value in result["fitted"].items())
    parts.append(f"Fitted to all pages: {fitted}.")
    cost = ", ".join(f"{value:.2f} ms for {name}" for name, value in result["cost"].items())
    parts.append(f"Processor time: {cost}.")
    return "\n\n".join(parts) + "\n"


def measure(folders: list[Path], labels: dict[tuple[str, str], Label]) -> dict[str, Any]:
    """Everything that the results hold."""
    articles: dict[tuple[str, str], Article] = {}
    for data in folders:
        wanted = {page for name, page in labels if name == name_of(data)}
        articles |= {(name_of(data), page): article for page, article in read_articles(data, wanted).items()}
    rows = np.array([sum_evidence(article) for article in articles.values()])
    truth = np.array([float(labels[key].is_health) for key in articles])
    folds = np.array([fold_of(domain_of(article.url, key[1]), FOLDS) for key, article in articles.items()])
    scores = cross_validate(rows, truth, folds)
    pages = [Scored(*key, labels[key], float(score)) for key, score in zip(articles, scores, strict=True)]
    return describe(pages) | {
        "cases": {name: (sum(right), len(right)) for name, right in judge_cases(read_cases(), suggest(pages)).items()},
        "fitted": dict(zip(("BIAS", "BODY", "TITLE"), fit(rows, truth).tolist(), strict=True)),
        "cost": measure_cost(list(articles.values())),
    }


def read_cases() -> list[dict[str, Any]]:
    """The texts of our own writing."""
    cases: list[dict[str, Any]] = json.loads(CASES.read_text(encoding="utf-8"))
    return cases


def describe(pages: list[Scored]) -> dict[str, Any]:
    """Curves with and without borderline pages, for all data sets and each; the suggested threshold; what is wrong."""
    subsets = {
        "all": pages,
        **{name: [p for p in pages if p.data == name] for name in dict.fromkeys(p.data for p in pages)},
    }
    curves = {}
    for name, subset in subsets.items():
        curves[f"{name}, every page"] = subset
        curves[f"{name}, without borderline pages"] = [page for page in subset if not page.label.is_borderline]
    threshold = suggest(pages)
    wrong = [page for page in pages if (page.score >= threshold) != page.label.is_health]
    return {
        "pages": {name: _count(subset) for name, subset in subsets.items()},
        "curves": {title: [(t, *rate(subset, t)) for t in THRESHOLDS] for title, subset in curves.items()},
        "suggested": threshold,
        "wrong": [
            [p.data, p.name, str(int(p.label.is_health)), "?" if p.label.is_borderline else "", f"{p.score:.2f}"]
            for p in sorted(wrong, key=lambda page: -page.score)
        ],
    }


def _count(pages: list[Scored]) -> str:
    health = sum(page.label.is_health for page in pages)
    return f"{len(pages)} pages, {health} about health, {sum(page.label.is_borderline for page in pages)} borderline"


def main() -> None:
    """Measure, print, and write topic.json and topic.md."""
    parser = argparse.ArgumentParser(prog="python -m bench.quality.topic", description=__doc__)
    parser.add_argument("data", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "results")
    options = parser.parse_args()
    use_no_network()
    result = measure(options.data, read_labels())
    options.out.mkdir(parents=True, exist_ok=True)
    told = json.dumps(stamp(("selectolax",)) | result, indent=1, ensure_ascii=False)
    (options.out / "topic.json").write_text(told + "\n", encoding="utf-8")
    (options.out / "topic.md").write_text(to_markdown(result), encoding="utf-8")
    print(to_markdown(result))


if __name__ == "__main__":
    main()
