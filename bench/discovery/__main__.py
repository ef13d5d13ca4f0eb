"""Measure the judgement of addresses and of links: `python -m bench.discovery ../shared/wcxb/dev`.

Addresses: those of WCXB dev, articles against all other kinds; the weights are fitted out of fold (ten folds,
seeded) and once to all, which is where those of clearwell/discovery/article_urls.py come from.  Links: those of 26
listing pages of the same set to their own hosts, labelled by a pattern a page (labels.json, by hand, 2026-11-25).  The
words and the weights of places were chosen while looking at some of these pages: no estimate for unseen sites.
"""

import gzip
import json
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np

from clearwell.discovery.addresses import host_without_www
from clearwell.discovery.article_urls import BASE, WEIGHTS, describe_address, judge_address
from clearwell.discovery.listings import read_listing
from clearwell.discovery.shapes import split_address

FOLDS = 10
SEED = 20261125
RIDGE = 1.0  # weight of the penalty on large weights
LABELS = Path(__file__).with_name("labels.json")


def read_addresses(data: Path) -> list[tuple[str, str, str]]:
    """Number, kind and address of the set's pages that have one."""
    rows = []
    for path in sorted((data / "ground-truth").glob("*.json")):
        truth = json.loads(path.read_bytes())
        if truth.get("url"):
            rows.append((path.stem, truth["_internal"]["page_type"]["primary"], truth["url"]))
    return rows


def fit(features: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Logistic regression by Newton's method; the first weight is the constant."""
    table = np.c_[np.ones(len(features)), features]
    penalty = np.r_[0, np.full(features.shape[1], RIDGE)]
    weights = np.zeros(table.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (chance - wanted) + penalty * weights
        weights -= np.linalg.solve((table.T * (chance * (1 - chance))) @ table + np.diag(penalty), slope)
    return weights


def measure_addresses(rows: list[tuple[str, str, str]]) -> None:
    """Print the weights fitted to all, and precision and recall: fitted out of fold, and as the product judges."""
    verdicts = [judge_address(url) for _, _, url in rows]
    is_article = np.array([kind == "article" for _, kind, _ in rows])
    settled = np.array([bool(verdict.why) or verdict.kind in ("sitemap", "feed") for verdict in verdicts])
    names = list(WEIGHTS)
    described = [describe_address(*split_address(url)) for _, _, url in rows]
    features = np.array([[some.get(name, 0) for name in names] for some in described], float)
    weights = fit(features[~settled], is_article[~settled])
    print(
        f"{len(rows)} addresses; words settle {settled.sum()}, {(settled & is_article).sum()} of them articles' (lost)"
    )
    print("\n| weight | fitted | used |\n|---|---|---|")
    for name, fitted in zip(["constant", *names], weights, strict=True):
        print(f"| {name} | {fitted:.2f} | {WEIGHTS.get(name, BASE):.1f} |")
    fold = np.random.default_rng(SEED).integers(0, FOLDS, len(rows))
    out_of_fold = np.zeros(len(rows))
    for number in range(FOLDS):
        learned = fit(features[(fold != number) & ~settled], is_article[(fold != number) & ~settled])
        here = (fold == number) & ~settled
        out_of_fold[here] = 1 / (1 + np.exp(-(np.c_[np.ones(here.sum()), features[here]] @ learned)))
    used = np.where(settled, 0, [verdict.score for verdict in verdicts])
    print("\n| taken from | fitted, out of fold: precision, recall | as used: precision, recall |\n|---|---|---|")
    for bound in (0.25, 0.4, 0.5, 0.6):
        pairs = [_precision_recall(scores >= bound, is_article) for scores in (out_of_fold, used)]
        print(f"| {bound} | " + " | ".join(f"{precision:.3f}, {recall:.3f}" for precision, recall in pairs) + " |")


def measure_links(rows: list[tuple[str, str, str]], data: Path) -> None:
    """Print precision and recall of the links of listing pages: taken as articles, or at least not as lists or less."""
    addresses = {number: url for number, _, url in rows}
    labels: dict[str, str] = json.loads(LABELS.read_text())
    totals = np.zeros(5, int)
    print("\n| page | articles | found, sure | found, perhaps | others taken, sure | others taken, perhaps |")
    print("|---|---|---|---|---|---|")
    for number, pattern in labels.items():
        url = addresses[number]
        body = gzip.decompress((data / "html" / f"{number}.html.gz").read_bytes())
        leads = [lead for lead in read_listing(body, url).leads if host_without_www(lead.url) == host_without_www(url)]
        wanted = [lead for lead in leads if re.search(pattern, urlsplit(lead.url).path)]
        others = [lead for lead in leads if lead not in wanted]
        counts = [sum(lead.kind in kinds for lead in some) for some in (wanted, others)
                  for kinds in (("article",), ("article", "either"))]  # fmt: skip
        totals += np.array([len(wanted), *counts])
        print(f"| {host_without_www(url)} | {len(wanted)} | " + " | ".join(map(str, counts)) + " |")
    articles, sure, perhaps, false, doubtful = totals
    print(f"| all | {articles} | {sure} | {perhaps} | {false} | {doubtful} |")
    print(f"\nsure: precision {sure / (sure + false):.3f}, recall {sure / articles:.3f}; ", end="")
    print(f"with perhaps: precision {perhaps / (perhaps + doubtful):.3f}, recall {perhaps / articles:.3f}")


def _precision_recall(taken: np.ndarray, wanted: np.ndarray) -> tuple[float, float]:
    return (taken & wanted).sum() / taken.sum(), (taken & wanted).sum() / wanted.sum()


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    print("# Addresses and links of articles\n")
    print("Written by `python -m bench.discovery SET > bench/results/discovery.md`; what is measured stands at the top")
    print("of bench/discovery/__main__.py. The weights and words were chosen while looking at some of these pages.\n")
    pages = read_addresses(folder)
    measure_addresses(pages)
    measure_links(pages, folder)
