"""What ways to other pages are called, by language: a direction, alone or with the word for what it leads to.

All patterns are for folded text.  From theme translations and pages seen.
"""

import re

_PREVIOUS = (
    r"(?:previous|prev\.?|pre|preceding|prior|earlier|older)",
    r"(?:anterior(?:es)?|previ[oa]|precedente)",
    r"(?:précédente?s?)",
    r"(?:vorherige[rsn]?|vorige[rsn]?|vorhergehende[rs]?|ältere[rs]?|letzte[rs]?|zurück)",
    r"(?:предыдущ\w+|прошл\w+|назад)",
    r"(?:precedente|sebelumnya|önceki|trước|السابق|vorige?|poprzedni\w*)",
)
_NEXT = (
    r"(?:next|following|later|newer|upcoming)",
    r"(?:siguientes?|pr[oó]xim[oa]s?|posterior|seguinte)",
    r"(?:suivante?s?)",
    r"(?:nächste[rsn]?|folgende[rs]?|neuere[rs]?|weiter|vor)",
    r"(?:следующ\w+|вперёд|вперед|далее)",
    r"(?:successivo|selanjutnya|berikutnya|sonraki|tiếp theo|التالي|volgende?|następn\w*)",
)
# What it leads to; with it a label needs no partner.
_NOUNS = (
    r"(?:posts?|article|story|page|entry|chapter|topic|news|item|blog|read|one|piece)",
    r"(?:entrada|art[ií]culo|noticia|nota|post|publicaci[oó]n|publicação|p[aá]gina|contenido|historia|artigo|matéria"
    r"|notícia|texto|conteúdo|capítulo)",
    r"(?:article|billet|publication|page|post|actualité|chapitre)",
    r"(?:beitrag|beiträge|artikel|seite|meldung|post|eintrag|nachricht|kapitel|thema)",
    r"(?:статья|стать[ию]|запись|новость|материал|пост|страница|публикация|глава)",
    r"(?:articolo|pos|artikel|yazı|haber|bài(?: viết)?|المقال|bericht|artykuł|wpis)",
)
_LAST = r"last (?:posts?|article|story|page|entry|chapter|topic|news|one)"  # alone it is a step's word
_WIDE_NOUN = r"(?:文章|资讯|資訊|新闻|新聞|博文|帖子|内容|內容|日志|主题|主題)"
_WIDE_UNIT = r"[篇页頁章條条则則个個节節]"
_WIDE_PREVIOUS = (
    rf"(?:[上前]一?{_WIDE_UNIT}{_WIDE_NOUN}?|[上前]一{_WIDE_NOUN}"
    r"|前(?:の(?:記事|ページ|投稿)|回の(?:記事|投稿)|ページ|の話)へ?|前へ|前回"
    r"|(?:이전|앞)(?: ?(?:글|기사|포스트|포스팅|페이지|뉴스|게시글|게시물))?)"
)
_WIDE_NEXT = (
    rf"(?:[下后後]一?{_WIDE_UNIT}{_WIDE_NOUN}?|[下后後]一{_WIDE_NOUN}"
    r"|次(?:の(?:記事|ページ|投稿)|回の(?:記事|投稿)|ページ|の話)へ?|次へ|次回"
    r"|다음(?: ?(?:글|기사|포스트|포스팅|페이지|뉴스|게시글|게시물))?)"
)


def _with_nouns(directions: tuple[str, ...]) -> str:
    """A direction with its language's noun before or behind it, or alone."""
    return "|".join(
        rf"{noun} {direction}|{direction}(?: {noun})?" for direction, noun in zip(directions, _NOUNS, strict=True)
    )


# What a dose or a measure begins with, which no title of another article does.
AMOUNT = re.compile(r"\s*[≤≥<>~]?\s*\d+(?:[.,]\d+)?\s*(?:[mµkc]?g|mcg|[md]?l|i\.?[ue]|%|°|[cm]m|min|tabl|h|st)\b")
MARK = r"««|»»|<<<|>>>|<<|>>|<-|->|«|»|‹|›|≪|≫|⟨|⟩|←|→|⟵|⟶|◀|▶|◁|▷|❮|❯|⬅|➡|＜|＞"
NEXT_MARKS = ">»›≫⟩→⟶▶▷❯➡＞"
_PREVIOUS_LABEL = rf"{_with_nouns(_PREVIOUS)}|{_LAST}|{_WIDE_PREVIOUS}"
_NEXT_LABEL = rf"{_with_nouns(_NEXT)}|{_WIDE_NEXT}"
WORDED = re.compile(
    rf"\s*[\[【(（<]?\s*(?:{MARK})?\s*(?:(?:the|read|view|go to(?: the)?) )?"
    rf"(?P<label>(?P<previous>{_PREVIOUS_LABEL})|(?P<next>{_NEXT_LABEL}))"
    rf"(?P<end>\s*[\]】)）]?\s*(?:[:：|｜<>]|{MARK}|$)|\s*[\]】]\s*|\s+[-–—]\s+|\s+)"
)
NOUNED = re.compile(
    "|".join(_NOUNS) + rf"|{_WIDE_UNIT}|{_WIDE_NOUN}|記事|ページ|投稿|글|기사|포스트|포스팅|게시글|게시물|뉴스"
)
# The same inside a line: a mark with a colon, or a label that names a page, with one.
INLINE_LEAD = re.compile(
    rf"(?:^|(?<=[\s.!?。！？|｜])|(?<=[぀-ヿ㐀-鿿가-힯]))(?:(?P<previous><<\s?[:：]|(?:<<|«|←|≪)?\s?(?:{_PREVIOUS_LABEL})\s?[:：])"
    rf"|(?P<next>>>\s?[:：]|(?:{_NEXT_LABEL})\s?(?:>>|»|→)?\s?[:：]))"
)
# One of these is in every text that INLINE_LEAD finds a pair in.
LEAD_STEMS = tuple(
    "<< prev pre: preceding prior earlier older last anterior previ precedente précédent vor älter letzte zurück предыдущ прошл"
    " назад sebelumnya önceki trước السابق poprzedni 上 前 이전 앞".split()
)
