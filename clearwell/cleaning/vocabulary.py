"""A detector's words: alternatives of a pattern, each under a stem that a text must hold for it to match.

Nearly every block of a clean article holds no stem, so a page is asked first for all of them at once: a sketch of it marks
which four bytes follow one another anywhere, and a stem whose bytes are not all marked is not there.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

GRAM = 4  # bytes
SKETCH = 1 << 16  # marks; a page of 12 KB sets one in twenty
_MIX = np.array([1, 31, 1_009, 32_749], np.uint32)  # odd factors, so that the order of bytes counts

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

    def places(self, folded: str) -> Iterator[int]:
        """Every position at which a stem stands, stem by stem."""
        for stem in self._stems_in(folded):
            at = folded.find(stem)
            while at >= 0:
                yield at
                at = folded.find(stem, at + len(stem))

    def narrowed_to(self, folded: str) -> "Vocabulary":
        """The same with only those stems that a page holds, to look for them in parts of it; `pattern` stays whole."""
        sketch = _sketch(folded)
        likely = np.logical_and.reduceat(sketch[self.marks], self.begins)
        stems = self.stems
        held = [number for number in np.flatnonzero(likely).tolist() if stems[number] in folded]
        latin = tuple(stems[number] for number in held if number < len(self.latin))
        return self._replace(latin=latin, other=tuple(stems[number] for number in held[len(latin) :]))

    def _stems_in(self, folded: str) -> Iterator[str]:
        yield from (stem for stem in self.latin if stem in folded)
        if self.other and _has_other_script(folded):
            yield from (stem for stem in self.other if stem in folded)


@lru_cache(maxsize=1)
def _sketch(folded: str) -> NDArray[np.bool_]:
    """Marks of a page's bytes, four by four; all detectors ask the same page."""
    sketch = np.zeros(SKETCH, np.bool_)
    sketch[_marks(folded)] = True
    sketch[0] = True
    return sketch


def _marks(text: str) -> NDArray[np.uint32]:
    data = np.frombuffer(text.encode("utf-8", "surrogatepass"), np.uint8).astype(np.uint32)
    size = max(len(data) - GRAM + 1, 0)
    mixed = sum((data[at : at + size] * factor for at, factor in enumerate(_MIX)), np.zeros(size, np.uint32))
    marks: NDArray[np.uint32] = (mixed * np.uint32(2_654_435_761)) >> np.uint32(16)
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
