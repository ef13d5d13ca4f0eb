"""Ways to other pages: previous and next, breadcrumbs, pagers, the bar that closes an article.

Rules: `closing-bar`, `marked-line` (a line that begins with `<<:`), `previous-next` (two such lines, or one in the tail
that is a link or says `article`), `previous-next-title` (the title below such a word), `pager`, `breadcrumb`.
Left alone on purpose: `Next: rinse with water` in the middle of a text, quotations in « », comparisons, table cells.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from clearwell.cleaning.claims import last_prose, part, whole
from clearwell.cleaning.memory import SiteMemory
from clearwell.document import Block, Document, Removal
from clearwell.sentences import fold, is_terminated, weigh
from clearwell.site import Site

MAX_LINE = 240  # Latin characters of a line that only leads elsewhere
PARTNER_DISTANCE = 3  # blocks between a previous and a next line; 2026-11
MAX_PAGER = 60  # characters
HEAD = 5  # blocks at the top in which a breadcrumb stands

_NOUN = r"(?: (?:post|article|story|page|entry|one|piece|chapter|topic|news))?"
_PREVIOUS = (
    rf"(?:previous|prev\.?|older){_NOUN}|last (?:post|article|story)|(?:entrada|artículo|noticia|nota|post|artigo"
    r"|matéria"
    rf"|articolo) (?:anterior|"
    r"precedente)|anterior|(?:article|billet) précédent|précédente?|(?:vorherige[rs]?|voriger?)(?: (?:beitrag"
    r"|artikel))?|zurück|"
    r"предыдущ\w+(?: (?:статья|запись|новость))?|上一?[篇页頁章条條则則]|前一篇|前の(?:記事|ページ|投稿)|이전 ?(?:글"
    r"|기사|포스트)|"
    r"(?:articolo )?precedente|(?:pos |artikel )?sebelumnya|önceki(?: (?:yazı|haber))?|bài (?:viết )?trước"
    r"|المقال السابق|السابق|"
    r"vorige?(?: (?:artikel|bericht))?|poprzedni\w*(?: (?:artykuł|wpis))?"
)
_NEXT = (
    rf"next{_NOUN}|newer{_NOUN}|(?:entrada|artículo|noticia|nota|articolo) (?:siguiente|successivo)|siguiente|"
    r"(?:post |artigo )?próxim[oa](?: (?:post|artigo|matéria|entrada))?|(?:article|billet) suivant|suivante?|"
    r"(?:nächste[rs]?)(?: (?:beitrag|artikel))?|weiter|"
    r"следующ\w+(?: (?:статья|запись|новость))?|下一?[篇页頁章条條则則]|后一篇|後一篇|次の(?:記事|ページ|投稿)"
    r"|다음 ?(?:글|기사|포스트)|"
    r"(?:articolo )?successivo|(?:pos |artikel )?(?:selanjutnya|berikutnya)|sonraki(?: (?:yazı|haber))?"
    r"|bài (?:viết )?(?:sau|tiếp theo)|"
    r"المقال التالي|التالي|volgende?(?: (?:artikel|bericht))?|następn\w*(?: (?:artykuł|wpis))?"
)
_MARK = r"<<|>>|«|»|‹|›|←|→|⟵|⟶|◀|▶|❮|❯|⬅|➡"
_MARKED = re.compile(r"\s*(?:<<|>>)\s?[:：]")
_MARK_FIRST = re.compile(rf"\s*(?:{_MARK})\s*[^\s<>«»‹›]")
_MARKS = tuple(_MARK.split("|"))
_QUOTE_MARK = re.compile(r"^\s*(?:<<|«|‹)|(?:>>|»|›)\s*$")
_WORDED = re.compile(
    rf"\s*[\[【(（]?\s*(?:{_MARK})?\s*(?P<label>{_PREVIOUS}|{_NEXT})\s*[\]】)）]?\s*(?P<end>[:：|]|{_MARK}|$)"
)
_NEXT_LABEL = re.compile(_NEXT)
_EXPLICIT = re.compile(
    r"\s*(?:(?:previous|next|older|newer) (?:post|article|story|entry)|上一篇|下一篇|前の記事|次の記事|(?:entrada"
    r"|artículo) "
    r"(?:anterior|siguiente)|(?:vorheriger|nächster) (?:beitrag|artikel)|article (?:précédent|suivant)"
    r"|предыдущая статья|следующая статья)\s*[:：]"
)
# A label that says what it leads to, so that it needs no partner.
_NOUNED = re.compile(
    r"post|article|story|page|entry|chapter|topic|news|entrada|art[ií]culo|noticia|nota|artigo|matéria|articolo|billet"
    r"|beitrag|artikel|статья|запись|новость|[篇页頁章条條则則]|記事|ページ|投稿|글|기사|포스트|yazı|haber|bài|المقال|bericht"
    r"|artykuł|wpis"
)
_AMOUNT = re.compile(r"\s*[≤≥<>~]?\s*\d+(?:[.,]\d+)?\s*(?:[mµkc]?g|mcg|[md]?l|i\.?[ue]|%|°|[cm]m|min|tabl|h|st)\b")
_CRUMB = re.compile(
    r"\s*(?:(?:you are here|current (?:position|location)|当前位置|當前位置|您的位置|目前位置|usted está aquí"
    r"|sie sind hier|вы здесь)\s*[:：]"
    r"|(?:home|首页|首頁|inicio|startseite|accueil|início|главная|ホーム|홈|beranda)(?=[^:：\d]*$)\s*(?:[>›»/→]|&gt;)[^>›»/→]+(?:[>›»/→]|&gt;))"
)
_PAGER_WORDS = frozenset(
    "previous prev next first last page pages of back top back to list home up 首页 上一页 下一页 尾页 末页 共 页 "
    "返回列表 返回顶部 返回首页 "
    "anterior siguiente siguientes primera última volver arriba zurück weiter nach oben précédent suivant retour en "
    "haut 次へ 前へ 次のページ "
    "前のページ 一覧に戻る 이전 다음 목록".split()
)
_PAGER_SIGNS = re.compile(
    r"\b(?:next|previous|prev)\b.*\d|\d.*\b(?:next|previous|prev)\b|page \d+ (?:of|/) \d+$|^\W*(?:back to (?:top"
    r"|list)|volver arriba|nach oben|"
    r"retour en haut)\W*$|下一页|尾页|返回(?:列表|顶部|首页)|次のページ|一覧に戻る"
)
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
        number
        for number, block in enumerate(document.blocks)
        if block.kind != "table" and _leads_elsewhere(block.text) and not _is_step(block)
    ]
    tail = last_prose(document) if lines else 0
    for place, number in enumerate(lines):
        text = document.blocks[number].text
        if _MARKED.match(text):
            yield whole(document, number, "navigation", "marked-line", 0.95)
        elif (
            _EXPLICIT.match(fold(text))
            or _has_partner(document, lines, place)
            or (number > tail and _names_a_page(document.blocks[number]) and not _is_row(document, lines, place))
        ):
            yield whole(document, number, "navigation", "previous-next", 0.9)
            yield from _find_title_below(document, number, lines)


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
    if label := _WORDED.match(folded):
        return not _AMOUNT.match(folded, label.end())
    return _MARKED.match(text) is not None or _is_marked_once(text)


def _is_marked_once(text: str) -> bool:
    """A mark at one end only; one at both ends is a quotation."""
    first, last = _MARK_FIRST.match(text) is not None, text.rstrip().endswith(_MARKS)
    if first == last or ("«" in text and "»" in text):
        return False
    return text.rstrip()[-1:] not in ".。"


def _is_step(block: Block) -> bool:
    """Whether a line is an item of a list, `Next: lift the chin`; `« Title` is none, whatever it stands in."""
    return block.kind == "list_item" and not block.links and not _QUOTE_MARK.search(block.text)


def _names_a_page(block: Block) -> bool:
    """Whether a line without a partner says that it leads to a page: by a link over it or the word for one."""
    label = _WORDED.match(fold(block.text))
    return bool(block.links) or (label is not None and _NOUNED.search(label.group("label")) is not None)


def _has_partner(document: Document, lines: list[int], place: int) -> bool:
    """Whether the other way leads from a line close by; arrows that all point one way are something else."""
    return any(_direction(document, lines[place]) != _direction(document, other) for other in _near(lines, place))


def _is_row(document: Document, lines: list[int], place: int) -> bool:
    return any(_direction(document, lines[place]) == _direction(document, other) for other in _near(lines, place))


def _near(lines: list[int], place: int) -> list[int]:
    beside = lines[max(place - 1, 0) : place] + lines[place + 1 : place + 2]
    return [other for other in beside if abs(other - lines[place]) <= PARTNER_DISTANCE]


def _direction(document: Document, number: int) -> str:
    """`next` or `previous`, by the line's word or else by its mark."""
    text = document.blocks[number].text.strip()
    if label := _WORDED.match(fold(text)):
        return "next" if _NEXT_LABEL.fullmatch(label.group("label")) else "previous"
    mark = text[0] if _MARK_FIRST.match(text) else text[-1]
    return "next" if mark in ">»›→⟶▶❯➡" else "previous"


def _find_title_below(document: Document, number: int, lines: list[int]) -> Iterator[Removal]:
    """The title under a word that stands alone, when its partner stands right behind the title."""
    label = _WORDED.match(fold(document.blocks[number].text))
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
    first = _TOKEN.search(folded)
    if first and first.group() not in _PAGER_WORDS:
        return False
    return bool(_PAGER_SIGNS.search(folded)) and _PAGER_WORDS.issuperset(_TOKEN.findall(folded))
