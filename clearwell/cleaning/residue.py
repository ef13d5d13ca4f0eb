"""What templates, players and editors leave behind.

Rules: `placeholder` (`[[123]]`, `{{title}}`, `[图片]`), `player-fallback`, `invisible` (zero-width and
control characters), `repeated-headline` (the title as a paragraph).  Left alone on purpose: citations (`[12]`),
`[sic]`, chemistry (`[Ca2+]`), joiners inside scripts and emoji that need them, everything in code.
"""

import re
from collections.abc import Iterator

from clearwell.cleaning.claims import is_prose, part, whole
from clearwell.cleaning.memory import SiteMemory
from clearwell.cleaning.vocabulary import make_vocabulary
from clearwell.document import Document, Removal
from clearwell.sentences import fold, weigh
from clearwell.site import Site

MIN_HEADLINE = 12  # Latin characters: a shorter one can be a word that the text uses on its own
MAX_PLAYER = 90  # characters of what a player or a loading page shows
MAX_TITLE = 200  # Latin characters of a title

_PLACEHOLDERS = {  # what a text has to hold, and the marks that may then stand in it
    "[": re.compile(
        r"\[\[\d{1,12}\]\]|\[!--[^\[\]\n]{1,60}--\]|\[object object\]"
        r"|\[(?:图片|圖片|图|圖|视频|視頻|音频|表情|image|images|img|photo|picture|pic|video|audio|gif|imagen|im[aá]gen(?:es)?|imagem|galería|foto"
        r"|bild|画像|写真|動画|사진|이미지|картинка|фото|видео|gambar|immagine)\]|\[(?:insert|embed|add) (?:an? |the |your )?(?:image|picture|photo|video|gallery|link|ad|map|chart|graphic)s?[^\[\]\n]{0,30}\]"
        r"|\[/?(?:caption|gallery|embed|video|audio|playlist|attach|attachimg|img|contact-form-7|vc_\w+|et_pb_\w+"
        r"|fusion_\w+|su_\w+)(?:[ =][^\[\]\n]{0,200})?\]"
        r"|\[/(?:b|i|u|s|url|size|color|font|quote|center|align|list|table|tr|td|indent|hide|media|flash|email|code)\]"
        r"|\[[bius]\](?=[^\[\]]{0,300}\[/[bius]\])"
        r"|\[(?:url|size|color|font|quote|align|list|hide|media|flash|email)(?:=[^\[\]\n]{1,200})?\]"
        r"|\[(?:page|newpage|nextpage|pagebreak|ad_\d{1,3}|ads?|more|toc|embedded content)\]|\[adrotate[^\[\]\n]{0,60}\]"
        r"|\[[\w-]{1,60}\.(?:jpe?g|png|gif|webp|bmp)\]"
    ),
    "{": re.compile(
        r"\{\{[^{}\n]{1,60}\}\}|\$\{[^{}\n]{1,60}\}|\{%[^{}%\n]{1,80}%\}|\{dede:[^{}\n]{1,80}\}|\{[$#][^{}\n]{1,60}[$#]?\}"
        r"|\{(?:title|content|name|author|date|url|image|img\d{0,3}|description|keywords)\}"
        r"|\(adsbygoogle\b[^{}\n]{0,80}\{[^{}\n]{0,200}\}\);?|\$\(function\s?\(\)\s?\{[^\n]{0,200}?\}\);?"
    ),
    "<%": re.compile(r"<%[^<>%\n]{1,80}%>"),
    "片": re.compile(r"[【［（(](?:图片|圖片)[】］）)]"),
    "【": re.compile(r"【(?:图|圖|视频|視頻|音频|动图)】"),
    "［": re.compile(r"［(?:图|圖|视频|視頻|音频|动图)］"),
    "@@": re.compile(r"@@\w{1,40}@@"),
    "__": re.compile(r"(?<![a-z0-9_])__[a-z]{3,20}__(?![a-z0-9_])"),
    "%": re.compile(r"(?<![a-z0-9%])%%?[a-z][a-z_]{2,20}%%?(?![a-z0-9%])"),
    "&": re.compile(r"&(?:amp;)?(?:nbsp|ldquo|rdquo|lsquo|rsquo|hellip|mdash|ndash|middot|bull|quot|#\d{2,5});"),
    "document.write": re.compile(r"document\.write(?:ln)?\([^\n]{0,200}?\)+;?"),
    "var ": re.compile(r"(?<!\w)var (?:cpro|google|baidu|_hmt|ad_|ads)\w*\s?=[^;\n]{0,120};"),
    "('": re.compile(r"(?<!\w)(?:gtag|fbq|ga)\('[^()\n]{0,120}\);?"),
}
# Tags that were escaped; on a page about markup they are what it speaks of.
_TAG = re.compile(
    r"</?(?:p|div|span|br|b|i|strong|em|a|img|h[1-6]|li|ul|ol|table|tr|td|font|center|script|style|iframe|section)(?:\s[^<>\n]{0,200})?/?>"
    r"|<!--[^<>\n]{0,200}-->"
)
_LABELS = re.compile(  # what a page shows while it loads, or where a click enlarges
    r"\W*(?:loading|(?:image|video|page) (?:is )?loading|(?:the )?video player is loading|play (?:video|audio)|click (?:here )?to (?:enlarge|zoom|play)"
    r"(?: (?:the |this )?(?:picture|image|photo|video))?|(?:please )?enable javascript[^.\n]{0,60}|javascript (?:is )?(?:disabled|required)[^.\n]{0,60}"
    r"|\d{1,2}:\d\d ?/ ?\d{1,2}:\d\d|current time \d[\d:]* ?/? ?duration [\d:-]+|(?:undefined|null|nan)(?:[ ,](?:undefined|null|nan))*"
    r"|(?:图片|圖片|视频|页面)?(?:正在)?加载中|点击(?:查看|放大|加载)(?:大图|图片|原图)?|點擊(?:查看|放大)(?:大圖|圖片)?|(?:クリックして)?画像を拡大(?:する)?|読み込み中"
    r"|toca para ampliar|cargando|cliquez pour agrandir|chargement|zum vergrößern klicken|wird geladen|clique para ampliar|carregando"
    r"|нажмите,? чтобы увеличить|загрузка|불러오는 중|클릭하면 확대|img_\d{3,6}\.(?:jpe?g|png))\W*"
)
_INLINE = make_vocabulary(
    {
        "javascript": r"please enable javascript[^.!?\n]{0,60}[.!]?|javascript (?:is )?(?:disabled|required)[^.!?\n]{0,60}[.!]?",
        "player is loading": r"(?:the )?video player is loading[.]?",
        "to enlarge": r"(?<=[(\[])click (?:here )?to enlarge(?: (?:the |this )?(?:picture|image|photo))?(?=[)\]])",
    }
)
_END = r"(?: (?:tag|element|playback))?[.!。！]?"
_FALLBACK = make_vocabulary(
    {
        "browser": (
            r"your (?:web ?)?browser (?:does not|doesn['’]t|cannot|can['’]t) (?:currently )?(?:support|play) (?:the "
            r"|this |html ?5 |embedded )*"
            rf"(?:video|audio)s?{_END}|(?:ihr|dein) browser (?:unterstützt|kann)[^.!?\n]{{0,60}}?(?:video"
            rf"|audio)[^.!?\n]{{0,30}}?nicht[^.!?\n]{{0,20}}[.]?"
            r"|il tuo browser non supporta[^.!?\n]{0,60}?(?:video|audio)[.]?"
            r"|browser anda tidak mendukung[^.!?\n]{0,40}?(?:video|audio)[.]?"
        ),
        "navegador": (
            r"(?:su|tu) navegador no (?:soporta|admite|es compatible con)[^.!?\n]{0,60}?(?:v[ií]deo|audio)s?[.]?"
            r"|(?:o )?seu navegador não (?:suporta|tem suporte)[^.!?\n]{0,60}?(?:vídeo|áudio)s?[.]?"
        ),
        "navigateur": r"votre navigateur ne (?:supporte|prend|peut|lit)[^.!?\n]{0,60}?(?:vidéos?|audio)[.]?",
        "浏览器": r"(?:您的|你的|当前)?浏览器(?:暂)?不支持[^。！？\n]{0,20}?(?:视频|音频|video|audio|html5)(?:标签"
        r"|播放|元素|格式)*[。！]?",
        "瀏覽器": r"(?:您的|你的)?瀏覽器不支援[^。！？\n]{0,20}?(?:影片|音訊|影音|video|html5)(?:標籤|播放)*[。！]?",
        "ブラウザ": r"お使いのブラウザ[^。\n]{0,30}?(?:対応していません|サポートしていません|再生できません)[。]?",
        "브라우저": r"브라우저[^.\n]{0,30}?(?:비디오|동영상|오디오|video)[^.\n]{0,12}?지원하지 않(?:습니다|음)[.]?",
        "браузер": r"ваш браузер не поддерживает[^.!?\n]{0,40}?(?:видео|аудио|video|audio)[.]?",
    }
)
# Zero-width space, word joiner, BOM, soft hyphen, bidi marks and controls; never the joiners U+200C and U+200D.
_INVISIBLE = re.compile(
    "[\u200b\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+"
)


def find(document: Document, site: Site, memory: SiteMemory) -> Iterator[Removal]:
    """Point at left-overs inside blocks and at blocks that are nothing else."""
    about_markup = _is_about_markup(document)
    page = document.folded_text
    said = [(places, words.pattern) for words in (_FALLBACK, _INLINE) if (places := words.places(document))]
    marks = [(mark, pattern) for mark, pattern in _PLACEHOLDERS.items() if mark in page]
    for number, block in enumerate(document.blocks):
        if block.kind == "code":
            continue
        text = block.text
        for mark, pattern in marks:
            if mark in text:
                yield from _matches(document, number, "placeholder", pattern)
        for places, pattern in said:
            if number in places:
                yield from _matches(document, number, "player-fallback", pattern)
        if "<" in text and ">" in text and not about_markup:
            yield from _matches(document, number, "placeholder", _TAG)
        if len(text) <= MAX_PLAYER and block.kind != "table" and _LABELS.fullmatch(document.folded[number]):
            yield part(document, number, 0, len(text), "residue", "player-fallback", 0.85)
        if not text.isprintable():
            yield from _matches(document, number, "invisible", _INVISIBLE)
    yield from _find_headlines(document)


def without_residue(text: str) -> str:
    """A line without its placeholders and what players say, as it was before they came into it."""
    for mark, pattern in _PLACEHOLDERS.items():
        if mark in text:
            text = pattern.sub("", text)
    folded = fold(text)
    if _FALLBACK.occurs_in(folded) and (said := _FALLBACK.pattern.search(folded)):
        text = text[: said.start()] + text[said.end() :]
    return text


def _is_about_markup(document: Document) -> bool:
    """Whether a page shows code or speaks of markup, so that a tag in its text is a subject."""
    if not any("<" in block.text for block in document.blocks):
        return False
    return any(block.kind == "code" or "html" in fold(block.text) for block in document.blocks)


def _matches(document: Document, number: int, rule: str, pattern: re.Pattern[str]) -> Iterator[Removal]:
    text = document.blocks[number].text
    for match in pattern.finditer(fold(text)):
        yield Removal("residue", rule, number, match.start(), match.end(), text[match.start() : match.end()], 0.9)


def _find_headlines(document: Document) -> Iterator[Removal]:
    """The title as a line of its own: that of the page anywhere, the first line right below itself.

    A heading like the title stays below the first prose: there it is that of a section.
    """
    headline = fold((document.headline or "").strip())
    first, above = _first_lines(document)
    head = True
    for number, block in enumerate(document.blocks):
        text = block.text
        head = head and not is_prose(block)
        if (
            (not headline and number != above)
            or len(text) > 2 * MAX_TITLE
            or (block.kind == "heading" and not head)
            or block.kind == "list_item"
        ):
            continue
        if number != above and len(text.strip()) != len(headline):
            continue
        title = fold(text.strip())
        if weigh(title) >= MIN_HEADLINE and (title == headline or (number == above and title == first)):
            yield whole(document, number, "residue", "repeated-headline", 0.8)


def _first_lines(document: Document) -> tuple[str, int]:
    """The page's first line and the number of the second: a title printed twice there has no other meaning.

    Nothing for a first line of prose: a repeated paragraph is no title.
    """
    filled = (number for number, block in enumerate(document.blocks) if block.text.strip())
    first, second = next(filled, -1), next(filled, -1)
    if first < 0 or is_prose(document.blocks[first]):
        return "", -1
    text = document.blocks[first].text.strip()
    return (fold(text), second) if len(text) <= MAX_TITLE else ("", -1)
