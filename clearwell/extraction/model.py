"""The learned decision: forests of oblivious trees, evaluated with numpy.

In an oblivious tree all nodes of one depth ask the same question, so a tree's leaf is a number whose bits are the
answers, and a whole forest over all blocks of a page is a handful of array operations.
"""

import functools
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from clearwell.extraction.containers import Floats

CHUNK = 128  # blocks evaluated at once: what is in between stays in the cache of the processor's core; 2026-11


class Trees(NamedTuple):
    """What training gives: `features[t, d] > borders[t, d]` is the question of tree `t` at depth `d`.

    The answers, lowest bit first, number a leaf of `leaves[t]`, which has a value for each output.  What trees give is
    summed, on top of `bias`.
    """

    features: NDArray[np.uint16]  # trees x depth
    borders: Floats  # trees x depth
    leaves: Floats  # trees x 2**depth x outputs
    bias: Floats  # outputs


class Forest:
    """Trees made ready: many ask the same question, and each question is put once."""

    def __init__(self, trees: Trees) -> None:
        count, self.depth = trees.features.shape
        asked = np.stack([trees.features.ravel().astype(np.float64), trees.borders.ravel()])
        questions, places = np.unique(asked, axis=1, return_inverse=True)
        self.features = questions[0].astype(np.intp)
        self.borders = questions[1].astype(np.float32)[:, None]
        self.places = places.reshape(count, self.depth).T.ravel()  # by depth, then by tree
        self.first = (np.arange(count, dtype=np.int32) * trees.leaves.shape[1])[:, None]  # half of what an intp takes
        self.leaves = trees.leaves.reshape(-1, trees.leaves.shape[2]).T.copy()
        self.bias = trees.bias

    def scores(self, rows: Floats) -> Floats:
        """Evaluate; `rows` has a row for each feature and a column for each case, the result one for each output."""
        count = rows.shape[1]
        step = -(-count // -(-count // CHUNK))  # even parts: a column alone is summed in another order
        parts = [self._scores(rows[:, start : start + step]) for start in range(0, count, step)]
        return np.concatenate(parts, axis=1) + self.bias[:, None]

    def _scores(self, rows: Floats) -> Floats:
        answers = (rows.take(self.features, axis=0) > self.borders).view(np.uint8)
        by_depth = answers.take(self.places, axis=0).reshape(self.depth, len(self.first), -1)
        numbers = by_depth[-1]
        for bits in by_depth[-2::-1]:
            numbers += numbers  # one bit up, in place: three times as fast as a shift
            numbers |= bits
        places = self.first + numbers
        return np.stack([leaves.take(places).sum(axis=0) for leaves in self.leaves])


class Model(NamedTuple):
    """`article` and `page` give the log odds that a block is the page's own, for articles and for any page.

    `type` gives the page's kind, an output for each of PAGE_TYPES; `other` the log odds that it is a kind which is not
    published.
    """

    article: Forest
    page: Forest
    type: Forest
    other: Forest


def to_model(arrays: Mapping[str, NDArray[Any]]) -> Model:
    """Build a model from arrays named `FOREST.FIELD`, as bench/train writes them."""
    return Model(*(Forest(Trees(*(arrays[f"{name}.{field}"] for field in Trees._fields))) for name in Model._fields))


@functools.cache
def shipped_model() -> Model:
    """The model that comes with the package, read once a process; docs/model.md says what it was trained on."""
    with (
        (files("clearwell.extraction") / "model.npz").open("rb") as stream,
        np.load(stream, allow_pickle=False) as arrays,
    ):
        return to_model(arrays)


def probabilities(log_odds: Floats) -> Floats:
    """Log odds to probabilities."""
    return np.asarray(1 / (1 + np.exp(-log_odds)), np.float32)
