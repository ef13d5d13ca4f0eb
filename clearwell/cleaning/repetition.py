"""Phrases that hold no word of rights, told by their repetition alone: by the site's memory, or within the page.

Rules: `pinned-phrase` (the site's file says so), `known-phrase` (the site's memory), `repeated-phrase` (the page repeats
it between unrelated sentences).  learning.py says what is learned and what is not.  Left alone on purpose: what the
site's file forbids to take, and a phrase that its sentence goes on from: `The morning edition of ... is free.`
"""

from collections.abc import Iterator

from clearwell.cleaning.claims import part
from clearwell.cleaning.learning import CLOSING, learn_from_page
from clearwell.cleaning.memory import SiteMemory
from clearwell.document import Document, Removal
from clearwell.sentences import STOPS, fold, is_terminated, starts_anew
from clearwell.site import Site

_ENDS = "|.!?…。！？)）]】»”\"'"  # what may stand behind a phrase where nothing begins
_WIDE_SPACES = "\xa0\u3000\u2009\u202f"


def find(document: Document, site: Site, memory: SiteMemory) -> Iterator[Removal]:
    """Point at the site's phrases wherever they stand, but where a sentence goes on from them."""
    spared = {plain_phrase(phrase) for phrase in site.memory.forbid}
    known = [("pinned-phrase", 1.0, phrase) for phrase in site.memory.pin]
    known += [("known-phrase", 0.95, learned.text) for learned in memory.learned]
    known += [("repeated-phrase", 0.85, learned.text) for learned in learn_from_page(document)]
    for rule, confidence, phrase in known:
        words = " ".join(phrase.split())
        if words and plain_phrase(words) not in spared:
            yield from _find_phrase(document, words, rule, confidence)


def _find_phrase(document: Document, phrase: str, rule: str, confidence: float) -> Iterator[Removal]:
    for number, block in enumerate(document.blocks):
        text = block.text if block.text.isascii() else _with_plain_spaces(block.text)
        at = text.find(phrase)
        while at >= 0:
            end = at + len(phrase)
            if _stands_alone(text, at, end):
                start, stop = _with_decoration(text, at, _with_stop(text, at, end))
                yield part(document, number, start, stop, "watermark", rule, confidence)
            at = text.find(phrase, end)


def _with_plain_spaces(text: str) -> str:
    """The same length, all spaces plain ones."""
    for space in _WIDE_SPACES:
        text = text.replace(space, " ")
    return text


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no word goes on into the phrase and no sentence goes on behind it."""
    if start and text[start].isalnum() and text[start - 1].isalnum() and text[start].lower() != text[start].upper():
        return False
    behind = text[end : end + 8]
    return not behind.strip() or behind.lstrip()[0] in _ENDS or (starts_anew(behind) and not _joined(text, end))


def _with_stop(text: str, start: int, end: int) -> int:
    """The end of a phrase with the full stop behind it, unless the sentence before needs that."""
    stop = end < len(text) and text[end] in STOPS
    return end + 1 if stop and (not text[:start].strip() or is_terminated(text[max(start - 8, 0) : start])) else end


def _with_decoration(text: str, start: int, end: int) -> tuple[int, int]:
    """The same place with the brackets, bars or dashes that stand on both sides of it."""
    while True:
        low, high = len(text[:start].rstrip()) - 1, end + len(text[end:]) - len(text[end:].lstrip())
        if low < 0 or high >= len(text) or CLOSING.get(text[low]) != text[high]:
            return start, end
        start, end = low, high + 1


def _joined(text: str, end: int) -> bool:
    """Whether a letter of a script with words follows at once, and no capital that begins anew: `mediaThe`."""
    glued = text[end - 1].islower() and text[end].isupper()
    return not glued and text[end].isalnum() and text[end - 1].isalnum() and text[end].lower() != text[end].upper()


def plain_phrase(phrase: str) -> str:
    """A phrase as phrases are compared: small letters, single spaces."""
    return fold(" ".join(phrase.split()))
