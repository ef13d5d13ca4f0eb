"""Listings of courses, files and goods that a farm lays under an article.

Rules: `tree-listing` (box-drawing branches), `dash-listing` (`|- 01 Introduction.mp4`), `file-listing` (numbered media
files), `lesson-listing` (a course's lessons, counted), `shop-listing` (prices and the buttons to buy).
Left alone on purpose: numbered lists, ingredient lists, circled numbers, a document the article offers by name, trees
and diagrams drawn in text that name neither lessons nor files, numbered or not.
"""

import re
from collections.abc import Iterator
from itertools import islice

from clearwell.cleaning.claims import part
from clearwell.cleaning.memory import SiteMemory
from clearwell.cleaning.vocabulary import make_vocabulary
from clearwell.document import Document, Removal
from clearwell.sentences import SENTENCE_END, fold, is_terminated
from clearwell.site import Site

MIN_DASHES = 2  # `|-` marks, which tables drawn in text have too
MAX_MARKS = 200  # branches and dashes that are looked at
MIN_FILES = 3  # media files named in one block
MIN_LESSONS = 3  # counted lessons of an announced course
MAX_SHOP = 800  # characters of a shop's listing
MAX_LEAD = 80  # characters between the listing's first mark and the start of its own line (`Course Catalog:`)

_BRANCHES = "├└┣┗╠╚"
_BOXES = "┌┐┘┬┴┤▼╔╗╝"  # a diagram has these, a listing does not
_BRANCH = re.compile(r"[├└┣┗╠╚]\s?[─━═—-]*\s?(?P<number>[（(【\[]?(?:第|day ?|p|lesson |ep)?\d)?")
_DASH = re.compile(r"[|｜](?<![^\s][|｜])\s?[-—]{1,2}\s?(?=\S)(?P<number>[（(【\[]?\d)?")
_FILE = re.compile(
    r"\.(?<=[\w)】].)(?:mp4|mp3|flv|avi|mkv|wmv|mov|m4a|zip|rar|7z|pptx?|xlsx?|docx?|epub|apk|exe|pdf)(?![^\W_])"
)
_MARK = re.compile(rf"[{_BRANCHES}|｜]")
_SIZE = re.compile(r"\d(?:[.,]\d+)? ?[kmg]i?b\b")
_NUMBERED = re.compile(r"\d[^\s,;、，；]*$|(?:^|[\s,;、，；])\d{1,3}[.)_ -][^,;、，；]*$")  # the end of a file's name
MAX_NAME = 40  # characters of a file's name that are looked at
_MEDIA = re.compile(r"\.(?:mp4|mp3|flv|avi|mkv|wmv|mov|m4a|zip|rar|7z|epub|apk|exe)(?![^\W_])")
_COURSE = re.compile(
    r"course|lesson|catalog|directory|curriculum|syllabus|training|tutorial|chapter|episode|lecture|download|curso"
    r"|lecci[oó]n|temario|cours|leçon|"
    r"kurs|lektion|lehrgang|aula|módulo|курс|урок|лекци|课程|課程|目录|目錄|教程|第.{1,3}[讲课节章集]|講座|講義"
    r"|コース|강의|강좌|corso|lezion|kelas"
)


_BUY = make_vocabulary(
    {
        "add to": r"add to (?:cart|basket|bag|wish ?list|trolley)",
        "buy": r"buy (?:it )?now",
        "warenkorb": r"in den warenkorb",
        "carrito": r"añadir al carrito|agregar al carrito",
        "comprar ahora": "",
        "panier": r"ajouter au panier",
        "carrinho": r"adicionar ao carrinho",
        "comprar agora": "",
        "carrello": r"aggiungi al carrello",
        "keranjang": "",
        "sepete": r"sepete ekle",
        "корзину": r"(?:добавить )?в корзину",
        "购物车": r"加入购物车",
        "購物車": r"加入購物車",
        "购买": r"(?:立即|马上|点击|去)购买",
        "購買": r"(?:立即|馬上|點擊)購買",
        "抢购": "",
        "カート": r"カートに(?:入れる|追加)",
        "장바구니": r"장바구니(?:에)? ?(?:담기|추가)?",
        "구매하기": "",
    }
)
_PRICE = re.compile(
    r"(?:[$€£¥￥₩₽₹]|r\$|nt\$|usd|eur) ?\d[\d.,]*|\d[\d.,]* ?(?:[€£$円元원₽]|usd|eur|руб|zł|kr\b|lei\b)"
)
_PRICE_AFTER = re.compile(rf"[\s|·•/–—:-]*(?:{_PRICE.pattern})")
_JOINTS = " \t\n|·•/–—-"  # what may stand between a price and its button
MAX_PRICE = 24  # characters of a price and those
MAX_TOLD = 16  # characters before a button's words that are looked at
MAX_BESIDE = 80  # characters looked at on either side of a button
# What makes words to buy a sentence's: `you can buy now`.
_TOLD = re.compile(
    r"(?:\b(?:can|could|may|might|should|must|to|that|you|we|not|and|or|puede[ns]?|pode[ms]?|pod[eé]is|para|peut|peuvent|pouvez|pour"
    r"|zu|kann|können|può|per|можно|bisa|dapat)|可以|可|能|不要|请勿|建议)\s*$"
)
_LESSON = make_vocabulary(
    {
        "lesson": r"lesson ?\d{1,2}\b",
        "chapter": r"chapter ?\d{1,2}\b",
        "module": r"module ?\d{1,2}\b",
        "unit ": r"unit \d{1,2}\b",
        "episode": r"episode ?\d{1,2}\b",
        "lecture": r"lecture ?\d{1,2}\b",
        "lecci": r"lecci[oó]n ?\d{1,2}\b",
        "módulo": r"módulo ?\d{1,2}\b",
        "tema ": r"tema \d{1,2}\b",
        "leçon": r"leçon ?\d{1,2}\b",
        "chapitre": r"chapitre ?\d{1,2}\b",
        "lektion": r"lektion ?\d{1,2}\b",
        "kapitel": r"kapitel ?\d{1,2}\b",
        "aula": r"\baula ?\d{1,2}\b",
        "урок": r"урок ?\d{1,2}\b",
        "модуль": r"модуль ?\d{1,2}\b",
        "лекция": r"лекция ?\d{1,2}\b",
        "第": r"第(?:\d{1,2}|[一二三四五六七八九十]{1,2})[讲講课課节節章集回]",
        "강": r"(?<!\d)\d{1,2}강",
    }
)
_OUTLINE = re.compile(
    r"(?:course|lesson|training|class|tutorial|curso|cours|kurs|курс)\w*[ -]*(?:content|outline|catalog|director|syllabus|list|curricul"
    r"|inhalt)\w*|(?:course|tutorial)\w* program\w*|catalogue?|syllabus|curriculum|temario|contenido del curso|programme du cours|kursinhalt|lehrplan"
    r"|conteúdo do curso|содержание курса|программа курса|(?:课程|教程|訓練|课|課程)(?:目录|目錄|大纲|大綱|内容|內容|安排|列表)|目录|目錄"
    r"|講座一覧|カリキュラム|강의 ?목록|커리큘럼"
)
_MATERIALS = re.compile(
    r"files?\b|materials?\b|resources?\b|download|资料|資料|文件|清单|清單|archivos|materiales|fichiers|dateien|arquivos|файлы|ファイル"
    r"|파일|자료"
)


def find(document: Document, site: Site, memory: SiteMemory) -> Iterator[Removal]:
    """Point at listings, from the sentence that announces them to the end of the block."""
    lessons, goods = _LESSON.places(document), _BUY.places(document)
    if not lessons and not goods and not _MARK.search(document.text) and not _FILE.search(document.folded_text):
        return
    for number, block in enumerate(document.blocks):
        if block.kind != "code" and (found := _find_first(block.text, number in lessons, number in goods)):
            rule, mark = found
            yield part(document, number, _own_start(block.text, mark), len(block.text), "listing", rule, 0.97)


def _find_first(text: str, lessons: bool, goods: bool) -> tuple[str, int] | None:
    """The rule that recognises a listing in a text, and where its first mark stands.

    `lessons` and `goods` say whether the text has words of theirs.
    """
    if (
        not text.isascii()
        and any(branch in text for branch in _BRANCHES)
        and not any(corner in text for corner in _BOXES)
    ):
        branches = list(islice(_BRANCH.finditer(fold(text)), MAX_MARKS))
        if _is_listing(text, branches):
            return "tree-listing", branches[0].start()
    if "｜" in text or ("|" in text and ("|-" in text or "| -" in text or "|—" in text)):
        dashes = list(islice(_DASH.finditer(text), MAX_MARKS))
        if len(dashes) >= MIN_DASHES and _is_listing(text, dashes):
            return "dash-listing", dashes[0].start()
    if text.count(".") >= MIN_FILES and (files := _find_files(text)):
        return "file-listing", files[0]
    if lessons and (first := _find_lessons(fold(text))) is not None:
        return "lesson-listing", first
    if goods and (first := _find_goods(fold(text))) is not None:
        return "shop-listing", first
    return None


def _find_files(text: str) -> list[int]:
    """Where the files stand that a block lists: media, or of any kind where they are announced or their sizes given."""
    folded = fold(text)
    files = [match.start() for match in _FILE.finditer(folded)]
    if len(files) < MIN_FILES or len(_MEDIA.findall(folded)) >= MIN_FILES:
        return files if len(files) >= MIN_FILES else []
    lead = folded[max(files[0] - MAX_LEAD, 0) : files[0]]
    announced = ":" in lead or "：" in lead
    if not announced or is_terminated(text) or not (_COURSE.search(lead) or _MATERIALS.search(lead)):
        return []
    return files if _are_counted(folded, files) else []


def _are_counted(folded: str, files: list[int]) -> bool:
    """Whether files are numbered or their sizes given: `Files to bring: passport.pdf, x-ray.zip` is advice."""
    if _SIZE.search(folded, files[0]):
        return True
    names = [folded[max(file - MAX_NAME, 0) : file] for file in files]
    return sum(_NUMBERED.search(name) is not None for name in names) >= MIN_FILES


def _find_lessons(folded: str) -> int | None:
    """Where the lessons begin that count from 1 behind the words for a course's outline."""
    lessons = list(_LESSON.pattern.finditer(folded))
    near = lessons and _OUTLINE.search(folded, max(lessons[0].start() - MAX_LEAD, 0), lessons[0].start())
    return lessons[0].start() if near and len(lessons) >= MIN_LESSONS and not is_terminated(folded) else None


def _find_goods(folded: str) -> int | None:
    """Where a shop's goods begin: their prices stand beside the buttons to buy them, and no sentence ends the block."""
    if is_terminated(folded):
        return None
    buttons = [button for button in _BUY.pattern.finditer(folded) if _is_button(folded, button)]
    price = _PRICE.search(folded, max(buttons[0].start() - 2 * MAX_LEAD, 0)) if buttons else None
    if price is None or len(folded) - min(buttons[0].start(), price.start()) > MAX_SHOP:
        return None
    return min(buttons[0].start(), price.start())


def _is_button(folded: str, words: re.Match[str]) -> bool:
    """Whether words to buy are a button's: they end the line or stand beside a price, and are no part of a sentence."""
    before = folded[max(words.start() - MAX_BESIDE, 0) : words.start()]
    after = folded[words.end() : words.end() + MAX_BESIDE]
    if _TOLD.search(before[-MAX_TOLD:]):
        return False
    return (
        not after.strip()
        or after.lstrip(" ")[:1] == "\n"
        or _PRICE_AFTER.match(after) is not None
        or _ends_in_price(before)
    )


def _ends_in_price(before: str) -> bool:
    low = max(len(before) - MAX_PRICE, 0)
    return any(not before[price.end() :].strip(_JOINTS) for price in _PRICE.finditer(before, low))


def _is_listing(text: str, marks: list[re.Match[str]]) -> bool:
    """Whether marks list lessons or media: named as files, announced by the words of a course, or numbered and cut."""
    first = marks[0].start()
    cut = text.rstrip().endswith(("...", "…")) and any(mark.group("number") for mark in marks)
    if cut or _FILE.search(fold(text), first):
        return True
    return _COURSE.search(fold(text[max(first - MAX_LEAD, 0) : first + MAX_LEAD])) is not None


def _own_start(text: str, mark: int) -> int:
    """Where the listing's announcement begins: after the last full stop before its first mark, if that is near."""
    low = max(mark - 2 * MAX_LEAD, 0)
    starts = [low + match.end() for match in SENTENCE_END.finditer(text[low:mark])]
    start = starts[-1] if starts else low
    return start if mark - start <= MAX_LEAD else mark
