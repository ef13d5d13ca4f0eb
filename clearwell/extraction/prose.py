"""A hand-made judgement: a container that holds most of the prose, and what in it is prose.

It is one voice among the features the model weighs, and knows short news better than the long guides the model is
trained on.  No rule knows a language, only lengths, links, tags and the class names that templates share.
"""

import functools
import operator
import re
from collections.abc import Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from clearwell.extraction.containers import Containers, Ints
from clearwell.extraction.segment import RawBlock, Segments

PROSE_CHARACTERS = 60  # a block this long with few links counts as prose; WCXB dev articles, 2026-11
WIDE_SCRIPT_WEIGHT = 3  # a character of Chinese, Japanese or Korean says as much as about three Latin ones
PROSE_LINK_SHARE = 0.4  # of a block's characters
KEPT_LINK_SHARE = 0.6  # of a block's characters, in the chosen container
TOP_SHARE = 0.75  # of the page's prose that the chosen container must hold; WCXB dev articles, 2026-11
BOILERPLATE_SHARE = 0.5  # of the page's prose; a container with more is no boilerplate; WCXB dev, 2026-11
SPARSE_CHARACTERS = 250  # kept text shorter than this is worth a second, more lenient look
SPARSE_GAIN = 3  # times as much text as the strict look must be found to believe the lenient one
MAX_NAMES = 2_000  # characters of class, id and role looked at
FORM_DEPTH = 5  # some servers wrap the whole page in a form
MAX_WRAPPERS = 12  # lists in lists looked through for the container around them: hostile pages have thousands

_BOILERPLATE_TAGS = frozenset("nav footer aside form menu".split())
_BOILERPLATE_ROLES = frozenset("navigation banner contentinfo complementary search dialog alertdialog".split())
_BOILERPLATE_NAMES = frozenset(
    "navbar navigation menu breadcrumb breadcrumbs pagination pager footer sidebar comment comments respond disqus "
    "related recommended recommendation recommendations popular share sharing social sharebar newsletter subscribe "
    "subscription cookie cookies consent gdpr modal popup banner advert ads advertisement sponsored promo cta author "
    "authorbio bio byline widgets tags tagcloud login signup masthead skip topbar offcanvas dropdown toolbar meta "
    "postmeta metadata caption copyright".split()
)
_NOTE_NAMES = frozenset("warning caution danger alert note notice tip info important box callout disclaimer".split())
_BOILERPLATE, _NOTE, _DISCLAIMER = 1, 2, 4
_NOWHERE = 1 << 30  # deeper than any page
_KINDS = (
    dict.fromkeys(_BOILERPLATE_NAMES | _BOILERPLATE_ROLES, _BOILERPLATE)
    | dict.fromkeys(_NOTE_NAMES, _NOTE)
    | {"disclaimer": _NOTE | _DISCLAIMER}
)
_NEVER_BOILERPLATE = frozenset("body main article p".split())
_WRAPPERS = frozenset("p li ul ol blockquote dd dl".split())
_PLAIN_TAGS = frozenset(
    "body main article p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre table caption thead tbody tfoot tr td th dl dt dd "
    "figure figcaption hr".split()
)
_NAME = re.compile(r"[^\W_]+")
_PARTER = "\0"  # is in no page: parse() takes it out
# The same for plain names, three times as fast.
_PARTERS = "".join(c if c.isalnum() or c == _PARTER else " " for c in map(chr, range(256))).encode("latin-1")
_SENTENCE_ENDS = tuple(".!?。！？।؟")
_CLOSING = "\"'”’»）)」』]"  # may stand after the end of a sentence
_WIDE = re.compile(r"[぀-ヿ㐀-鿿가-힯]+")

Flags = NDArray[np.bool_]


def vote(segments: Segments, tree: Containers, place: Ints, weights: Ints, is_prose: Flags) -> Flags:
    """For each block, whether it reads as the article's own; all False when the page shows no prose at all.

    `place` is the container of each block, `is_prose` says which blocks are prose and shown.
    """
    kept = np.zeros(len(weights), np.bool_)
    kept[_Ballot(segments, tree, place, weights, is_prose).choose()] = True
    return kept


def is_bare(segments: Segments) -> bool:
    """Whether a page is nothing but plain content markup, with prose in it: an article already."""
    if any(container.hidden or container.tag not in _PLAIN_TAGS for container in segments.containers):
        return False
    return any(_is_prose(block, _weight(block)) for block in segments.blocks)


class _Ballot:
    """The blocks and containers of one page, and what is found out about them on the way."""

    def __init__(self, segments: Segments, tree: Containers, place: Ints, weights: Ints, is_prose: Flags) -> None:
        self.segments = segments
        self.blocks = segments.blocks
        self.tree = tree
        self.place = place
        self.weights = weights
        self.is_prose = is_prose

    def choose(self) -> list[int]:
        """The numbers of the article's blocks, in order."""
        hidden = np.array([container.hidden for container in self.segments.containers], np.bool_)
        shown = ~hidden[self.place]
        kinds = _find_kinds(self.tree.labels)
        clear = shown & ~self._find_boilerplate(kinds)[self.place]
        beside = self._find_beside(kinds)[self.place]
        kept = self._keep(clear & (beside < 0), self._find_notes(clear, beside))
        size = self.weights[kept].sum()
        if size < SPARSE_CHARACTERS:
            lenient = self._keep(shown)
            if self.weights[lenient].sum() > SPARSE_GAIN * size:
                return lenient
        return kept

    def _are_small(self) -> Flags:
        """Which containers hold no good part of the page's prose."""
        return self.tree.prose < (BOILERPLATE_SHARE * float(self.tree.prose[0]) or 1)

    def _find_boilerplate(self, kinds: list[int]) -> Flags:
        """For each container, whether it or anything around it is called what boilerplate is called, and is small.

        What holds a good part of the page's prose is the article, whatever its template calls it.
        """
        least = [
            _least_depth(tag, kind) if kind or tag in _BOILERPLATE_TAGS else _NOWHERE
            for (tag, _), kind in zip(self.tree.labels, kinds, strict=True)
        ]
        called = self.tree.depth >= np.array(least, np.intp)[self.tree.label]
        marks = np.zeros(len(called), np.bool_)
        end = 0
        for number in np.flatnonzero(called & self._are_small()).tolist():
            if number >= end:
                end = int(self.tree.end[number])
                marks[number:end] = True
        return marks

    def _find_beside(self, kinds: list[int]) -> Ints:
        """For each container, the outermost small one around it that stands beside a text: -1 for none."""
        found = np.full(len(self.tree.label), -1, np.intp)
        called = [kind > 0 and _is_beside(tag, kind) for (tag, _), kind in zip(self.tree.labels, kinds, strict=True)]
        if True in called:
            small = np.array(called, np.bool_)[self.tree.label] & self._are_small()
            for number in np.flatnonzero(small)[::-1].tolist():  # the outer ones last
                found[number : self.tree.end[number]] = number
        return found

    def _find_notes(self, clear: Flags, beside: Ints) -> list[int]:
        """The blocks that stand beside a text and may belong to it: few links, and a finished sentence among them."""
        notes: list[int] = []
        if beside.max() < 0:
            return notes
        for place, run in groupby(np.flatnonzero(clear).tolist(), key=beside.__getitem__):
            numbers = list(run) if place >= 0 else []
            blocks = [self.blocks[n] for n in numbers]
            if any(map(_is_sentence, blocks)) and _is_text_list(blocks):
                notes += numbers
        return notes

    def _keep(self, candidates: Flags, notes: Sequence[int] = ()) -> list[int]:
        """The candidates inside the top container, and the notes there, that read as its text; lists as a whole."""
        prose = self.is_prose & candidates
        if not prose.any():
            return []
        top = self._find_top(prose)
        first, last = int(self.tree.first[top]), int(self.tree.last[top])
        within = np.flatnonzero(candidates[first:last]) + first
        numbers = sorted((*within.tolist(), *(n for n in notes if first <= n < last)))
        prose[[n for n in notes if self.is_prose[n] or _is_sentence(self.blocks[n])]] = True
        kept: list[int] = []
        for is_list, run in groupby(self._lead(candidates, prose, numbers[0]) + numbers, key=self._is_item):
            members = list(run)
            if not is_list:
                kept += [n for n in members if _link_share(self.blocks[n]) < KEPT_LINK_SHARE]
            elif _is_text_list([self.blocks[n] for n in members]):
                kept += members
        return self._trim_ends(kept, prose)

    def _is_item(self, number: int) -> bool:
        return self.blocks[number].kind == "list_item"

    def _find_top(self, prose: Flags) -> int:
        """The deepest container that still holds TOP_SHARE of the prose; the first of equals."""
        running = np.concatenate([[0], np.cumsum(np.where(prose, self.weights, 0))])
        totals = running[self.tree.last] - running[self.tree.first]
        return int(np.where(totals >= TOP_SHARE * totals[0], self.tree.depth, -1).argmax())

    def _lead(self, candidates: Flags, prose: Flags, first: int) -> list[int]:
        """The prose between the page's title and the chosen container: many templates set the opening apart."""
        titles = (
            n
            for n in np.flatnonzero(candidates[:first])[::-1].tolist()
            if self.blocks[n].level == 1 and self.blocks[n].kind == "heading"
        )
        title = next(titles, first)
        return [title + 1 + place for place in np.flatnonzero(prose[title + 1 : first]).tolist()]

    def _trim_ends(self, kept: list[int], prose: Flags) -> list[int]:
        """Cut what trails after the last prose and what leads up to the first, but a heading or list that belongs.

        A short sentence at an end stays where it stands among the prose: `Never take more than 4 g a day.`
        """
        homes: set[int] = set()

        def belongs(place: int) -> bool:
            block = self.blocks[kept[place]]
            if prose[kept[place]]:
                return True
            if not _is_sentence(block):
                return False
            if not homes:
                homes.update(_home(self.segments, self.blocks[number]) for number in kept if prose[number])
            return _home(self.segments, block) in homes

        first = next(filter(belongs, range(len(kept))), None)
        if first is None:
            return kept
        last = next(filter(belongs, reversed(range(len(kept)))))
        kinds = [self.blocks[number].kind for number in kept]
        while first > 0 and kinds[first - 1] in ("heading", "quote", "table"):
            first -= 1
        while last + 1 < len(kept):
            ahead = last + 2 if kinds[last + 1] == "heading" and last + 2 < len(kept) else last + 1
            if kinds[ahead] not in ("list_item", "table", "code", "quote"):
                break
            last = ahead
        return kept[first : last + 1]


def _is_beside(tag: str, kind: int) -> bool:
    named = kind & _DISCLAIMER or (tag == "aside" and kind & _NOTE)
    return bool(named) and tag not in _NEVER_BOILERPLATE


def _least_depth(tag: str, kind: int) -> int:
    """How deep in the page a container of these names has to be for boilerplate."""
    if tag in _BOILERPLATE_TAGS and not _is_beside(tag, kind):
        return FORM_DEPTH if tag == "form" else 0
    return 2 if kind & _BOILERPLATE and tag not in _NEVER_BOILERPLATE else _NOWHERE


def _find_kinds(labels: Sequence[tuple[str, str]]) -> list[int]:
    """Whether parts of class names, id or role are among those that templates call such containers, for each label."""
    lines = _PARTER.join(names[:MAX_NAMES] for _, names in labels)
    if lines.isascii():
        parted = [line.split() for line in lines.encode().translate(_PARTERS).decode().split(_PARTER)]
    else:
        parted = [_NAME.findall(line) for line in lines.split(_PARTER)]
    return [functools.reduce(operator.or_, map(_KINDS.__getitem__, _KINDS.keys() & parts), 0) for parts in parted]


def _weight(block: RawBlock) -> int:
    """The size of a block in characters of Latin script."""
    length = len(block.text)
    return (
        length if block.text.isascii() else length + (WIDE_SCRIPT_WEIGHT - 1) * sum(map(len, _WIDE.findall(block.text)))
    )


def _link_share(block: RawBlock) -> float:
    return block.link_length / len(block.text)


def _is_prose(block: RawBlock, weight: int) -> bool:
    return weight >= PROSE_CHARACTERS and _link_share(block) < PROSE_LINK_SHARE and block.kind != "caption"


def _is_text_list(items: list[RawBlock]) -> bool:
    total = sum(len(item.text) for item in items)
    return sum(item.link_length for item in items) < KEPT_LINK_SHARE * total


def _home(segments: Segments, block: RawBlock) -> int:
    """The container a block stands in, not counting its paragraph, list or quotation."""
    number = block.container
    for _ in range(MAX_WRAPPERS):
        if segments.containers[number].tag not in _WRAPPERS or segments.containers[number].parent < 0:
            break
        number = segments.containers[number].parent
    return number


def _is_sentence(block: RawBlock) -> bool:
    belongs = block.kind in ("paragraph", "list_item", "quote") and _link_share(block) < PROSE_LINK_SHARE
    return belongs and block.text.rstrip(_CLOSING).endswith(_SENTENCE_ENDS)
