"""Calls to follow, scan, share, subscribe or download.

Rules: `call-line` (a block that is nothing else), `call-sentence` (one that opens or closes a block), `share-row`
(names of platforms and nothing else), `newsletter-form` (a form flattened into one line).
No verb acts alone (`follow your doctor's advice`, `pay attention to your diet`, `scan the abdomen`), nor does a
platform's name: the sentence has to ask the reader to do something for the page itself (`us`, `our channel`, `this
article`).
Left alone on purpose: codes on packages, what to share with a doctor, articles about apps and social media.
"""

import re
from collections.abc import Callable, Iterator, Set
from functools import partial
from itertools import pairwise, starmap
from typing import NamedTuple

from clearwell.cleaning.ask_words import (
    ADDRESS,
    ASKED,
    BUTTON,
    BUTTON_MEDIUM,
    CLOSING,
    FAREWELL,
    HANDLE,
    HELPFUL,
    INFORMS,
    MEDICAL,
    MEDIUM,
    NEVER,
    OURS,
    OWN,
    POST,
    SOCIAL,
    SURE,
    VERB,
    WIDE_PARTS,
)
from clearwell.cleaning.call_words import (
    ASKS,
    CALL_HEADS,
    FORM_FIELDS,
    FORM_OFFER,
    HEAD,
    NOT_OURS,
    PLATFORMS,
    ROW_PLATFORMS,
    ROW_WORDS,
    WIDE_ASKS,
)
from clearwell.cleaning.claims import kind_of, part, whole
from clearwell.cleaning.memory import SiteMemory
from clearwell.document import Document, Removal
from clearwell.sentences import WIDE, weigh
from clearwell.site import Site

MAX_CALL = 220  # Latin characters of one call
MAX_FORM = 600  # Latin characters of a flattened form, its privacy notice included
MIN_FIELDS = 3  # different fields and notices that make a form
MIN_PLATFORMS = 2  # names that make a row of share buttons

MAX_ASK, MAX_WIDE_ASK = 140, 60  # characters of a call that is told by its parts; longer ones argue
MAX_BUTTON = 70  # characters
MAX_FIRST = 12  # characters in which a sentence's first word ends
MAX_SHORT = 16  # characters of a question that asks nobody: `Want more?`
MAX_QUESTION = 70  # Latin characters of a question that leads up to a call
QUOTES = "\"“”«»„‘'「『"
_HANGUL, _KANA = re.compile("[가-힣]"), re.compile("[぀-ヿ]")
_TO_READER = re.compile(
    r"\b(?:you|your|t[uúei]|tus?|usted|vous|votre|sie|ihnen|ihr\w*|dir|dich|voc[eê]|seu|вы|вам|вас|ты)\b|[你您]|大家|あなた|皆さん|여러분|당신"
)
_ROW_WORD = re.compile(r"[^\W_]+")


class Hints(NamedTuple):
    """Which blocks hold what calls are told by: stems by kind; and whether the page has a wide script or an address."""

    wide: Set[int]
    asked: Set[int]
    medium: Set[int]
    own: Set[int]
    closing: Set[int]
    other: bool


def _read_hints(document: Document) -> Hints:
    page = document.folded_text
    wide, asked, medium, own, closing = (
        words.places(document).keys() for words in (WIDE_ASKS, ASKED, MEDIUM, OWN, CLOSING)
    )
    other = "@" in page or (not page.isascii() and WIDE.search(page) is not None)
    return Hints(wide, asked, medium, own, closing, other)


def find(document: Document, site: Site, memory: SiteMemory) -> Iterator[Removal]:
    """Point at calls, sentence by sentence from both ends of a block; what stands between other sentences stays."""
    forms, rows, hints = FORM_OFFER.places(document), ROW_PLATFORMS.places(document), _read_hints(document)
    for number, block in enumerate(document.blocks):
        if block.kind == "code" or not block.text:
            continue
        folded = document.folded[number]
        if (
            number in rows
            and len(folded) <= MAX_CALL
            and kind_of(document, number) in ("paragraph", "list_item")
            and _is_share_row(folded)
        ):
            yield whole(document, number, "call", "share-row", 0.85)
        elif number in forms and len(folded) <= MAX_FORM and _is_form(folded):
            yield whole(document, number, "call", "newsletter-form", 0.85)
        elif number in hints.closing and len(folded) <= MAX_CALL and HELPFUL.match(folded):
            yield whole(document, number, "call", "call-line", 0.8)
        elif len(folded) <= MAX_BUTTON and block.kind == "paragraph" and _is_button(folded):
            yield whole(document, number, "call", "call-line", 0.75)
        else:
            yield from _find_sentences(document, number, folded, hints)


def _is_button(folded: str) -> bool:
    """Whether a short line without a full stop asks for an act that a button does: `Jetzt Newsletter abonnieren`."""
    if folded[-1] in ".。:：?？" or folded[0] in "-•" or not BUTTON_MEDIUM.search(folded):
        return False
    return BUTTON.match(folded) is not None and not MEDICAL.search(folded)


def _find_sentences(document: Document, number: int, folded: str, hints: Hints) -> Iterator[Removal]:
    """The calls at both ends of a block."""
    starts = document.sentences[number]
    is_call = partial(_is_call, folded, number, hints)
    # Without a call for its first or its last sentence a block has none at either end.
    if is_call(starts[-1], len(folded)) or (len(starts) > 1 and is_call(0, starts[1])):
        for rule, start, end in _read_calls(folded, [*starts, len(folded)], is_call):
            yield part(document, number, start, end, "call", rule, 0.8)


def _read_calls(folded: str, starts: list[int], is_call: Callable[[int, int], bool]) -> Iterator[tuple[str, int, int]]:
    """Rule, start and end of the calls at both ends of a text."""
    calls = list(starmap(is_call, pairwise(starts)))
    for place, (start, end) in enumerate(pairwise(starts[:-1])):
        calls[place] = calls[place] or (calls[place + 1] and _leads_up(folded[start:end]))
    rule = "call-line" if all(calls) else "call-sentence"
    places = (*_leading(calls), *_trailing(calls)) if rule == "call-sentence" else range(len(calls))
    return ((rule, starts[place], starts[place + 1]) for place in places)


def _leads_up(sentence: str) -> bool:
    """Whether a sentence is a short question to the reader, as one before a call is."""
    sentence = sentence.strip()
    if sentence[-1:] not in ("?", "？") or weigh(sentence) > MAX_QUESTION:
        return False
    return len(sentence) <= MAX_SHORT or _TO_READER.search(sentence) is not None


def _leading(calls: list[bool]) -> range:
    return range(calls.index(False))


def _trailing(calls: list[bool]) -> range:
    return range(len(calls) - calls[::-1].index(False), len(calls))


def _is_call(folded: str, number: int, hints: Hints, start: int, end: int) -> bool:
    """Whether a sentence of block `number` is a call."""
    if end - start > MAX_CALL:
        return False
    wide = number in hints.wide
    if not hints.other and folded[start : folded.find(" ", start, start + MAX_FIRST)] in NEVER:
        return False
    told = (_may_ask(folded, start) and ASKS.match(folded, start, end)) or (
        wide and WIDE_ASKS.pattern.search(folded, start, end)
    )
    if not told and not ((hints.other or number in hints.asked) and _asks(folded[start:end].strip(), number, hints)):
        return False
    sentence = folded[start:end]
    return weigh(sentence) <= MAX_CALL and not NOT_OURS.search(sentence)


def _may_ask(folded: str, start: int) -> bool:
    return folded[start : start + HEAD] in CALL_HEADS or not folded[start : start + 1].isalnum()


def _asks(sentence: str, number: int, hints: Hints) -> bool:
    """Whether a sentence has the parts of a call: an act, the page's own, and a medium; or takes leave of readers."""
    if not sentence or len(sentence) > MAX_ASK or sentence[0] in QUOTES:
        return False
    if number in hints.closing and (FAREWELL.match(sentence) or HELPFUL.match(sentence)):
        return True
    wide = hints.other and WIDE.search(sentence) is not None
    found = _asks_wide(sentence) if wide else _asks_in_order(sentence, number, hints)
    return (found or ("@" in sentence and POST.match(sentence) is not None)) and not MEDICAL.search(sentence)


def _asks_wide(sentence: str) -> bool:
    if len(sentence) > MAX_WIDE_ASK:
        return False
    script = "ko" if _HANGUL.search(sentence) else "ja" if _KANA.search(sentence) else "zh"
    return all(part.search(sentence) for part in WIDE_PARTS[script])


def _asks_in_order(sentence: str, number: int, hints: Hints) -> bool:
    """The same for languages that begin with the act."""
    if number in hints.own and SOCIAL.match(sentence) and OWN.pattern.search(sentence):
        return True
    if SURE.match(sentence) and (hints.other or ASKED.occurs_in(sentence)):
        return True
    if number not in hints.medium:
        return False
    if VERB.match(sentence) and MEDIUM.pattern.search(sentence):
        return OURS.search(sentence) is not None or HANDLE.search(sentence) is not None
    if INFORMS.match(sentence) and MEDIUM.pattern.search(sentence):
        return all(part.search(sentence) for part in (OURS, ADDRESS))
    return False


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
