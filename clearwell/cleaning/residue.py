"""What templates, players and editors leave behind.

Rules: `placeholder` (`[[123]]`, `{{title}}`, `[图片]`), `player-fallback`, `ad-label`, `invisible` (zero-width and control
characters), `repeated-headline` (the title as a paragraph).  Left alone on purpose: citations (`[12]`), `[sic]`, chemistry
(`[Ca2+]`), joiners inside scripts and emoji that need them, everything in code.
"""

import re
from collections.abc import Iterator

from clearwell.cleaning.memory import SiteMemory
from clearwell.cleaning.claims import part, whole
from clearwell.document import Document, Removal
from clearwell.sentences import weigh
from clearwell.site import Site

MAX_FALLBACK = 160  # characters

_PLACEHOLDER = re.compile(
    r"\[\[\d{1,12}\]\]|\{\{[^{}\n]{1,60}\}\}|\$\{[^{}\n]{1,60}\}|\{%[^{}%\n]{1,80}%\}|<%[^<>%\n]{1,80}%>|\[!--[^\[\]\n]{1,60}--\]|\{dede:[^{}\n]{1,80}\}|"
    r"[\[【](?:图片|圖片|图|圖|视频|視頻|音频|表情|image|img|photo|video|gif|imagen|bild|画像|写真|動画|사진|이미지|картинка|gambar)\]?】?(?<=[\]】])|"
    r"\[/?(?:caption|gallery|embed|video|audio|playlist|attach|attachimg|img|contact-form-7|vc_\w+|et_pb_\w+|fusion_\w+|su_\w+)"
    r"(?:[ =][^\[\]\n]{0,200})?\]",
    re.I,
)
_FALLBACK = re.compile(
    r"(?:your browser (?:does not|doesn['’]t|cannot) support (?:the |html5 )*(?:video|audio)(?: tag| element| playback)?"
    r"|(?:su|tu) navegador no (?:soporta|admite)[^.!?\n]{0,60}?v[ií]deo|votre navigateur ne (?:supporte|prend)[^.!?\n]{0,60}?vidéo"
    r"|ihr browser unterstützt[^.!?\n]{0,60}?nicht|您的浏览器不支持[^。！？\n]{0,20}?(?:视频|video|标签)(?:标签)?|瀏覽器不支援[^。！？\n]{0,20}?影片"
    r"|お使いのブラウザ[^。\n]{0,30}?対応していません|seu navegador não suporta[^.!?\n]{0,60}?vídeo)[.。]?",
    re.I,
)
_AD_LABEL = re.compile(
    r"\s*(?:AD|ADS|Advertisement|ADVERTISEMENT|Advertorial|Sponsored(?: content)?|Anzeige|Werbung|Publicidad|Publicité|Publicidade|Реклама|广告|廣告|広告|광고|"
    r"Pubblicità|Iklan|Reklam|Quảng cáo|إعلان)\s*$"
)
# Zero-width space, word joiner, BOM, soft hyphen, bidi marks and controls; never the joiners U+200C and U+200D.
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+")


def find(document: Document, site: Site, memory: SiteMemory) -> Iterator[Removal]:
    """Point at left-overs inside blocks and at blocks that are nothing else."""
    headline = (document.headline or "").strip()
    for number, block in enumerate(document.blocks):
        if block.kind == "code":
            continue
        for rule, pattern in (("placeholder", _PLACEHOLDER), ("player-fallback", _FALLBACK), ("invisible", _INVISIBLE)):
            for match in pattern.finditer(block.text):
                yield Removal("residue", rule, number, match.start(), match.end(), match.group(), 0.9)
        if _AD_LABEL.match(block.text):
            yield part(document, number, 0, len(block.text), "residue", "ad-label", 0.85)
        if _repeats(block.text, headline) or (number and _repeats(block.text, _title_above(document, number))):
            yield whole(document, number, "residue", "repeated-headline", 0.8)


def _repeats(text: str, headline: str) -> bool:
    return bool(headline) and weigh(headline) >= 12 and text.strip().casefold() == headline.casefold()


def _title_above(document: Document, number: int) -> str:
    """The line just above at the very head of a page: a title printed twice there has no other meaning."""
    above = [block.text.strip() for block in document.blocks[:number] if block.text.strip()]
    return above[0] if len(above) == 1 and weigh(above[0]) <= 200 else ""
