"""Which blocks are the page's own: the model says how likely, this file decides and repairs."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from clearwell.extraction.containers import Floats
from clearwell.extraction.features import Features, compute_features
from clearwell.extraction.model import Model, probabilities, shipped_model
from clearwell.extraction.page_type import PAGE_TYPES, PageKind
from clearwell.extraction.prose import PROSE_CHARACTERS, is_bare
from clearwell.extraction.segment import RawBlock, Segments

LOWEST = 0.22  # probability a block must have at least; WCXB dev, 2026-11
SURELY_OTHER, SURELY_ARTICLE = 0.3, 0.9  # probability of an article; in between both forests have a say; 2026-11
SMALL_PAGE = 25  # blocks; the training data have few pages so small, and prose.py is as good there; 2026-11
UNSURE = 0.5  # probability that a small page is of another kind, at the most
SPARSE_CHARACTERS = 250  # kept text of an article shorter than this is worth a second look
SPARSE_GAIN = 3  # times as much text as the model keeps must be found to believe the hand-made judgement instead


class Selection(NamedTuple):
    """The chosen blocks, in order, and the kind of page they were chosen for."""

    blocks: list[RawBlock]
    kind: PageKind


def select_blocks(segments: Segments, source: Floats) -> Selection:
    """Choose a page's own blocks; none when it shows no text at all.

    `source` is what describe_page says.  A page of nothing but plain content markup is an article already, and stays
    whole.  Hidden text may be chosen: much of it is shown on a click.
    """
    if not segments.blocks:
        return Selection([], PageKind("article", 0.0, 0.0))
    if is_bare(segments):
        return Selection(_without_repeated(segments.blocks), PageKind("article", 1.0, 0.0))
    model = shipped_model()
    features = compute_features(segments)
    kind = _find_kind(model, features, source)
    likely = _find_likely(model, features, kind.article)
    if len(segments.blocks) < SMALL_PAGE:
        likely = np.asarray((likely + features.voted) / 2, np.float32)
    if kind.type == "article":
        likely[_suspicious(segments)] = 0
    kept = _settle(likely, features.weights)
    if kind.type == "article" and _is_sparse(kept, features):
        kept = features.voted
    return Selection(_without_repeated([segments.blocks[number] for number in np.flatnonzero(kept)]), kind)


def _suspicious(segments: Segments) -> NDArray[np.bool_]:
    """Hidden blocks with links: what opens on a click is part of many an article; hidden links are a spammer's."""
    holders = segments.containers
    return np.array([bool(block.links) and holders[block.container].hidden for block in segments.blocks], np.bool_)


def _find_kind(model: Model, features: Features, source: Floats) -> PageKind:
    described = np.concatenate([features.page, source])[:, None]
    scores = model.type.scores(described)[:, 0]
    odds = np.exp(scores - scores.max())
    other = float(probabilities(model.other.scores(described))[0, 0])
    if features.blocks.shape[1] < SMALL_PAGE:
        other = min(other, UNSURE)  # so few blocks look like those of a page whose scripts fetch the rest
    return PageKind(PAGE_TYPES[int(odds.argmax())], float(odds[0] / odds.sum()), other)


def _find_likely(model: Model, features: Features, article: float) -> Floats:
    """How likely each block is the page's own: by one forest or the other, or by both where it may be either."""
    share = min(max((article - SURELY_OTHER) / (SURELY_ARTICLE - SURELY_OTHER), 0.0), 1.0)
    scores = np.zeros(features.blocks.shape[1], np.float32)
    if share > 0:
        scores += share * model.article.scores(features.blocks)[0]
    if share < 1:
        scores += (1 - share) * model.page.scores(features.blocks)[0]
    return probabilities(scores)


def _settle(likely: Floats, weights: Floats) -> NDArray[np.bool_]:
    """Keep what makes the expected F1 of the page's text greatest."""
    order = np.argsort(-likely, kind="stable")
    found = np.cumsum((likely * weights)[order])
    expected = 2 * found / (np.cumsum(weights[order]) + found[-1] + 1e-9)
    kept: NDArray[np.bool_] = likely >= max(float(likely[order[int(expected.argmax())]]), LOWEST)
    return kept


def _is_sparse(kept: NDArray[np.bool_], features: Features) -> bool:
    """Whether next to nothing was kept of an article in which prose.py sees much."""
    weights = features.weights
    return bool(weights[kept].sum() < min(SPARSE_CHARACTERS, weights[features.voted].sum() / SPARSE_GAIN))


def _without_repeated(blocks: list[RawBlock]) -> list[RawBlock]:
    """Drop a long block that stood before word for word: a mobile copy, a pull quote."""
    seen: set[str] = set()
    unique: list[RawBlock] = []
    for block in blocks:
        if len(block.text) >= PROSE_CHARACTERS and block.text in seen:
            continue
        seen.add(block.text)
        unique.append(block)
    return unique
