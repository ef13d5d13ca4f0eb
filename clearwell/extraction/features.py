"""Blocks to numbers: what a block is, what stands around it, what holds it.

No feature knows a language: characters count by their Unicode category, class names by the stems that templates of all
languages share.  A page's features are computed at once, with numpy, in time linear in its length.  bench/train tells
which of them carry the decision; a change here needs a new model (`make train`).
"""

from collections import Counter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from clearwell.extraction.characters import DIGIT, END, LETTER, MARK, PAUSE, SPACE, UPPER, WIDE, count_characters
from clearwell.extraction.containers import MEASURES, NAME_BITS, Containers, Floats, Ints
from clearwell.extraction.prose import vote
from clearwell.extraction.segment import Segments

PROSE_CHARACTERS = 60  # weight from which a block with few links counts as prose; WCXB dev articles, 2026-11
PROSE_LINK_SHARE = 0.4  # of a block's characters
TOP_SHARES = (0.7, 0.3)  # of the page's prose, that the containers hold to which distances are measured
PREFIX = 24  # characters by which near-copies (a list of `Read more about ...`) are counted
NEIGHBOURS = (-2, -1, 1, 2)
WINDOWS = (5, 12)  # blocks to either side
ANCESTORS = 6  # containers above a block whose own measures are features
NEAR = 3  # containers above a block whose own names are features

KINDS = ("paragraph", "heading", "list_item", "quote", "code", "table", "caption")
_KIND_NUMBERS = {kind: number for number, kind in enumerate(KINDS)}
_HEADING, _LIST_ITEM, _CAPTION = (KINDS.index(kind) for kind in ("heading", "list_item", "caption"))


class Features(NamedTuple):
    """`blocks` has a row for each feature and a column for each block; `page` describes all of it.

    `weights` are the blocks' sizes in characters of Latin script, `voted` what prose.py would keep.
    """

    blocks: Floats
    page: Floats
    weights: Floats
    voted: NDArray[np.bool_]


def compute_features(segments: Segments) -> Features:
    """Describe every block of a page that has at least one."""
    page = _Page(segments)
    rows = [
        *page.own(),
        *page.repetition(),
        *page.neighbours(),
        *page.ancestors(),
        *page.tops(),
        *page.signatures(),
        *page.sections(),
    ]
    return Features(np.concatenate(rows, dtype=np.float32), page.whole(), page.weights, page.voted)


class _Page:
    """Arrays over the blocks of one page; each method gives some rows of features."""

    def __init__(self, segments: Segments) -> None:
        self.segments = segments
        self.blocks = segments.blocks
        self.count = len(self.blocks)
        self.order = np.arange(self.count)
        self.characters = count_characters([block.text for block in self.blocks])
        self.weights = self.characters.weights
        self.link_share = np.array([block.link_length / len(block.text) for block in self.blocks], np.float32)
        self.links = np.array([len(block.links) for block in self.blocks], np.float32)
        self.levels = np.array([block.level or 0 for block in self.blocks], np.float32)
        self.linked = self.link_share * self.weights
        self.kinds = np.array([_KIND_NUMBERS[block.kind] for block in self.blocks], np.intp)
        self.heads = self.kinds == _HEADING
        self.place = np.array([block.container for block in self.blocks], np.intp)
        hidden = np.array([container.hidden for container in segments.containers], np.bool_)
        self.hidden = hidden[self.place]
        long = (self.weights >= PROSE_CHARACTERS) & (self.link_share < PROSE_LINK_SHARE)
        self.is_prose = long & (self.kinds != _CAPTION) & ~self.hidden
        self.prose: Floats = np.where(self.is_prose, self.weights, 0).astype(np.float32)
        self.total = max(float(self.prose.sum()), 1.0)
        self.running = np.concatenate([[0], np.cumsum(self.weights)])[:-1]
        self.containers = Containers(segments.containers, self.place, self.weights, self.prose, self.linked)
        self.voted = vote(segments, self.containers, self.place, self.weights.astype(np.intp), self.is_prose)

    def own(self) -> list[Floats]:
        """What the block is, and where on the page it stands."""
        counts, first, last = self.characters.counts, self.characters.first, self.characters.last
        size = np.maximum(counts[1:].sum(axis=0), 1)
        prose = np.cumsum(self.prose)
        return [
            self.kinds == np.arange(len(KINDS))[:, None],
            np.log1p([self.weights, self.links, counts[SPACE], counts[END], counts[PAUSE]]),
            counts[[UPPER, DIGIT, END, PAUSE, MARK, SPACE, WIDE]] / size,
            first == np.array([LETTER, UPPER, DIGIT, MARK])[:, None],
            last == np.array([END, PAUSE, MARK, LETTER, DIGIT])[:, None],
            np.stack([self.levels, self.link_share, self.is_prose, self.hidden, self.voted]),
            np.log1p([self.order, self.count - 1 - self.order, prose - self.prose, np.maximum(self.total - prose, 0)]),
            np.stack([self.order / self.count, prose / self.total]),
        ]

    def repetition(self) -> list[Floats]:
        """How often its text, and how it begins, stand on the page."""
        texts = [block.text for block in self.blocks]
        beginnings = [text[:PREFIX] for text in texts]
        return [np.log([_count_copies(texts), _count_copies(beginnings)])]

    def neighbours(self) -> list[Floats]:
        """The blocks just before and after, and how much text the wider surroundings have."""
        reach = max(NEIGHBOURS)
        rows = np.stack([np.log1p(self.weights), self.link_share, self.heads, self.kinds == _LIST_ITEM])
        padded = np.full((len(rows), self.count + 2 * reach), -1, rows.dtype)
        padded[:, reach : reach + self.count] = rows
        around = [padded[:, reach + offset : reach + offset + self.count] for offset in NEIGHBOURS]
        sums = np.stack([self.prose, self.linked, self.weights])
        running = np.concatenate([np.zeros((3, 1)), np.cumsum(sums, axis=1, dtype=np.float64)], axis=1)
        for width in WINDOWS:
            before = running[:, :-1] - running[:, np.maximum(self.order - width, 0)]
            after = running[:, np.minimum(self.order + 1 + width, self.count)] - running[:, 1:]
            around += [np.log1p(np.maximum(before, 0)), np.log1p(np.maximum(after, 0))]
        return around

    def ancestors(self) -> list[Floats]:
        """The containers around the block, from its own outwards: how full of prose and links, what called."""
        inside = self.containers
        rows: list[Floats] = [np.stack([inside.depth[self.place]])]
        number = self.place
        names = inside.inherited[number]
        near = np.zeros_like(names)
        most, portion = np.ones(self.count, np.float32), np.ones(self.count, np.float32)
        for level in range(ANCESTORS):
            measures = inside.measures[:, number]
            rows.append(measures)
            repeated = (inside.several[number] > 1) & (inside.shared[number] > 0)
            most = np.maximum(most, np.where(repeated, inside.several[number], 1))
            portion = np.where(repeated, np.minimum(portion, measures[MEASURES.index("share of its make")]), portion)
            if level < NEAR:
                near |= inside.own[number]
            number = inside.above(number)
        bits = np.arange(NAME_BITS)[:, None]
        return [*rows, np.stack([np.log(most), portion]), (names >> bits) & 1, (near >> bits) & 1]

    def tops(self) -> list[Floats]:
        """How far it is, in the tree and in the text, to the containers that hold most of the prose."""
        inside = self.containers
        rows: list[Floats] = []
        for top in (*(inside.top(share) for share in TOP_SHARES), int(inside.score.argmax())):
            first, last = int(inside.first[top]), int(inside.last[top])
            met = inside.meeting_depth(top)[self.place]
            prose = np.flatnonzero(self.is_prose[first:last]) + first
            begin, end = (int(prose[0]), int(prose[-1])) if len(prose) else (0, self.count - 1)
            rows += [
                np.stack([met == inside.depth[top], inside.depth[top] - met, inside.depth[self.place] - met]),
                _signed_log(self.order - np.array([[begin], [end], [first], [last]])),
                _signed_log(self.running - self.running[[begin, end]][:, None]),
            ]
        return rows

    def signatures(self) -> list[Floats]:
        """Blocks of one make: the same kind in containers of the same tags and names."""
        inside, many = self.containers, len(self.containers.labels)
        tags: dict[str, int] = {}
        tag = np.array([tags.setdefault(tag, len(tags)) for tag, _ in inside.labels], np.intp)[inside.label]
        up = inside.above(self.place)
        own, around, outer = inside.label[self.place], inside.label[up], inside.label[inside.above(up)]
        near = (self.kinds * many + own) * many + around
        far = (tag[self.place] * len(tags) + tag[up]) * many + outer
        rows: list[Floats] = []
        for keys in (near, far):
            _, group = np.unique(keys, return_inverse=True)
            size, text = np.bincount(group), np.bincount(group, self.weights)
            ends = np.bincount(group, self.characters.last == END)
            shares = np.bincount(group, self.linked) / np.maximum(text, 1), ends / size
            prose = np.bincount(group, self.prose) / self.total
            rows.append(np.stack([np.log1p(size), prose, *shares, np.log1p(text / size)])[:, group])
        return rows

    def sections(self) -> list[Floats]:
        """What stands between a heading and the next, and how far the first heading of the first level is."""
        number = np.cumsum(self.heads)
        places = np.flatnonzero(self.heads)
        starts, ends = np.concatenate([[0], places])[number], np.append(places, self.count)[number]
        prose = np.bincount(number, self.prose, len(places) + 1)
        text = np.bincount(number, self.weights, len(places) + 1)
        linked = np.bincount(number, self.linked, len(places) + 1) / np.maximum(text, 1)
        titles = np.flatnonzero((self.levels == 1) & self.heads)
        title = self.order - titles[0] if len(titles) else np.full(self.count, -1e4)
        following = np.append(prose[1:], 0)
        return [
            np.log1p([self.order - starts, ends - self.order, prose[number]]),
            np.stack([prose / self.total, following / self.total, linked])[:, number],
            np.stack([self.levels[starts], self.link_share[starts], _signed_log(title)]),
        ]

    def whole(self) -> Floats:
        """The page at large, for telling articles from other pages."""
        inside = self.containers
        text = max(float(self.weights.sum()), 1.0)
        top = inside.top(TOP_SHARES[0])
        prose = self.weights[self.is_prose]
        kinds = np.bincount(self.kinds, self.weights, len(KINDS)) / text
        names = (inside.inherited[self.place] >> np.arange(NAME_BITS)[:, None]) & 1
        shares = (names * self.weights).sum(axis=1) / text
        sizes = [self.count, text, self.total, len(prose), _find_median(prose), prose.max(initial=0)]
        return np.concatenate(
            [
                np.log1p(sizes),
                [self.total / text, self.linked.sum() / text, inside.depth[top], inside.text[top] / text],
                [inside.linked[top] / max(inside.text[top], 1), self.hidden.mean()],
                np.log1p([(self.levels == 1).sum(), self.heads.sum(), self.links.sum()]),
                [np.log(inside.several[self.place]).mean(), (self.link_share > 0.9).mean()],
                kinds,
                shares,
            ],
            dtype=np.float32,
        )


def _count_copies(texts: list[str]) -> list[int]:
    return list(map(Counter(texts).__getitem__, texts))


def _find_median(values: Floats) -> float:
    """numpy's own is made for many dimensions and takes a tenth of a millisecond."""
    ordered, count = np.sort(values), len(values)
    return float((ordered[(count - 1) // 2] + ordered[count // 2]) / 2) if count else 0.0


def _signed_log(values: NDArray[np.generic] | Ints) -> Floats:
    floats = np.asarray(values, np.float32)
    return np.asarray(np.sign(floats) * np.log1p(np.abs(floats)), np.float32)
