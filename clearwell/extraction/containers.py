"""Containers to numbers: what each holds, what it is called, how many of its make there are."""

import functools
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from ahocorasick_rs import AhoCorasick, MatchKind
from numpy.typing import NDArray

from clearwell.extraction.segment import Container

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]

MAX_NAMES = 300  # characters of class, id and role looked at

MEASURES = (
    "text",
    "prose",
    "link share",
    "blocks",
    "score",
    "text a block",
    "number of its make",
    "share of its make",
    "prose of its make",
    "text of its make",
)

# Tags and roles that say what a container is; each line is one feature, for the container and all inside it.
_TAG_GROUPS = (
    "article",
    "main",
    "section",
    "aside complementary",
    "header banner",
    "footer contentinfo",
    "nav navigation menu search",
    "form fieldset label",
    "figure figcaption",
    "ul ol dl",
    "table tbody tr",
    "blockquote details summary",
    "h1 h2 h3 h4 h5 h6",
)
# Stems of class and id names, likewise.
_STEM_GROUPS = (
    "comment respond disqus reply",
    "foot copyright legal colophon",
    "side rail widget",
    "nav menu breadcrumb pagin pager toolbar tabs",
    "share sharing social follow",
    "relat recommend popular trending similar readmore read-more next prev upnext morefrom also",
    "author bio byline contributor profile",
    "advert sponsor promo banner ads- taboola outbrain partner",
    "content body entry article story text prose rich wysiwyg markdown",
    "post blog",
    "title headline heading",
    "caption credit image img photo gallery media figure video",
    "newsletter subscri signup sign-up optin form cta",
    "modal popup cookie consent overlay gdpr dialog drawer",
    "meta date time tag categor topic label",
    "card teaser tile item grid carousel slide swiper list",
    "product price cart shop buy review rating",
    "hidden hide collaps accordion tab- panel sr-only faq toggle",
    "thread message forum discuss question answer",
    "toc contents anchor jump",
    "header top mast logo brand",
    "note warning tip callout alert info highlight summary takeaway",
    "disclaimer disclos notice",
)
NAME_BITS = len(_STEM_GROUPS) + len(_TAG_GROUPS)
_STEMS = {stem: 1 << bit for bit, line in enumerate(_STEM_GROUPS) for stem in line.split()}
_TAGS = {tag: 1 << (len(_STEM_GROUPS) + bit) for bit, line in enumerate(_TAG_GROUPS) for tag in line.split()}
_NOTHING = ("", "")


@functools.cache
def _searcher() -> AhoCorasick:
    return AhoCorasick(list(_STEMS), matchkind=MatchKind.LeftmostLongest)


def _find_groups(labels: Sequence[tuple[str, str]]) -> list[int]:
    """The groups that each label's tag, role, class and id name; one look finds the stems of all."""
    lines = [names[:MAX_NAMES] for _, names in labels]
    bits = [_TAGS.get(tag, 0) for tag, _ in labels]
    for number, line in enumerate(lines):
        for name in _TAGS.keys() & line.split():
            bits[number] |= _TAGS[name]
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    text = "\n".join(lines).encode("utf-8", "replace").decode()  # half a surrogate pair has no UTF-8
    stems = list(_STEMS.values())
    for stem, start, _ in _searcher().find_matches_as_indexes(text):
        bits[bisect_right(starts, start) - 1] |= stems[stem]
    return bits


class Containers:
    """Arrays over the containers of one page; containers stand in document order, the outermost first.

    `label` is each container's number among the different pairs of tag and names, `labels` are those pairs, empty where
    no container with text in it has them.  `own` and `inherited` are bit sets of names.  `measures` has a row for each
    of MEASURES.  `several` is how many containers of one label stand side by side, `shared` the prose in all of them.
    """

    def __init__(
        self, containers: list[Container], place: Ints, weights: Floats, prose: Floats, linked: Floats
    ) -> None:
        parents = [c.parent for c in containers]
        self.parent, self.depth = _ints(parents), _ints([c.depth for c in containers])
        self.first, self.last = _ints([c.first for c in containers]), _ints([c.last for c in containers])
        self.end = _ints([c.end for c in containers])
        labels: dict[tuple[str, str], int] = {}  # few on a page: what they mean is found out once
        self.label = _ints([labels.setdefault((c.tag, c.names), len(labels)) for c in containers])
        filled = set(self.label[self.last > self.first].tolist())
        self.labels = [label if number in filled else _NOTHING for number, label in enumerate(labels)]
        self.own = np.array(_find_groups(self.labels), np.int64)[self.label]
        inherited: list[int] = [0]  # what the body is called says nothing of a block
        for parent, bits in zip(parents[1:], self.own[1:].tolist(), strict=True):
            inherited.append(bits | inherited[parent])
        self.inherited = np.array(inherited, np.int64)
        self.text, self.prose, self.linked = (self._total(values) for values in (weights, prose, linked))
        self.score = self._score(place, prose)
        self._compare()
        self.measures = self._measure()

    def above(self, numbers: Ints) -> Ints:
        """The containers around these; the outermost is its own."""
        return np.asarray(np.maximum(self.parent[numbers], 0), np.intp)

    def top(self, share: float) -> int:
        """The deepest container with at least this share of the page's prose; the one with most, among equals."""
        enough = np.flatnonzero(self.prose >= max(share * float(self.prose[0]), 1e-6))
        order = np.lexsort((self.prose[enough], self.depth[enough]))
        return int(enough[order[-1]]) if len(enough) else 0

    def meeting_depth(self, top: int) -> Ints:
        """For each container, how deep the container is that holds both it and `top`."""
        chain: list[int] = []
        while top >= 0:
            chain.append(top)
            top = int(self.parent[top])
        met = np.zeros(len(self.parent), np.intp)
        for number in reversed(chain):
            met[number : self.end[number]] = self.depth[number]
        return met

    def _total(self, values: Floats) -> Floats:
        running = np.concatenate([[0], np.cumsum(values, dtype=np.float64)])
        return np.asarray(running[self.last] - running[self.first], np.float32)

    def _score(self, place: Ints, prose: Floats) -> Floats:
        """Readability's score: the prose one level down, and half of that two levels down, less the links."""
        up = self.above(place)
        score = np.bincount(up, prose, len(self.parent)) + 0.5 * np.bincount(self.above(up), prose, len(self.parent))
        return np.asarray(score * (1 - self.linked / np.maximum(self.text, 1)), np.float32)

    def _compare(self) -> None:
        _, make = np.unique(self.parent * len(self.labels) + self.label, return_inverse=True)
        self.several = np.bincount(make)[make]
        self.shared = np.bincount(make, self.prose)[make]
        self.made = np.bincount(make, self.text)[make] / self.several

    def _measure(self) -> Floats:
        total, best = max(float(self.prose[0]), 1.0), max(float(self.score.max()), 1.0)
        size = self.last - self.first
        text = np.maximum(self.text, 1)
        rows = [
            np.log1p(self.text),
            self.prose / total,
            self.linked / text,
            np.log1p(size),
            self.score / best,
            np.log1p(self.text / np.maximum(size, 1)),
            np.log(self.several),
            self.prose / np.maximum(self.shared, 1),
            self.shared / total,
            np.log1p(self.made),
        ]
        return np.stack(rows).astype(np.float32)


def _ints(values: list[int]) -> Ints:
    return np.array(values, np.intp)
