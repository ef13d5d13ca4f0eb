"""The one place that edits text: merges what the detectors point at, cuts it, mends the seams, keeps the account.

A document is edited as Pieces, each a list of spans of one extracted block, so that every removal and mend can be told
in positions of the extracted document, however many rounds it took, and `restore` is exact.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

import msgspec
from msgspec.structs import replace

from clearwell.article import ArticleBlock, Mend
from clearwell.document import Block, Document, Link, Part, Removal

MAX_ROUNDS = 8  # a cut can lay open another; a page that needs more than three has not been seen; 2026-11
_RUN = re.compile(r"\s\s+")
_NO_SPACE_BEFORE = ",.;:!?)]}»”’，。；：！？）】」』、"

Span = tuple[int, int]


class Piece(msgspec.Struct, frozen=True):
    """What is left of an extracted block, or a block recovered from it: `text` is its spans of the source, joined."""

    source: int
    spans: tuple[Span, ...]
    block: Block

    @property
    def text(self) -> str:
        return self.block.text

    def locate(self, ranges: list[Span]) -> Iterator[tuple[int, Span]]:
        """The spans of the source that ranges of the text, in order, came from, each with its range's number."""
        offset = place = 0
        for number, (start, end) in enumerate(ranges):
            while place < len(self.spans):
                low, high = self.spans[place]
                a, b = max(start, offset), min(end, offset + high - low)
                if a < b:
                    yield number, (low + a - offset, low + b - offset)
                if end < offset + high - low:
                    break
                offset += high - low
                place += 1


@dataclass(frozen=True, slots=True)
class Edit:
    """The outcome: the pieces that stay, in order, and what was taken, in positions of the extracted document."""

    pieces: tuple[Piece, ...]
    removals: tuple[Removal, ...]
    mends: tuple[Mend, ...]


Find = Callable[[Document], Iterable[Removal]]
Recover = Callable[[Document, tuple[int, ...]], list[list[Part]]]


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
            if number not in claimed:
                pieces.append(piece)
            elif (rest := self._cut_piece(piece, claimed[number])) is not None:
                pieces.append(rest)
        self.pieces = pieces

    def trim(self) -> None:
        """Mend the white space round the extracted blocks and its runs inside them; those that hold nothing else go."""
        pieces: list[Piece] = []
        for piece in self.pieces:
            loose = list(_find_loose(piece.text)) if piece.block.kind != "code" else []
            self._mend(piece, loose)
            if not loose and piece.text:
                pieces.append(piece)
            elif kept := _complement(len(piece.text), loose):
                pieces.append(self._take(piece, kept))
        self.pieces = pieces

    def divide(self, parts: list[list[Part]]) -> None:
        """Divide pieces into the blocks that were recognised in them."""
        pieces: list[Piece] = []
        for piece, found in zip(self.pieces, parts, strict=True):
            if len(found) == 1 and found[0] == _as_part(piece.block):
                pieces.append(piece)
                continue
            self._mend(piece, _complement(len(piece.text), [(part.start, part.end) for part in found]))
            for part in found:
                taken = self._take(piece, [(part.start, part.end)])
                pieces.append(replace(taken, block=_as(taken.block, part)))
        self.pieces = pieces

    def _cut_piece(self, piece: Piece, claims: list[Removal]) -> Piece | None:
        gaps = [(claim.start, claim.end) for claim in claims]
        self._record(piece, claims)
        loose = [] if piece.block.kind == "code" else list(_find_seams(piece.text, gaps))
        self._mend(piece, loose)
        kept = _complement(len(piece.text), sorted(gaps + loose))
        return self._take(piece, kept) if kept else None

    def _take(self, piece: Piece, ranges: list[Span]) -> Piece:
        spans = tuple(span for _, span in piece.locate(ranges))
        text = "".join(piece.text[start:end] for start, end in ranges)
        old = piece.block
        return Piece(piece.source, spans, Block(old.kind, text, old.level, old.marker, (), old.path))

    def _record(self, piece: Piece, claims: list[Removal]) -> None:
        text = self.document.blocks[piece.source].text
        for number, (start, end) in piece.locate([(claim.start, claim.end) for claim in claims]):
            claim = claims[number]
            self.removals.append(
                Removal(claim.category, claim.rule, piece.source, start, end, text[start:end], claim.confidence)
            )

    def _mend(self, piece: Piece, ranges: list[Span]) -> None:
        text = self.document.blocks[piece.source].text
        for _, (start, end) in piece.locate(ranges):
            self.mends.append(Mend(piece.source, start, text[start:end]))


def _find_loose(text: str) -> Iterator[Span]:
    """White space at both ends, and of every run inside all but one: a tab that parts cells, or else a plain space."""
    if text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:
        return  # a plain space is the only white space that is printable
    lead, trail = len(text) - len(text.lstrip()), len(text.rstrip())
    if lead:
        yield 0, lead
    for run in _RUN.finditer(text, lead, max(lead, trail)):
        best = next((mark for mark in "\t " if mark in run.group()), run.group()[0])
        keep = run.start() + run.group().index(best)
        yield from ((low, high) for low, high in ((run.start(), keep), (keep + 1, run.end())) if low < high)
    if lead < trail < len(text):
        yield trail, len(text)


def _as_part(block: Block) -> Part:
    return Part(0, len(block.text), block.kind, block.level, block.marker)


def _as(block: Block, part: Part) -> Block:
    """The same text as another kind of block."""
    return Block(part.kind, block.text, part.level, part.marker, block.links, block.path)


def apply(document: Document, find: Find, recover: Recover) -> Edit:
    """Cut what `find` points at and divide by what `recover` recognises, until neither has anything left to say.

    `find` sees the document as it is after each round; `recover` gives, for each of its blocks, the parts it
    consists of, and is also told the numbers of the extracted blocks they come from.  Ends after MAX_ROUNDS at the
    latest.
    """
    editor = _Editor(document)
    editor.trim()
    for _ in range(MAX_ROUNDS):
        view = editor.view()
        if claims := merge(find(view)):
            editor.cut(claims)
            continue
        editor.divide(recover(view, tuple(piece.source for piece in editor.pieces)))
        if editor.view() == view:
            break
    removals, mends = _unite(editor.removals, editor.mends, document)
    return Edit(tuple(editor.pieces), tuple(removals), tuple(mends))


def _unite(removals: list[Removal], mends: list[Mend], document: Document) -> tuple[list[Removal], list[Mend]]:
    """In order; removals of one category with nothing but mended white space between them are one removal."""
    loose = {(mend.block, mend.start): mend for mend in mends if mend.text.isspace()}
    runs: list[list[Removal]] = []
    end = -1  # where the last run ends, with the white space behind it
    for removal in sorted(removals, key=lambda r: (r.block, r.start)):
        last = runs[-1][-1] if runs else removal
        if runs and (removal.block, removal.category, removal.start) == (last.block, last.category, end):
            loose.pop((last.block, last.end), None)
            runs[-1].append(removal)
        else:
            runs.append([removal])
        space = loose.get((removal.block, removal.end))
        end = removal.end + len(space.text) if space else removal.end
    kept = [mend for mend in mends if not mend.text.isspace() or (mend.block, mend.start) in loose]
    return [_unite_run(run, document) for run in runs], sorted(kept, key=lambda m: (m.block, m.start))


def _unite_run(run: list[Removal], document: Document) -> Removal:
    first, last = run[0], run[-1]
    if first is last:
        return first
    text = document.blocks[first.block].text[first.start : last.end]
    confidence = max(removal.confidence for removal in run)
    return Removal(first.category, first.rule, first.block, first.start, last.end, text, confidence)


def merge(claims: Iterable[Removal]) -> list[Removal]:
    """Unite overlapping claims; the longest of them, then the most confident, gives the reason."""
    merged: list[Removal] = []
    for claim in sorted((c for c in claims if c.end > c.start), key=lambda c: (c.block, c.start, -c.end, c.rule)):
        last = merged[-1] if merged else None
        if last is None or last.block != claim.block or claim.start >= last.end:
            merged.append(claim)
            continue
        best = max(last, claim, key=lambda c: (c.end - c.start, c.confidence, c.rule))
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
    """White space with no use: at both ends, doubled across a cut, or left before a full stop by one; in order."""
    spans = _complement(len(text), gaps)
    blank = [not text[start:end].strip() for start, end in spans]
    if False not in blank:
        yield from spans
        return
    first, last = blank.index(False), len(blank) - 1 - blank[::-1].index(False)
    yield from spans[:first]
    start, end = spans[first]
    if lead := end - start - len(text[start:end].lstrip()):
        yield start, start + lead
    yield from _find_inner_seams(text, spans[first : last + 1])
    start, end = spans[last]
    if trail := end - start - len(text[start:end].rstrip()):
        yield end - trail, end
    yield from spans[last + 1 :]


def _find_inner_seams(text: str, kept: list[Span]) -> Iterator[Span]:
    last = kept[0][1] - 1  # the last character that stays so far
    for start, end in kept[1:]:
        following = end - len(text[start:end].lstrip())
        closes = following < end and text[following] in _NO_SPACE_BEFORE
        if closes and text[last] == " ":
            yield last, last + 1
        if following > start and (closes or text[last].isspace()):
            yield start, following
            start = following
        if start < end:
            last = end - 1


def to_article_blocks(edit: Edit, document: Document) -> tuple[ArticleBlock, ...]:
    """The pieces as published blocks, with the links of their source moved to where the text now stands."""
    return tuple(
        ArticleBlock(p.block.kind, p.text, p.source, p.block.level, p.block.marker, _move_links(p, document))
        for p in edit.pieces
    )


def _move_links(piece: Piece, document: Document) -> tuple[Link, ...]:
    links = sorted(document.blocks[piece.source].links, key=lambda link: (link.start, link.end))
    moved: list[Link] = []
    offset = place = 0
    for low, high in piece.spans:
        while place < len(links) and links[place].end <= low:
            place += 1
        following = place
        while following < len(links) and links[following].start < high:
            link = links[following]
            start, end = max(low, link.start), min(high, link.end)
            if start < end:
                moved.append(Link(offset + start - low, offset + end - low, link.url))
            following += 1
        offset += high - low
    return tuple(moved)
