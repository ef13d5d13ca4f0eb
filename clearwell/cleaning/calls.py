"""Calls to follow, scan, share, subscribe or download.

Rules: `call-line` (a block that is nothing else), `call-sentence` (one that opens or closes a block), `share-row`
(names of platforms and nothing else), `newsletter-form` (a form flattened into one line).
No verb acts alone (`follow your doctor's advice`, `pay attention to your diet`, `scan the abdomen`), nor does a
platform's name: the sentence has to ask the reader to do something for the page itself (`us`, `our channel`, `this
article`).
Left alone on purpose: codes on packages, what to share with a doctor, articles about apps and social media.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from clearwell.cleaning.call_words import (
    ASKS,
    FORM_FIELDS,
    FORM_OFFER,
    NOT_OURS,
    PLATFORMS,
    ROW_WORDS,
    WIDE_ASKS,
)
from clearwell.cleaning.claims import kind_of, part, whole
from clearwell.cleaning.memory import SiteMemory
from clearwell.document import Document, Removal
from clearwell.sentences import weigh
from clearwell.site import Site

MAX_CALL = 220  # Latin characters of one call
MAX_FORM = 600  # Latin characters of a flattened form, its privacy notice included
MIN_FIELDS = 3  # different fields and notices that make a form
MIN_PLATFORMS = 2  # names that make a row of share buttons

_ROW_WORD = re.compile(r"[^\W_]+")


def find(document: Document, site: Site, memory: SiteMemory) -> Iterator[Removal]:
    """Point at calls, sentence by sentence from both ends of a block; what stands between other sentences stays."""
    offered, wide = FORM_OFFER.places(document), WIDE_ASKS.places(document)
    for number, block in enumerate(document.blocks):
        if block.kind == "code" or not block.text:
            continue
        folded = document.folded[number]
        if (
            len(folded) <= MAX_CALL
            and kind_of(document, number) in ("paragraph", "list_item")
            and _is_share_row(folded)
        ):
            yield whole(document, number, "call", "share-row", 0.85)
        elif number in offered and len(folded) <= MAX_FORM and _is_form(folded):
            yield whole(document, number, "call", "newsletter-form", 0.85)
        else:
            starts = document.sentences[number]
            if _may_have_calls(folded, starts, number in wide):
                for rule, start, end in _read_calls(folded, [*starts, len(folded)], number in wide):
                    yield part(document, number, start, end, "call", rule, 0.8)


def _may_have_calls(folded: str, starts: list[int], wide: bool) -> bool:
    """Whether the first or the last sentence is a call: else there is none at either end."""
    if len(starts) == 1:
        return _is_call(folded, 0, len(folded), wide)
    return _is_call(folded, 0, starts[1], wide) or _is_call(folded, starts[-1], len(folded), wide)


def _read_calls(folded: str, starts: list[int], wide: bool) -> list[tuple[str, int, int]]:
    """Rule, start and end of the calls at both ends of a text, whose sentences go from one of `starts` to the next."""
    calls = [_is_call(folded, start, end, wide) for start, end in pairwise(starts)]
    if True not in calls:
        return []
    rule = "call-line" if all(calls) else "call-sentence"
    places = (*_leading(calls), *_trailing(calls)) if rule == "call-sentence" else range(len(calls))
    return [(rule, starts[place], starts[place + 1]) for place in places]


def _leading(calls: list[bool]) -> range:
    return range(calls.index(False))


def _trailing(calls: list[bool]) -> range:
    return range(len(calls) - calls[::-1].index(False), len(calls))


def _is_call(folded: str, start: int, end: int, wide: bool) -> bool:
    if end - start > MAX_CALL:  # no text weighs less than its length
        return False
    if not ASKS.match(folded, start, end) and not (wide and WIDE_ASKS.pattern.search(folded, start, end)):
        return False
    sentence = folded[start:end]
    return weigh(sentence) <= MAX_CALL and not NOT_OURS.search(sentence)


def _is_share_row(folded: str) -> bool:
    if folded[-1] in ".!?。" or "," in folded:
        return False
    first = _ROW_WORD.search(folded)
    if first and first.group() not in ROW_WORDS:
        return False
    words = _ROW_WORD.findall(folded)
    return ROW_WORDS.issuperset(words) and len(PLATFORMS.intersection(words)) >= MIN_PLATFORMS


def _is_form(folded: str) -> bool:
    if not FORM_OFFER.pattern.search(folded):
        return False
    return len({field.lastgroup for field in FORM_FIELDS.finditer(folded)}) >= MIN_FIELDS
