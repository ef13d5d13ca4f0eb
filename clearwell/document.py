"""The words between page and article: a Document is Blocks in order; a Removal points into it."""

import functools
from itertools import accumulate
from typing import Literal

import msgspec

from clearwell.sentences import SENTENCE_END, fold

BlockKind = Literal["heading", "paragraph", "list_item", "quote", "code", "table", "caption"]
Category = Literal["watermark", "navigation", "teaser", "listing", "call", "credit", "residue", "spam"]


class Link(msgspec.Struct, frozen=True):
    """A hyperlink over `text[start:end]` of its block; `url` is absolute, http or https."""

    start: int
    end: int
    url: str


class Block(msgspec.Struct, frozen=True, omit_defaults=True):
    """One block of running text.

    `text` holds no markup and no marker; a `table` block is one row, its cells parted by tabs; only `code` keeps
    its newlines.  `level` is 1-6 for a heading and the depth, from 1, for a list item.  `marker` is what stands
    before a list item (`-`, `2.`).  `path` is the way down to the block's element, for people and for grouping.
    """

    kind: BlockKind
    text: str
    level: int | None = None
    marker: str | None = None
    links: tuple[Link, ...] = ()
    path: str = ""


class Document(msgspec.Struct, frozen=True, dict=True):
    """The blocks that extraction chose, in reading order, before anything is cleaned.

    `flattened` says that the page came without markup, so that headings and lists are yet to be recovered.
    """

    blocks: tuple[Block, ...]
    flattened: bool = False
    headline: str | None = None

    @functools.cached_property
    def text(self) -> str:
        """The extracted text: one block a line.  `restore` gives exactly this back."""
        return "\n".join(block.text for block in self.blocks)

    @functools.cached_property
    def starts(self) -> list[int]:
        """Where each block begins in the text, and where one more would: what is found in the text is a block's."""
        return [0, *accumulate(len(block.text) + 1 for block in self.blocks)]

    @functools.cached_property
    def folded(self) -> list[str]:
        """The text of each block in small letters, which nearly all detectors look at."""
        return [fold(block.text) for block in self.blocks]

    @functools.cached_property
    def folded_text(self) -> str:
        """The extracted text in small letters."""
        return "\n".join(self.folded)

    @functools.cached_property
    def sentences(self) -> list[list[int]]:
        """Where the sentences of each block begin, as `sentence_starts` says; one search finds them all."""
        begun = [[0] for _ in self.blocks]
        number, start, end = -1, 0, -1
        for stop in SENTENCE_END.finditer(self.text):
            while end < stop.start():
                number, start, end = number + 1, end + 1, self.starts[number + 2] - 1
            if stop.end() < end:
                begun[number].append(stop.end() - start)
        return begun


class Removal(msgspec.Struct, frozen=True):
    """A span that does not belong to the article: `text == document.blocks[block].text[start:end]`.

    `confidence` is 0-1 and orders overlapping claims; `rule` is the name under which docs/cleaning.md explains it.
    """

    category: Category
    rule: str
    block: int
    start: int
    end: int
    text: str
    confidence: float


class Part(msgspec.Struct, frozen=True):
    """A stretch `text[start:end]` of a block that is a block of its own, where markup was lost.

    What lies between two parts is white space, or a mark (a bullet, a heading's colon) that the new block's kind
    replaces.
    """

    start: int
    end: int
    kind: BlockKind
    level: int | None = None
    marker: str | None = None
