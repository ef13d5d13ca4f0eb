"""The one place that edits text: merges what the detectors point at, cuts it, mends the seams, keeps the account.

A document is edited as Pieces, each a list of spans of one extracted block, so that every removal and mend can be told
in positions of the extracted document, however many rounds it took, and `restore` is exact.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from clearwell.article import ArticleBlock, Mend
from clearwell.document import Block, Document, Link, Part, Removal

MAX_ROUNDS = 8  # a cut can lay open another; a page that needs more than three has not been seen; 2026-11
_NO_SPACE_BEFORE = ",.;:!?)]}»”’，。；：！？）】」』、"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """What is left of an extracted block, or a block recovered from it: `text` is its spans of the source, joined."""

    source: int
    spans: tuple[Span, ...]
    block: Block

    @property
    def text(self) -> str:
        return self.block.text

    def locate(self, start: int, end: int) -> Iterator[Span]:
        """The spans of the source that `text[start:end]` came from."""
        offset = 0
        for low, high in self.spans:
            a, b = max(start, offset), min(end, offset + high - low)
            if a < b:
                yield low + a - offset, low + b - offset
            offset += high - low


@dataclass(frozen=True, slots=True)
class Edit:
    """The outcome: the pieces that stay, in order, and what was taken, in positions of the extracted document."""

    pieces: tuple[Piece, ...]
    removals: tuple[Removal, ...]
    mends: tuple[Mend, ...]


Find = Callable[[Document], Iterable[Removal]]
Recover = Callable[[Document], list[list[Part]]]


class _Editor:
    """The extracted document, the pieces left of it so far, and the account."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.pieces = [Piece(n, ((0, len(b.text)),), b) for n, b in enumerate(document.blocks)]
        self.removals: list[Removal] = []
        self.mends: list[Mend] = []

    def view(self) -> Document:
        return Document(tuple(piece.block for piece in self.pieces), self.document.flattened, self.document.headline)

    def cut(self, claims: list[Removal]) -> None:
        """Take the claimed spans out of the pieces and mend what is left around them."""
        claimed = {number: list(group) for number, group in groupby(claims, key=lambda claim: claim.block)}
        pieces: list[Piece] = []
        for number, piece in enumerate(self.pieces):
            gaps = [(claim.start, claim.end) for claim in claimed.get(number, ())]
            for claim in claimed.get(number, ()):
                self._record(piece, claim)
            loose = [] if piece.block.kind == "code" else list(_find_seams(piece.text, gaps))
            self._mend(piece, loose)
            kept = _complement(len(piece.text), sorted(gaps + loose))
            if kept:
                pieces.append(self._take(piece, kept) if gaps or loose else piece)
        self.pieces = pieces

    def divide(self, parts: list[list[Part]]) -> None:
        """Divide pieces into the blocks that were recognised in them."""
        pieces: list[Piece] = []
        for piece, found in zip(self.pieces, parts, strict=True):
            self._mend(piece, _complement(len(piece.text), [(part.start, part.end) for part in found]))
            for part in found:
                taken = self._take(piece, [(part.start, part.end)])
                block = _as(taken.block, part)
                pieces.append(replace(taken, block=block))
        self.pieces = pieces

    def _take(self, piece: Piece, ranges: list[Span]) -> Piece:
        spans = tuple(span for start, end in ranges for span in piece.locate(start, end))
        text = "".join(piece.text[start:end] for start, end in ranges)
        old = piece.block
        return Piece(piece.source, spans, Block(old.kind, text, old.level, old.marker, (), old.path))

    def _record(self, piece: Piece, claim: Removal) -> None:
        text = self.document.blocks[piece.source].text
        for start, end in piece.locate(claim.start, claim.end):
            self.removals.append(
                Removal(claim.category, claim.rule, piece.source, start, end, text[start:end], claim.confidence)
            )

    def _mend(self, piece: Piece, ranges: list[Span]) -> None:
        text = self.document.blocks[piece.source].text
        for start, end in (span for low, high in ranges for span in piece.locate(low, high)):
            self.mends.append(Mend(piece.source, start, text[start:end]))


def _as(block: Block, part: Part) -> Block:
    """The same text as another kind of block."""
    return Block(part.kind, block.text, part.level, part.marker, block.links, block.path)


def apply(document: Document, find: Find, recover: Recover) -> Edit:
    """Cut what `find` points at and divide by what `recover` recognises, until neither has anything left to say.

    `find` sees the document as it is after each round; `recover` gives, for each of its blocks, the parts it consists of.
    Ends after MAX_ROUNDS at the latest.
    """
    editor = _Editor(document)
    editor.cut([])
    for _ in range(MAX_ROUNDS):
        view = editor.view()
        if claims := merge(find(view)):
            editor.cut(claims)
            continue
        editor.divide(recover(view))
        if editor.view() == view:
            break
    removals = sorted(editor.removals, key=lambda r: (r.block, r.start))
    mends = sorted(editor.mends, key=lambda m: (m.block, m.start))
    return Edit(tuple(editor.pieces), tuple(removals), tuple(mends))


def merge(claims: Iterable[Removal]) -> list[Removal]:
    """Unite overlapping claims; the most confident of them, then the longest, gives the reason."""
    merged: list[Removal] = []
    for claim in sorted((c for c in claims if c.end > c.start), key=lambda c: (c.block, c.start, -c.end, c.rule)):
        last = merged[-1] if merged else None
        if last is None or last.block != claim.block or claim.start >= last.end:
            merged.append(claim)
            continue
        best = max(last, claim, key=lambda c: (c.confidence, c.end - c.start, c.rule))
        text = last.text + claim.text[last.end - claim.start :] if claim.end > last.end else last.text
        end = max(last.end, claim.end)
        merged[-1] = Removal(best.category, best.rule, last.block, last.start, end, text, best.confidence)
    return merged


def _complement(length: int, gaps: list[Span]) -> list[Span]:
    kept: list[Span] = []
    position = 0
    for start, end in gaps:
        if start > position:
            kept.append((position, start))
        position = max(position, end)
    if length > position:
        kept.append((position, length))
    return kept


def _find_seams(text: str, gaps: list[Span]) -> Iterator[Span]:
    """White space with no use: at both ends, doubled across a cut, or left before a full stop by one."""
    kept = _complement(len(text), gaps)
    while kept and not text[slice(*kept[0])].strip():
        yield kept.pop(0)
    while kept and not text[slice(*kept[-1])].strip():
        yield kept.pop()
    if not kept:
        return
    (first, end), (begin, last) = kept[0], kept[-1]
    if lead := len(text[first:end]) - len(text[first:end].lstrip()):
        yield first, first + lead
    if trail := len(text[begin:last]) - len(text[begin:last].rstrip()):
        yield last - trail, last
    for (_, left), (right, right_end) in zip(kept[:-1], kept[1:], strict=True):
        after = text[right:right_end]
        if text[left - 1].isspace() and (spaces := len(after) - len(after.lstrip())):
            yield right, right + spaces
        elif text[left - 1] == " " and after[:1] in _NO_SPACE_BEFORE:
            yield left - 1, left


def to_article_blocks(edit: Edit, document: Document) -> tuple[ArticleBlock, ...]:
    """The pieces as published blocks, with the links of their source moved to where the text now stands."""
    return tuple(
        ArticleBlock(p.block.kind, p.text, p.source, p.block.level, p.block.marker, _move_links(p, document))
        for p in edit.pieces
    )


def _move_links(piece: Piece, document: Document) -> tuple[Link, ...]:
    links: list[Link] = []
    for link in document.blocks[piece.source].links:
        offset = 0
        for low, high in piece.spans:
            start, end = max(low, link.start), min(high, link.end)
            if start < end:
                links.append(Link(offset + start - low, offset + end - low, link.url))
            offset += high - low
    return tuple(links)
