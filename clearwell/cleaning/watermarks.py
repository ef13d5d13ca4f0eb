"""Rights, reprint and source notices that stand in the text or as a line of their own.

Rules: `repeated-notice` (the same notice between different sentences of the
page), `lone-notice` (one notice that its own words give away), `notice-line` (a block that is nothing else).

A notice is told by its words, counted: a strong one (copyright, reprint, 转载) and others that go with it (contact,
prohibited, 授权).  No word acts alone: an article may speak of copyright, reproduction or sources.  What is left alone
on purpose: finished sentences that forbid nothing or stand on a page that is itself about rights, and notices with no
rights word at all: see repetition.py.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise, takewhile
from typing import NamedTuple

from clearwell.cleaning.claims import part, whole
from clearwell.cleaning.memory import SiteMemory
from clearwell.cleaning.notice_words import ABOUT_RIGHTS, ORDERS, STRONG, SUPPORT
from clearwell.document import Document, Removal
from clearwell.sentences import OPENERS, WIDE, count_words, fold, is_terminated, sentence_starts, starts_anew, weigh
from clearwell.site import Site

MAX_NOTICE = 220  # Latin characters; the longest real notice seen has about 180; 2026-11
MIN_NOTICE = 8  # Latin characters of a notice within a text
MIN_TOLD = 0.35  # share of a notice's characters that its telling words have, or else
MIN_PURE = 0.8  # the share from which a wording of several words needs no other beside it
MAX_UNTOLD = 6  # the words it may have besides
MIN_WIDE_TOLD = 0.5  # the same share where no space shows the notice's end
MAX_OWNER = 3  # words of the owner's name, before the first telling word or behind the last
MAX_STEP = 3  # words without meaning between two telling ones of one notice
TOPIC_SENTENCES = 3  # different finished sentences about rights make them the page's topic; 2026-11
MAX_WORDINGS = 20  # notices of one page that are looked for in the middle of sentences too

_STOP = re.compile(r"[.!?。！？](?=\s|$|[\"'”’」』）)])|[。！？]")
_WORD = re.compile(r"\S+")
_YEAR = re.compile(r"(?:©|ⓒ|(?:19|20)\d\d)$")
_REST = re.compile(r"[^\W\d_぀-ヿ㐀-鿿가-힯]*")


class Notice(NamedTuple):
    """A place where a notice may stand: `reach` is the text it may reach over, `folded` the same in small letters."""

    block: int
    start: int
    reach: str
    folded: str
    strong_end: int  # where the first strong word ends

    @property
    def finished(self) -> bool:
        return is_terminated(self.reach)


def find(document: Document, site: Site, memory: SiteMemory) -> Iterator[Removal]:
    """Point at notices of rights, reprint and source; linear in the text."""
    notices = list(_find_places(document))
    if _is_topic(notices):
        notices = [notice for notice in notices if not notice.finished]
    shared = _find_shared(notices)
    wordings: set[str] = set()
    for notice in notices:
        if end := _shared_end(notice, shared.get((notice.block, notice.start), [])):
            wordings.add(notice.reach[:end].rstrip())
            yield part(document, notice.block, notice.start, notice.start + end, "watermark", "repeated-notice", 0.95)
        elif _fills_block(notice, document) and _is_notice(notice.folded):
            yield whole(document, notice.block, "watermark", "notice-line", 0.9)
        elif end := _lone_end(notice):
            yield part(document, notice.block, notice.start, notice.start + end, "watermark", "lone-notice", 0.8)
    yield from _find_wordings(document, sorted(wordings)[:MAX_WORDINGS])


def claims_rights(text: str) -> bool:
    """Whether a notice says anything of rights, reprint or source: a motto that a site repeats does not."""
    return STRONG.pattern.search(fold(text)) is not None


def _fills_block(notice: Notice, document: Document) -> bool:
    return notice.start == 0 and len(notice.reach) == len(document.blocks[notice.block].text)


def _find_wordings(document: Document, wordings: list[str]) -> Iterator[Removal]:
    for wording in wordings:
        for number, block in enumerate(document.blocks):
            at = block.text.find(wording)
            while at >= 0:
                yield part(document, number, at, at + len(wording), "watermark", "repeated-notice", 0.95)
                at = block.text.find(wording, at + len(wording))


def _find_places(document: Document) -> Iterator[Notice]:
    """Every sentence of the page that soon comes to a strong word, in order."""
    texts = [fold(block.text) for block in document.blocks]
    words = STRONG.narrowed_to("\n".join(texts))
    if not words.latin and not words.other:
        return
    for number, (block, folded) in enumerate(zip(document.blocks, texts, strict=True)):
        places = [] if block.kind == "code" else list(words.places(folded))
        if not places:
            continue
        starts = sentence_starts(folded)
        for sentence in sorted({bisect_right(starts, place) - 1 for place in places}):
            start, end = starts[sentence], starts[sentence + 1] if sentence + 1 < len(starts) else len(folded)
            if strong := STRONG.pattern.search(folded, start, min(end, start + MAX_NOTICE)):
                start += _skip_heading(block.text[start : strong.start()], folded[start : strong.end()])
                reach = block.text[start : min(end, start + 2 * MAX_NOTICE)].rstrip()
                yield Notice(number, start, reach, folded[start : start + len(reach)], strong.end() - start)


def _skip_heading(before: str, folded: str) -> int:
    """Where the owner's name begins, when a heading without a full stop has run into the notice."""
    support = SUPPORT.search(folded)
    words = list(_WORD.finditer(before, 0, support.start() if support else len(before)))
    if len(words) <= MAX_OWNER:
        return 0
    owner = len(words)
    while owner and words[owner - 1].group()[:1].isupper():
        owner -= 1
    return words[owner].start() if 0 < owner < len(words) else 0


def _is_topic(notices: list[Notice]) -> bool:
    about = {notice.folded for notice in notices if notice.finished and ABOUT_RIGHTS.search(notice.folded)}
    return len(about) >= TOPIC_SENTENCES


# -- the same notice at several places -------------------------------------------------------------------------------


def _find_shared(notices: list[Notice]) -> dict[tuple[int, int], list[int]]:
    """For each place the lengths it shares with others of the same beginning: all of those, then its nearest ones."""
    shared: dict[tuple[int, int], list[int]] = {}
    groups: dict[str, list[Notice]] = {}
    for notice in notices:
        groups.setdefault(notice.reach[: notice.strong_end], []).append(notice)
    for group in groups.values():
        group.sort(key=lambda notice: (notice.reach, notice.block, notice.start))
        common = [_common(one, two) for one, two in pairwise(group)]
        least = min(common, default=0)
        for place, notice in enumerate(group):
            near = common[max(place - 1, 0) : place + 1]
            shared[notice.block, notice.start] = sorted({least, *near}) if near else []
    return shared


def _common(one: Notice, two: Notice) -> int:
    limit = min(len(one.reach), len(two.reach))
    return next((place for place in range(limit) if one.reach[place] != two.reach[place]), limit)


def _shared_end(notice: Notice, lengths: list[int]) -> int:
    """Where the notice ends, from what it shares with the same notice elsewhere; 0 when it stands alone."""
    for length in lengths:
        if weigh(notice.reach[:length]) < MIN_NOTICE:
            continue
        end = _back_to_boundary(notice.reach, length, notice.strong_end)
        if end and _is_notice(notice.folded[:end]):
            return end
    return 0


def _back_to_boundary(text: str, end: int, least: int) -> int:
    """Move `end` back to a word's end after which something new can begin, never before `least`."""
    stop = _STOP.search(text, least, end)
    if stop:
        return stop.end()
    while end > least:
        at_word_end = end >= len(text) or text[end].isspace() or WIDE.match(text[end]) or text[end].isdigit()
        if at_word_end and text[end - 1] != " " and starts_anew(text[end : end + 8]):
            return end
        end -= 1
    return end if starts_anew(text[end : end + 8]) else 0


# -- what a notice's words say ---------------------------------------------------------------------------------------


def _is_notice(folded: str) -> bool:
    """Whether a text's words are those of a notice: a strong one, others with it, and little else."""
    length = weigh(folded)
    if not 0 < length <= MAX_NOTICE or ABOUT_RIGHTS.search(folded):
        return False
    strong = [match.span() for match in STRONG.pattern.finditer(folded)]
    support = [match.span() for match in SUPPORT.finditer(STRONG.pattern.sub(_blank, folded))]
    share = sum(weigh(folded[start:end]) for start, end in strong + support) / length
    plain = (
        len(strong) == 1 and " " not in folded[slice(*strong[0])]
    )  # `Copyright` says nothing, `rights reserved` does
    if not strong or 2 * len(strong) + len(support) + (not plain and share >= MIN_PURE) < 3:
        return False
    if is_terminated(folded) and not ORDERS.search(folded):
        return False
    return share >= MIN_TOLD or _count_untold(folded, strong + support) <= MAX_UNTOLD


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _count_untold(folded: str, told: list[tuple[int, int]]) -> int:
    marks = bytearray(len(folded))
    for start, end in told:
        marks[start:end] = b"x" * (end - start)
    wide = sum(not marks[match.start()] for match in WIDE.finditer(folded)) if not folded.isascii() else 0
    words = (word for word in _WORD.finditer(folded) if not WIDE.match(word.group()))
    return wide // 2 + sum(not any(marks[word.start() : word.end()]) for word in words)


def _lone_end(notice: Notice) -> int:
    """Where a notice that stands once ends: after a telling word that a new beginning follows.

    The first such end counts, or a later one that few other words part from it.
    """
    end = _first_end(notice)
    if notice.finished and (not end or count_words(notice.reach[end:]) <= MAX_OWNER) and _is_notice(notice.folded):
        end = len(notice.reach)
    end = _owner_end(notice.reach, end) if end else 0
    return end if weigh(notice.reach[:end]) >= MIN_NOTICE else 0


def _first_end(notice: Notice) -> int:
    reach, folded = notice.reach[:MAX_NOTICE], notice.folded[:MAX_NOTICE]
    ends = {
        _word_end(folded, match.end()) for pattern in (STRONG.pattern, SUPPORT) for match in pattern.finditer(folded)
    }
    found = last = 0
    for end in sorted(ends):
        if found and len(folded[last:end].split()) > MAX_STEP + 1:
            break
        last = end
        if end >= notice.strong_end and _can_end(reach, end) and _is_notice(folded[:end]):
            found = end if _has_space(reach, end) or _wide_share(folded[:end]) >= MIN_WIDE_TOLD else found
    return found


def _owner_end(reach: str, end: int) -> int:
    """Where the name ends that a `© 2024` leads up to: its capitals, but not one that a sentence begins with."""
    if not _YEAR.search(reach, max(end - 8, 0), end):
        return end
    words = list(_WORD.finditer(reach, end))[: MAX_OWNER + 1]
    names = list(takewhile(lambda word: word.group()[0].isupper() and fold(word.group()) not in OPENERS, words))
    if len(names) < len(words) and words[len(names)].group()[0].islower():
        names = names[:-1]
    return names[:MAX_OWNER][-1].end() if names else end


def _word_end(folded: str, end: int) -> int:
    """Where the word ends that a stem stands in, with the brackets that close behind it."""
    if end < len(folded) and not WIDE.match(folded[end]):
        end = _REST.match(folded, end).end()  # type: ignore[union-attr]  # it matches nothing at least
    return end + len(folded[end:]) - len(folded[end:].lstrip(")]】）」"))


def _can_end(reach: str, end: int) -> bool:
    return end >= len(reach) or (
        starts_anew(reach[end : end + 8]) and (reach[end].isspace() or bool(WIDE.match(reach[end])))
    )


def _has_space(reach: str, end: int) -> bool:
    return end >= len(reach) or reach[end].isspace()


def _wide_share(folded: str) -> float:
    told = STRONG.pattern.findall(folded) + SUPPORT.findall(STRONG.pattern.sub(" ", folded))
    return sum(map(len, told)) / len(folded)
