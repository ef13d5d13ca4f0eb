"""How detectors see a document's shape, and how they point at a block or a part of one."""

import re

from clearwell.document import Block, BlockKind, Category, Document, Removal
from clearwell.sentences import CLOSERS, WIDE, fold, weigh

MIN_TITLE = 4  # words of a title that advice, as a rule, is shorter than
MIN_LONG = 2  # long words that all have capitals

# How titles begin and advice does not: a question, an article, a number of things.
_TITLE_OPENING = re.compile(
    r"(?:how|why|what|when|where|who|which|is|are|can|does|do you|a|an|the|\d+ [a-z]"
    r"|c[oó]mo|por qu[eéê]|qu[eé]|cu[aá]ndo|el|la|los|las|un|una|as|os|uma?|¿"
    r"|comment|pourquoi|quand|le|les|une|des|wie|warum|was|wann|der|die|das|ein|eine"
    r"|как|почему|что|когда|зачем|\d+ [а-я])(?![\w])|[\"“«「『]"
)
MIN_PROSE = 80  # Latin characters of a finished sentence that is certainly the article's; 2026-11


def kind_of(document: Document, number: int) -> BlockKind:
    """A block's kind as its author gave it: in a flattened text a heading is a guess, and may be a line of dirt."""
    kind = document.blocks[number].kind
    return "paragraph" if document.flattened and kind == "heading" else kind


def is_headline(title: str) -> bool:
    """Whether words are those of a title, not of advice: they ask, or begin with an article, or have capitals.

    >>> is_headline("How to store tomatoes"), is_headline("Rinse with lukewarm water")
    (True, False)
    """
    title = title.strip()
    if WIDE.match(title):
        return title[-1:] in "?？" or "」" in title
    words = title.split()
    first = title.lstrip('"“«¿')[:1]
    if len(words) < MIN_TITLE or not (first.isupper() or first.isdigit()):
        return False
    long = [word for word in words if len(word) > MIN_TITLE]
    capitals = len(long) >= MIN_LONG and all(word[0].isupper() for word in long)
    return title.endswith("?") or capitals or _TITLE_OPENING.match(fold(title)) is not None


def is_prose(block: Block) -> bool:
    """A paragraph that says something: a finished sentence of some length, not cut off."""
    text = block.text.rstrip(CLOSERS)
    if text[-1:] not in ".!?。！？" or text.endswith("..."):
        return False
    return len(text) >= MIN_PROSE or weigh(text) >= MIN_PROSE  # no text weighs less than its length


def last_prose(document: Document) -> int:
    """The number of the last block of prose, -1 without one: what stands after it is the tail."""
    numbers = range(len(document.blocks) - 1, -1, -1)
    return next((number for number in numbers if is_prose(document.blocks[number])), -1)


def whole(document: Document, number: int, category: Category, rule: str, confidence: float) -> Removal:
    """Point at a whole block."""
    text = document.blocks[number].text
    return Removal(category, rule, number, 0, len(text), text, confidence)


def part(
    document: Document, number: int, start: int, end: int, category: Category, rule: str, confidence: float
) -> Removal:
    """Point at a part of a block, without the white space around it."""
    text = document.blocks[number].text
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Removal(category, rule, number, start, end, text[start:end], confidence)
