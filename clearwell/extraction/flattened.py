"""Structure from text that has lost its markup: headings, lists and paragraphs, where the text itself shows them.

Three signs are read: a line that stands alone (heading, list item), numbers that count 1, 2, 3 through the text, and
inside such an item where its title ends (`Calcium deficiency Calcium deficiency is indeed ...`).  Nothing is invented
where there is no sign: an unnumbered heading that has run into its paragraph stays in it.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from clearwell.document import Document, Part
from clearwell.extraction.titles import MIN_BODY, find_title_end
from clearwell.sentences import SENTENCE_END, WIDE, is_terminated, sentence_starts, starts_anew, weigh

MAX_HEADING = 110  # Latin characters of a heading
MIN_ITEMS = 2  # numbered items that count upwards, to believe in them
MAX_ITEMS = 60

_NUMBER = re.compile(r"(\d\d?)(?:[.．)）]\s+|[、．.]\s*(?=[^\W\d_a-zA-Z]))(?=[^\W_a-z])")
_NUMERALS = "一二三四五六七八九"
_NUMERAL = re.compile(r"(十?[一二三四五六七八九]|十)、\s*(?=[^\W\d_])")
_BEFORE_NUMBER = " \t\n\r\f\v\u00a0\u3000。！？：；"
_HANGUL = re.compile("[가-힣]")
_BULLET = re.compile(r"\s*[-–•·●▪◦*]\s+(?=\S)")
_NUMBERED_LINE = re.compile(r"\s*(\d{1,3}[.．)）、])\s*(?=\S)")
_COUNTED_HEADING = re.compile(r"\s*(?:\d{1,2}[.．)）、]|[一二三四五六七八九十]+[、.．])\s*\S")
_LEAD_IN = ":：,，;；"


def recover(document: Document, sources: tuple[int, ...]) -> list[list[Part]]:
    """For each block of a flattened document, the parts it consists of; blocks that have markup are left as they are.

    `sources` are the numbers of the lines that the blocks come from: where one is left out, there was a blank line.
    """
    if not document.flattened:
        return [[Part(0, len(b.text), b.kind, b.level, b.marker)] for b in document.blocks]
    texts = [f"{block.marker} {block.text}" if block.marker else block.text for block in document.blocks]
    apart = [True, *(after - before > 1 for before, after in pairwise(sources))]
    found = [
        [Part(0, len(b.text), b.kind, b.level, b.marker)]
        if b.kind != "paragraph"
        else _read(texts, number, apart[number])
        for number, b in enumerate(document.blocks)
    ]
    return _set_levels(document, found)


def _read(texts: list[str], number: int, apart: bool) -> list[Part]:
    text = texts[number]
    if "\t" in text:
        return [Part(0, len(text), "table")]
    if bullet := _BULLET.match(text):
        return [Part(bullet.end(), len(text), "list_item", 1, "-")]
    if _is_heading_line(texts, number) and (apart or not _continues_list(texts, number)):
        return [Part(0, len(text), "heading", 2)]
    parts = list(_read_running(text))
    numbered = _NUMBERED_LINE.match(text)
    if len(parts) == 1 and numbered and _has_numbered_neighbour(texts, number):
        return [Part(numbered.end(), len(text), "list_item", 1, numbered.group(1))]
    return parts


def _is_heading_line(texts: list[str], number: int) -> bool:
    """A short line without a full stop, that something longer follows."""
    text = texts[number]
    follower = texts[number + 1] if number + 1 < len(texts) else ""
    if not 2 <= weigh(text) <= MAX_HEADING or text.rstrip()[-1] in _LEAD_IN + ".。…|" or "\t" in text:
        return False
    if not (text[0].isupper() or text[0].isdigit() or WIDE.match(text[0]) or text[0] in '¿¡"“「【《'):
        return False
    counted = _NUMBERED_LINE.match(text)
    inner = SENTENCE_END.search(text, counted.end() if counted else 0)
    if (inner and inner.end() < len(text)) or (is_terminated(text) and text.rstrip()[-1] not in "?？!！"):
        return False
    if text.rstrip()[-1] in "!！" and not _COUNTED_HEADING.match(text):
        return False
    if counted and _NUMBERED_LINE.match(follower):
        return False
    if _is_list_line(follower):
        return True
    if not starts_anew(follower):
        return False
    least = MIN_BODY if counted or text.rstrip()[-1] in "?？" else weigh(text) + 1
    return weigh(follower) >= least and (SENTENCE_END.search(follower) is not None or weigh(follower) > MAX_HEADING)


def _continues_list(texts: list[str], number: int) -> bool:
    """Whether a numbered line stands right below another: an item of a list, whatever it looks like."""
    return number > 0 and bool(_NUMBERED_LINE.match(texts[number]) and _NUMBERED_LINE.match(texts[number - 1]))


def _is_list_line(text: str) -> bool:
    return bool(_BULLET.match(text) or _NUMBERED_LINE.match(text))


def _has_numbered_neighbour(texts: list[str], number: int) -> bool:
    near = texts[max(number - 1, 0) : number] + texts[number + 1 : number + 2]
    return any(_NUMBERED_LINE.match(text) for text in near)


# -- running text: items that count upwards --------------------------------------------------------------------------


def _read_running(text: str) -> Iterator[Part]:
    """Divide a text at the items that count 1, 2, 3 or 一, 二, 三; one part, a paragraph, when nothing counts."""
    numerals = next(iter(_find_runs(text, _NUMERAL)), None) if "、" in text else None
    if numerals is None:
        yield from _read_counted(text, 0, len(text))
        return
    yield from _read_counted(text, 0, numerals[0].start(), heading_last=True)
    for match, end in zip(numerals, [*(following.start() for following in numerals[1:]), len(text)], strict=True):
        yield from _read_chapter(text, match, end)


def _read_chapter(text: str, match: re.Match[str], end: int) -> Iterator[Part]:
    """What stands under a Chinese numeral: a title, then a text in which something may count again."""
    runs = _find_runs(text, _NUMBER, match.end(), end)
    first = runs[0][0].start() if runs else match.end()
    lead = text[match.end() : first].strip()
    if lead and weigh(lead) <= MAX_HEADING and not is_terminated(lead):
        yield from _stripped(text, match.start(), first, "heading", 3)
        yield from _read_counted(text, first, end)
        return
    title = find_title_end(text[match.end() : end])
    if title is None:  # not a list item: HTML has no list that counts like this
        yield from _read_counted(text, match.start(), end)
        return
    yield Part(match.start(), match.end() + title[0], "heading", 3)
    yield from _read_counted(text, match.end() + title[1], end)


def _read_counted(text: str, low: int, high: int, heading_last: bool = False) -> Iterator[Part]:
    """Divide `text[low:high]` at the items that count 1, 2, 3."""
    runs = _find_runs(text, _NUMBER, low, high)
    position = low
    for place, run in enumerate(runs):
        yield from _read_lead(text, position, run[0].start())
        position = high
        if place + 1 < len(runs):  # the heading above the next run ends this one
            following = runs[place + 1][0].start()
            heading = _heading_before(text, run[-1].end(), following)
            position = following if heading is None else heading
        for match, end in zip(run, [*(following.start() for following in run[1:]), position], strict=True):
            yield from _read_item(text, match, end)
    if heading_last:
        yield from _read_lead(text, position, high)
    else:
        yield from _paragraph(text, position, high)


def _find_runs(text: str, pattern: re.Pattern[str], low: int = 0, high: int | None = None) -> list[list[re.Match[str]]]:
    """Runs of numbers 1, 2, 3 ... each where an item can begin; a number out of order belongs to the prose."""
    runs: list[list[re.Match[str]]] = []
    for match in pattern.finditer(text, low, len(text) if high is None else high):
        if not _can_begin(text, match):
            continue
        value = _value(match.group(1))
        if value == 1:
            runs.append([match])
        elif runs and value == len(runs[-1]) + 1 <= MAX_ITEMS and _can_follow(text, runs[-1][-1], match):
            runs[-1].append(match)
    return [run for run in runs if len(run) >= MIN_ITEMS]


def _can_begin(text: str, match: re.Match[str]) -> bool:
    """Whether an item can begin at a number; `1. 5 mg` within a sentence is a dose that was torn apart."""
    start = match.start()
    if start and text[start - 1] not in _BEFORE_NUMBER:
        return False
    return not text[match.end()].isdigit() or not start or is_terminated(text[max(start - 8, 0) : start])


def _value(number: str) -> int:
    """The value of a number in digits or of a Chinese numeral up to 十九.

    >>> _value("12"), _value("三"), _value("十二")
    (12, 3, 12)
    """
    if number.isdecimal():
        return int(number)
    return sum(10 if numeral == "十" else _NUMERALS.index(numeral) + 1 for numeral in number)


def _can_follow(text: str, previous: re.Match[str], match: re.Match[str]) -> bool:
    between = text[max(previous.end(), match.start() - MAX_HEADING - 1) : match.start()]
    return is_terminated(between) or weigh(between) <= MAX_HEADING


def _heading_before(text: str, low: int, high: int) -> int | None:
    """Where the heading begins that stands right before a run: a question or an unfinished sentence; None without."""
    starts = [start + low for start in sentence_starts(text[low:high])]
    start = starts[-1]
    heading = text[start:high].strip()
    if not 2 <= weigh(heading) <= MAX_HEADING or heading[-1] in _LEAD_IN or _is_list_line(heading):
        return None
    return start if heading[-1] in "?？" or not is_terminated(heading) else None


def _read_lead(text: str, low: int, high: int) -> Iterator[Part]:
    """The text before a run, its last sentence being the run's heading if it looks like one."""
    heading = _heading_before(text, low, high) if text[low:high].strip() else None
    if heading is None:
        yield from _paragraph(text, low, high)
        return
    yield from _paragraph(text, low, heading)
    yield from _stripped(text, heading, high, "heading", 2)


def _read_item(text: str, match: re.Match[str], end: int) -> Iterator[Part]:
    """A numbered heading with its paragraph; without a title of its own a list item."""
    title = find_title_end(text[match.end() : end])
    body = match.end() + title[1] if title else end
    if (
        title is None
        or _is_first_word(text, match.end(), body)
        or _NUMBERED_LINE.match(text, body, end)
        or not starts_anew(text[body : body + MIN_BODY])
    ):
        yield from _stripped(text, match.start(), end, "list_item", 1, match.group().strip(), skip=match.end())
        return
    yield Part(match.start(), match.end() + title[0], "heading", 3)
    yield from _paragraph(text, body, end)


def _is_first_word(text: str, start: int, body: int) -> bool:
    """Whether a title is but a sentence's first word: one of Korean, or `Trinken` of `Trinken Sie`."""
    title, rest = text[start:body].strip(), text[body : body + MAX_HEADING]
    if " " in title or title[-1] in ":：?？" or rest.startswith(title):
        return False
    return _HANGUL.match(title) is not None or rest.startswith("Sie ")


def _paragraph(text: str, low: int, high: int) -> Iterator[Part]:
    yield from _stripped(text, low, high, "paragraph")


def _stripped(
    text: str,
    low: int,
    high: int,
    kind: str,
    level: int | None = None,
    marker: str | None = None,
    skip: int | None = None,
) -> Iterator[Part]:
    low = low if skip is None else skip
    while low < high and text[low].isspace():
        low += 1
    while high > low and text[high - 1].isspace():
        high -= 1
    if low < high:
        yield Part(low, high, kind, level, marker)  # type: ignore[arg-type]  # the four callers name real kinds


def _set_levels(document: Document, found: list[list[Part]]) -> list[list[Part]]:
    """Counted headings stand one level below the others, if there are others; those in digits below numerals."""
    texts = [block.text for block in document.blocks]
    orders = {
        _order(text, part) for text, parts in zip(texts, found, strict=True) for part in parts if part.kind == "heading"
    }
    levels = {order: level for level, order in enumerate(sorted(orders), 2)}
    return [
        [Part(p.start, p.end, p.kind, levels[_order(text, p)]) if p.kind == "heading" else p for p in parts]
        for text, parts in zip(texts, found, strict=True)
    ]


def _order(text: str, part: Part) -> int:
    """0 for a heading without a number, 1 for one with a numeral, 2 for one with digits."""
    counted = _COUNTED_HEADING.match(text, part.start, part.end)
    return 0 if counted is None else 2 if counted.group().strip()[0].isdigit() else 1
