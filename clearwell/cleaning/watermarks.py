"""Rights, reprint and source notices that stand in the text or as a line of their own.

Rules: `known-phrase` (the site's memory), `repeated-notice` (the same notice between different sentences of the
page), `lone-notice` (one notice that its own words give away), `notice-line` (a block that is nothing else).

A notice is told by its words, counted: a strong one (copyright, reprint, 转载) and others that go with it (contact,
prohibited, 授权).  No word acts alone: an article may speak of copyright, reproduction or sources.  What is left alone
on purpose: finished sentences on a page that is itself about rights, and notices with no rights word at all unless
the memory knows them.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from clearwell.cleaning.memory import SiteMemory
from clearwell.cleaning.claims import part, whole
from clearwell.document import Document, Removal
from clearwell.sentences import is_terminated, sentence_starts, starts_anew, weigh
from clearwell.site import Site

MAX_NOTICE = 220  # Latin characters; the longest real notice seen has about 180; 2026-11
MIN_NOTICE = 8  # Latin characters that a repeated notice must share
TOPIC_SENTENCES = 3  # different finished sentences with a strong word make rights the page's topic; 2026-11

# Word stems by language, from site footers and theme translations; a stem may be glued to what stands before it.
STRONG = re.compile(
    r"copyright|©|ⓒ|\(c\) ?(?:19|20)\d\d|all rights? reserved|reprint|republish|"
    r"derechos (?:reservados|de autor)|prohibida (?:la|su) reproducci|reproducci[oó]n (?:total|parcial|prohibida)|"
    r"droits (?:réservés|d['’]auteur)|reproduction (?:interdite|is prohibited|prohibited|without)|"
    r"rechte vorbehalten|urheberrecht|nachdruck|vervielfältigung|"
    r"direitos (?:reservados|autorais)|proibida a reprodução|reprodução proibida|"
    r"права защищены|авторски[ехй] прав|перепечатк|копирование материал|использование материалов|"
    r"版权|版權|著作权|著作權|转载|轉載|侵权必究|侵權必究|侵删|無断|転載|"
    r"저작권|무단 ?(?:전재|복제|배포)|riproduzione riservata|diritti riservati|hak cipta|telif hak|bản quyền",
    re.I,
)
_SUPPORT = re.compile(
    r"original|contact|exclusive|prohibit|forbidden|unauthori[sz]ed|permission|consent|authori[sz]ation|infring|"
    r"disput|reserved|licen[sc]|rights|owner|gallery|picture|image|photo|articles?|contents?|sources?|reproduc|"
    r"belongs?|legal|copied|copy|indicate|"
    r"prohibid|autorizaci|permiso|reservad|reproducci|contacto|fuente|interdite?|autorisation|réservé|source|"
    r"verboten|genehmigung|vorbehalten|gestattet|untersagt|quelle|proibid|autoriza|fonte|"
    r"запрещ|разрешени|согласи|ссылк|источник|"
    r"原创|原創|独家|獨家|来源|來源|联系|聯繫|聯絡|授权|授權|禁止|不得|未经|未經|请勿|請勿|谢绝|严禁|必究|许可|許可|纠纷|糾紛|图库|圖庫|"
    r"注明|註明|出处|出處|所有|归|禁じ|厳禁|お断り|금지|재배포|문의|©|(?:19|20)\d\d",
    re.I,
)
_ABOUT_RIGHTS = re.compile(r"\b(?:laws?|act|gesetze?s?|ley|loi|lei|court|judge|закон\w*)\b|著作权法|版权法|著作権法", re.I)
_WIDE_WORD = re.compile(r"[一-鿿぀-ヿ가-힣]")
_STOP = re.compile(r"[.!?。！？](?=\s|$|[\"'”’」』）)])|[。！？]")
_TOKEN = re.compile(r"\S+")


class Notice(NamedTuple):
    """A place where a notice may stand: from a sentence's start, with the text it may reach over."""

    block: int
    start: int
    reach: str
    strong_end: int  # in `reach`, where the first strong word ends


def find(document: Document, site: Site, memory: SiteMemory) -> Iterator[Removal]:
    """Point at notices of rights, reprint and source; linear in the text, quadratic in the notices of one wording."""
    yield from _find_known(document, memory)
    notices = list(_find_places(document))
    about_rights = _is_topic(notices)
    for notice in notices:
        if about_rights and notice.reach and _first_sentence_is_finished(notice.reach):
            continue
        if end := _shared_end(notice, notices):
            yield part(document, notice.block, notice.start, notice.start + end, "watermark", "repeated-notice", 0.95)
        elif _is_notice_line(document.blocks[notice.block].text) and not about_rights:
            yield whole(document, notice.block, "watermark", "notice-line", 0.9)
        elif end := _lone_end(notice):
            yield part(document, notice.block, notice.start, notice.start + end, "watermark", "lone-notice", 0.8)


def _find_known(document: Document, memory: SiteMemory) -> Iterator[Removal]:
    for phrase in memory.known_phrases():
        for number, block in enumerate(document.blocks):
            at = block.text.find(phrase)
            while at >= 0:
                yield part(document, number, at, at + len(phrase), "watermark", "known-phrase", 0.95)
                at = block.text.find(phrase, at + len(phrase))


def _find_places(document: Document) -> Iterator[Notice]:
    """Every sentence of the page that begins with or soon comes to a strong word, in order."""
    for number, block in enumerate(document.blocks):
        if block.kind == "code" or not STRONG.search(block.text):
            continue
        starts = sentence_starts(block.text)
        for start, end in zip(starts, [*starts[1:], len(block.text)], strict=True):
            reach = block.text[start : min(end, start + 2 * MAX_NOTICE)]
            if strong := STRONG.search(reach, 0, MAX_NOTICE):
                yield Notice(number, start, reach.rstrip(), strong.end())


def _is_topic(notices: list[Notice]) -> bool:
    finished = {notice.reach for notice in notices if is_terminated(notice.reach) and _ABOUT_RIGHTS.search(notice.reach)}
    return len(finished) >= TOPIC_SENTENCES


def _first_sentence_is_finished(reach: str) -> bool:
    return is_terminated(reach)


def _shared_end(notice: Notice, notices: list[Notice]) -> int:
    """Where the notice ends, from what it shares with the same notice elsewhere; 0 when it stands alone."""
    shared = []
    for other in notices:
        if other is notice or other.reach[: notice.strong_end] != notice.reach[: notice.strong_end]:
            continue
        length = _common(notice.reach, other.reach)
        if weigh(notice.reach[:length]) >= MIN_NOTICE:
            shared.append(length)
    if not shared:
        return 0
    end = _back_to_boundary(notice.reach, min(shared), notice.strong_end)
    return end if _is_notice(notice.reach[:end]) else 0


def _common(one: str, other: str) -> int:
    limit = min(len(one), len(other))
    low = 0
    while low < limit and one[low] == other[low]:
        low += 1
    return low


def _back_to_boundary(text: str, end: int, least: int) -> int:
    """Move `end` back to a word's end after which something new can begin, never before `least`."""
    stop = _STOP.search(text, least, end)
    if stop:
        return stop.end()
    while end > least:
        at_word_end = end >= len(text) or text[end].isspace() or _WIDE_WORD.match(text[end]) or text[end].isdigit()
        if at_word_end and text[end - 1] != " " and starts_anew(text[end:]):
            return end
        end -= 1
    return end if starts_anew(text[end:]) else 0


def _is_notice(text: str) -> bool:
    """Whether a text's words are those of a notice: a strong one, others with it, and little else."""
    strong = STRONG.findall(text)
    support = _SUPPORT.findall(STRONG.sub(" ", text))
    if not strong or len(strong) * 2 + len(support) < 3:
        return False
    told = sum(map(weigh, strong)) + sum(map(weigh, support))
    rest = _SUPPORT.sub(" ", STRONG.sub(" ", text))
    return weigh(text) <= MAX_NOTICE and (told >= 0.35 * weigh(text) or len(_TOKEN.findall(rest)) <= 6)


def _is_notice_line(text: str) -> bool:
    return weigh(text) <= MAX_NOTICE and _is_notice(text) and not _ABOUT_RIGHTS.search(text)


def _lone_end(notice: Notice) -> int:
    """Where a notice that stands once ends: after its last telling word that a new beginning follows."""
    reach = notice.reach[:MAX_NOTICE]
    if _ABOUT_RIGHTS.search(reach):
        return 0
    if is_terminated(notice.reach) and _is_notice(notice.reach):
        return len(notice.reach)
    ends = [match.end() for pattern in (STRONG, _SUPPORT) for match in pattern.finditer(reach)]
    for end in sorted(set(ends), reverse=True):
        end += len(reach[end:]) - len(reach[end:].lstrip(")]】）」"))
        glued = end < len(reach) and not reach[end].isspace()
        if not glued and starts_anew(reach[end:]) and _is_notice(reach[:end]):
            return end
    return 0
