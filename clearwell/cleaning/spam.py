"""Lines written for search engines.

Rule: `keyword-line` (the page's first line is 5-12 noun phrases without any sentence).
Left alone on purpose: titles and decks (they begin with a capital, or have the small words of a sentence), lists of
symptoms or ingredients further down, anything with a full stop.
"""

import re
from collections.abc import Iterator

from clearwell.cleaning.claims import kind_of, whole
from clearwell.cleaning.memory import SiteMemory
from clearwell.document import Document, Removal
from clearwell.sentences import OPENERS, WIDE, fold, weigh
from clearwell.site import Site

HEAD = 3  # blocks at the top in which it stands
MAX_LINE = 260  # Latin characters
MIN_PHRASES = 5  # of a list with separators; design.md section 3, 2026-11
MIN_WIDE_PHRASES = 4  # parted by spaces, in a script that has none between words
MIN_WIDE_PHRASE = 3  # mean characters of one: lists of symptoms have two
MIN_LONG = 3  # phrases of several words, in a list that begins small and repeats nothing
MIN_WORDS = 6  # of a list without separators
MAX_PHRASE = 5  # words of one phrase
MAX_SMALL = 0.2  # share of words that join or open sentences
MIN_COMPOUND = 8  # mean letters of a word, where nouns have capitals and are written together

_SENTENCE_MARK = re.compile(r"[.!?。！？…:：;；\"“”«»()（）]")
_SEPARATOR = re.compile(r"\s*[,，、|｜/#]\s*")
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_MIXED = re.compile(r"\d|^[a-z]+[A-Z]")  # amounts; `mRNA` opens a title
_SMALL = OPENERS | frozenset("and of the to is are was und y e et и oder or vs".split())


def find(document: Document, site: Site, memory: SiteMemory) -> Iterator[Removal]:
    """Point at a keyword line among a page's first lines, before anything that could be prose."""
    for number, block in enumerate(document.blocks[:HEAD]):
        if len(block.text) > MAX_LINE or _SENTENCE_MARK.search(block.text):
            if weigh(block.text) > MAX_LINE:
                return
            continue
        if kind_of(document, number) == "paragraph" and _is_keywords(block.text.strip()):
            yield whole(document, number, "spam", "keyword-line", 0.75)


def _is_keywords(text: str) -> bool:
    if not 0 < weigh(text) <= MAX_LINE or _MIXED.search(text):
        return False
    phrases = [phrase for phrase in _SEPARATOR.split(text) if phrase]
    if len(phrases) >= MIN_PHRASES:
        short = all(len(phrase.split()) <= MAX_PHRASE for phrase in phrases)
        return short and not _has_sentence(text) and _is_about_one(text, phrases)
    if WIDE.match(text):
        phrases = text.split()
        return (
            len(phrases) >= MIN_WIDE_PHRASES
            and all(2 <= len(phrase) <= 10 for phrase in phrases)
            and _is_about_one(text, phrases)
        )
    return len(phrases) == 1 and _is_word_pile(text)


def _is_about_one(text: str, phrases: list[str]) -> bool:
    """Whether phrases turn around one thing, as keywords do and the items of a list do not."""
    if WIDE.match(text):
        terms = [letter for phrase in phrases for letter in set(phrase)]
        return len(terms) > len(set(terms)) and sum(map(len, phrases)) >= MIN_WIDE_PHRASE * len(phrases)
    terms = [word for phrase in phrases for word in set(fold(phrase).split())]
    if len(terms) > len(set(terms)):
        return True
    return text[0].islower() and sum(" " in phrase for phrase in phrases) >= MIN_LONG


def _is_word_pile(text: str) -> bool:
    """Nouns without the small words of a sentence; a capital at the start needs long compounds to make up for it."""
    words = _WORD.findall(text)
    if len(words) < MIN_WORDS or _has_sentence(text):
        return False
    if text[0].islower():
        return True
    nouns = sum(word[0].isupper() for word in words)
    return sum(map(len, words)) / len(words) >= MIN_COMPOUND and len(words) < 2 * nouns < 2 * len(words)


def _has_sentence(text: str) -> bool:
    words = _WORD.findall(fold(text))
    return sum(word in _SMALL for word in words) > MAX_SMALL * len(words)
