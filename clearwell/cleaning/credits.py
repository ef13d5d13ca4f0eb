"""Credit lines: source, editor, photographer, view counts, dates, as lines of their own.

Rules: `credit-line`, `image-credit`, `view-count`.  What a credit says is moved to `creditText`, not lost.
What stands behind the label has to be a name, an address or a date: `Cover: keep it dry` is advice.
Left alone on purpose: anything in a list or a reference section (`Source: CDC`), notes below a table, sources of
nutrients and infections, credits inside sentences.
"""

import re
from collections.abc import Iterator

from clearwell.cleaning.claims import is_prose, kind_of, last_prose, whole
from clearwell.cleaning.memory import SiteMemory
from clearwell.document import Document, Removal
from clearwell.sentences import WIDE, fold, weigh
from clearwell.site import Site

MAX_CREDIT = 140  # Latin characters
HEAD = 5  # blocks at the top in which bylines stand

_IMAGE = (
    r"(?:(?:photo(?:graph(?:y)?)?|image|picture|illustration|graphic|video|cover|featured image)s?(?: (?:credits?"
    r"|sources?|courtesy))?|"
    r"fotos?|fotograf[íi]as?|im[aá]gen(?:es)?|ilustraci[oó]n|(?:fuente|cr[eé]dito)s? (?:de (?:la )?)?(?:foto"
    r"|imagen)\w*|cr[eé]ditos?|"
    r"crédits?(?: photos?)?|photo d['’]illustration|bild(?:er|nachweise?|quellen?|rechte)?|fotonachweis|titelbild"
    r"|imagem|imagens|"
    r"фото(?:графия|графии)?|изображение|иллюстрация|foto(?:grafia)?|immagine|gambar|ilustrasi|fotoğraf|ảnh|zdjęcie|"
    r"图片?(?:来源|源|片)?|配图|图源|摄影|供图|題圖|题图|圖片?(?:來源)?|攝影?|写真(?:提供)?|画像|사진|이미지)"
)
_ROLE = (
    r"(?:(?:article |data )?sources?|(?:responsible |chief |copy |managing )?editors?(?: in charge)?|(?:edited"
    r"|written|posted|reviewed|translated|"
    r"fact[- ]checked|medically reviewed|produced) by|authors?|reporter|proofread(?:ing|er)|published(?: on| by)?"
    r"|updated(?: on)?|release time|"
    r"fuente|redacci[oó]n|editora?|autora?|publicado(?: por| el)?|actualizado(?: el)?|revisado por|escrito por|"
    r"source|r[eé]daction|auteure?|publié (?:le|par)|mis à jour le|quelle|redaktion|autor(?:in)?|veröffentlicht am"
    r"|stand|"
    r"fonte|reda[cç][aã]o|publicado em|источник|автор|редактор|опубликовано|"
    r"来\s?源|文章来源|作\s?者|编\s?辑|责任编辑|责\s?编|校\s?对|审\s?[核校稿]|排版|策划|监制|撰文|文|记者|通讯员"
    r"|发布时间|更新时间|时间|日期|"
    r"來\s?源|文章來源|編\s?輯|責任編輯|責編|審稿|記者|發布時間|更新時間|出典|編集|執筆|監修|출처|기자|글|sumber"
    r"|penulis|editor|reporter|kaynak|nguồn|"
    r"tác giả|źródło|bron|المصدر|تحرير|تصوير)"
)
_LINE = re.compile(rf"\s*[(（\[【*]?\s*(?:{_IMAGE}|{_ROLE})\s*[:：丨｜|/／=]\s*\S")
_LABEL = re.compile(rf"(?<![a-zß-ÿа-яё])(?:{_IMAGE}|{_ROLE})\s*[:：丨｜|/／=]\s*")
_DATE = re.compile(
    r"(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}月\d|\b\d{1,2}\.? (?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug"
    r"|sep|o[ck]t|nov|de[cz])"
)
_WHEN = re.compile(r"\s*[(（\[【*]?\s*(?:时间|日期|stand)\b")
_PLACE = re.compile(r"©|\(c\)|/|https?:|www\.|@|\.(?:com|org|net|cn|de|es|fr)\b")
_WIDE_NAME = re.compile(
    r"(?:[㐀-鿿·]{2,6}|[가-힣]{2,4}|[぀-ヿ㐀-鿿]{2,8})(?: ?(?:기자|記者|记者))?$"
    r"|[^，。；;、]{2,24}(?:网|網|社|报|報|图库|圖庫|库|台|刊|号|杂志|雜誌|资料室|医院|中心|编辑部|部|뉴스|일보|新聞|大学|公司)$"
)
_AGENCIES = frozenset(
    "dpa afp ap reuters istock shutterstock getty pixabay unsplash pexels freepik efe archivo archive archiv file own "
    "privat stock internet network online web library agency agencia gallery team staff desk".split()
)
_IMAGE_LINE = re.compile(
    rf"\s*[(（\[【*]?\s*{_IMAGE}\s*(?:[:：丨｜|/／=©]| (?:by|de|von|par|di|oleh|via|courtesy of|por)\s)\s*\S"
)
_POSTED = re.compile(r"\s*(?:posted|written|publicado|escrito|publié|veröffentlicht) (?:by|por|par|von|am|on|el|le) ")
_NAME = re.compile(
    r"[A-ZÀ-ÞА-ЯŁŚŻŽ][\w.’'-]*|©|&|/|\||,|for|of|and|from|the|de|del|von|van|para|für|pour|et|y|und|via|la|el|di|da"
    r"|[^\x00-ɏа-яё]\S*"
)
_UNIT = (
    r"(?:views?|reads?|hits|clicks|visitas|vistas|lecturas|aufrufe|vues|просмотр\w*|visualiza[cç][oõ]es"
    r"|visualizzazioni|dilihat|okunma|lượt xem|"
    r"阅读(?:量|数|次数)?|阅\s?读|浏览(?:量|次数|数)?|点击(?:量|数|率)?|人气|瀏覽(?:量|數)?|點閱(?:數)?|조회(?:수)?"
    r"|閲覧数)"
)
_COUNT = r"[\d.,]+\s*[km万萬]?"
_VIEWS = re.compile(rf"\s*(?:{_UNIT}\s*[:：]?\s*{_COUNT}\s*次?|{_COUNT}\s*(?:次\s?)?{_UNIT})\s*$")
_ENDS_IN_VIEWS = re.compile(
    rf"(?:(?<![a-zа-яà-ÿ]){_UNIT}\s*[:：]\s*{_COUNT}\s*次?|[|｜·•]\s*{_COUNT}\s*(?:次\s?)?{_UNIT})\s*$"
)
_VIEW_MARK = re.compile("[:：|｜·•]")  # no line ends in views without one
_REFERENCES = re.compile(
    r"\s*(?:\d+[.)] )?(?:references?|sources?|bibliography|further reading|citations?|literatur(?:verzeichnis)?"
    r"|quellen(?:verzeichnis)?|"
    r"referencias|bibliograf[íi]a|fuentes|références|sources|referências|fontes|источники|литература|参考文献"
    r"|參考文獻|参考资料|"
    r"參考資料|参考|引用文献|출처|참고 ?문헌|bibliografia|fonti|referensi|daftar pustaka|kaynakça"
    r"|tài liệu tham khảo)\s*[:：]?\s*$"
)
_SUBSTANCE = re.compile(
    r"\b(?:proteins?|fib(?:er|re)s?|vitamins?|calcium|iron|zinc|magnesium|energy|infections?|pain|light|heat|noise"
    r"|bleeding|carbohydrates?|omega|"
    r"prote[ií]nas?|fibra|hierro|calcio|hierro|vitaminas?|energ[ií]a|infecci[oó]n|protéines?|fibres|fer|eiwei[sß]+"
    r"|ballaststoffe?|eisen|"
    r"ferro|белк\w*|белок|клетчатк\w*|железо|кальци\w*|инфекци\w*)\b|蛋白|维生素|維生素|钙|铁|感染|膳食|纤维|たんぱく"
    r"|食物"
)


def find(document: Document, site: Site, memory: SiteMemory) -> Iterator[Removal]:
    """Point at credit lines before the first and after the last prose, or beside another credit line."""
    credits = [number for number in range(_references_start(document)) if _is_credit(document, number)]
    known = set(credits)
    tail = last_prose(document) if credits else 0
    for number in credits:
        folded = fold(document.blocks[number].text)
        if _VIEWS.match(folded) or _ends_in_views(folded):
            yield whole(document, number, "credit", "view-count", 0.85)
        elif document.blocks[number].kind == "caption" or _IMAGE_LINE.match(folded):
            yield whole(document, number, "credit", "image-credit", 0.8)
        elif number < HEAD or number > tail or known & {number - 1, number + 1}:
            yield whole(document, number, "credit", "credit-line", 0.8)


def _references_start(document: Document) -> int:
    headings = (
        n for n, b in enumerate(document.blocks) if len(b.text) <= MAX_CREDIT and _REFERENCES.match(fold(b.text))
    )
    return next(headings, len(document.blocks))


def _is_credit(document: Document, number: int) -> bool:
    block = document.blocks[number]
    text = block.text
    if (
        kind_of(document, number) not in ("paragraph", "caption", "quote")
        or not 0 < len(text) <= MAX_CREDIT
        or weigh(text) > MAX_CREDIT
    ):
        return False
    folded = fold(text)
    if _VIEWS.match(folded) or (_ends_in_views(folded) and not is_prose(block)):
        return True
    if is_prose(block) or text.rstrip()[-1:] in ".。":
        return False
    line = _LINE.match(folded) is not None
    if not line and not _IMAGE_LINE.match(folded) and not _POSTED.match(folded):
        return False
    if _SUBSTANCE.search(folded) or (number and document.blocks[number - 1].kind == "table"):
        return False
    return _has_maker(text.strip(), folded.strip()) if line else _is_named(text)


def _ends_in_views(folded: str) -> bool:
    return _VIEW_MARK.search(folded) is not None and _ENDS_IN_VIEWS.search(folded) is not None


def _has_maker(text: str, folded: str) -> bool:
    """Whether what follows the label is a maker's name, an address or a date, not advice: `Cover: keep it dry`."""
    labels = list(_LABEL.finditer(folded))
    if _DATE.search(folded):
        return True
    if not labels or _WHEN.match(folded):
        return False
    value = text[labels[0].end() :].strip(" )）]】*")
    if len(labels) > 1 or _PLACE.search(fold(value)):
        return True
    if WIDE.search(value):
        return _WIDE_NAME.match(value) is not None
    words = value.replace("(", " ").replace(")", " ").split()
    if value.count(",") and len(words) == value.count(",") + 1:
        return False  # `Nüsse, Samen`
    proper = [word for word in words if word[0].isupper() or fold(word).strip(",.") in _AGENCIES or _is_caseless(word)]
    return 0 < len(words) <= 10 and bool(proper) and all(word in proper or _NAME.fullmatch(word) for word in words)


def _is_caseless(word: str) -> bool:
    return word[0].isalpha() and word[0].lower() == word[0].upper()


def _is_named(text: str) -> bool:
    """Whether all that follows the first two words are names: `Picture by A. Name for Agency`, not a sentence."""
    words = text.replace("(", " ").replace(")", " ").split()[2:]
    return 0 < len(words) <= 10 and all(_NAME.fullmatch(word) for word in words)
