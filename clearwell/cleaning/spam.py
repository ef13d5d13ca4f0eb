"""Lines written for search engines.

Rules: `keyword-line` (the page's first line is 5-12 noun phrases without any sentence), `tag-line` (a label and keywords, at
the head or in the tail), `noise` (the signs that forums scatter against copying), `mojibake` (signs that stand for none).
Left alone on purpose: titles and decks (they begin with a capital, or have the small words of a sentence), lists of
symptoms or ingredients further down, anything with a full stop.
"""

import re
from collections import Counter
from collections.abc import Iterator

from clearwell.cleaning.claims import kind_of, last_prose, part, whole
from clearwell.cleaning.memory import SiteMemory
from clearwell.document import Document, Removal
from clearwell.sentences import OPENERS, WIDE, fold, is_terminated, weigh
from clearwell.site import Site

HEAD = 3  # blocks at the top in which it stands
MAX_LINE = 260  # Latin characters
MIN_PHRASES = 5  # of a list with separators; design.md section 3, 2026-11
MIN_SHARED = 4  # of a list whose phrases all hold one term
MIN_WIDE_PHRASES = 4  # parted by spaces, in a script that has none between words
MIN_WIDE_PHRASE = 3  # mean characters of one: lists of symptoms have two
MIN_LONG = 3  # phrases of several words, in a list that begins small and repeats nothing
MIN_WORDS = 6  # of a list without separators
MAX_PHRASE = 5  # words of one phrase
MAX_SMALL = 0.2  # share of words that join or open sentences
MIN_COMPOUND = 8  # mean letters of a word, where nouns have capitals and are written together

_SENTENCE_MARK = re.compile(r"[.!?。！？…:：\"“”«»()（）]")
_TAGS = re.compile(
    r"\W*(?:(?:related |article |hot )?(?:keywords?|key words|tags?|labels?)|etiquetas?|palabras clave|mots[- ]clés?|étiquettes?"
    r"|schlagw[oö]rter|schlagworte?|stichworte|stichwörter|palavras[- ]chave|теги|метки|ключевые слова|parole chiave|kata kunci"
    r"|anahtar kelimeler|từ khóa|trefwoorden|słowa kluczowe|关键词|关键字|标签|關鍵字|關鍵詞|標籤|タグ|キーワード|태그|키워드|해시태그"
    r"|(?:相关|相關|文章|热门|熱門|本文|所属|关联)(?:标签|標籤|关键词|關鍵字|关键字|搜索)|热搜(?:词|榜)?|hashtags?|хештеги|хэштеги|ハッシュタグ|関連(?:キーワード|ワード|タグ)|(?:연관|관련) ?(?:태그|검색어|키워드)"
    r"|tagged(?: with| in| as)?|verwandte suchbegriffe|hot search(?:es)?|related searches|(?:búsquedas|pesquisas) relacionadas|recherches associées)"
    r"\s*[:：】\]]\s*\S"
)
# What sections have as well: only with a word of the headline.
_TOPICS = re.compile(
    r"\W*(?:topics?|temas?(?: relacionados)?|en este artículo|assuntos?(?: relacionados)?|neste artigo|th[eè]mes?|sujets?(?: associés)?|dans cet article|themen|темы|тема|темы статьи|argomenti|tags|hot search)\s*[:：|]?\s+(?P<value>\S.*)"
)
_HASHTAGS = re.compile(r"\W*#[^\W_][\w&·-]{1,40}#?(?:[\s,，、]*#[^\W_][\w&·-]{1,40}#?){1,20}\W*")
_OFFER = re.compile(
    r"\W*(?:buy|order|get|best|cheap|comprar?|acheter|commander|kaufen|bestellen|купить|заказать|购买|購買)\b.{0,60}\b(?:online|en ligne|онлайн)\b.{0,40}(?:prescription|shipping|receta|receita|ordonnance|rezept|рецепта)\w*$"
    r"|\W*\w+(?: \w+)? (?:günstig|billig) online (?:kaufen|bestellen)\b.{0,24}(?:rezept)?\w*$|.{3,40}\b(?:buy|order) (?:cheap )?online\b.{0,30}(?:shipping|prescription)$"
)
MIN_HASHTAGS = 2
MIN_BARRED = 4  # phrases parted by bars
MIN_REPEATED = 3  # times that one phrase stands in a pile
MIN_NOISE = 5  # tokens of scattered signs
MIN_ODD = 3  # different odd signs, and letters, among them
_ODD_SIGNS = frozenset('#$%^&*~`|{}@_!;?"[]<>+')
_RARE_SIGNS = "~`^{}|#$@"  # noise has one of them; letters and digits have to stand round it
_SCATTERED = re.compile(r"[~`^{}|#$@][!-~]? +[!-~]{1,2} +[!-~]{1,2} |[!-~]{1,2} +[!-~]{1,2} +[!-~]?[~`^{}|#$@]")
_NOISE = re.compile(r"(?<![^\s\u0080-\uffff])(?:[!-~]{1,2} +){4,}[!-~]{1,2}(?![!-~])")
_MOJIBAKE_SIGNS = "\ufffd锟烫屯ïÃâ"
_MOJIBAKE = re.compile(
    r"\ufffd{2,}|(?:锟斤拷){1,}锟?|烫{4,}|屯{4,}|ï»¿|(?:[Ãâ][\u0080-\u00bf\u20ac\u2122\u0152\u201c\u201d]{1,2}){4,}"
)
_SEPARATOR = re.compile(r"\s*[,，、|｜/#;；]\s*")
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_MIXED = re.compile(r"\d|^[a-z]+[A-Z]")  # amounts; `mRNA` opens a title
_SMALL = OPENERS | frozenset("and of the to is are was und y e et и oder or vs".split())


def find(document: Document, site: Site, memory: SiteMemory) -> Iterator[Removal]:
    """Point at keywords at the ends of a page and at noise anywhere."""
    yield from _find_keywords(document)
    yield from _find_tags(document)
    page = document.text
    rare = [sign for sign in _RARE_SIGNS if sign in page]
    for number, block in enumerate(document.blocks if rare else ()):
        if block.kind not in ("code", "table") and any(sign in block.text for sign in rare):
            yield from _find_noise(document, number)
    odd = not page.isascii() and any(sign in page for sign in _MOJIBAKE_SIGNS)
    for number, block in enumerate(document.blocks if odd else ()):
        if block.kind != "code" and not block.text.isascii():
            yield from _find_mojibake(document, number)


def _find_keywords(document: Document) -> Iterator[Removal]:
    """A keyword line among a page's first lines, before anything that could be prose."""
    for number, block in enumerate(document.blocks[:HEAD]):
        if len(block.text) > MAX_LINE or _SENTENCE_MARK.search(block.text):
            if weigh(block.text) > MAX_LINE:
                return
            continue
        text = block.text.strip()
        offer = _OFFER.match(fold(text)) is not None
        if kind_of(document, number) == "paragraph" and (offer or _is_keywords(text, _headline(document, number))):
            yield whole(document, number, "spam", "keyword-line", 0.75)


def _find_tags(document: Document) -> Iterator[Removal]:
    headline = _headline(document, 1)
    tagged = [
        n
        for n, block in enumerate(document.blocks)
        if 0 < len(block.text) <= MAX_LINE
        and block.kind not in ("table", "code")
        and (_is_tag_line(block.text) or _is_hashtags(block.text) or _is_topics(block.text, headline))
    ]
    tail = last_prose(document) if tagged else 0
    yield from (whole(document, n, "spam", "tag-line", 0.8) for n in tagged if n < HEAD or n > tail)


def _is_hashtags(text: str) -> bool:
    return text.count("#") >= MIN_HASHTAGS and _HASHTAGS.fullmatch(text) is not None


def _is_topics(text: str, headline: str) -> bool:
    """Whether a line names the topics of this article: keywords that its headline has one of."""
    topics = _TOPICS.match(fold(text))
    if topics is None or text.rstrip()[-1:] in ".。!?！？:":
        return False
    phrases = [phrase for phrase in _SEPARATOR.split(topics.group("value")) if phrase]
    words = {word for phrase in phrases for word in phrase.split()} - _SMALL
    return all(len(phrase.split()) <= MAX_PHRASE for phrase in phrases) and any(
        word in headline for word in words if len(word) > 3
    )


def _is_tag_line(text: str) -> bool:
    label = _TAGS.match(fold(text))
    return label is not None and text.rstrip()[-1:] not in ".。!?！？" and weigh(text) <= MAX_LINE


def _find_noise(document: Document, number: int) -> Iterator[Removal]:
    text = document.blocks[number].text
    for run in _NOISE.finditer(text) if _SCATTERED.search(text) else ():
        if _is_noise(run.group()):
            yield part(document, number, run.start(), run.end(), "spam", "noise", 0.8)


def _find_mojibake(document: Document, number: int) -> Iterator[Removal]:
    text = document.blocks[number].text
    if any(sign in text for sign in _MOJIBAKE_SIGNS):
        for match in _MOJIBAKE.finditer(text):
            yield part(document, number, match.start(), match.end(), "spam", "mojibake", 0.8)


def _is_noise(run: str) -> bool:
    """Whether single letters and signs are scattered without sense: many kinds of odd signs, no word, no formula."""
    tokens = run.split()
    odd = {sign for sign in run if sign in _ODD_SIGNS}
    letters = {letter for letter in run if letter.isalpha()}
    if any(token.isalpha() and len(token) > 1 for token in tokens) or "\\" in run:
        return False  # a word, or a formula in TeX
    return len(tokens) >= MIN_NOISE and len(odd) >= MIN_ODD and len(letters) >= MIN_ODD


def _headline(document: Document, number: int) -> str:
    """What a page says that it is about, above one of its lines: its headline, a heading or a flattened text's title."""
    above = (
        block.text
        for block in document.blocks[:number]
        if block.kind == "heading" or (document.flattened and not is_terminated(block.text))
    )
    return fold(document.headline or next(above, ""))


def _is_keywords(text: str, headline: str) -> bool:
    if not 0 < weigh(text) <= MAX_LINE or _MIXED.search(text):
        return False
    phrases = [phrase for phrase in _SEPARATOR.split(text) if phrase]
    barred = text.count("|") >= MIN_BARRED - 1 and all(len(phrase.split()) <= MAX_PHRASE for phrase in phrases)
    if barred and (text[0].islower() or WIDE.match(text)) and _names(headline, phrases):
        return True
    if WIDE.match(text) and max(Counter(text.split()).values()) >= MIN_REPEATED:
        return True
    if len(phrases) >= MIN_PHRASES or _shares_term(phrases):
        short = all(len(phrase.split()) <= MAX_PHRASE for phrase in phrases)
        return short and not _has_sentence(text) and _is_about_one(text, phrases) and _shares(headline, phrases)
    if WIDE.match(text):
        phrases = text.split()
        return (
            len(phrases) >= MIN_WIDE_PHRASES
            and all(2 <= len(phrase) <= 10 for phrase in phrases)
            and _is_about_one(text, phrases)
            and _shares(headline, phrases)
        )
    return len(phrases) == 1 and _is_word_pile(text)


def _shares_term(phrases: list[str]) -> bool:
    """Whether several phrases all hold one term: `hiccups causes, hiccups cure, stop hiccups`."""
    if len(phrases) < MIN_SHARED:
        return False
    if WIDE.match(phrases[0]):
        terms = {phrases[0][at : at + 2] for at in range(len(phrases[0]) - 1)}
        return any(all(term in phrase for phrase in phrases) for term in terms)
    words = [set(fold(phrase).split()) - _SMALL for phrase in phrases]
    return phrases[0][0].islower() and bool(set.intersection(*words))


def _is_about_one(text: str, phrases: list[str]) -> bool:
    """Whether phrases turn around one thing, as keywords do and the items of a list do not."""
    if WIDE.match(text):
        terms = [letter for phrase in phrases for letter in set(phrase)]
        return len(terms) > len(set(terms)) and sum(map(len, phrases)) >= MIN_WIDE_PHRASE * len(phrases)
    terms = [word for phrase in phrases for word in set(fold(phrase).split())]
    if len(terms) > len(set(terms)):
        return True
    return text[0].islower() and sum(" " in phrase for phrase in phrases) >= MIN_LONG


def _shares(headline: str, phrases: list[str]) -> bool:
    """Whether what several phrases say is in the headline: symptoms share `pain`, keywords what the page is about."""
    if WIDE.match(phrases[0]):
        terms = Counter(term for phrase in phrases for term in {phrase[at : at + 2] for at in range(len(phrase) - 1)})
    else:
        terms = Counter(word for phrase in phrases for word in set(fold(phrase).split()) - _SMALL)
    shared = [term for term, times in terms.items() if times > 1] or list(terms)
    return any(term in headline for term in shared)


def _names(headline: str, phrases: list[str]) -> bool:
    """Whether any word of the phrases is in the headline."""
    if WIDE.match(phrases[0]):
        return any(phrase[at : at + 2] in headline for phrase in phrases for at in range(len(phrase) - 1))
    return any(word in headline for phrase in phrases for word in set(fold(phrase).split()) - _SMALL)


def _is_word_pile(text: str) -> bool:
    """Nouns without the small words of a sentence; a capital at the start needs long compounds to make up for it."""
    words = _WORD.findall(text)
    if len(words) < MIN_WORDS or _has_sentence(text):
        return False
    if text[0].islower():
        return True
    nouns = sum(word[0].isupper() for word in words)
    return sum(map(len, words)) / len(words) >= MIN_COMPOUND and len(words) < 2 * nouns < 2 * len(words)


def _has_sentence(text: str) -> bool:
    words = _WORD.findall(fold(text))
    return sum(word in _SMALL for word in words) > MAX_SMALL * len(words)
