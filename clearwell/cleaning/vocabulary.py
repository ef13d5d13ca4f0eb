"""A detector's words: alternatives of a pattern, each under a stem that a text must hold for it to match.

Nearly every block of a clean article holds no stem, so a page is asked first for all of them at once: a sketch of it marks
which four bytes follow one another anywhere, and a stem whose bytes are not all marked is not there.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from clearwell.document import Document

GRAM = 4  # bytes
SKETCH = 1 << 16  # marks; a page of 12 KB sets one in twenty

_OTHER_SCRIPT = re.compile(r"[Ͱ-᷿぀-ヿ㐀-鿿가-힯]")  # neither Latin nor signs


class Vocabulary(NamedTuple):
    """`pattern` is for folded text (see `sentences.fold`) and matches nothing in a text without one of the stems."""

    latin: tuple[str, ...]
    other: tuple[str, ...]  # stems of other scripts, not looked for in texts that have none
    pattern: re.Pattern[str]
    marks: NDArray[np.uint32]  # of every stem's bytes in a sketch, stem by stem, and where each stem's begin
    begins: NDArray[np.int64]

    @property
    def stems(self) -> tuple[str, ...]:
        """All stems."""
        return (*self.latin, *self.other)

    def occurs_in(self, folded: str) -> bool:
        """Whether a folded text holds a stem, so that the pattern is worth running over it.

        >>> words = make_vocabulary({"reprint": "reprint(?:s|ed|ing)?", "转载": ""})
        >>> words.occurs_in("no reprints"), words.pattern.findall("no reprints")
        (True, ['reprints'])
        """
        for stem in self.latin:  # a plain loop: every block is asked, and nearly every answer is no
            if stem in folded:
                return True
        return bool(self.other) and _has_other_script(folded) and any(stem in folded for stem in self.other)

    def places(self, document: Document) -> dict[int, list[int]]:
        """Where stems stand in a page's folded blocks: the positions in each block that holds any."""
        page, starts = document.folded_text, document.starts
        found: dict[int, list[int]] = defaultdict(list)
        for stem in self.narrowed_to(page).stems:
            at = page.find(stem)
            while at >= 0:
                number = bisect_right(starts, at) - 1
                found[number].append(at - starts[number])
                at = page.find(stem, at + len(stem))
        return found

    def narrowed_to(self, folded: str) -> "Vocabulary":
        """The same with only those stems that a page holds, to look for them in parts of it; `pattern` stays whole."""
        sketch = _sketch(folded)
        likely = np.logical_and.reduceat(sketch[self.marks], self.begins)
        stems = self.stems
        held = [number for number in np.flatnonzero(likely).tolist() if stems[number] in folded]
        latin = tuple(stems[number] for number in held if number < len(self.latin))
        return self._replace(latin=latin, other=tuple(stems[number] for number in held[len(latin) :]))


@lru_cache(maxsize=1)
def _sketch(folded: str) -> NDArray[np.bool_]:
    """Marks of a page's bytes, four by four; all detectors ask the same page."""
    sketch = np.zeros(SKETCH, np.bool_)
    sketch[_marks(folded)] = True
    sketch[0] = True
    return sketch


def _marks(text: str) -> NDArray[np.uint32]:
    data = text.encode("utf-8", "surrogatepass")
    rows = [np.frombuffer(data, "<u4", max(len(data) - at, 0) // GRAM, min(at, len(data))) for at in range(GRAM)]
    marks: NDArray[np.uint32] = (np.concatenate(rows) * np.uint32(2_654_435_761)) >> np.uint32(16)
    return marks


def _has_other_script(text: str) -> bool:
    return not text.isascii() and _OTHER_SCRIPT.search(text) is not None


def make_vocabulary(alternatives: Mapping[str, str]) -> Vocabulary:
    """Compile alternatives, from stem to pattern; an empty pattern stands for the stem itself."""
    pattern = "|".join(alternative or re.escape(stem) for stem, alternative in alternatives.items())
    other = tuple(stem for stem in alternatives if _OTHER_SCRIPT.search(stem))
    latin = tuple(stem for stem in alternatives if stem not in other)
    marks = [_marks(stem) for stem in (*latin, *other)]
    # A stem shorter than a mark has none: zero stands for it, which every sketch is given.
    marks = [mark if len(mark) else np.zeros(1, np.uint32) for mark in marks]
    begins = np.cumsum([0, *(len(mark) for mark in marks[:-1])])
    return Vocabulary(latin, other, re.compile(pattern), np.concatenate(marks), begins)
