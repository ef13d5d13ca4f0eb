"""A detector's words: alternatives of a pattern, each under a stem that a text must hold for it to match.

Nearly every block of a clean article holds no stem, so a page is searched once for the stems of all vocabularies together,
and each detector is told where its own stand: blocks without any need no pattern.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from clearwell.document import Document

_MADE: list[tuple[str, ...]] = []  # the stems of each vocabulary, in the order in which modules make them


class Vocabulary(NamedTuple):
    """`pattern` is for folded text (see `sentences.fold`) and matches nothing in a text without one of the stems."""

    stems: tuple[str, ...]
    pattern: re.Pattern[str]
    number: int  # among all vocabularies

    def occurs_in(self, folded: str) -> bool:
        """Whether a folded line that is no document's holds a stem, so that the pattern is worth running over it.

        >>> words = make_vocabulary({"reprint": "reprint(?:s|ed|ing)?", "转载": ""})
        >>> words.occurs_in("no reprints"), words.pattern.findall("no reprints")
        (True, ['reprints'])
        """
        return any(stem in folded for stem in self.stems)

    def places(self, document: Document) -> dict[int, list[int]]:
        """Where stems stand in a page's folded blocks: the positions in each block that holds any."""
        return self.places_in(document.folded_text, document.starts)

    def places_in(self, folded: str, starts: Sequence[int]) -> dict[int, list[int]]:
        """The same for a folded text and the starts of its parts."""
        found: dict[int, list[int]] = defaultdict(list)
        for place in _find_all(folded).get(self.number, ()):
            number = bisect_right(starts, place) - 1
            found[number].append(place - starts[number])
        return found


def make_vocabulary(alternatives: Mapping[str, str]) -> Vocabulary:
    """Compile alternatives, from stem to pattern; an empty pattern stands for the stem itself."""
    pattern = "|".join(alternative or re.escape(stem) for stem, alternative in alternatives.items())
    _MADE.append(tuple(alternatives))
    return Vocabulary(_MADE[-1], re.compile(pattern), len(_MADE) - 1)


@lru_cache(maxsize=1)  # all detectors ask for the same page
def _find_all(folded: str) -> dict[int, list[int]]:
    """Where the stems of each vocabulary stand in a text, those that stand in others too."""
    searcher, owners = _join(len(_MADE))
    found: dict[int, list[int]] = defaultdict(list)
    readable = folded.encode("utf-8", "replace").decode()  # half a surrogate pair has no UTF-8; lengths stay
    for stem, start, _ in searcher.find_matches_as_indexes(readable, overlapping=True):
        for number in owners[stem]:
            found[number].append(start)
    return found


@lru_cache(maxsize=1)
def _join(count: int) -> tuple[AhoCorasick, list[list[int]]]:
    """What finds the stems of the vocabularies made so far, and to which of these each stem belongs."""
    owners: dict[str, list[int]] = defaultdict(list)
    for number, stems in enumerate(_MADE[:count]):
        for stem in stems:
            owners[stem].append(number)
    return AhoCorasick(list(owners), implementation=Implementation.DFA), list(owners.values())
