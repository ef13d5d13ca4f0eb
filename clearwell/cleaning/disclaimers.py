"""Medical disclaimers: one that every page of a site has is the site's and goes, one that is the article's own stays.

Rule: `site-disclaimer`.  Only the memory can tell the two apart: without it a disclaimer stays, and is marked in
`quality.disclaimers`.  Left alone on purpose: advice that says the like of a cure (`no substitute for insulin`).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from clearwell.cleaning.claims import part
from clearwell.cleaning.memory import SiteMemory, open_sentences
from clearwell.cleaning.vocabulary import make_vocabulary
from clearwell.document import Document, Removal
from clearwell.sentences import fold, sentence_starts
from clearwell.site import Site

MIN_PAGES = 3  # remembered pages that have it word for word
MIN_SHARE = 0.5  # of the remembered pages; 2026-11
MAX_LENGTH = 2_000  # characters of a block; a longer one is a page about the law

_NEAR = r"(?:[ ,][^ .!?。]{1,24}){0,8}?"  # words between two telling ones
_WORDING = make_vocabulary(
    {
        "substitute": rf"\bnot?{_NEAR} (?:a )?substitute for{_NEAR} (?:medical|professional|doctor|physician)",
        "medical advice": rf"\b(?:not?|nothing){_NEAR} medical advice",
        "purposes": rf"(?:informational|educational){_NEAR} purposes only|for informational purposes",
        "ersetz": rf"ersetz\w{{1,3}}{_NEAR} (?:keine[nm]?|nicht){_NEAR} (?:\w{{0,12}}arzt|ärzt\w+|medizin\w+|\w{{0,12}}beratung)"
        rf"|(?:arzt|ärzt\w+|medizin\w+){_NEAR} (?:nicht|keinesfalls){_NEAR} ersetz",
        "information": r"dien\w{1,2} (?:ausschließlich|nur|lediglich|allein) (?:der|zur) (?:\w+ )?information",
        "sustitu": rf"\bno (?:pretende\w? )?(?:sustitu\w+|reemplaza\w*){_NEAR} (?:médic\w+|profesional\w*)",
        "informativos": r"con fines (?:\w+ )?(?:informativos|educativos)",
        "médec": rf"\bne (?:remplace|se substitue|peut|saurait|doit){_NEAR} (?:médec\w+|médic\w+)",
        "médic": rf"\bne (?:remplace|se substitue|peut|saurait|doit){_NEAR} médic\w+",
        "informatif": r"à titre (?:\w+ )?(?:informatif|indicatif)",
        "não substitu": rf"não substitu\w+{_NEAR} (?:médic\w+|profissiona\w+)",
        "informativ": r"(?:fins|caráter) (?:\w+ )?informativo|scopo (?:\w+ )?informativo",
        "non sostitu": rf"non sostitu\w+{_NEAR} (?:medic\w+|professionist\w+)",
        "не замен": rf"не замен\w+{_NEAR} (?:врач\w*|медицинск\w+|специалист\w*)",
        "информацион": r"носит (?:\w+ )?(?:информационный|ознакомительный)|в информационных целях",
        "仅供": "仅供(?:参考|健康|科普|学习)",
        "僅供": "僅供(?:參考|健康|科普|學習)",
        "不能": "不能(?:代替|替代|取代|作为).{0,16}(?:医生|医师|诊断|诊疗|治疗|就医|医嘱|醫師|醫生|診斷|治療|就醫)",
        "不构成": "不构成.{0,6}(?:医疗|诊疗|诊断|用药)",
        "不構成": "不構成.{0,6}(?:醫療|診療|診斷|用藥)",
        "代わる": "(?:医師|医療|診断).{0,12}代わる",
        "目的": "情報提供.{0,6}目的",
        "대신": "(?:의학|의료|의사|전문).{0,14}대신",
        "대체": "(?:의학|의료|의사|전문).{0,14}대체",
        "목적": "정보 ?제공.{0,6}목적",
    }
)


# Whose advice it is not: a remedy that replaces no doctor is the article's business.
_OWN_WORK = re.compile(
    r"\b(?:article|content|information|site|website|page|material|text|blog|post|herein|seite|texte?|artikel|inhalt"
    r"|beitrag|angaben|contenido|art[ií]culo|informaci[oó]n|p[áa]gina|sitio|publicad[oa]|contenu|artigo|conteúdo|informaç"
    r"|contenut|articol|informazion|sito|testo|статья|статьи|материал|информаци|сайт|текст|контент)"
    r"|本文|内容|內容|文章|信息|資訊|资讯|本站|网站|網站|资料|資料|記事|情報|サイト|ページ|글|정보|사이트|콘텐츠|내용|기사"
)


def find(document: Document, site: Site, memory: SiteMemory) -> Iterator[Removal]:
    """Point at the sentences of disclaimers that stand on most of the remembered pages."""
    if len(memory.pages) < MIN_PAGES:
        return
    for number, block in enumerate(document.blocks):
        if not is_disclaimer(block.text):
            continue
        starts = [*sentence_starts(block.text), len(block.text)]
        for start, end in pairwise(starts):
            sentence = block.text[start:end]
            if is_disclaimer(sentence) and _stands_everywhere(sentence, memory):
                yield part(document, number, start, end, "residue", "site-disclaimer", 0.9)


def find_disclaimers(texts: Sequence[str]) -> tuple[int, ...]:
    """The numbers of the texts that say so of themselves; most pages hold no word of it."""
    starts = [0, *accumulate(len(text) + 1 for text in texts)]
    told = _WORDING.places_in(fold("\n".join(texts)), starts)
    return tuple(number for number in sorted(told) if is_disclaimer(texts[number]))


def is_disclaimer(text: str) -> bool:
    """Whether a text says of itself, or of what it stands with, that it is no medical advice."""
    if len(text) > MAX_LENGTH:
        return False
    folded = fold(text)
    if not _WORDING.occurs_in(folded) or not _OWN_WORK.search(folded):
        return False
    return _WORDING.pattern.search(folded) is not None


def list_site_wide(memory: SiteMemory) -> frozenset[str]:
    """How the sentences begin that stand on most of the remembered pages and may be disclaimers."""
    return frozenset(text for text in memory.spread if is_common(text, memory) and _WORDING.occurs_in(fold(text)))


def is_common(opening: str, memory: SiteMemory) -> bool:
    """Whether sentences of most remembered pages begin so."""
    return memory.spread.get(opening, 0) >= max(MIN_PAGES, MIN_SHARE * len(memory.pages))


def _stands_everywhere(sentence: str, memory: SiteMemory) -> bool:
    openings = open_sentences(sentence)
    return bool(openings) and all(is_common(opening.text, memory) for opening in openings)
