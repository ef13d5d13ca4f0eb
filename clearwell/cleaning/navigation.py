"""Ways to other pages: previous and next, breadcrumbs, pagers, the bar that closes an article.

Rules: `closing-bar`, `marked-line` (a line that begins with `<<:`), `previous-next` (two such lines, or one in the tail
that is a link or says `article`), `previous-next-title` (the title below such a word), `pager`, `breadcrumb`.
Left alone on purpose: `Next: rinse with water` in the middle of a text, quotations in « », comparisons, table cells.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from clearwell.cleaning.claims import MIN_TITLE, is_headline, last_prose, part, whole
from clearwell.cleaning.memory import SiteMemory
from clearwell.cleaning.navigation_words import AMOUNT, MARK, NEXT_MARKS, NOUNED, WORDED
from clearwell.document import Block, Document, Removal
from clearwell.sentences import WIDE, fold, is_terminated, weigh
from clearwell.site import Site

MAX_LINE = 240  # Latin characters of a line that only leads elsewhere
PARTNER_DISTANCE = 3  # blocks between a previous and a next line; 2026-11
_COLONS = (":", "：", "|")
MAX_PAGER = 60  # characters
HEAD = 5  # blocks at the top in which a breadcrumb stands


_MARKED = re.compile(r"\s*(?:<<|>>)\s?[:：]")
_MARK_FIRST = re.compile(rf"\s*(?:{MARK})\s*[^\s<>«»‹›]")
_MARKS = tuple(MARK.split("|"))
_QUOTE_MARK = re.compile(r"^\s*(?:<<|«|‹)|(?:>>|»|›)\s*$")
_ROOT = (
    r"(?:home ?page|home|main page|main|start|top|inicio|portada|página principal|accueil|page d['’]accueil|startseite|início|página inicial|главная(?: страница)?|домой|beranda|ana sayfa"
    r"|[^\W\d_]{0,4}(?:网站)?(?:首页|首頁|主页|主頁)|ホーム|トップページ|トップ|홈|메인|처음)"
)
_STEP = r"(?:\s*(?:[>›»→⟩❯]|&gt;|>>)+\s*|\s+[/|–-]\s+|\s*/\s+)"
# The way down, behind the words for where one is or from the home page on; one step only where the sign is an arrow.
_CRUMB = re.compile(
    rf"\s*(?:(?:you are here|(?:current )?(?:position|location)|当前位置|當前位置|[您你]?(?:现在)?的?位置|目前位置|現在位置|現在地|현재 ?위치|[你您]在这里|est[aá]s en|usted está (?:aquí|en)"
    rf"|sie (?:sind|befinden sich) hier|вы здесь|vous êtes ici|você está (?:aqui|em))\s*[:：]\s*{_ROOT}(?![^\W\d_])"
    rf"|{_ROOT}(?=[^:：\d]*$)(?:{_STEP}[^>›»→/|:：]{{1,40}}){{2,}}|{_ROOT}(?=[^:：\d]{{1,60}}$)\s*(?:[>›»→⟩❯]|&gt;)+\s*[^>›»→/|:：]{{1,40}}$)"
)
_BEFORE = frozenset(
    "previous prev first anterior primera primeira anteriores précédent précédente première zurück erste vorherige назад предыдущая первая"
    " précédents 首页 首頁 上一页 上一頁 前へ 前のページ 이전 처음".split()
)
_AFTER = frozenset(
    "next last siguiente siguientes última próximo próxima suivant suivante dernière weiter nächste letzte далее вперёд вперед следующая"
    " последняя 下一页 下一頁 尾页 末页 末頁 次へ 次のページ 다음 마지막".split()
)
_PAGER_WORDS = (
    _BEFORE
    | _AFTER
    | frozenset(
        "page pages página páginas seite seiten страница страницы of de von sur из back to list top home up 共 页 頁 第 返回列表 返回顶部 返回首页"
        " volver arriba nach oben retour en haut inicio 一覧に戻る 목록 페이지".split()
    )
)
_PAGER_SIGNS = re.compile(
    r"(?:page|página|seite|страница|第) ?\d+ ?(?:of|de|von|sur|из|/|页|頁) ?\d*|^\W*(?:back to (?:top|list)|volver arriba|nach oben|retour en haut)\W*$"
    r"|下一页|尾页|返回(?:列表|顶部|首页)|次のページ|一覧に戻る"
)
_NUMBER = re.compile(r"\d+")
_TOKEN = re.compile(r"[^\W\d_]+")


def find(document: Document, site: Site, memory: SiteMemory) -> Iterator[Removal]:
    """Point at lines that lead to other pages and at the bar that closes an article."""
    for number, block in enumerate(document.blocks):
        if block.text.rstrip()[-1:] in ("|", "｜") and block.kind not in ("table", "code"):
            yield from _find_bar(document, number)
        if len(block.text) <= MAX_PAGER and block.kind != "table" and _is_pager(fold(block.text)):
            yield part(document, number, 0, len(block.text), "navigation", "pager", 0.8)
    yield from find_leads(document)
    for number, block in enumerate(document.blocks[:HEAD]):
        if len(block.text) <= MAX_LINE and _CRUMB.match(fold(block.text)) and not is_terminated(block.text):
            yield part(document, number, 0, len(block.text), "navigation", "breadcrumb", 0.85)


def find_leads(document: Document) -> Iterator[Removal]:
    """Point at the lines that name the article before and the one after."""
    lines = [
        number for number, block in enumerate(document.blocks) if block.kind != "table" and _leads_elsewhere(block.text)
    ]
    tail = last_prose(document) if lines else 0
    for place, number in enumerate(lines):
        text = document.blocks[number].text
        if _MARKED.match(text):
            yield whole(document, number, "navigation", "marked-line", 0.95)
        elif _has_partner(document, lines, place, tail) or (
            not _is_row(document, lines, place)
            and not _is_step(document.blocks[number])
            and _stands_alone(document.blocks[number], number > tail)
        ):
            yield whole(document, number, "navigation", "previous-next", 0.9)
            yield from _find_title_below(document, number, lines)


def _stands_alone(block: Block, in_tail: bool) -> bool:
    """Whether a line without a partner says that it leads to a page: by the word for one, a link or its title."""
    label = WORDED.match(fold(block.text))
    if label is None:
        return in_tail and bool(block.links)
    nouned = NOUNED.search(label.group("label")) is not None
    if label.group("end").strip() in _COLONS and nouned:
        return True
    return in_tail and (bool(block.links) or nouned or is_headline(block.text[label.end() :]))


def _find_bar(document: Document, number: int) -> Iterator[Removal]:
    text = document.blocks[number].text
    bar = len(text.rstrip()) - 1
    before = text[:bar].rstrip()
    if before and "|" not in before and "｜" not in before and (len(before) < bar or is_terminated(before)):
        yield Removal("navigation", "closing-bar", number, len(before), len(text), text[len(before) :], 0.9)
    elif not before:
        yield whole(document, number, "navigation", "closing-bar", 0.9)


def _leads_elsewhere(text: str) -> bool:
    if not text or len(text) > MAX_LINE or weigh(text) > MAX_LINE:
        return False
    folded = fold(text)
    if label := WORDED.match(folded):
        return _is_label(text, label) and not AMOUNT.match(folded, label.end())
    if text.isascii() and "<" not in text and ">" not in text:  # one of these is in every mark
        return False
    return _MARKED.match(text) is not None or _is_marked_once(text)


def _is_label(text: str, label: re.Match[str]) -> bool:
    """Whether a sign parts the word from its title; a space does where the word says what it leads to."""
    if label.group("end").strip() or label.end() == len(text):
        return True
    begins = text[label.end() : label.end() + 1]
    new = begins.isupper() or begins.isdigit() or begins in '¿¡“«"' or WIDE.match(begins) is not None
    marked = _MARK_FIRST.match(text) is not None or text.rstrip().endswith(_MARKS)
    return new and text.rstrip()[-1:] not in ".。!！" and (marked or NOUNED.search(label.group("label")) is not None)


def _is_marked_once(text: str) -> bool:
    """A mark at one end only; one at both ends is a quotation."""
    first, last = _MARK_FIRST.match(text) is not None, text.rstrip().endswith(_MARKS)
    if first == last or ("«" in text and "»" in text):
        return False
    return text.rstrip()[-1:] not in ".。"


def _is_step(block: Block) -> bool:
    """Whether a line is an item of a list, `Next: lift the chin`; `« Title` is none, whatever it stands in."""
    return block.kind == "list_item" and not block.links and not _QUOTE_MARK.search(block.text)


def _has_partner(document: Document, lines: list[int], place: int, tail: int) -> bool:
    """Whether the other way leads from a line close by; arrows that all point one way are something else."""
    number = lines[place]
    others = [other for other in _near(lines, place) if _direction(document, number) != _direction(document, other)]
    return any(_is_pair(document, number, other, tail) for other in others)


def _is_pair(document: Document, one: int, two: int, tail: int) -> bool:
    """Whether two lines lead to pages and are not steps of one scheme, `Previous: The first dose`.

    One that is linked, marked or says `article` speaks for both; else they stand in the tail with a title of some
    length, or read as headlines.
    """
    if any(_names_page(document.blocks[number]) for number in (one, two)):
        return True
    titles = [_title_of(document.blocks[number].text) for number in (one, two)]
    if all(map(is_headline, titles)):
        return True
    return min(one, two) > tail >= 0 and all(_is_long(title) for title in titles)


def _names_page(block: Block) -> bool:
    label = WORDED.match(fold(block.text))
    if label is None or block.links:
        return True
    signs = block.text[: label.start("label")].strip() + block.text.rstrip()[-1:] + label.group("end").strip()
    bare = label.end() >= len(block.text.rstrip())
    return bare or any(mark in signs for mark in _MARKS) or NOUNED.search(label.group("label")) is not None


def _title_of(text: str) -> str:
    label = WORDED.match(fold(text))
    return text[label.end() :].strip() if label else ""


def _is_long(title: str) -> bool:
    return WIDE.search(title) is not None or len(title.split()) >= MIN_TITLE


def _is_row(document: Document, lines: list[int], place: int) -> bool:
    return any(_direction(document, lines[place]) == _direction(document, other) for other in _near(lines, place))


def _near(lines: list[int], place: int) -> list[int]:
    beside = lines[max(place - 1, 0) : place] + lines[place + 1 : place + 2]
    return [other for other in beside if abs(other - lines[place]) <= PARTNER_DISTANCE]


def _direction(document: Document, number: int) -> str:
    """`next` or `previous`, by the line's word or else by its mark."""
    text = document.blocks[number].text.strip()
    if label := WORDED.match(fold(text)):
        return "next" if label.group("next") else "previous"
    first = re.match(MARK, text)
    mark = first.group()[-1 if first.group().startswith("-") else 0] if first else text[-1]
    return "next" if mark in NEXT_MARKS else "previous"


def _find_title_below(document: Document, number: int, lines: list[int]) -> Iterator[Removal]:
    """The title under a word that stands alone, when its partner stands right behind the title."""
    label = WORDED.match(document.folded[number])
    if label is None or label.end() < len(document.blocks[number].text.rstrip()) or number + 1 >= len(document.blocks):
        return
    place = bisect_left(lines, number)
    beside = {number - 2, number + 2} & set(lines[max(place - 1, 0) : place + 2])
    title = document.blocks[number + 1].text
    if (
        beside
        and number + 1 not in lines[place : place + 2]
        and 0 < weigh(title) <= MAX_LINE
        and title.rstrip()[-1:] not in ".。"
    ):
        yield whole(document, number + 1, "navigation", "previous-next-title", 0.8)


def _is_pager(folded: str) -> bool:
    """Whether a line consists of the words of a pager: both ways, one way and numbers, or a page of several."""
    first = _TOKEN.search(folded)
    if first and first.group() not in _PAGER_WORDS:
        return False
    words = _TOKEN.findall(folded)
    if not _PAGER_WORDS.issuperset(words):
        return False
    before, after = not _BEFORE.isdisjoint(words), not _AFTER.isdisjoint(words)
    numbers = len(_NUMBER.findall(folded))
    return (
        (before and after and "|" in folded)
        or (bool(before or after) and numbers > 0)
        or bool(_PAGER_SIGNS.search(folded))
    )
