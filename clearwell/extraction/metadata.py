"""What a page says about itself: JSON-LD first, then Open Graph and meta, then the markup; never inferred.

One source after another fills what is still empty.  Everything is untrusted: lengths are capped, addresses must be http.
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import msgspec
from selectolax.lexbor import LexborHTMLParser

from clearwell.article import Image
from clearwell.extraction.dates import parse_date

MAX_TEXT = 2_000  # characters of any field
MAX_ITEMS = 50  # authors or keywords
MAX_JSON = 1_000_000  # characters of one JSON-LD script
MAX_NODES = 2_000  # objects looked at in it

_ARTICLE_TYPES = frozenset(
    "Article NewsArticle BlogPosting MedicalWebPage ScholarlyArticle MedicalScholarlyArticle Report TechArticle WebPage "
    "OpinionNewsArticle AnalysisNewsArticle ReportageNewsArticle ReviewNewsArticle LiveBlogPosting SocialMediaPosting".split()
)
_META = {
    "headline": ("og:title", "twitter:title", "dc.title"),
    "description": ("description", "og:description", "twitter:description", "dc.description"),
    "author": ("author", "article:author_name", "dc.creator", "parsely-author", "sailthru.author", "byl"),
    "publisher": ("og:site_name", "application-name", "dc.publisher"),
    "published": ("article:published_time", "datepublished", "date", "dc.date.issued", "publishdate", "pubdate", "og:published_time"),
    "modified": ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dc.date.modified"),
    "image": ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src"),
    "section": ("article:section", "og:article:section"),
    "keywords": ("keywords", "news_keywords", "article:tag"),
    "rights": ("copyright", "dc.rights", "dcterms.rights", "rights"),
}
_BYLINE = re.compile(r"^\s*(?:by|written by|von|por|par|di|autor(?:in)?|author|作者|文|автор)\s*[:：/]?\s+|^\s*(?:作者|文)\s*[:：/]\s*", re.I)
_AUTHOR_SPLIT = re.compile(r"\s*(?:,|;|、|\band\b|\bund\b|\by\b|\bet\b|&)\s*")
_SUFFIX = re.compile(r"\s+[|–—·•»\-_]\s*|\s*[|｜_]\s*")
_VISIBLE_DATE = re.compile(r"(?:发布|发表|發布|發表|更新)?(?:时间|時間|日期|于|於)\s*[:：]\s*(\d{4}\D{1,3}\d{1,2}\D{1,3}\d{1,2}日?(?:\s+\d{1,2}:\d{2})?)")
_VISIBLE_AUTHOR = re.compile(r"(?:^|\s)(?:作者|文)\s*[:：/]\s*([^\s:：|]{2,20}(?:、[^\s:：|]{2,20})*)")


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


def read_metadata(tree: LexborHTMLParser, url: str, fetched: datetime | None, head_text: str = "") -> Metadata:
    """Read a parsed page's metadata; `head_text` is the visible text around its top, where bylines stand."""
    linked = _read_json_ld(tree)
    meta = _read_meta(tree)
    first = _Finder(linked, meta)
    publisher = first.text("publisher", _name(linked.get("publisher")))
    published, source = _find_published(tree, linked, meta, fetched, head_text)
    return Metadata(
        headline=_find_headline(tree, first, publisher),
        description=first.text("description", linked.get("description")),
        authors=_find_authors(tree, linked, meta, head_text),
        publisher=publisher,
        datePublished=published,
        dateModified=parse_date(_string(linked.get("dateModified")) or first.meta("modified"), fetched),
        dateSource=source,
        image=_find_image(linked.get("image"), first.meta("image"), url),
        section=first.text("section", linked.get("articleSection")),
        keywords=_find_keywords(linked.get("keywords"), first.meta("keywords")),
        rights=_clean(linked.get("copyrightNotice")) or first.meta("rights"),
        canonical=_find_canonical(tree, meta, url),
        language=_find_language(tree),
        jsonBody=_string(linked.get("articleBody")),
    )


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
        value = next((item for item in value if isinstance(item, str)), None)
    if not isinstance(value, str):
        return None
    return " ".join(_unescape(value).split())[:MAX_TEXT] or None


def _unescape(text: str) -> str:
    from html import unescape  # entities stand doubled in JSON-LD and in attributes of many templates

    return unescape(text) if "&" in text else text


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return _clean(value.get("name")) if isinstance(value, dict) else _clean(value)


# -- JSON-LD and meta ------------------------------------------------------------------------------------------------


def _read_json_ld(tree: LexborHTMLParser) -> dict[str, Any]:
    """The object that describes the article, or an empty one; broken JSON is passed over as browsers do."""
    fallback: dict[str, Any] = {}
    for script in tree.css('script[type="application/ld+json"]'):
        text = script.text_content or script.text() or ""
        if not text or len(text) > MAX_JSON:
            continue
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            kinds = node.get("@type")
            names = {str(kind) for kind in kinds} if isinstance(kinds, list) else {str(kinds)}
            if names & _ARTICLE_TYPES:
                if "headline" in node or "datePublished" in node:
                    return node
                fallback = fallback or node
    return fallback


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    queue = [data]
    for _ in range(MAX_NODES):
        if not queue:
            return
        item = queue.pop(0)
        if isinstance(item, list):
            queue = item[:MAX_NODES] + queue
        elif isinstance(item, dict):
            yield item
            queue += [item[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if isinstance(item.get(key), list | dict)]


def _read_meta(tree: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = _clean(attributes.get("content"))
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


# -- one field each --------------------------------------------------------------------------------------------------


def _find_headline(tree: LexborHTMLParser, first: _Finder, publisher: str | None) -> str | None:
    h1s = [_clean(node.text(separator=" ")) for node in tree.css("h1")[:3]]
    title = _node_text(tree, "title")
    stated = _clean(first.linked.get("headline")) or first.meta("headline") or title
    lone = h1s[0] if len(h1s) == 1 else None
    if lone and stated and lone.casefold() in stated.casefold():
        return lone
    return _strip_site_name(stated or lone, publisher, h1s)


def _strip_site_name(title: str | None, publisher: str | None, h1s: list[str | None]) -> str | None:
    """Cut ` | Site` off a title when the page names that site, or when what is left is a heading of the page."""
    if not title:
        return None
    for match in reversed(list(_SUFFIX.finditer(title))):
        head, tail = title[: match.start()].strip(), title[match.end() :].strip()
        if head and (head in h1s or (publisher and tail.casefold() == publisher.casefold())):
            return head
    return title


def _node_text(tree: LexborHTMLParser, selector: str) -> str | None:
    node = tree.css_first(selector)
    return _clean(node.text(separator=" ")) if node is not None else None


def _find_authors(tree: LexborHTMLParser, linked: dict[str, Any], meta: dict[str, str], head: str) -> tuple[str, ...]:
    stated = linked.get("author")
    people = stated if isinstance(stated, list) else [stated]
    names = [name for name in (_name(person) for person in people[:MAX_ITEMS]) if name]
    if not names:
        names = [name for name in (_Finder({}, meta).meta("author"),) if name]
    if not names:
        found = tree.css('[rel~="author"], [itemprop~="author"], .byline, .author-name, .author')
        names = [name for name in (_clean(node.text(separator=" ")) for node in found[:1]) if name]
    if not names and (visible := _VISIBLE_AUTHOR.search(head)):
        names = [visible.group(1)]
    split = (piece for name in names for piece in _AUTHOR_SPLIT.split(_BYLINE.sub("", name)))
    return tuple(dict.fromkeys(piece for piece in split if _is_name(piece)))[:MAX_ITEMS]


def _is_name(text: str) -> bool:
    return 1 < len(text) <= 60 and not text.startswith(("http", "@", "/")) and not any(c.isdigit() for c in text)


def _find_published(
    tree: LexborHTMLParser, linked: dict[str, Any], meta: dict[str, str], fetched: datetime | None, head: str
) -> tuple[str | None, str | None]:
    """The date of publication and where it stood: `json-ld`, `meta`, `microdata`, `time` or `text`."""
    if found := parse_date(_string(linked.get("datePublished")), fetched):
        return found, "json-ld"
    if found := parse_date(_Finder({}, meta).meta("published"), fetched):
        return found, "meta"
    for selector, source in (('[itemprop~="datePublished"]', "microdata"), ("time[pubdate], article time, time", "time")):
        node = tree.css_first(selector)
        if node is None or "modified" in (node.attributes.get("itemprop") or "").lower():
            continue
        written = node.attributes.get("datetime") or node.attributes.get("content") or node.text()
        if found := parse_date(written, fetched):
            return found, source
    visible = _VISIBLE_DATE.search(head)
    found = parse_date(visible.group(1), fetched) if visible and "更新" not in visible.group(0) else None
    return (found, "text") if found else (None, None)


def _find_image(linked: Any, meta: str | None, url: str) -> Image | None:
    if isinstance(linked, list):
        linked = linked[0] if linked else None
    caption = _clean(linked.get("caption")) if isinstance(linked, dict) else None
    address = _string(linked.get("url")) if isinstance(linked, dict) else _string(linked)
    absolute = absolute_url(url, address or meta or "")
    return Image(absolute, caption) if absolute else None


def _find_keywords(linked: Any, meta: str | None) -> tuple[str, ...]:
    stated = linked if isinstance(linked, list) else re.split(r"[,;，、]", _string(linked) or meta or "")
    cleaned = (_clean(item) for item in stated[:MAX_ITEMS])
    return tuple(dict.fromkeys(item for item in cleaned if item))


def _find_canonical(tree: LexborHTMLParser, meta: dict[str, str], url: str) -> str | None:
    """The address the page gives for itself, believed only on its own host."""
    node = tree.css_first('link[rel~="canonical"]')
    stated = (node.attributes.get("href") if node is not None else None) or meta.get("og:url")
    absolute = absolute_url(url, stated or "")
    if not absolute or (url and urlsplit(absolute).netloc != urlsplit(url).netloc):
        return None
    return absolute


def _find_language(tree: LexborHTMLParser) -> str | None:
    node = tree.css_first("html")
    return _clean(node.attributes.get("lang")) if node is not None else None


def absolute_url(base: str, address: str) -> str | None:
    """An http or https address made absolute, or None: `javascript:`, `data:` and broken ones are not passed on."""
    try:
        absolute = urljoin(base, address.strip())
        parts = urlsplit(absolute)
    except ValueError:
        return None
    return absolute if parts.scheme in ("http", "https") and parts.netloc else None
