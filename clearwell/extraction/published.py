"""When a page was published and changed, and where it says so."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from clearwell.extraction.byline import Byline, find_labelled_dates, is_change_label, is_dateline
from clearwell.extraction.dates import date_in_path, find_dates, parse_date
from clearwell.extraction.json_ld import Thing
from clearwell.extraction.marks import Marks
from clearwell.extraction.segment import INLINE, Segments
from clearwell.extraction.values import class_words, node_text, string

MAX_MARKED = 100  # elements whose class names a date
MAX_LINE = 60  # characters of one
MAX_CLIMB = 40  # levels between a <time> and the article it stands in

_PUBLISHED = tuple(
    "articlepublishedtime articlepublished datepublished date dcdateissued dcdate dctermsdate dctermsissued "
    "publishdate published pubdate publisheddate publishedtime publishedat publicationdate datepublication "
    "publicationtime ogpublishedtime ogarticlepublishedtime citationpublicationdate citationonlinedate "
    "citationdate parselypubdate sailthrudate articledate originalpublicationdate dateposted postdate "
    "releasedate firstpublished".split()
)
_MODIFIED = tuple(
    "articlemodifiedtime articlemodified ogupdatedtime datemodified lastmodified modifieddate modifiedtime lastmod "
    "dcdatemodified dctermsmodified revised lastupdated updateddate dateupdated".split()
)
_MARKED = '[class*="date" i],[class*="ublish"]'
_DATE_WORDS = frozenset("date dateline datetime published publish pubdate posted".split())
_CHANGE_WORDS = frozenset("updated update modified".split())
_OTHER_DATES = frozenset("comment comments event events related card reply footer copyright".split())
_PROSE_TAGS = frozenset("p li dd td blockquote".split())
_ARTICLE_TAGS = frozenset(("article", "main"))


class PageDates(NamedTuple):
    """ISO 8601; `source` tells where `published` stood: `json-ld`, `meta`, `microdata`, `text`, `time` or `url`."""

    published: str | None = None
    modified: str | None = None
    source: str | None = None


def find_page_dates(
    tree: LexborHTMLParser,
    segments: Segments,
    linked: Thing,
    micro: Thing,
    marks: Marks,
    byline: Byline,
    url: str,
    fetched: datetime | None,
) -> PageDates:
    """When the page was published and when it changed.

    A <time> does not say what it is the time of; one that repeats the date of modification is left alone.  Only where
    nothing is stated or stands by the title is the whole page looked at, and at last its address.
    """
    changes = (_text(linked.get("dateModified")), marks.meta(_MODIFIED), _text(micro.get("dateModified")))
    modified = _first_of((*changes, *byline.modified), fetched)
    sources = [
        ("json-ld", _date_of(linked)),
        ("meta", marks.meta(_PUBLISHED)),
        ("microdata", _date_of(micro)),
        ("time", _published_time(marks.times)),
        *(("text", text) for text in byline.published[:1]),
        ("time", _lone_time(marks.times, modified)),
    ]
    for source, text in sources:
        if found := parse_date(text, fetched):
            return PageDates(found, modified, source)
    return _look_everywhere(tree, segments, modified, url, fetched)


def _look_everywhere(
    tree: LexborHTMLParser, segments: Segments, modified: str | None, url: str, fetched: datetime | None
) -> PageDates:
    labelled, changed = find_labelled_dates(segments)
    if published := parse_date(labelled, fetched):
        return PageDates(published, modified or parse_date(changed, fetched), "text")
    marked, changed_mark = _marked_dates(tree)
    modified = modified or _first_of((changed, changed_mark), fetched)
    if published := parse_date(marked, fetched):
        return PageDates(published, modified, "text")
    filed = parse_date(date_in_path(url), fetched)
    return PageDates(filed, modified, "url" if filed else None)


def _first_of(texts: Iterable[str | None], fetched: datetime | None) -> str | None:
    return next((found for text in texts if (found := parse_date(text, fetched))), None)


def _date_of(thing: Thing) -> str | None:
    return _text(thing.get("datePublished")) or _text(thing.get("dateCreated"))


def _text(value: Any) -> str | None:
    return string(value[0] if isinstance(value, list) and value else value)


def _written(node: LexborNode) -> str | None:
    attributes = node.attributes
    return attributes.get("datetime") or attributes.get("content") or node_text(node)


def _classes(node: LexborNode) -> str:
    return f"{node.attributes.get('class') or ''} {node.attributes.get('itemprop') or ''}".lower()


def _is_changed(classes: str) -> bool:
    return ("updated" in classes or "modified" in classes) and "published" not in classes


def _published_time(times: list[LexborNode]) -> str | None:
    """The first <time> that is marked as that of publication, as most blog software does."""
    for node in times:
        if "pubdate" in node.attributes or "published" in _classes(node):
            return _written(node)
    return None


def _lone_time(times: list[LexborNode], modified: str | None) -> str | None:
    """The date of the article's first <time>, unless it stands in prose: there it is that of some event."""
    for node in times:
        if not _in_article(node):
            continue
        if _is_changed(_classes(node)) or not _stands_alone(node):
            return None
        written = _written(node)
        return None if modified and (parse_date(written, None) or "")[:10] == modified[:10] else written
    return None


def _in_article(node: LexborNode) -> bool:
    parent = node.parent
    for _ in range(MAX_CLIMB):
        if parent is None:
            return False
        if parent.tag in _ARTICLE_TAGS:
            return True
        parent = parent.parent
    return False


def _stands_alone(node: LexborNode) -> bool:
    block = node.parent
    while block is not None and block.tag in INLINE:
        block = block.parent
    in_prose = block is not None and block.tag in _PROSE_TAGS and "pubdate" not in node.attributes
    around = (node_text(block) or "").replace(node_text(node) or "", " ", 1) if in_prose else ""
    return is_dateline(around)


def _marked_dates(tree: LexborHTMLParser) -> tuple[str | None, str | None]:
    """The dates of publication and of change in the first elements whose class says that they hold a date.

    A class that holds several dates is that of a list of pages.
    """
    published: dict[str, set[str]] = {}
    modified: dict[str, set[str]] = {}
    for node in tree.css(_MARKED)[:MAX_MARKED]:
        words = class_words(node)
        if words.isdisjoint(_DATE_WORDS) or not words.isdisjoint(_OTHER_DATES):
            continue
        text = node_text(node) or ""
        if len(text) <= MAX_LINE and is_dateline(text) and (dates := [found for _, _, found in find_dates(text)]):
            changed = is_change_label(text) or not words.isdisjoint(_CHANGE_WORDS)
            (modified if changed else published).setdefault(node.attributes.get("class") or "", set()).add(dates[0])
    return _lone(published), _lone(modified)


def _lone(found: dict[str, set[str]]) -> str | None:
    return next((next(iter(dates)) for dates in found.values() if len(dates) == 1), None)
