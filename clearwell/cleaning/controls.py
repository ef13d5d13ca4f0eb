"""Labels of a page's controls, its advertisements and its own notices: short lines that consist of nothing else.

Rules: `page-control` (`Skip to content`, `Copy link`, `We use cookies`), `ad-label`, `back-link` (to a list, the home page,
the other articles).  A line is read word by word: all have to be words of controls, and to make sense together, an act and
what it is done to.  Left alone on purpose: lines with any other word, the cells of a table, headings that promise contents.
"""

import re
from collections.abc import Iterator

from clearwell.cleaning.claims import kind_of, last_prose, part
from clearwell.cleaning.control_words import ALONE, CLASSES_OF, WIDE_CLASSES_OF, WIDE_PART
from clearwell.cleaning.memory import SiteMemory
from clearwell.document import BlockKind, Category, Document, Removal
from clearwell.sentences import STOPS, WIDE, fold
from clearwell.site import Site

MAX_LABEL = 100  # characters
MAX_WORDS = 16
_WORD = re.compile(r"[^\W\d_]+")
_SIGNS = re.compile(r"[\W\d_]+")
_EMBED = re.compile(r"\(?@[\w.]{2,40}\)?")
_SHARED = re.compile(
    r"^a (?:post|reel|photo|video) shared by |^una (?:publicación|foto|imagen) (?:compartida|de) |^une publication partagée par "
    r"|^ein (?:beitrag|von)\b.{0,20}geteilt(?:er)? |^uma publicação (?:com)?partilhada por |^uma publicação compartilhada por "
    r"|^публикация от |がシェアした投稿$|님의 공유 게시물$|님의 게시물$|^un post condiviso da "
)
_AD = frozenset(
    """advertisement advertisements advert advertorial sponsored sponsor anuncio anuncios publicidad patrocinado
    patrocinada publicité sponsorisé sponsorisée annonce anzeige werbung werbeunterbrechung gesponsert
    gesponserter gesponserte publicidade anúncio anúncios реклама рекламы рекламой рекламный рекламная спонсорский pubblicità
    sponsorizzato iklan reklam reklama advertentie 广告 廣告 広告 광고 推广 赞助 贊助 スポンサー スポンサーリンク 협찬""".split()
)
_WIDE_AD = re.compile("广告|廣告|広告|광고")
_ACTS = frozenset(("screen", "show", "use", "act"))
_LAWFUL_AD = re.compile(r"реклама\b.{0,12}\b(?:ооо|ао|ип|пао|erid|инн)\b|lorem ipsum dolor")
_UP = re.compile(r"\b(?:top|arriba|oben|haut|topo|наверх|вверх)\b|[顶頂]部|トップ|위로")
_END = ("END", "FIN", "FINE", "КОНЕЦ", "– END –", "-END-", "- END -", "—END—")
_DANGLING = frozenset(
    "to of the with for and or in on at by from a an this your our de la el en y et le les der die das und o e и в на".split()
)
_DIGIT = re.compile(r"\d")
_ONE_AD = frozenset("ad ads pr annuncio iklan إعلان".split()) | {
    "ads by google",
    "promoted content",
    "quảng cáo",
    "paid post",
    "на правах рекламы",
    "sponsored links",
    "sponsored content",
    "contenido patrocinado",
    "scroll to continue",
}


# Words that a label can begin with, besides those of scripts without spaces.
_FIRST = (
    frozenset(CLASSES_OF)
    | ALONE
    | _ONE_AD
    | {word.split()[0] for word in _ONE_AD}
    | {"a", "una", "une", "ein", "uma", "публикация", "un"}
)


def find(document: Document, site: Site, memory: SiteMemory) -> Iterator[Removal]:
    """Point at the lines that are labels; those that lead back in the tail only."""
    tail: int | None = None
    for number, block in enumerate(document.blocks):
        text = block.text
        if not 0 < len(text) <= MAX_LABEL or block.kind in ("table", "code"):
            continue
        found = read_label(text, kind_of(document, number))
        if found is None:
            continue
        category, rule = found
        if rule == "back-link" and not _UP.search(fold(text)):
            tail = last_prose(document) if tail is None else tail
            if number <= tail:
                continue
        yield part(document, number, 0, len(text), category, rule, 0.85)


def read_label(text: str, kind: BlockKind) -> tuple[Category, str] | None:
    """The category and rule of a label; None for a line that has any other word, or makes no sense as one.

    >>> read_label("Skip to main content", "paragraph"), read_label("Open the mouth", "paragraph")
    (('residue', 'page-control'), None)
    """
    folded = fold(text.strip())
    first = _WORD.search(folded)
    if first is None or (first.group() not in _FIRST and (text.isascii() or not WIDE.search(first.group()))):
        return None
    if "@" in folded and _SHARED.search(folded) and _EMBED.search(folded):
        return "residue", "page-control"
    if _LAWFUL_AD.match(folded):
        return "residue", "ad-label"
    words = _WORD.findall(folded)
    if not 0 < len(words) <= MAX_WORDS:
        return None
    alone = _SIGNS.sub(" ", folded).strip()
    if kind in ("heading", "list_item") and alone in ("ad", "ads", "pr"):
        return None
    if alone in _ONE_AD:
        return "residue", "ad-label"
    if kind != "heading" and (alone in ALONE or text.strip() in _END):
        return "residue", "page-control"
    classes = _read_wide(words) if WIDE.search(folded) else _read_words(words)
    if (
        not classes
        or words[-1] in _DANGLING
        or (_DIGIT.search(folded) and not classes & {"more", "sure", "state", "loading", "act"})
    ):
        return None
    return _judge(classes, words, kind, folded)


def _judge(classes: frozenset[str], words: list[str], kind: BlockKind, folded: str) -> tuple[Category, str] | None:
    """What words of these classes make together."""
    if kind == "heading" and len(words) > 1:
        return None
    if not _AD.isdisjoint(words) or _WIDE_AD.search(folded):
        return "residue", "ad-label"
    if kind == "heading" or (len(words) == 1 and not WIDE.match(folded) and "loading" not in classes):
        return None
    if "sure" in classes and classes & {"act", "screen", "show", "use", "state", "turn"}:
        return "residue", "page-control"
    ended = folded[-1] in STOPS and not folded.endswith(("...", "…"))
    if not ended and "screen" not in classes and _leads_back(classes):
        return "navigation", "back-link"
    if ended and not classes & {"screen", "state", "loading"}:
        return None
    return ("residue", "page-control") if _is_control(classes) else None


def _is_control(classes: frozenset[str]) -> bool:
    """Whether there is an act and what it is done to, or two acts of which one is done on screens alone."""
    acts = classes & _ACTS
    if "loading" in classes or (acts and classes & {"thing", "more", "all", "zoom", "text"}):
        return True
    return (
        {"thing", "state"} <= classes
        or {"thing", "zoom"} <= classes
        or {"toc", "show"} <= classes
        or {"contents", "thing"} <= classes
        or ("screen" in classes and len(acts) > 1)
    )


def _leads_back(classes: frozenset[str]) -> bool:
    """Whether words lead to a list, the home page or the other articles."""
    pairs = (
        {"back", "place"},
        {"back", "up"},
        {"back", "items"},
        {"all", "items"},
        {"place", "items"},
        {"author", "items"},
    )
    wide = ({"all", "thing"}, {"author", "thing"}, {"author", "place"})
    return any(pair <= classes for pair in (*pairs, *wide)) or "sign" in classes


def _read_words(words: list[str]) -> frozenset[str] | None:
    """The classes of all words, None if one is not known."""
    classes: set[str] = set()
    for word in words:
        known = CLASSES_OF.get(word)
        if known is None:
            return None
        classes |= known
    return frozenset(classes)


def _read_wide(words: list[str]) -> frozenset[str] | None:
    """The same for scripts without spaces: the parts that a label consists of."""
    classes: set[str] = set()
    for word in words:
        at = 0
        while at < len(word):
            match = WIDE_PART.match(word, at)
            if match is None:
                return None
            classes |= WIDE_CLASSES_OF[match.group()]
            at = match.end()
    return frozenset(classes)
