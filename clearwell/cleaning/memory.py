"""What a site repeats: a bounded sample of its pages, from which its own phrases are learned.

A memory is a set of pages, each as its first words of every sentence.  When it is full, the pages whose keys (hashes of
their addresses) are the smallest stay.  So `merge` is a union cut at MAX_PAGES: it does not matter in which order
pages were seen, how the work was divided, or whether a page was seen twice, and what is known of many pages is an even
sample of the site.  learning.py says which of what recurs is the site's and not the article's.
"""

import functools
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import repeat
from typing import TYPE_CHECKING

import msgspec

from clearwell.cleaning.claims import last_prose
from clearwell.document import Block, Document
from clearwell.sentences import sentence_starts

if TYPE_CHECKING:
    from clearwell.cleaning.endings import Ending
    from clearwell.cleaning.learning import Learned

MAX_PAGES = 64  # of a site; what stands on one page in ten is then seen on six of them; 2026-11
MAX_OPENINGS = 128  # sentences of a page: the first half of them and the last, where sites put what is theirs; 2026-11
MAX_OPENING = 100  # characters of a sentence; a phrase is never longer.  So a full memory has 820,000 at most; 2026-11
_KEY_BITS = 64


class Opening(msgspec.Struct, frozen=True, array_like=True):
    """How a sentence begins: at most MAX_OPENING characters, single spaces.

    `behind` says that it stands behind another sentence of its block, `last` that its block ends with it and that it is
    here to its end.
    """

    text: str
    behind: bool
    last: bool


class PageRecord(msgspec.Struct, frozen=True, array_like=True):
    """What is remembered of one page; `flattened` as in Document, `tail` openings stand behind the last prose."""

    key: int
    flattened: bool
    openings: tuple[Opening, ...]
    tail: int = 0


class SiteMemory(msgspec.Struct, frozen=True, dict=True):
    """The remembered pages of a site, ordered by key; empty for a site that nothing is known of.

    Serialise it with `to_json` and `from_json`.
    """

    pages: tuple[PageRecord, ...] = ()

    def observe(self, document: Document, address: str = "") -> "SiteMemory":
        """A memory that knows one page more.

        `document` is the extracted one, before cleaning.  A page is known by its `address`, or by its text where there
        is none: seen twice it counts once.
        """
        record = _record(document, address)
        return self._with((record,)) if record else self

    @staticmethod
    def of(pages: Iterable[tuple[Document, str]]) -> "SiteMemory":
        """A memory of pages given with their addresses; the same as observing one after the other."""
        return SiteMemory()._with(filter(None, (_record(document, address) for document, address in pages)))

    def merge(self, other: "SiteMemory") -> "SiteMemory":
        """A memory of all pages of both; associative, commutative and idempotent."""
        return self._with(other.pages)

    def _with(self, records: Iterable[PageRecord]) -> "SiteMemory":
        known = {record.key: record for record in self.pages}
        for record in records:
            old = known.get(record.key, record)
            known[record.key] = max(old, record, key=msgspec.msgpack.encode)  # of two versions always the same one
        pages = tuple(known[key] for key in sorted(known)[:MAX_PAGES])
        return self if pages == self.pages else SiteMemory(pages)  # so that what was learned of it is kept

    @functools.cached_property
    def learned(self) -> tuple["Learned", ...]:
        """The phrases that are the site's own; computed once a memory, in about 30 ms when it is full."""
        from clearwell.cleaning.learning import learn  # it reads what is remembered here

        return learn(self.pages)

    @functools.cached_property
    def endings(self) -> tuple["Ending", ...]:
        """The lines and labels that the site puts below its articles; computed once a memory."""
        from clearwell.cleaning.endings import learn_endings

        return learn_endings(self.pages)

    @functools.cached_property
    def spread(self) -> Mapping[str, int]:
        """On how many of the remembered pages each opening stands."""
        return Counter(text for page in self.pages for text in {opening.text for opening in page.openings})

    def count_pages(self) -> int:
        """How many pages were seen; estimated from how dense the kept keys lie once the memory is full."""
        if len(self.pages) < MAX_PAGES:
            return len(self.pages)
        return (MAX_PAGES - 1) * (1 << _KEY_BITS) // max(self.pages[-1].key, 1)

    def to_json(self) -> bytes:
        """The memory as JSON, the same bytes for the same pages."""
        return msgspec.json.encode(self)

    @staticmethod
    def from_json(encoded: bytes) -> "SiteMemory":
        """Read what `to_json` wrote; raises msgspec.MsgspecError for anything else."""
        return msgspec.json.decode(encoded, type=SiteMemory)


NOTHING_LEARNED = SiteMemory()


def read_openings(document: Document, beginnings: str | tuple[str, ...] = "") -> list[tuple[int, Opening]]:
    """The openings of a document that may hold what a site repeats: the first and the last, where there are many.

    Each with its number; with `beginnings` only those that begin with one of them.
    """
    found = [
        sentence
        for number, block in enumerate(document.blocks)
        if _is_read(block)
        for sentence in _read_sentences(block.text, document.sentences[number])
    ]
    half = MAX_OPENINGS // 2
    if len(found) > MAX_OPENINGS:
        found = found[:half] + found[-half:]
    near = (
        (number, _open(*sentence))
        for number, sentence in enumerate(found)
        if sentence[0].startswith(beginnings, sentence[1])
    )
    return [(number, opening) for number, opening in near if opening.text.startswith(beginnings)]


def _read_sentences(text: str, starts: list[int]) -> Iterator[tuple[str, int, int]]:
    """A text in plain spaces, and where each of its sentences begins and ends; `starts` say so of the text as it is."""
    if not text.isprintable() or "  " in text or text[0] == " " or text[-1] == " ":
        text = _plain(text)  # a plain space is the only white space that is printable
        starts = sentence_starts(text)
    return zip(repeat(text), starts, [*starts[1:], len(text)], strict=False) if text else iter(())


def _plain(text: str) -> str:
    """Single spaces, and nothing that cannot be written as UTF-8."""
    text = " ".join(text.split())
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _open(text: str, start: int, end: int) -> Opening:
    opening = text[start : min(end, start + MAX_OPENING)].rstrip()
    return Opening(opening, start > 0, end == len(text) and end - start <= MAX_OPENING)


def open_sentences(text: str) -> list[Opening]:
    """How each sentence of a text begins."""
    text = _plain(text)
    return [_open(*sentence) for sentence in _read_sentences(text or " ", sentence_starts(text))]


def _record(document: Document, address: str) -> PageRecord | None:
    """What is remembered of a page; None of one that says nothing."""
    openings = tuple(opening for _, opening in read_openings(document))
    if not openings:
        return None
    key = page_key(address or document.text)
    return PageRecord(key, document.flattened, openings, min(_count_behind_prose(document), len(openings)))


def _count_behind_prose(document: Document) -> int:
    """How many openings stand behind the last prose, at most as many as are kept from a page's end."""
    numbers = range(last_prose(document) + 1, len(document.blocks))
    counts = (len(document.sentences[number]) for number in numbers if _is_read(document.blocks[number]))
    return min(sum(counts), MAX_OPENINGS // 2)


def _is_read(block: Block) -> bool:
    return bool(block.text) and block.kind not in ("heading", "code", "table")


def page_key(address: str) -> int:
    """The number by which a page is known; a memory keeps the pages of the smallest."""
    digest = hashlib.blake2b(address.encode("utf-8", "surrogatepass"), digest_size=_KEY_BITS // 8).digest()
    return int.from_bytes(digest, "big")
