"""Ways to other pages: previous and next, breadcrumbs, pagers, the bar that closes an article.

Rules: `closing-bar`, `marked-line` (a line that begins with `<<:`), `previous-next` (two such lines, or one with the
word for it, in the tail), `breadcrumb`.  Left alone on purpose: `Next: rinse with water` in the middle of a text,
quotations in « », comparisons.
"""

import re
from collections.abc import Iterator

from clearwell.cleaning.memory import SiteMemory
from clearwell.cleaning.claims import last_prose, part, whole
from clearwell.document import Document, Removal
from clearwell.sentences import weigh
from clearwell.site import Site

MAX_LINE = 240  # Latin characters of a line that only leads elsewhere
PARTNER_DISTANCE = 3  # blocks between a previous and a next line; 2026-11

_NOUN = r"(?: (?:post|article|story|page|entry|one|piece|chapter))?"
_PREVIOUS = (
    rf"(?:previous|prev\.?|older|last){_NOUN}|(?:entrada|artículo|noticia|nota|post|artigo|matéria|articolo) (?:anterior|"
    r"precedente)|anterior|(?:article|billet) précédent|précédente?|(?:vorherige[rs]?|voriger?)(?: (?:beitrag|artikel))?|"
    r"предыдущ\w+(?: (?:статья|запись|новость))?|上一?[篇页頁章条條则則]|前一篇|前の(?:記事|ページ|投稿)|이전 ?(?:글|기사|포스트)|"
    r"precedente|(?:pos |artikel )?sebelumnya|önceki(?: (?:yazı|haber))?|bài (?:viết )?trước|المقال السابق|السابق"
)
_NEXT = (
    rf"next{_NOUN}|newer{_NOUN}|(?:entrada|artículo|noticia|nota|articolo) (?:siguiente|successivo)|siguiente|"
    r"próxim[oa](?: (?:post|artigo|matéria|entrada))?|(?:article|billet) suivant|suivante?|(?:nächste[rs]?)(?: (?:beitrag|artikel))?|"
    r"следующ\w+(?: (?:статья|запись|новость))?|下一?[篇页頁章条條则則]|后一篇|後一篇|次の(?:記事|ページ|投稿)|다음 ?(?:글|기사|포스트)|"
    r"successivo|(?:pos |artikel )?(?:selanjutnya|berikutnya)|sonraki(?: (?:yazı|haber))?|bài (?:viết )?(?:sau|tiếp theo)|"
    r"المقال التالي|التالي"
)
_MARK = r"<<|>>|«|»|‹|›|←|→|⟵|⟶|◀|▶|❮|❯|⬅|➡"
_CLOSING_BAR = re.compile(r"(?<=[\s.!?。！？”\"])\s*[|｜]\s*$")
_MARKED = re.compile(r"\s*(?:<<|>>)\s?[:：]")
_MARK_FIRST = re.compile(rf"\s*(?:{_MARK})\s*\S")
_MARK_LAST = re.compile(rf"\S\s*(?:{_MARK})\s*$")
_WORDED = re.compile(rf"\s*[\[【(（]?\s*(?:{_MARK})?\s*(?:{_PREVIOUS}|{_NEXT})\s*[\]】)）]?\s*(?:[:：|]|{_MARK})", re.I)
_BARE = re.compile(rf"\s*(?:{_MARK})?\s*(?:{_PREVIOUS}|{_NEXT})\s*(?:{_MARK})?\s*$", re.I)
_EXPLICIT = re.compile(
    r"\s*(?:(?:previous|next) (?:post|article|story|page|entry)|上一篇|下一篇|前の記事|次の記事|(?:entrada|artículo) "
    r"(?:anterior|siguiente)|(?:vorheriger|nächster) (?:beitrag|artikel)|article (?:précédent|suivant))\s*[:：]",
    re.I,
)
_CRUMB = re.compile(
    r"\s*(?:(?:you are here|current (?:position|location)|当前位置|當前位置|您的位置|usted está aquí|sie sind hier|вы здесь)\s*[:：]"
    r"|(?:home|首页|首頁|inicio|startseite|accueil|início|главная|ホーム|홈|beranda)\s*(?:[>›»/→]|&gt;))",
    re.I,
)


def find(document: Document, site: Site, memory: SiteMemory) -> Iterator[Removal]:
    """Point at lines that lead to other pages and at the bar that closes an article."""
    for number, block in enumerate(document.blocks):
        bar = _CLOSING_BAR.search(block.text)
        if bar and block.kind != "table" and block.text.count("|") + block.text.count("｜") == 1:
            yield Removal("navigation", "closing-bar", number, bar.start(), len(block.text), bar.group(), 0.9)
    lines = [number for number in range(len(document.blocks)) if _leads_elsewhere(document.blocks[number].text)]
    tail = last_prose(document)
    for number in lines:
        text = document.blocks[number].text
        if _MARKED.match(text):
            yield whole(document, number, "navigation", "marked-line", 0.95)
        elif _EXPLICIT.match(text) or number > tail or _has_partner(document, number, lines):
            yield whole(document, number, "navigation", "previous-next", 0.9)
    for number, block in enumerate(document.blocks[:5]):
        if _CRUMB.match(block.text) and weigh(block.text) <= MAX_LINE:
            yield part(document, number, 0, len(block.text), "navigation", "breadcrumb", 0.85)


def _leads_elsewhere(text: str) -> bool:
    if weigh(text) > MAX_LINE or not text:
        return False
    if _MARKED.match(text) or _WORDED.match(text) or _BARE.match(text):
        return True
    return _is_marked_once(text)


def _is_marked_once(text: str) -> bool:
    """A mark at one end only; one at both ends is a quotation."""
    first, last = _MARK_FIRST.match(text), _MARK_LAST.search(text)
    if not first and not last:
        return False
    if "«" in text and "»" in text:
        return False
    return bool(first) != bool(last) and text.rstrip()[-1:] not in ".。"


def _has_partner(document: Document, number: int, lines: list[int]) -> bool:
    return any(0 < abs(other - number) <= PARTNER_DISTANCE for other in lines)
