"""Pages with labels: what a data set becomes before anything is learned."""

import random
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from bench.quality.dataset import Source, Truth, list_pages, name_of, read_sources, read_truth
from bench.train.align import find_words, label_blocks
from bench.train.tails import add_tail
from clearwell.errors import UnsupportedPage
from clearwell.extraction.containers import Floats
from clearwell.extraction.features import compute_features
from clearwell.extraction.marks import read_marks
from clearwell.extraction.page_type import describe_page
from clearwell.extraction.segment import Segments, parse, segment

TAIL_EVERY = 3  # one article in so many comes a second time, with a farm's tail under it
TITLE = (30, 200)  # characters of lines that may stand in a tail
TITLES = 20  # of each page
MIN_SHOWN = 200  # characters; a page that shows fewer is read with what it keeps for readers without scripts


class Example(NamedTuple):
    """One page: `blocks` has a row a feature and a column a block; `labels` and `sizes` (in words) go by block.

    `page` describes all of it, its source and address too.  `domain` is the site, by which pages are kept together.
    """

    data: str
    name: str
    domain: str
    kind: str
    blocks: NDArray[np.float32]
    labels: NDArray[np.float32]
    sizes: NDArray[np.float32]
    page: NDArray[np.float32]


def fold_of(domain: str, folds: int) -> int:
    """The fold a site's pages are in: by a checksum of its name, the same in every run."""
    return zlib.crc32(domain.encode()) % folds


def domain_of(url: str, name: str) -> str:
    """The site of a page; its name where the ground truth gives no address."""
    return (urlsplit(url).hostname or name).removeprefix("www.")


def read_examples(data: Path, limit: int | None = None) -> Iterator[Example]:
    """The labelled pages of a data set, some of them twice (tails.py); those with no block at all are left out."""
    names = list_pages(data, limit)
    titles: list[str] = []
    for source in read_sources(data, names):
        try:
            tree = parse(source.html)
        except UnsupportedPage:
            continue
        segments = segment(tree)
        if sum(len(block.text) for block in segments.shown().blocks) < MIN_SHOWN:
            segments = segment(tree, with_hidden=True)
        if not segments.blocks:
            continue
        facts = describe_page(segments, read_marks(tree), len(source.html), source.url)
        truth = read_truth(data, source.name)
        labels = label_blocks([find_words(block.text) for block in segments.blocks], truth.text)
        yield _describe(data, source, truth, segments, facts, labels)
        drawn = truth.kind == "article" and zlib.crc32(source.name.encode()) % TAIL_EVERY == 0
        if drawn and titles and max(labels) > 0.5:
            chance = random.Random(source.name)
            labels = add_tail(segments, labels, titles, chance)
            yield _describe(data, source, truth, segments, facts, labels)
        titles += [block.text for block in segments.blocks if TITLE[0] <= len(block.text) <= TITLE[1]][:TITLES]


def _describe(
    data: Path, source: Source, truth: Truth, segments: Segments, facts: Floats, labels: list[float]
) -> Example:
    features = compute_features(segments)
    return Example(
        name_of(data),
        source.name,
        domain_of(source.url, source.name),
        truth.kind,
        features.blocks,
        np.array(labels, np.float32),
        np.array([len(find_words(f"{block.marker or ''} {block.text}")) for block in segments.blocks], np.float32),
        np.concatenate([features.page, facts]),
    )
