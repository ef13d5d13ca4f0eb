"""Lines of other articles: cut at a fixed width, paired with their titles, or announced by a read-also.

Rules: `fixed-width` (at least three lines cut at the same length), `after-navigation` (cut lines behind previous and
next), `teaser-title` and `teaser-heading` (what stands between and above them), `read-also`, `read-more` (a title that
ends with the words to go on), `related-list` (titles below a heading that promises other articles, at the end).
A teaser may be on the article's topic, so its subject proves nothing; only form and place do.  Left alone on purpose:
real ellipses, quotations that trail off, `Read also the package leaflet.`, further reading and references.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from clearwell.cleaning.claims import MIN_TITLE, is_headline, is_prose, kind_of, last_prose, part, whole
from clearwell.cleaning.label_words import Strength, rate_label
from clearwell.cleaning.memory import SiteMemory
from clearwell.cleaning.navigation import find_leads
from clearwell.cleaning.navigation_words import AMOUNT
from clearwell.cleaning.residue import without_residue
from clearwell.cleaning.tails import find_tails
from clearwell.cleaning.teaser_words import (
    CUT_ENDS,
    LABELLED,
    LIST_HEADING,
    MARK,
    MORE_ENDS,
    READ_MORE,
    REFERENCE,
    SHOUTED,
    WEAK_HEADING,
)
from clearwell.document import Block, Document, Removal
from clearwell.sentences import WIDE, fold, is_terminated, weigh
from clearwell.site import Site

MIN_RUN = 3  # lines cut at one width, to be sure without other signs; 2026-11
MIN_RUN_BETWEEN = 5  # the same before the last prose, where people's own words trail off side by side
MIN_SURE_WIDTH = 30  # Latin characters of each, when there are no more than MIN_RUN
MIN_WIDTH, MAX_WIDTH = 15, 260  # characters of a cut line, ellipsis included
WIDTH_SLACK = 2  # characters: a cut may fall on a space that the page then drops
MAX_GAP = 3  # blocks between two teasers of one run
MAX_TITLE = 200  # Latin characters of a title
MAX_HEADING = 40  # Latin characters of the line above a run (`Recommend`)
MIN_LINKLESS = 3  # words of a title without a link
MIN_LIST = 2  # titles below a heading for other articles

_KINDS = ("paragraph", "list_item", "caption", "quote")
MAX_REACH = 80  # characters that a label and the signs round it take
MAX_WIDE_LABEL = 16  # characters of a label in a wide script
MIN_TOLD = 2  # sentences that begin within what follows a label: a text, no title
_NEW_SENTENCE = re.compile(r"[^\W\d_]{3}\. +[A-ZÀ-ÞА-Я]|。.")
_POINTER = re.compile(r"\s*(?:>>+|»|👉|☞|▶|►|➡|➤|→|🔗|📌)\s*")
_SPACE = re.compile(r"\s+")
_ASKING = re.compile(
    r"(?:how|why|what|when|where|who|which|is|are|can|does|do|should|c[oó]mo|por qu[eéê]|qu[eé]|cu[aá]ndo|¿|comment|pourquoi|quand|quel\w*|wie|warum|was|wann|welche\w*|como|o que|quando|как|почему|что|когда|зачем|чем"
    r"|perché|come|cosa|bagaimana|kenapa|mengapa|nasıl|neden|vì sao|tại sao|jak|dlaczego|waarom|hoe|wat|\d+ [^\W\d_]{4,})(?![\w])"
)
_SIGN = re.compile(r"[／》:：|｜▶▼►▷☞👉➤■◆●※»>\]】）)」–—-]")
_STOP = re.compile(r'[.!?。！？"”)）]\s*')


def find(document: Document, site: Site, memory: SiteMemory) -> Iterator[Removal]:
    """Point at teasers of other articles; linear in the text."""
    cut = {number: _widths(block.text) for number, block in enumerate(document.blocks) if _is_cut(block.text)}
    leads = {removal.block for removal in find_leads(document)} if cut else set()  # they count beside cut lines only
    teasers = _fixed_width(document, cut) | _find_pairs(document, cut)
    yield from (whole(document, number, "teaser", "fixed-width", 0.95) for number in sorted(teasers))
    behind = _behind(document, cut, min(leads)) - teasers if leads else set()
    yield from (whole(document, number, "teaser", "after-navigation", 0.85) for number in sorted(behind))
    yield from _find_titles(document, sorted(teasers | behind), leads)
    yield from find_tails(document)
    yield from _find_read_also(document)
    yield from _find_read_more(document)
    yield from _find_related(document)


# -- cut lines -------------------------------------------------------------------------------------------------------


def _is_cut(text: str) -> bool:
    if len(text) > 2 * MAX_WIDTH:
        return False
    text = text.rstrip()
    return text.endswith(CUT_ENDS) and MIN_WIDTH <= len(text) <= MAX_WIDTH and "\t" not in text


def _widths(text: str) -> frozenset[int]:
    """The length of a cut line with the placeholders that stand in it, and without: they came before the cut, or after."""
    text = text.strip()
    return frozenset((len(text), len(without_residue(text).strip())))


def _find_pairs(document: Document, cut: dict[int, frozenset[int]]) -> set[int]:
    """The cut lines that begin with the line above them, a title's, if there are several."""
    pairs = {
        number for number in cut if number and _repeats(document.blocks[number - 1].text, document.blocks[number].text)
    }
    return pairs if len(pairs) >= MIN_LIST else set()


def _repeats(title: str, teaser: str) -> bool:
    if not MIN_WIDTH <= weigh(title) <= MAX_TITLE:
        return False
    words = without_residue(teaser).strip().rstrip(".… [](")
    length = min(len(words), len(title))
    return length >= MIN_WIDTH // 2 and words[:length] == title[:length]


def _fixed_width(document: Document, cut: dict[int, frozenset[int]]) -> set[int]:
    """The cut lines that share a width with at least two others near them."""
    teasers: set[int] = set()
    tail = last_prose(document) if len(cut) >= MIN_RUN else 0
    for run in _runs(sorted(cut)):
        widths = Counter(width for number in run for width in cut[number])
        width = max(widths, key=lambda w: (sum(widths[w - slack] for slack in range(WIDTH_SLACK + 1)), w))
        same = [number for number in run if any(0 <= width - own <= WIDTH_SLACK for own in cut[number])]
        sure = len(same) > MIN_RUN or all(weigh(document.blocks[number].text) >= MIN_SURE_WIDTH for number in same)
        if len(same) >= MIN_RUN_BETWEEN or (len(same) >= MIN_RUN and same[0] > tail and sure):
            teasers.update(same)
    return teasers


def _runs(numbers: list[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for number in numbers:
        if run and number - run[-1] > MAX_GAP:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _behind(document: Document, cut: dict[int, frozenset[int]], first_lead: int) -> set[int]:
    """Cut lines after the previous and next lines, up to where prose begins again."""
    prose = (n for n in range(first_lead + 1, len(document.blocks)) if is_prose(document.blocks[n]))
    end = next(prose, len(document.blocks))
    return {number for number in cut if first_lead < number < end}


def _find_titles(document: Document, teasers: list[int], leads: set[int]) -> Iterator[Removal]:
    """The title lines between the teasers of a run, and the heading above it."""
    known = set(teasers) | leads
    for run in _runs(teasers):
        if len(run) < MIN_RUN and not leads:
            continue
        for number in range(run[0], run[-1]):
            if number not in known and _is_title(document.blocks[number].text):
                yield whole(document, number, "teaser", "teaser-title", 0.8)
        paired = len(run) > 1 and all(step == 2 for step in map(int.__sub__, run[1:], run[:-1]))
        first = run[0]
        if paired and _is_title(_line_above(document, first, known)):
            yield whole(document, first - 1, "teaser", "teaser-title", 0.8)
            first -= 1
        above = _line_above(document, first, known)
        if (
            above
            and weigh(above) <= MAX_HEADING
            and not is_terminated(above)
            and (paired or LIST_HEADING.match(fold(above)))
        ):
            yield whole(document, first - 1, "teaser", "teaser-heading", 0.75)


def _line_above(document: Document, number: int, known: set[int]) -> str:
    return document.blocks[number - 1].text if number and number - 1 not in known else ""


def _is_title(text: str) -> bool:
    return 0 < len(text) <= MAX_TITLE and weigh(text) <= MAX_TITLE and not _ends_as_prose(text)


def _ends_as_prose(text: str) -> bool:
    return text.rstrip()[-1:] in ".。;；:："


# -- labelled lines --------------------------------------------------------------------------------------------------


class Label(NamedTuple):
    """A label that begins at `start` of a block's text, and where its title begins."""

    block: int
    start: int
    title: int
    strength: Strength


def _find_read_also(document: Document) -> Iterator[Removal]:
    """Lines with a label and a title, and such as stick to a block's last sentence; weak labels need more than that."""
    labels = [
        label
        for number, block in enumerate(document.blocks)
        if block.text and block.kind in (*_KINDS, "heading")
        for label in _find_labels(document, number)
    ]
    several = sum(label.strength == "weak" for label in labels) >= MIN_LIST
    for label in labels:
        block = document.blocks[label.block]
        linked = any(link.end > label.title for link in block.links)
        wholly = any(link.start <= label.title and link.end >= len(block.text.rstrip()) for link in block.links)
        if (linked and label.strength != "single") or _names_article(block, label, several, wholly):
            yield part(document, label.block, label.start, len(block.text), "teaser", "read-also", 0.85)


def _names_article(block: Block, label: Label, several: bool, linked: bool) -> bool:
    """Whether a title without a link is an article's, as far as it makes up for a label that advice has too.

    Weak labels do not vouch for each other: `Recommended: 400 IU daily` may stand once for each age.
    """
    title = block.text[label.title :]
    if REFERENCE.search(fold(title)) or (not WIDE.search(title) and len(title.split()) < MIN_LINKLESS):
        return False  # `Read more: Section 4`, `Related: Stroke, TIA`
    if AMOUNT.search(fold(title)) and label.strength in ("weak", "single"):
        return False
    if label.strength in ("weak", "single") and (_asks(title) or _is_marked(block.text, label)):
        return len(title.split()) >= MIN_TITLE or WIDE.search(title) is not None
    if label.strength == "weak":
        return several and is_headline(title)
    if label.strength == "single":
        return linked and is_headline(title)
    if label.strength == "strong":
        return True
    long = len(title.split()) >= MIN_TITLE and not title[:1].isdigit()
    return long or (len(title.split()) > MIN_TITLE and is_headline(title))


def _asks(title: str) -> bool:
    """Whether a title asks, or begins as questions and lists of things do."""
    title = title.strip().rstrip('»”"')
    return title[-1:] in "?？" or _ASKING.match(fold(title).lstrip('"“«')) is not None


def _is_marked(text: str, label: Label) -> bool:
    """Whether a hand or an arrow points at the label."""
    return _POINTER.match(text, label.start) is not None


def _find_labels(document: Document, number: int) -> Iterator[Label]:
    """The label that a block begins with, or else the one behind a full stop whose title ends the block."""
    text = document.blocks[number].text
    if _ends_as_prose(text) or not _SIGN.search(text, max(len(text) - 2 * MAX_TITLE, 0)):
        return
    if _is_title(text) and (label := _read_label(text, 0)):
        yield Label(number, 0, *label)
        return
    low = max(len(text) - 2 * MAX_TITLE, 0)
    for stop in _STOP.finditer(text, low):
        if (label := _read_label(text, stop.end())) and _is_title(text[stop.end() :]):
            yield Label(number, stop.end(), *label)
            return


def _read_label(text: str, at: int) -> tuple[int, Strength] | None:
    """Where the title behind a label begins, and how sure the label is; None where there is no label or no title."""
    if shouted := SHOUTED.match(text, at):
        return shouted.end(), "strong"
    reach = fold(text[at : at + MAX_REACH])
    for end, words in _candidates(reach):
        if (strength := rate_label(words.replace(".", "").strip())) and _begins_title(text[at + end :]):
            return at + end, strength
    return None


def _candidates(reach: str) -> Iterator[tuple[int, str]]:
    """What may be a label: up to a sign, or, behind a mark, up to one of the first spaces of a wide script."""
    if label := LABELLED.match(reach):
        yield label.end(), label.group("label")
    if (mark := MARK.match(reach)) and WIDE.match(reach, mark.end()):
        spaces = [space.end() for space in _SPACE.finditer(reach, mark.end(), mark.end() + MAX_WIDE_LABEL)]
        yield from ((end, reach[mark.end() : end]) for end in reversed(spaces))


def _begins_title(title: str) -> bool:
    """Whether what follows a label is named, not told: a capital, a digit or a wide letter first, and few sentences."""
    first = title.lstrip('"“«¿¡「『《*')[:1]
    if len(_NEW_SENTENCE.findall(title[: 2 * MAX_TITLE])) >= MIN_TOLD:
        return False
    return first.isupper() or first.isdigit() or WIDE.match(first) is not None or first.upper() == first.lower() != ""


def _find_read_more(document: Document) -> Iterator[Removal]:
    """Titles that end with the words to go on, beside others or in the tail; and those words alone."""
    found = [n for n, block in enumerate(document.blocks) if kind_of(document, n) in _KINDS and _ends_with_more(block)]
    tail = last_prose(document) if found else 0
    for place, number in enumerate(found):
        near = found[max(place - 1, 0) : place] + found[place + 1 : place + 2]
        if (
            number > tail
            or any(abs(other - number) <= MAX_GAP for other in near)
            or _is_bare(document.blocks[number].text)
        ):
            yield whole(document, number, "teaser", "read-more", 0.8)


def _ends_with_more(block: Block) -> bool:
    text = block.text
    if not 0 < len(text) <= MAX_WIDTH:
        return False
    folded = fold(text)
    words = folded.rstrip().rstrip(".…>»→➜›").rstrip().rstrip("])）»")
    return words.endswith(MORE_ENDS) and READ_MORE.search(folded) is not None


def _is_bare(text: str) -> bool:
    words = READ_MORE.search(fold(text))
    return words is not None and not text[: words.start()].strip()


def _find_related(document: Document) -> Iterator[Removal]:
    """A heading for other articles behind the last prose, with the titles down to the end of the page."""
    tail = last_prose(document)
    headings = (
        n
        for n in range(tail + 1, len(document.blocks))
        if len(document.blocks[n].text) <= 2 * MAX_HEADING and LIST_HEADING.match(document.folded[n])
    )
    first = next(headings, None)
    if first is None:
        return
    if first == len(document.blocks) - 1 and rate_label(fold(document.blocks[first].text).strip(" :：")) == "strong":
        yield whole(document, first, "teaser", "related-list", 0.75)  # what it promised is gone, or was never taken
    below = [n for n in range(first + 1, len(document.blocks)) if document.blocks[n].text.strip()]
    weak = WEAK_HEADING.match(document.blocks[first].text.lower()) is not None
    if weak and not all(document.blocks[n].links or _is_cut(document.blocks[n].text) for n in below):
        return
    if len(below) >= MIN_LIST and all(_is_title(document.blocks[n].text) for n in below):
        yield from (whole(document, number, "teaser", "related-list", 0.75) for number in (first, *below))
