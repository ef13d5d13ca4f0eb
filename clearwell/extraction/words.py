"""Comparing short texts by their words: titles with headings, names with what a site calls itself."""

import re

from clearwell.extraction.addresses import host_of

_WORD = re.compile(r"\w+")
MIN_LABEL = 5  # letters of a host's name that are no chance in another name


def likeness(one: str, other: str) -> float:
    """The share of common words in the shorter of two titles; 2 for the same, 0 for a single common word."""
    folded, folded_other = one.casefold(), other.casefold()
    if folded == folded_other:
        return 2.0
    words, others = set(_WORD.findall(folded)), set(_WORD.findall(folded_other))
    common = len(words & others)
    return common / min(len(words), len(others)) if common > 1 else 0.0


def fold(text: str) -> str:
    """A text's letters and digits alone, case folded."""
    return "".join(_WORD.findall(text.casefold())).replace("_", "")


class SiteNames:
    """What a site calls itself: the publisher it states, and its host."""

    def __init__(self, publisher: str | None, url: str) -> None:
        self.publisher = fold(publisher or "")
        host = host_of(url)
        self.host = fold(host)
        self.label = fold(max(host.split(".")[:-1], key=len, default=""))

    def fit(self, text: str) -> bool:
        """Whether `text` is the site's name, perhaps with a word before or after it."""
        folded = fold(text)
        if not folded:
            return True
        known = self.publisher and (folded in self.publisher or self.publisher in folded)
        words = _WORD.findall(text.casefold())
        return bool(known) or (len(folded) > 2 and all(word in self.host for word in words))

    def owns(self, name: str) -> bool:
        """Whether a name is the site's own: it fits, or holds the host's name (`Farm Union` of farm.example)."""
        return self.fit(name) or (len(self.label) >= MIN_LABEL and self.label in fold(name))
