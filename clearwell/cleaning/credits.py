"""Credit lines: source, editor, photographer, view counts, dates, as lines of their own.

Rules: `credit-line`, `view-count`.  What a credit says is moved to `creditText`, not lost.
Left alone on purpose: anything in a list or a reference section (`Source: CDC`), nutrient sources, credits inside sentences.
"""

import re
from collections.abc import Iterator

from clearwell.cleaning.memory import SiteMemory
from clearwell.cleaning.claims import is_prose, last_prose, whole
from clearwell.document import Document, Removal
from clearwell.sentences import weigh
from clearwell.site import Site

MAX_CREDIT = 140  # Latin characters
HEAD = 5  # blocks at the top in which bylines stand

_LABEL = (
    r"(?:(?:article |image |photo )?sources?|(?:responsible |chief |copy )?editors?(?: in charge)?|edited by|written by|author|reviewed by|"
    r"proofread(?:ing|er)|photos?(?: credit)?|photo by|image(?: credit)?|images?|picture|published(?: on)?|updated(?: on)?|release time|"
    r"fuente|foto(?:graf[íi]a|s)?|imagen|redacción|editor|autor|publicado|actualizado|crédito|crédits?|rédaction|auteur|"
    r"quelle|redaktion|bild(?:quelle)?|fonte|imagem|источник|автор|фото|редактор|"
    r"来源|文章来源|图片来源|作者|编辑|责任编辑|责编|校对|审核|发布时间|更新时间|时间|日期|来\s?源|责\s?编|"
    r"來源|圖片來源|編輯|責任編輯|責編|發布時間|出典|写真|編集|사진|출처|기자|sumber|penulis|editor)"
)
_LINE = re.compile(rf"\s*[(（\[【]?\s*{_LABEL}\s*[:：丨｜|/／]\s*\S", re.I)
_VIEWS = re.compile(
    r"\s*(?:(?:views?|reads?|hits|clicks|阅读(?:量|数|次数)?|浏览(?:量|次数)?|点击(?:量|数)?|瀏覽(?:量|數)?|visitas|lecturas|aufrufe|vues|просмотр\w*|조회(?:수)?|閲覧数)"
    r"\s*[:：]?\s*[\d.,]+\s*[kKmM万]?|[\d.,]+\s*[kKmM万]?\s*(?:views?|reads?|次?浏览|次?阅读|次?閱讀|次瀏覽|visitas|vistas|lecturas|aufrufe|vues|просмотр\w*|閲覧))\s*$",
    re.I,
)
_REFERENCES = re.compile(
    r"\s*(?:\d+[.)] )?(?:references?|sources?|bibliography|further reading|citations?|literatur(?:verzeichnis)?|quellen(?:verzeichnis)?|"
    r"referencias|bibliograf[íi]a|fuentes|références|sources|referências|fontes|источники|литература|参考文献|參考文獻|参考资料|"
    r"參考資料|参考|引用文献|출처|참고 ?문헌)\s*[:：]?\s*$",
    re.I,
)
_FOOD = re.compile(r"\b(?:protein|fib(?:er|re)|vitamin|calcium|iron|energy|infection|proteína|fibra|hierro)\b|蛋白|维生素|钙|铁", re.I)


def find(document: Document, site: Site, memory: SiteMemory) -> Iterator[Removal]:
    """Point at credit lines before the first and after the last prose, or beside another credit line."""
    tail = last_prose(document)
    credits = [number for number in range(_references_start(document)) if _is_credit(document, number)]
    for number in credits:
        if _VIEWS.match(document.blocks[number].text):
            yield whole(document, number, "credit", "view-count", 0.85)
        elif number < HEAD or number > tail or {number - 1, number + 1} & set(credits) or _is_image_credit(document, number):
            yield whole(document, number, "credit", "credit-line", 0.8)


def _references_start(document: Document) -> int:
    headings = (n for n, block in enumerate(document.blocks) if _REFERENCES.match(block.text))
    return next(headings, len(document.blocks))


def _is_credit(document: Document, number: int) -> bool:
    block = document.blocks[number]
    if block.kind not in ("paragraph", "caption", "quote") or weigh(block.text) > MAX_CREDIT:
        return False
    if _VIEWS.match(block.text):
        return True
    return bool(_LINE.match(block.text)) and not is_prose(block) and not _FOOD.search(block.text) and block.text.rstrip()[-1] not in ".。"


def _is_image_credit(document: Document, number: int) -> bool:
    return document.blocks[number].kind == "caption" or re.match(
        r"\s*[(（\[]?\s*(?:photo|image|picture|foto|imagen|bild|图片|圖片|写真|사진|фото)", document.blocks[number].text, re.I
    ) is not None
