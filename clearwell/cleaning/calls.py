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
    FORM_FIELDS,
    FORM_OFFER,
    NOT_OURS,
    PLATFORMS,
    ROW_WORDS,
    WIDE_ASKS,
)
from clearwell.cleaning.claims import kind_of, part, whole
from clearwell.cleaning.memory import SiteMemory
from clearwell.cleaning.vocabulary import Vocabulary
from clearwell.document import Document, Removal
from clearwell.sentences import SENTENCE_END, WIDE, sentence_starts, weigh
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


_MEDIA, _OWN, _CLOSING = frozenset(MEDIUM.stems), frozenset(OWN.stems), frozenset(CLOSING.stems)


class Hints(NamedTuple):
    """What a page holds of what calls are told by: stems by kind; and whether it has a wide script or an address."""

    wide: Vocabulary
    asked: tuple[str, ...]
    medium: tuple[str, ...]
    own: tuple[str, ...]
    closing: tuple[str, ...]
    other: bool


def _read_hints(page: str) -> Hints:
    held = ASKED.narrowed_to(page).stems
    medium, own, closing = (tuple(stem for stem in held if stem in stems) for stems in (_MEDIA, _OWN, _CLOSING))
    other = "@" in page or (not page.isascii() and WIDE.search(page) is not None)
    return Hints(WIDE_ASKS.narrowed_to(page), held, medium, own, closing, other)


def find(document: Document, site: Site, memory: SiteMemory) -> Iterator[Removal]:
    """Point at calls, sentence by sentence from both ends of a block; what stands between other sentences stays."""
    page = document.folded_text
    offer = FORM_OFFER.narrowed_to(page)
    hints = _read_hints(page)
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
        elif len(folded) <= MAX_FORM and offer.occurs_in(folded) and _is_form(folded):
            yield whole(document, number, "call", "newsletter-form", 0.85)
        elif len(folded) <= MAX_CALL and ("?" in folded or "？" in folded) and HELPFUL.match(folded):
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
    if _may_have_calls(folded, hints):
        for rule, start, end in _read_calls(folded, hints):
            yield part(document, number, start, end, "call", rule, 0.8)


def _may_have_calls(folded: str, hints: Hints) -> bool:
    """Whether the first or the last sentence is a call: else there is none at either end.

    A last sentence that begins before `low` is too long for a call; none that begins behind it is missed, as what
    ends a sentence has no letter in it, so that none spans `low`.
    """
    size = len(folded)
    low = max(size - MAX_CALL, 0)
    while low and not folded[low - 1].isalnum():
        low -= 1
    late = [match.end() for match in SENTENCE_END.finditer(folded, low) if match.end() < size]
    if late and _is_call(folded, late[-1], size, hints):
        return True
    if not late or low:
        first = SENTENCE_END.search(folded)
        return _is_call(folded, 0, first.end() if first else size, hints)
    return _is_call(folded, 0, late[0], hints)


def _read_calls(folded: str, hints: Hints) -> list[tuple[str, int, int]]:
    """Rule, start and end of the calls at both ends of a text."""
    starts = [*sentence_starts(folded), len(folded)]
    calls = [_is_call(folded, start, end, hints) for start, end in pairwise(starts)]
    if True not in calls:
        return []
    for place, (start, end) in enumerate(pairwise(starts[:-1])):
        calls[place] = calls[place] or (calls[place + 1] and _leads_up(folded[start:end]))
    rule = "call-line" if all(calls) else "call-sentence"
    places = (*_leading(calls), *_trailing(calls)) if rule == "call-sentence" else range(len(calls))
    return [(rule, starts[place], starts[place + 1]) for place in places]


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


def _is_call(folded: str, start: int, end: int, hints: Hints) -> bool:
    limit = min(end, start + MAX_CALL)
    sentence = folded[start:end]
    wide = hints.wide.occurs_in(sentence)
    if not wide and not hints.other and folded[start : folded.find(" ", start, start + MAX_FIRST)] in NEVER:
        return False
    told = ASKS.match(folded, start, limit) or (wide and WIDE_ASKS.pattern.search(folded, start, limit))
    if not told and not _asks(sentence.strip(), hints):
        return False
    return weigh(sentence) <= MAX_CALL and not NOT_OURS.search(sentence)


def _asks(sentence: str, hints: Hints) -> bool:
    """Whether a sentence has the parts of a call: an act, the page's own, and a medium; or takes leave of readers."""
    if not sentence or len(sentence) > MAX_ASK or sentence[0] in QUOTES:
        return False
    if _holds(sentence, hints.closing) and (FAREWELL.match(sentence) or HELPFUL.match(sentence)):
        return True
    if not hints.other and not _holds(sentence, hints.asked):
        return False
    wide = hints.other and WIDE.search(sentence) is not None
    found = _asks_wide(sentence) if wide else _asks_in_order(sentence, hints)
    return (found or ("@" in sentence and POST.match(sentence) is not None)) and not MEDICAL.search(sentence)


def _holds(sentence: str, stems: tuple[str, ...]) -> bool:
    return any(stem in sentence for stem in stems)


def _asks_wide(sentence: str) -> bool:
    if len(sentence) > MAX_WIDE_ASK:
        return False
    script = "ko" if _HANGUL.search(sentence) else "ja" if _KANA.search(sentence) else "zh"
    return all(part.search(sentence) for part in WIDE_PARTS[script])


def _asks_in_order(sentence: str, hints: Hints) -> bool:
    """The same for languages that begin with the act."""
    if _holds(sentence, hints.own) and SOCIAL.match(sentence) and OWN.pattern.search(sentence):
        return True
    if SURE.match(sentence):
        return True
    if not _holds(sentence, hints.medium):
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
