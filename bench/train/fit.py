"""Labelled pages to a model: forests of oblivious trees, fitted by CatBoost, kept as plain arrays."""

import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from catboost import CatBoostClassifier
from numpy.typing import NDArray

from bench.train.dataset import Example
from clearwell.extraction.model import Model, Trees
from clearwell.extraction.page_type import NOT_PUBLISHED, PAGE_TYPES

THREADS = 2
PAGE_WEIGHT = 8.0  # of all blocks of a page together, where pages count alike
OTHERS_WEIGHT = 2.0  # of pages that are no articles, among which the second model is used


class Settings(NamedTuple):
    """How a forest is grown; `by_page` weighs all pages alike, else longer pages weigh more."""

    trees: int
    rate: float
    seed: int
    by_page: bool


# Two unlike forests judge articles: one that counts every page alike, one that counts text.
ARTICLE = (Settings(220, 0.12, 1, True), Settings(220, 0.12, 2, False))
PAGE = (Settings(260, 0.14, 3, True), Settings(260, 0.14, 5, False), Settings(260, 0.14, 6, True))
PAGE_CONFIDENCE = 0.85  # what its log odds are worth on pages it never saw; WCXB dev, out of fold, 2026-11
TYPE = Settings(150, 0.1, 4, True)
OTHER = tuple(Settings(200, 0.07, seed, True) for seed in (7, 8, 9))  # three, since few pages decide much

_SHARED: dict[str, Any] = {
    "border_count": 32,
    "l2_leaf_reg": 5,
    "rsm": 0.25,
    "verbose": 0,
    "thread_count": THREADS,
    "allow_writing_files": False,
}


def fit(examples: Sequence[Example]) -> dict[str, NDArray[Any]]:
    """Fit all forests, as arrays that clearwell.extraction.model reads.

    Seeded: the same examples give the same arrays on the same machine and library.
    """
    articles = [example for example in examples if example.kind == "article"]
    grown = (
        Model._fields,
        (
            average([_fit_blocks(articles, settings) for settings in ARTICLE]),
            _scale(average([_fit_blocks(examples, settings) for settings in PAGE]), PAGE_CONFIDENCE),
            _fit_type(examples),
            average([_fit_other(examples, settings) for settings in OTHER]),
        ),
    )
    return {f"{name}.{field}": a for name, trees in zip(*grown, strict=True) for field, a in trees._asdict().items()}


def average(forests: Sequence[Trees]) -> Trees:
    """The trees of several forests, which together give the mean of what these give."""
    share = np.float32(1 / len(forests))
    return Trees(
        np.concatenate([forest.features for forest in forests]),
        np.concatenate([forest.borders for forest in forests]),
        np.concatenate([forest.leaves * share for forest in forests]),
        np.sum([forest.bias * share for forest in forests], axis=0, dtype=np.float32),
    )


def _scale(trees: Trees, share: float) -> Trees:
    """Trees that are less sure."""
    return trees._replace(leaves=trees.leaves * np.float32(share), bias=trees.bias * np.float32(share))


def _fit_blocks(examples: Sequence[Example], settings: Settings) -> Trees:
    rows = np.concatenate([example.blocks.T for example in examples])
    labels = np.concatenate([example.labels for example in examples])
    counts = Counter(example.data for example in examples)
    worth = {data: (max(counts.values()) / count) ** 0.5 for data, count in counts.items()}  # small sets count more
    weights = np.concatenate([_weigh(example, settings.by_page) * worth[example.data] for example in examples])
    trainer = CatBoostClassifier(
        loss_function="CrossEntropy",
        iterations=settings.trees,
        learning_rate=settings.rate,
        random_seed=settings.seed,
        depth=6,
        **_SHARED,
    )
    trainer.fit(rows, labels, sample_weight=weights)
    return _to_trees(trainer)


def _weigh(example: Example, by_page: bool) -> NDArray[np.float64]:
    sizes = example.sizes.astype(np.float64)
    page = 1.0 if example.kind == "article" else OTHERS_WEIGHT
    if not by_page:
        return np.asarray((sizes + 1) ** 0.6 / (sizes.sum() + 50) ** 0.5 * page)
    weights = (sizes + 2) ** 0.7
    return np.asarray(weights / weights.sum() * PAGE_WEIGHT * page)


def _fit_type(examples: Sequence[Example]) -> Trees:
    trainer = CatBoostClassifier(
        loss_function="MultiClass",
        iterations=TYPE.trees,
        learning_rate=TYPE.rate,
        random_seed=TYPE.seed,
        depth=4,
        classes_count=len(PAGE_TYPES),
        **_SHARED | {"rsm": 0.5, "l2_leaf_reg": 10},
    )
    kinds = [PAGE_TYPES.index(example.kind) for example in examples]  # type: ignore[arg-type]
    trainer.fit(np.stack([example.page for example in examples]), kinds)
    return _to_trees(trainer)


def _fit_other(examples: Sequence[Example], settings: Settings) -> Trees:
    """Whether a page is of a kind that is not published: one question is answered better than which of seven it is."""
    trainer = CatBoostClassifier(
        loss_function="Logloss",
        iterations=settings.trees,
        learning_rate=settings.rate,
        random_seed=settings.seed,
        depth=4,
        **_SHARED | {"rsm": 0.5, "l2_leaf_reg": 10},
    )
    trainer.fit(np.stack([example.page for example in examples]), [e.kind in NOT_PUBLISHED for e in examples])
    return _to_trees(trainer)


def _to_trees(trainer: CatBoostClassifier) -> Trees:
    """The trees in CatBoost's own JSON: bit k of a leaf's number answers split k."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        trainer.save_model(str(path), format="json")
        model = json.loads(path.read_text())
    trees = model["oblivious_trees"]
    depth = max(len(tree["splits"] or ()) for tree in trees)
    scale, bias = model["scale_and_bias"]
    features = np.zeros((len(trees), depth), np.uint16)
    borders = np.full((len(trees), depth), np.inf, np.float32)  # where a tree asks less: never answered yes
    leaves = np.zeros((len(trees), 2**depth, len(bias)), np.float32)
    for number, tree in enumerate(trees):
        for bit, split in enumerate(tree["splits"] or ()):
            features[number, bit] = split["float_feature_index"]
            borders[number, bit] = split["border"]
        values = np.array(tree["leaf_values"], np.float32).reshape(-1, len(bias)) * scale
        leaves[number, : len(values)] = values
    return Trees(features, borders, leaves, np.array(bias, np.float32))
