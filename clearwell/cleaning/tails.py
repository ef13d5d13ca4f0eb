"""A farm's tail that lost its line breaks: previous, next and cut lines in one block, behind the article's last sentence.

Rules: `line-tail` (what follows a previous and a next mark to the block's end), `fixed-width` (at least three stretches of one
length that end in an ellipsis).  Left alone on purpose: ellipses at uneven distances, as people write them.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from clearwell.cleaning.claims import MIN_TITLE, part
from clearwell.cleaning.navigation_words import AMOUNT, INLINE_LEAD, LEAD_STEMS, NOUNED
from clearwell.cleaning.teaser_words import LIST_HEADING
from clearwell.document import Document, Removal
from clearwell.sentences import SENTENCE_END, WIDE, fold, is_terminated, weigh

MIN_RUN = 3  # stretches cut at one width
MIN_WIDTH, MAX_WIDTH = 12, 260  # characters of one
MIN_WEIGHT = 30  # Latin characters of one
WIDTH_SLACK = 2  # characters: a cut may fall on a space that the page then drops
MAX_LEAD = 240  # characters from the word for previous to that for next, and of the title behind that
MAX_HEADING = 60  # characters of a heading between the article and its tail
_ARROW = re.compile("[<>«»←→≪]")
_CUT = re.compile(r"[.…](?<![.…]{2})(?:\.{2,}|…*)(?=\s|$|[\])])[\])]?")


def find_tails(document: Document) -> Iterator[Removal]:
    """Point at tails inside blocks; linear in the text."""
    for number, block in enumerate(document.blocks):
        if block.kind in ("code", "table", "heading"):
            continue
        text = block.text
        cuts = _find_cuts(text) if "..." in text or "…" in text else []
        start = _find_lead(text, cuts) if _may_lead(text) else None
        if start is not None:
            yield part(document, number, start, len(text), "teaser", "line-tail", 0.95)
        elif (run := _find_run(text, cuts)) is not None:
            yield part(document, number, *run, "teaser", "fixed-width", 0.9)


def _find_cuts(text: str) -> list[int]:
    return [cut.end() for cut in _CUT.finditer(text) if len(cut.group()) > 2 or "…" in cut.group()]


def _find_lead(text: str, cuts: list[int]) -> int | None:
    """Where a previous mark begins that a next mark follows, if nothing but titles and cut lines stand behind them."""
    folded = fold(text)
    leads = list(INLINE_LEAD.finditer(folded))
    whole = len(text.rstrip())
    for one, two in pairwise(leads):
        if not _is_pair(one, two) or two.start() - one.end() > MAX_LEAD or two.end() >= whole:
            continue
        if AMOUNT.match(folded, one.end()) or AMOUNT.match(folded, two.end()):
            continue  # `Previous: 5 mg daily. Next: 10 mg daily`
        tail = bool(cuts) and cuts[-1] >= whole - 1 and cuts[0] > two.end()
        title = (
            whole - two.end() <= MAX_LEAD
            and text[whole - 1] not in ".。!！"
            and (_is_marked(one) or _is_marked(two) or _are_titles(text[one.end() : two.start()], text[two.end() :]))
        )
        if tail or title:
            return one.start()
    return None


def _may_lead(text: str) -> bool:
    """Whether two labels with colons can stand in a text."""
    if text.count(":") + text.count("：") < 2:
        return False
    folded = fold(text)
    return any(stem in folded for stem in LEAD_STEMS)


def _is_pair(one: re.Match[str], two: re.Match[str]) -> bool:
    return (one.group("previous") is None) != (two.group("previous") is None)


def _is_marked(lead: re.Match[str]) -> bool:
    """Whether a label has an arrow or says what it leads to."""
    return _ARROW.search(lead.group()) is not None or NOUNED.search(lead.group()) is not None


def _are_titles(*titles: str) -> bool:
    return all(WIDE.search(title) or len(title.split()) >= MIN_TITLE for title in titles)


def _find_run(text: str, cuts: list[int]) -> tuple[int, int] | None:
    """Where the stretches of one width begin, with the heading above them, and where the last of them ends."""
    if len(cuts) < MIN_RUN:
        return None
    widths = [after - before for before, after in pairwise(cuts)]
    for first in range(len(widths) - 1):
        last = first
        while last < len(widths) and abs(widths[last] - widths[first]) <= WIDTH_SLACK:
            last += 1
        if last - first < MIN_RUN - 1 or not MIN_WIDTH <= widths[first] <= MAX_WIDTH:
            continue
        start = _begin(text, cuts[first], max(widths[first:last]))
        if start is not None and weigh(text[start : cuts[first]]) >= MIN_WEIGHT:
            return start, cuts[last]
    return None


def _begin(text: str, end: int, width: int) -> int | None:
    """Where the first stretch begins: a width before its end, where something new can begin."""
    for low in range(max(end - width, 0), max(end - width, 0) + 2 * WIDTH_SLACK + 1):
        if low == 0 or text[low - 1].isspace() or WIDE.match(text[low - 1]):
            before = text[:low].rstrip()
            break
    else:
        return None
    if not before or is_terminated(before) or before[-1] in "|｜":
        return low
    stops = [stop.end() for stop in SENTENCE_END.finditer(before[-MAX_HEADING:])]
    heading = before[-MAX_HEADING:][stops[-1] if stops else 0 :]
    return len(before) - len(heading) if LIST_HEADING.match(fold(heading)) else None
