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
from clearwell.cleaning.notice_words import ABOUT_RIGHTS, CLAIMS, ORDERS, OWN_WORKS, STRONG, SUPPORT, USES, WEAK, WORKS
from clearwell.document import Document, Removal
from clearwell.sentences import (
    OPENERS,
    WIDE,
    WORD,
    count_words,
    fold,
    is_terminated,
    starts_anew,
    weigh,
)
from clearwell.site import Site

MAX_NOTICE = 220  # Latin characters; the longest real notice seen has about 180; 2026-11
MIN_NOTICE = 8  # Latin characters of a notice within a text
MIN_TOLD = 0.35  # share of a notice's characters that its telling words have, or else
MIN_POINTS = 3  # two for a strong word, one for each that goes with it
MAX_UNTOLD = 5  # the words it may have besides, small ones not counted
MIN_WIDE_TOLD = 0.5  # the same share where no space shows the notice's end
MAX_OWNER = 3  # words of the owner's name, before the first telling word or behind the last
MAX_STEP = 3  # words without meaning between two telling ones of one notice
TOPIC_SENTENCES = 3  # different finished sentences about rights make them the page's topic; 2026-11
MAX_WORDINGS = 20  # notices of one page that are looked for in the middle of sentences too

_STOP = re.compile(r"[.!?。！？](?=\s|$|[\"'”’」』）)])|[。！？]")
_WORD = re.compile(r"\S+")
_GLUED_STOP = re.compile(r"[^\W\d_]{3}[.!?](?=[A-ZÀ-ÞА-Я©]|$)")
_SIGNS = ("©", "ⓒ")
_SIGNED = re.compile(r"(?:copyright|\(c\))\s*[©:,]?\s*(?:\(c\)|©)?\s*(?:19|20)\d\d")
_WIDE_REST = "属屬的了着过過得们們有者"  # letters that no sentence begins with
_LIST_MARKS = (" - ", " – ", " • ", " * ")
_JOINTS = frozenset(
    "of by to from with on at the for and or de del la el en a por y o von bei der die das und oder par le les du des et ou à"
    " au sur do da os as em na no e и или на с в у is are be this that any".split()
)
MIN_TITLE = 2  # spaces in a strong wording that a notice opens with, `derechos de propiedad intelectual`
_BELONGS = re.compile(
    r"より転載|[转轉][载載]自|правооблад|angeben|stolen from|cite a fonte|citer la source|許可なく|퍼가|本文首|未[经經]|unerlaubte|belong|reserv|lieg|pertene|pertenc|принадлеж|帰属"
)
_NAME_JOINTS = frozenset(("y", "&", "of", "de", "des", "du", "und", "et", "and", "e", "и"))
_NAMED = re.compile(r"(?:©|ⓒ|(?:19|20)\d\d|copyright|Copyright|contact|联系|聯絡|請洽|출처|出处[：:]|出處[：:])$")
_OPEN_END = re.compile(r" (?:on|in|at|by|en|em|por|sur|dans|par|auf|bei|на|в|von|de)$")  # a name has to follow
_RESERVED = re.compile(
    r"(?:reserved|r[ée]serv[ée]e?s|reservad[oa]s|vorbehalten|защищены|source|fonte|fuente|originalmente en|originalmente em|initialement sur|autorisation de|published on|собственностью|собственность)$",
    re.I,
)
_GLUE = re.compile(  # what parts a telling word from the owner's name
    r"(?:\s*[,:：–—-])?(?:\s+(?:of|by|to|from|with|on|at|the|for|contact|de|del|la|el|en|a|por|von|bei|der|par|à|sur|do|da|em|на|у|–|—))*\s+"
    r"(?=[^\W\d_])(?<!\w )|(?:\s+(?:of|by|to|from|with|on|the|de|del|en|a|por|von|bei|par|à|sur|do|da|em|на))+\s+"
)
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
    claims = list(_claim_all(document, notices))
    if _is_topic(notices, claims):
        claims = [claim for claim in claims if not is_terminated(claim.text) and ORDERS.search(fold(claim.text))]
    yield from claims
    wordings = {claim.text for claim in claims if claim.rule == "repeated-notice"}
    yield from _find_wordings(document, sorted(wordings)[:MAX_WORDINGS])


def _claim_all(document: Document, notices: list[Notice]) -> Iterator[Removal]:
    shared = _find_shared(notices)
    for notice in notices:
        if end := _shared_end(notice, shared.get((notice.block, notice.start), [])):
            yield part(document, notice.block, notice.start, notice.start + end, "watermark", "repeated-notice", 0.95)
        elif _fills_block(notice, document) and _is_notice(notice.folded):
            yield whole(document, notice.block, "watermark", "notice-line", 0.9)
        elif end := _lone_end(notice):
            yield part(document, notice.block, notice.start, notice.start + end, "watermark", "lone-notice", 0.8)


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
    """Every sentence of the page that soon comes to a telling word, in order."""
    strong, weak = STRONG.places(document), WEAK.places(document)
    for number in sorted(strong.keys() | weak.keys()):
        block, folded, starts = document.blocks[number], document.folded[number], document.sentences[number]
        if block.kind == "code":
            continue
        told = {bisect_right(starts, place) - 1 for place in strong.get(number, ())}
        for sentence in sorted(told | {bisect_right(starts, place) - 1 for place in weak.get(number, ())}):
            start, end = starts[sentence], starts[sentence + 1] if sentence + 1 < len(starts) else len(folded)
            if word := _first_told(folded, start, min(end, start + MAX_NOTICE), sentence in told):
                start += _skip_glued(block.text[start : word.start()])
                start += _skip_heading(block.text[start : word.start()], folded[start : word.end()])
                reach = block.text[start : min(end, start + 2 * MAX_NOTICE)].rstrip()
                yield Notice(number, start, reach, folded[start : start + len(reach)], word.end() - start)


def _first_told(folded: str, start: int, end: int, may_be_strong: bool) -> re.Match[str] | None:
    """The first strong word of a sentence, or the first weak one where somebody's work and an order stand beside it.

    `may_be_strong` says that the sentence has a stem of a strong word.
    """
    if may_be_strong and (strong := STRONG.pattern.search(folded, start, end)):
        return strong
    sentence = folded[start:end]
    if WORKS.search(sentence) and (ORDERS.search(sentence) or CLAIMS.search(sentence)):
        return next(_find_acts(folded, start, end), None)
    return None


def _find_acts(folded: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The weak words of a text, without those for using and handling where it names no work of the page's own."""
    own = OWN_WORKS.search(folded, start, end) is not None
    return (act for act in WEAK.pattern.finditer(folded, start, end) if own or not USES.match(act.group()))


def _forbids(folded: str) -> bool:
    """Whether a text orders something about a work, or claims one in words that are no sentence."""
    return WORKS.search(folded) is not None and (
        ORDERS.search(folded) is not None or (not is_terminated(folded) and CLAIMS.search(folded) is not None)
    )


def _skip_glued(before: str) -> int:
    """Where a notice begins that sticks to the full stop of a sentence, without a space between."""
    return max((stop.end() for stop in _GLUED_STOP.finditer(before)), default=0)


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


def _is_topic(notices: list[Notice], claims: list[Removal]) -> bool:
    """Whether several sentences of the page speak of rights and are no notices themselves."""
    known = {(claim.block, claim.start) for claim in claims}
    about = {
        notice.folded
        for notice in notices
        if notice.finished and (notice.block, notice.start) not in known and STRONG.pattern.search(notice.folded)
    }
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
    strong = _find_strong(folded)
    support = [match.span() for match in SUPPORT.finditer(_blank_out(folded, strong))]
    told = strong + support
    untold = _count_untold(folded, told)
    if not strong or _count_points(folded, strong, untold) + len(support) < MIN_POINTS:
        return False
    if is_terminated(folded) and folded[0] not in _SIGNS and not _SIGNED.match(folded) and not ORDERS.search(folded):
        return False
    share = sum(weigh(folded[start:end]) for start, end in told) / length
    return share >= MIN_TOLD or untold <= MAX_UNTOLD


def _find_strong(folded: str) -> list[tuple[int, int]]:
    """Where the strong words stand; without any, the first weak one that has an order and a work beside it."""
    strong = [match.span() for match in STRONG.pattern.finditer(folded)]
    if strong or not _forbids(folded):
        return strong
    return [match.span() for match in _find_acts(folded, 0, len(folded))][:1]


def _count_points(folded: str, strong: list[tuple[int, int]], untold: int) -> int:
    """Two for each strong word, three for one that is enough with an owner's name: `rights reserved`, a leading ©."""
    start, end = strong[0] if strong else (0, 0)
    named = start == 0 and (folded[end : end + 1] in (":", "：") or folded.count(" ", start, end) >= MIN_TITLE)
    enough = (
        named
        or folded[:end].strip() in _SIGNS
        or folded.startswith("(c)")
        or _BELONGS.search(folded, start, end)
        or ORDERS.search(folded, start, end)
    )
    return 2 * len(strong) + (bool(enough) and untold <= MAX_OWNER)


def _blank_out(folded: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        folded = folded[:start] + " " * (end - start) + folded[end:]
    return folded


def _count_untold(folded: str, told: list[tuple[int, int]]) -> int:
    """The words that say nothing of rights, without the small ones that join others; two wide letters are one word."""
    marks = bytearray(len(folded))
    for start, end in told:
        marks[start:end] = b"x" * (end - start)
    wide = sum(not marks[match.start()] for match in WIDE.finditer(folded)) if not folded.isascii() else 0
    words = (word for word in WORD.finditer(folded) if not WIDE.match(word.group()) and word.group() not in _JOINTS)
    return wide // 2 + sum(not any(marks[word.start() : word.end()]) for word in words)


def _lone_end(notice: Notice) -> int:
    """Where a notice that stands once ends: after a telling word, or its owner's name, that a new beginning follows.

    The first such end counts, or a later one that few other words part from it.
    """
    end = _first_end(notice)
    rest = notice.reach[end:]
    goes_on = not end or (count_words(rest) <= MAX_OWNER and not _can_end(notice.reach, end))
    told = not WIDE.search(notice.folded) or _wide_share(notice.folded) >= MIN_WIDE_TOLD
    if notice.finished and goes_on and told and _is_notice(notice.folded):
        end = len(notice.reach)
    return end if weigh(notice.reach[:end]) >= MIN_NOTICE else 0


def _first_end(notice: Notice) -> int:
    reach, folded = notice.reach[:MAX_NOTICE], notice.folded[:MAX_NOTICE]
    patterns = (STRONG.pattern, WEAK.pattern, SUPPORT)
    ends = {_word_end(folded, match.end()) for pattern in patterns for match in pattern.finditer(folded)}
    found = last = 0
    for end in sorted(ends):
        if found and len(folded[max(last, found) : end].split()) > MAX_STEP + 1:
            break
        last = end
        stop = _owner_end(reach, end)
        if _OPEN_END.search(folded, max(stop - 12, 0), stop):
            continue
        if stop >= notice.strong_end and _can_end(reach, stop) and _is_notice(folded[:stop]):
            found = stop if _has_space(reach, stop) or _wide_share(folded[:stop]) >= MIN_WIDE_TOLD else found
    return found


def _owner_end(reach: str, end: int) -> int:
    """Where the name ends that `© 2024` or `belongs to` leads up to; not a capital that a sentence begins with."""
    glue = _GLUE.match(reach, end)
    if loose := _RESERVED.search(reach, max(end - 26, 0), end):
        return _loose_owner(reach, end) if loose else end
    if glue is None and not _NAMED.search(reach, max(end - 12, 0), end):
        return end
    begin = glue.end() if glue else end
    words = list(_WORD.finditer(reach, begin, min(len(reach), begin + 80)))[: MAX_OWNER + 2]
    names = list(takewhile(_is_name, words))
    following = words[len(names)].group() if len(names) < len(words) else ""
    if following[:1].islower() or len(names) > MAX_OWNER:
        names = names[:-1]
    while names and names[-1].group() in _NAME_JOINTS:
        names.pop()
    return names[-1].end() if names else end


def _loose_owner(reach: str, end: int) -> int:
    """Where a name ends that follows `all rights reserved` without a sign: before what surely opens a sentence."""
    words = list(_WORD.finditer(reach, end, min(len(reach), end + 80)))[: MAX_OWNER + 1]
    names = list(takewhile(_is_name, words))
    opens = len(names) == len(words) or (
        fold(words[len(names)].group()) in OPENERS and words[len(names)].group()[0].isupper()
    )
    return names[-1].end() if names and opens and len(names) <= MAX_OWNER else end


def _is_name(word: re.Match[str]) -> bool:
    text = word.group()
    return text in _NAME_JOINTS or (text[0].isupper() and fold(text) not in OPENERS)


def _word_end(folded: str, end: int) -> int:
    """Where the word ends that a stem stands in, with the brackets that close behind it."""
    if end < len(folded) and not WIDE.match(folded[end]):
        end = _REST.match(folded, end).end()  # type: ignore[union-attr]  # it matches nothing at least
    return end + len(folded[end:]) - len(folded[end:].lstrip(")]】）」"))


def _can_end(reach: str, end: int) -> bool:
    return end >= len(reach) or (
        (starts_anew(reach[end : end + 8]) or reach[end : end + 3] in _LIST_MARKS)
        and (reach[end].isspace() or (WIDE.match(reach[end]) is not None and reach[end] not in _WIDE_REST))
    )


def _has_space(reach: str, end: int) -> bool:
    return end >= len(reach) or reach[end].isspace()


def _wide_share(folded: str) -> float:
    told = STRONG.pattern.findall(folded) + SUPPORT.findall(STRONG.pattern.sub(" ", folded))
    return sum(map(len, told)) / len(folded)
