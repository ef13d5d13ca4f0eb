"""The people a page names as its authors: stated, in the visible byline, or marked as such; names only."""

import re
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from clearwell.extraction.byline import Byline, is_change_label, split_names
from clearwell.extraction.json_ld import Thing
from clearwell.extraction.marks import Marks
from clearwell.extraction.values import MAX_ITEMS, PIECES, class_words, listed, name_of, text_pieces, types_of
from clearwell.extraction.words import SiteNames, fold

MAX_AUTHOR = 80  # characters of one name
MAX_CANDIDATES = 20  # marked elements looked at
NO_MARK = 9

_META = (
    "author",
    "articleauthorname",
    "dccreator",
    "dctermscreator",
    "parselyauthor",
    "sailthruauthor",
    "byl",
    "byline",
)
_CITATION = "citationauthor"
_CARD_LABELS = frozenset(
    ("Written by", "Escrito por", "Verfasst von", "Geschrieben von", "Écrit par", "Scritto da", "Автор")
)
_BY = re.compile(
    r"^\s*(?:(?:written |posted )?by|von|por|par|di|authors?|autor(?:in)?|author|作者|文|автор)\b\s?[:：/]?\s*", re.I
)
_NOBODY = frozenset(
    "admin administrator author webmaster undefined null none unknown anonymous editor staff writtenby guest".split()
)
_JOINERS = frozenset((",", "and", "&", "und", "y", "et", "e", "и", ";", ", and", "、", "with"))
_MARKED = '[rel~="author"],[class*="uthor"],[class*="yline"]'
_NAME_WORDS = frozenset(("name", "fn", "link"))
_OTHERS = frozenset(  # what holds something else, or somebody else
    "comment comments commenter authority authorities authorization avatar image photo img icon description summary "
    "related date social share role title reviewer editor box list".split()
)
_ABOUT = frozenset("card bio about info".split())  # what tells of the author after the article


def find_authors(
    tree: LexborHTMLParser, stated: list[Thing], marks: Marks, byline: Byline, site: SiteNames
) -> tuple[str, ...]:
    """The people of the first source that names any; an organisation or the site's own name only if no other does.

    `stated` are the objects of linked data and microdata that describe the article, the most trusted first.
    """
    sources: list[tuple[str, ...]] = []
    organisations: list[tuple[str, ...]] = []
    for thing in stated:
        people, groups = _stated_names(listed(thing.get("author") or thing.get("creator")))
        sources.append(people)
        organisations.append(groups)
    sources += [_meta_names(marks), byline.authors]
    for names in sources:
        if own := tuple(name for name in names if not site.owns(name)):
            return _distinct(own)
    marked = _marked_names(marks.around_title() or tree)
    if own := tuple(name for name in marked if not site.owns(name)):
        return _distinct(own)
    return _distinct(next((names for names in [*sources, marked, *organisations] if names), ()))


def _distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))[:MAX_ITEMS]


def _stated_names(people: list[Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """People and organisations; a name that stands alone in a `name` is believed whole, whatever it looks like."""
    named: list[str] = []
    groups: list[str] = []
    for person in people:
        name = name_of(person)
        if not name or "http" in name or "@" in name:
            continue
        whole = _BY.sub("", name)
        if isinstance(person, dict) and "Organization" in types_of(person):
            groups.append(whole)
        else:
            named += (_names_in(whole.split(PIECES)) if "|" in whole else ()) or list(split_names(whole)) or [whole]
    return _somebody(named), _somebody(groups)


def _somebody(names: list[str]) -> tuple[str, ...]:
    return tuple(name for name in names if 1 < len(name) <= MAX_AUTHOR and fold(name) not in _NOBODY)


def _meta_names(marks: Marks) -> tuple[str, ...]:
    contents = next((marks.metas[name] for name in _META if name in marks.metas), [])
    if names := [name for content in contents for name in _split(content)]:
        return tuple(names)
    if cited := [name for content in marks.metas.get(_CITATION, []) for name in _split(_given_first(content))]:
        return tuple(cited)
    label = marks.meta(("twitterlabel1",))
    return _split(marks.meta(("twitterdata1",)) or "") if label in _CARD_LABELS else ()


def _given_first(name: str) -> str:
    """`Ruiz, Ana` as `Ana Ruiz`: how citation_author is to be written (https://scholar.google.com/intl/en/scholar/inclusion.html)."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and "," not in given else name


def _split(text: str) -> tuple[str, ...]:
    return _somebody(list(split_names(_BY.sub("", text)))) if "http" not in text else ()


def _marked_names(part: LexborHTMLParser | LexborNode) -> tuple[str, ...]:
    """Names in elements that are marked as an author's; asked last, since looking for them costs most."""
    best: tuple[int, tuple[str, ...]] = (NO_MARK, ())
    for node in part.css(_MARKED)[:MAX_CANDIDATES]:
        rank = _rank_mark(node)
        if rank < best[0] and (names := _names_in(text_pieces(node))):
            best = rank, names
    return best[1]


def _rank_mark(node: LexborNode) -> int:
    """How surely an element holds the author's name, 0 the surest; NO_MARK for those that do not."""
    words = class_words(node)
    if not words.isdisjoint(_OTHERS):
        return NO_MARK
    if "author" in (node.attributes.get("rel") or "").lower().split():
        return 0
    marked = not words.isdisjoint(("author", "authors", "byline"))
    if not words.isdisjoint(_ABOUT):
        return 5 if marked and not words.isdisjoint(_NAME_WORDS) else NO_MARK
    if marked:
        return 1 if not words.isdisjoint(_NAME_WORDS) else 2 if "byline" in words else 3
    return NO_MARK


def _names_in(pieces: list[str]) -> tuple[str, ...]:
    """The names at the start of some pieces of text, as long as words for `and` join them."""
    if sum(map(len, pieces)) > 3 * MAX_AUTHOR:
        return ()
    names: list[str] = []
    joined = True
    for piece in pieces:
        bare = _BY.sub("", piece).strip()
        if not bare or bare.casefold() in _JOINERS:
            joined = True
        elif is_change_label(bare):
            break
        elif joined and (found := [name for name in _split(bare) if " " in name]):  # a single word may be a label
            names += found
            joined = bare.endswith((",", " and", "&"))
        elif names:
            break
    return tuple(names) or tuple(name for name in _split(" ".join(pieces)) if " " in name)[:1]
