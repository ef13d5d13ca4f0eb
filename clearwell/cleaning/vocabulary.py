"""A detector's words: alternatives of a pattern, each under a stem that a text must hold for it to match.

Looking for a few stems in a lower-cased text is ten times cheaper than running the whole pattern over it, and nearly
every block of a clean article holds none of them.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

_OTHER_SCRIPT = re.compile(r"[Ͱ-᷿぀-ヿ㐀-鿿가-힯]")  # neither Latin nor signs


class Vocabulary(NamedTuple):
    """`pattern` is for folded text (see `sentences.fold`) and matches nothing in a text without one of the stems."""

    latin: tuple[str, ...]
    other: tuple[str, ...]  # stems of other scripts, not looked for in texts that have none
    pattern: re.Pattern[str]

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
        """The same with only those stems that a text holds, to look for them in parts of it; `pattern` stays whole."""
        latin = tuple(stem for stem in self.latin if stem in folded)
        other = tuple(stem for stem in self.other if stem in folded) if _has_other_script(folded) else ()
        return self._replace(latin=latin, other=other)

    def _stems_in(self, folded: str) -> Iterator[str]:
        yield from (stem for stem in self.latin if stem in folded)
        if self.other and _has_other_script(folded):
            yield from (stem for stem in self.other if stem in folded)


def _has_other_script(text: str) -> bool:
    return not text.isascii() and _OTHER_SCRIPT.search(text) is not None


def make_vocabulary(alternatives: Mapping[str, str]) -> Vocabulary:
    """Compile alternatives, from stem to pattern; an empty pattern stands for the stem itself."""
    pattern = "|".join(alternative or re.escape(stem) for stem, alternative in alternatives.items())
    other = tuple(stem for stem in alternatives if _OTHER_SCRIPT.search(stem))
    return Vocabulary(tuple(stem for stem in alternatives if stem not in other), other, re.compile(pattern))
