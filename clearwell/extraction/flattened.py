"""Structure from text that has lost its markup: headings, lists and paragraphs, where the text itself shows them.

Three signs are read: a line that stands alone (heading, list item), numbers that count 1, 2, 3 through the text, and
inside such an item where its title ends (`Calcium deficiency Calcium deficiency is indeed ...`).  Nothing is invented
where there is no sign: an unnumbered heading that has run into its paragraph stays in it.
"""

import re
from collections.abc import Iterator

from clearwell.document import Document, Part
from clearwell.extraction.titles import find_title_end
from clearwell.sentences import SENTENCE_END, WIDE, is_terminated, sentence_starts, weigh

MAX_HEADING = 110  # Latin characters of a heading
MIN_ITEMS = 2  # numbered items that count upwards, to believe in them
MAX_ITEMS = 60

_NUMBER = re.compile(r"(?:(?<=\s)|(?<=[。！？：；])|^)(\d{1,2})(?:[.．)）]\s+|[、．.]\s*(?=[^\W\d_a-zA-Z]))(?=[^\W_a-z])")
_BULLET = re.compile(r"\s*[-–•·●▪◦*]\s+(?=\S)")
_NUMBERED_LINE = re.compile(r"\s*(\d{1,3}[.．)）、])\s*(?=\S)")
_COUNTED_HEADING = re.compile(r"\s*(?:\d{1,2}[.．)）、]|[一二三四五六七八九十]+[、.．])\s*\S")
_LEAD_IN = ":：,，;；"


def recover(document: Document) -> list[list[Part]]:
    """For each block of a flattened document, the parts it consists of; blocks that have markup are left as they are."""
    if not document.flattened:
        return [[Part(0, len(b.text), b.kind, b.level, b.marker)] for b in document.blocks]
    texts = [block.text for block in document.blocks]
    found = [
        [Part(0, len(b.text), b.kind, b.level, b.marker)] if b.kind != "paragraph" else _read(texts, number)
        for number, b in enumerate(document.blocks)
    ]
    return _set_levels(texts, found)


def _read(texts: list[str], number: int) -> list[Part]:
    text = texts[number]
    if bullet := _BULLET.match(text):
        return [Part(bullet.end(), len(text), "list_item", 1, "-")]
    if _is_heading_line(texts, number):
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
    if not (text[0].isupper() or text[0].isdigit() or WIDE.match(text[0]) or text[0] in "¿¡\"“「【《"):
        return False
    if len(list(SENTENCE_END.finditer(text))) > 1 or (is_terminated(text) and text.rstrip()[-1] not in "?？!！"):
        return False
    if text.rstrip()[-1] in "!！" and not _COUNTED_HEADING.match(text):
        return False
    counts = bool(_NUMBERED_LINE.match(text))
    if counts and _NUMBERED_LINE.match(follower):
        return False
    if _is_list_line(follower):
        return True
    return weigh(follower) > weigh(text) and (is_terminated(follower) or weigh(follower) > MAX_HEADING)


def _is_list_line(text: str) -> bool:
    return bool(_BULLET.match(text) or _NUMBERED_LINE.match(text))


def _has_numbered_neighbour(texts: list[str], number: int) -> bool:
    near = texts[max(number - 1, 0) : number] + texts[number + 1 : number + 2]
    return any(_NUMBERED_LINE.match(text) for text in near)


# -- running text: items that count upwards --------------------------------------------------------------------------


def _read_running(text: str) -> Iterator[Part]:
    """Divide a text at the items that count 1, 2, 3; one part, a paragraph, when nothing counts."""
    runs = _find_runs(text)
    position = 0
    for place, run in enumerate(runs):
        yield from _read_lead(text, position, run[0].start())
        position = len(text)
        if place + 1 < len(runs):  # the heading above the next run ends this one
            following = runs[place + 1][0].start()
            heading = _heading_before(text, run[-1].end(), following)
            position = following if heading is None else heading
        for match, end in zip(run, [*(following.start() for following in run[1:]), position], strict=True):
            yield from _read_item(text, match, end)
    yield from _paragraph(text, position, len(text))


def _find_runs(text: str) -> list[list[re.Match[str]]]:
    """Runs of numbers 1, 2, 3 ... each where an item can begin; a number out of order belongs to the prose."""
    runs: list[list[re.Match[str]]] = []
    for match in _NUMBER.finditer(text):
        value = int(match.group(1))
        if value == 1:
            runs.append([match])
        elif runs and value == len(runs[-1]) + 1 <= MAX_ITEMS and _can_follow(text, runs[-1][-1], match):
            runs[-1].append(match)
    return [run for run in runs if len(run) >= MIN_ITEMS]


def _can_follow(text: str, previous: re.Match[str], match: re.Match[str]) -> bool:
    between = text[previous.end() : match.start()]
    return is_terminated(between) or weigh(between) <= MAX_HEADING


def _heading_before(text: str, low: int, high: int) -> int | None:
    """Where the heading begins that stands right before a run: a question or an unfinished sentence; None without."""
    starts = [start + low for start in sentence_starts(text[low:high])]
    start = starts[-1]
    heading = text[start:high].strip()
    if not 2 <= weigh(heading) <= MAX_HEADING or heading[-1] in _LEAD_IN:
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
    if title is None:
        yield from _stripped(text, match.start(), end, "list_item", 1, match.group().strip(), skip=match.end())
        return
    heading_end, body = match.end() + title[0], match.end() + title[1]
    yield Part(match.start(), heading_end, "heading", 3)
    yield from _paragraph(text, body, end)


def _paragraph(text: str, low: int, high: int) -> Iterator[Part]:
    yield from _stripped(text, low, high, "paragraph")


def _stripped(
    text: str, low: int, high: int, kind: str, level: int | None = None, marker: str | None = None, skip: int | None = None
) -> Iterator[Part]:
    low = low if skip is None else skip
    while low < high and text[low].isspace():
        low += 1
    while high > low and text[high - 1].isspace():
        high -= 1
    if low < high:
        yield Part(low, high, kind, level, marker)  # type: ignore[arg-type]  # the four callers name real kinds


def _set_levels(texts: list[str], found: list[list[Part]]) -> list[list[Part]]:
    """Counted headings stand one level below the others, if there are others."""
    headings = [
        (bool(_COUNTED_HEADING.match(text[part.start : part.end])))
        for text, parts in zip(texts, found, strict=True)
        for part in parts
        if part.kind == "heading"
    ]
    counted_level = 3 if False in headings else 2
    return [
        [
            Part(p.start, p.end, p.kind, counted_level if _COUNTED_HEADING.match(text[p.start : p.end]) else 2)
            if p.kind == "heading"
            else p
            for p in parts
        ]
        for text, parts in zip(texts, found, strict=True)
    ]
