"""What a page says about itself: JSON-LD first, then Open Graph and meta, then the markup; never inferred.

One source after another fills what is still empty.  Everything is untrusted: lengths are capped, addresses are http.
"""

import re
from datetime import datetime
from html import unescape
from typing import Any

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from clearwell.article import Image
from clearwell.extraction.addresses import absolute_url, host_of, may_be_address_of
from clearwell.extraction.byline import Byline, find_byline, is_dateline, split_names
from clearwell.extraction.dates import parse_date
from clearwell.extraction.decode import without_controls
from clearwell.extraction.json_ld import read_json_ld
from clearwell.extraction.segment import INLINE, SKIPPED, Segments

MAX_TEXT = 2_000  # characters of any field
MAX_ITEMS = 50  # authors or keywords
MAX_METAS = 1_000  # meta elements looked at
MAX_AUTHOR = 80  # characters of one name
SAME_TITLE = 0.9  # of the words of one
MAX_HEADINGS = 40  # headings compared with the stated titles
MAX_CANDIDATES = 5  # elements looked at for one field
SHARED_WORDS = 0.5  # of the words of a heading or of the stated title, to take the heading for the title; WCXB dev

_META = {
    "headline": ("og:title", "twitter:title", "dc.title", "citation_title"),
    "description": ("description", "og:description", "twitter:description", "dc.description"),
    "author": (
        "author",
        "article:author_name",
        "dc.creator",
        "citation_author",
        "parsely-author",
        "sailthru.author",
        "byl",
    ),
    "publisher": ("og:site_name", "application-name", "dc.publisher"),
    "published": (
        "article:published_time article:published datepublished date dc.date.issued dc.date dcterms.date publishdate "
        "publish-date publish_date published pubdate og:published_time og:article:published_time "
        "citation_publication_date parsely-pub-date sailthru.date"
    ).split(),
    "modified": (
        "article:modified_time article:modified og:updated_time datemodified last-modified lastmod dc.date.modified "
        "dcterms.modified"
    ).split(),
    "image": ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src"),
    "section": ("article:section", "og:article:section"),
    "keywords": ("keywords", "news_keywords", "article:tag"),
    "rights": ("copyright", "dc.rights", "dcterms.rights", "rights"),
}
_AUTHOR_MARKS = (
    '[itemprop~="author"] [itemprop~="name"]',
    '[itemprop~="author"]',
    '[rel~="author"]',
    ".author-name, .author__name, .byline-name, .byline__name, .entry-author-name, .post-author-name, .vcard .fn",
    ".byline, .post-author, .entry-author, .article-author, .author",
    '[class*="uthor"]:not([class*="omment"]), a[href*="/author/"]',
)
_BY = re.compile(
    r"^\s*(?:(?:written |posted )?by|von|por|par|di|autor(?:in)?|author|作者|文|автор)\b\s?[:：/]?\s*", re.I
)
_CARD_LABELS = frozenset(
    ("Written by", "Escrito por", "Verfasst von", "Geschrieben von", "Écrit par", "Scritto da", "Автор")
)
_NOBODY = frozenset(
    "admin administrator author webmaster undefined null none unknown anonymous editor staff writtenby".split()
)
_TIMES = "time[pubdate], article time, main time"
_PROSE_TAGS = frozenset("p li dd td blockquote".split())
_WORD = re.compile(r"\w+")
_SUFFIX = re.compile(r"\s+[|–—·•»:\-_]+\s+|\s*[|｜_]\s*")


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """The page's statements about itself; None or empty where it makes none.  Dates are ISO 8601."""

    headline: str | None = None
    description: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    datePublished: str | None = None
    dateModified: str | None = None
    dateSource: str | None = None
    image: Image | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    rights: str | None = None
    canonical: str | None = None
    language: str | None = None
    jsonBody: str | None = None


def read_metadata(tree: LexborHTMLParser, url: str, fetched: datetime | None, segments: Segments) -> Metadata:
    """Read a parsed page's metadata; `segments` are its visible blocks, where titles and bylines stand."""
    linked = read_json_ld(tree)
    first = _Finder(linked, _read_meta(tree))
    publisher = first.text("publisher", _name(linked.get("publisher")))
    headline = _find_headline(tree, first, _Names(publisher, url), segments)
    byline = find_byline(segments, headline)
    changes = (_string(linked.get("dateModified")), first.meta("modified"), *byline.modified)
    modified = next((found for text in changes if (found := parse_date(text, fetched))), None)
    published, source = _find_published(tree, first, byline, fetched, modified)
    return Metadata(
        headline=headline,
        description=first.text("description", linked.get("description")),
        authors=_find_authors(tree, first, byline, _Names(publisher, url)),
        publisher=publisher,
        datePublished=published,
        dateModified=modified,
        dateSource=source,
        image=_find_image(linked.get("image"), first.meta("image"), url),
        section=first.text("section", linked.get("articleSection")),
        keywords=_find_keywords(linked.get("keywords"), first.meta("keywords")),
        rights=_clean(linked.get("copyrightNotice")) or first.meta("rights"),
        canonical=_find_canonical(tree, first.metas, url),
        language=_find_language(tree),
        jsonBody=_string(linked.get("articleBody")),
    )


class _Names:
    """What a site calls itself: the publisher it states, and its host."""

    def __init__(self, publisher: str | None, url: str) -> None:
        self.publisher = _fold(publisher or "")
        self.host = _fold(host_of(url))

    def fit(self, text: str) -> bool:
        """Whether `text` is the site's name, perhaps with a word before or after it."""
        folded = _fold(text)
        if not folded:
            return True
        known = self.publisher and (folded in self.publisher or self.publisher in folded)
        return bool(known) or (len(folded) > 2 and folded in self.host)


def _fold(text: str) -> str:
    return "".join(_WORD.findall(text.casefold())).replace("_", "")


class _Finder:
    """Looks a field up in the linked data, then in the meta elements by their several names."""

    def __init__(self, linked: dict[str, Any], metas: dict[str, str]) -> None:
        self.linked = linked
        self.metas = metas

    def meta(self, field: str) -> str | None:
        return next((self.metas[name] for name in _META[field] if name in self.metas), None)

    def text(self, field: str, linked: Any) -> str | None:
        return _clean(linked) or self.meta(field)


def _clean(value: Any) -> str | None:
    """A short line of text, or None; lists give their first text."""
    if isinstance(value, list):
        value = next((item for item in value[:MAX_ITEMS] if isinstance(item, str)), None)
    if not isinstance(value, str):
        return None
    value = value[: 2 * MAX_TEXT]
    if "&" in value:  # entities stand doubled in JSON-LD and in attributes of many templates
        value = unescape(value)
    return without_controls(" ".join(value.split()))[:MAX_TEXT] or None


def _string(value: Any) -> str | None:
    return without_controls(value) if isinstance(value, str) else None


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return _clean(value.get("name")) if isinstance(value, dict) else _clean(value)


def _read_meta(tree: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.css("meta[content]")[:MAX_METAS]:
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = _clean(attributes.get("content"))
        key = name.strip().lower() if name else ""
        if key and content:
            several = (
                key in _META["author"] and key in found and content not in found[key] and len(found[key]) < MAX_TEXT
            )
            found[key] = f"{found[key]}; {content}" if several else found.get(key, content)
    return found


# -- one field each --------------------------------------------------------------------------------------------------


def _find_headline(tree: LexborHTMLParser, first: _Finder, site: _Names, segments: Segments) -> str | None:
    """The heading readers see, if it is the stated title in other words; else that title without the site's name."""
    titles = [
        _clean(first.linked.get("headline")),
        first.meta("headline"),
        _node_text(tree.css_first("head > title, title")),
    ]
    stated = [title for title in titles if title]
    likeness, heading = _most_like(stated, segments, level=1)
    if heading and (likeness >= SHARED_WORDS or not stated):
        return heading
    likeness_2, heading_2 = _most_like(stated, segments, level=2)
    if likeness_2 >= SAME_TITLE:  # templates that give the first level to the site's name
        return heading_2
    lone = sum(block.level == 1 and block.kind == "heading" for block in segments.blocks) == 1
    if heading and lone and not site.fit(heading):
        return heading
    return _strip_site_name(stated[0], site) if stated else None


def _most_like(stated: list[str], segments: Segments, level: int) -> tuple[float, str | None]:
    """The heading of a level that shares most words with a stated title; the first of equals."""
    shown = [b.text[:MAX_TEXT] for b in segments.blocks if b.level == level and b.kind == "heading"][:MAX_HEADINGS]
    rated = [(max((_likeness(text, title) for title in stated), default=0.0), text) for text in shown]
    return max(rated, key=lambda candidate: candidate[0], default=(0.0, None))


def _likeness(heading: str, title: str) -> float:
    """The share of common words in the shorter of two titles; a single common word is no likeness."""
    one, other = set(_WORD.findall(heading.casefold())), set(_WORD.findall(title.casefold()))
    if heading.casefold() == title.casefold():
        return 2.0
    common = len(one & other)
    return common / min(len(one), len(other)) if common > 1 else 0.0


def _strip_site_name(title: str, site: _Names) -> str:
    """Cut ` | Site` off a title, or `Site | ` from its beginning, where the page or its host goes by that name."""
    cuts = list(_SUFFIX.finditer(title))
    for match in reversed(cuts):
        head, tail = title[: match.start()].strip(), title[match.end() :].strip()
        if head and site.fit(tail):
            return _strip_site_name(head, site)
    if cuts and (tail := title[cuts[0].end() :].strip()) and site.fit(title[: cuts[0].start()]):
        return tail
    return title


def _node_text(node: LexborNode | None) -> str | None:
    """The text of a small element, without the scripts and styles in it."""
    if node is None:
        return None
    parts: list[str] = []
    waiting: list[LexborNode | None] = [node.first_child]
    while waiting and len(parts) < MAX_ITEMS:
        child = waiting.pop()
        if child is None:
            continue
        waiting.append(child.next)
        if child.tag == "-text":
            parts.append((child.text_content or "")[:MAX_TEXT])
        elif child.tag not in SKIPPED:
            waiting.append(child.first_child)
    return _clean(" ".join(parts))


def _find_authors(tree: LexborHTMLParser, first: _Finder, byline: Byline, site: _Names) -> tuple[str, ...]:
    """The people the page names, from the first source that names any; the site's own name only if no other does."""
    stated = first.linked.get("author") or first.linked.get("creator")
    people = stated if isinstance(stated, list) else [stated]
    meta = first.meta("author") or (
        first.metas.get("twitter:data1") if first.metas.get("twitter:label1") in _CARD_LABELS else None
    )
    sources = [_person_names(people), _split(meta), byline.authors, _marked_authors(tree)]
    named = [tuple(name for name in names if not site.fit(name)) for names in sources]
    chosen = next((names for names in [*named, *sources] if names), ())
    return tuple(dict.fromkeys(chosen))[:MAX_ITEMS]


def _person_names(people: list[Any]) -> tuple[str, ...]:
    """Names from linked data; one that stands alone in a `name` is believed whole, whatever it looks like."""
    names: list[str] = []
    for person in people[:MAX_ITEMS]:
        name = _name(person)
        if name and "http" not in name and "@" not in name:
            kind = person.get("@type") if isinstance(person, dict) else None
            whole = _BY.sub("", name)
            names += [whole] if kind == "Organization" else list(split_names(whole)) or [whole]
    return tuple(name for name in names if 1 < len(name) <= MAX_AUTHOR and _fold(name) not in _NOBODY)


def _split(text: str | None) -> tuple[str, ...]:
    names = split_names(_BY.sub("", text)) if text and "http" not in text else ()
    return tuple(name for name in names if _fold(name) not in _NOBODY)


def _marked_authors(tree: LexborHTMLParser) -> tuple[str, ...]:
    for selector in _AUTHOR_MARKS:
        for node in tree.css(selector)[:MAX_CANDIDATES]:
            text = _node_text(node) or _clean(node.attributes.get("content"))
            names = _split(text) if text and len(text) <= 2 * MAX_AUTHOR else ()
            if names and " " in names[0]:  # a single word is as likely a label
                return names
    return ()


def _find_published(
    tree: LexborHTMLParser, first: _Finder, byline: Byline, fetched: datetime | None, modified: str | None
) -> tuple[str | None, str | None]:
    """The date of publication and where it stood: `json-ld`, `meta`, `microdata`, `text` or `time`.

    A <time> does not say what it is the time of; one that repeats the date of modification is left alone.
    """
    stated = [
        ("json-ld", _string(first.linked.get("datePublished"))),
        ("meta", first.meta("published")),
        ("microdata", _written_date(tree, '[itemprop~="datePublished"]')),
        *(("text", text) for text in byline.published[:1]),
        ("time", _lone_time(tree)),
    ]
    for source, text in stated:
        if (found := parse_date(text, fetched)) and not (source == "time" and found[:10] == (modified or "")[:10]):
            return found, source
    return None, None


def _written_date(tree: LexborHTMLParser, selector: str) -> str | None:
    node = tree.css_first(selector)
    if node is None or "modified" in (node.attributes.get("itemprop") or "").lower():
        return None
    attributes = node.attributes
    if "updated" in (attributes.get("class") or "").split() and "published" not in (attributes.get("class") or ""):
        return None
    return attributes.get("datetime") or attributes.get("content") or _node_text(node)


def _lone_time(tree: LexborHTMLParser) -> str | None:
    """The date of the first <time> of the article, unless it stands in prose: there it is that of some event."""
    node = tree.css_first(_TIMES)
    if node is None:
        return None
    block = node.parent
    while block is not None and block.tag in INLINE:
        block = block.parent
    in_prose = block is not None and block.tag in _PROSE_TAGS and "pubdate" not in node.attributes
    around = (_node_text(block) or "").replace(_node_text(node) or "", " ", 1) if in_prose else ""
    return _written_date(tree, _TIMES) if is_dateline(around) else None


def _find_image(linked: Any, meta: str | None, url: str) -> Image | None:
    if isinstance(linked, list):
        linked = linked[0] if linked else None
    caption = _clean(linked.get("caption")) if isinstance(linked, dict) else None
    address = _string(linked.get("url") or linked.get("contentUrl")) if isinstance(linked, dict) else _string(linked)
    absolute = absolute_url(url, address or meta or "")
    return Image(absolute, caption) if absolute else None


def _find_keywords(linked: Any, meta: str | None) -> tuple[str, ...]:
    stated = linked if isinstance(linked, list) else re.split(r"[,;，、]", (_string(linked) or meta or "")[:MAX_TEXT])
    cleaned = (_clean(item) for item in stated[:MAX_ITEMS])
    return tuple(dict.fromkeys(item for item in cleaned if item))


def _find_canonical(tree: LexborHTMLParser, meta: dict[str, str], url: str) -> str | None:
    """The address the page gives for itself, believed only on its own host and port.

    The home page is believed only of itself: templates that name it on every page would make one article of a site.
    """
    node = tree.css_first('link[rel~="canonical"]')
    stated = (node.attributes.get("href") if node is not None else None) or meta.get("og:url")
    absolute = absolute_url(url, stated or "")
    return absolute if absolute and (not url or may_be_address_of(absolute, url)) else None


def _find_language(tree: LexborHTMLParser) -> str | None:
    node = tree.css_first("html")
    return _clean(node.attributes.get("lang")) if node is not None else None
