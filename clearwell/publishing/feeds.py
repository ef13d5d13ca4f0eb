"""Feeds of the newest articles, for readers and for sites that need no more: JSON Feed 1.1 and Atom (RFC 4287)."""

import re
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from lxml import etree

from clearwell.article import Article
from clearwell.duplicates import read_date

NEWEST = 50  # articles in a feed; who wants all follows the change log
_ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2
_NAMES = uuid.UUID("6f1f6a52-2f0e-5c53-9a33-0f5b6c1d7e11")  # under which feeds have their ids


def make_json_feed(title: str, articles: Sequence[Article]) -> bytes:
    """Write a JSON Feed (https://www.jsonfeed.org/version/1.1/), its items in the order given."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "items": [_to_item(article) for article in articles],
    }
    return msgspec.json.format(msgspec.json.encode(feed), indent=2) + b"\n"


def make_atom(title: str, articles: Sequence[Article], updated: datetime) -> bytes:
    """Write an Atom feed, its entries in the order given; `updated` is when the feed last changed, aware."""
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    _add(feed, "id", uuid.uuid5(_NAMES, title).urn)
    _add(feed, "title", title)
    _add(feed, "updated", updated.isoformat())
    _add(_add(feed, "author"), "name", title)
    for article in articles:
        _add_entry(feed, article, updated)
    return bytes(etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _to_item(article: Article) -> dict[str, Any]:
    published, modified = read_date(article.datePublished), read_date(article.dateModified)
    item = {
        "id": article.id,
        "url": article.canonicalUrl,
        "title": article.headline,
        "content_html": article.articleBodyHtml,
        "summary": article.description,
        "image": article.image and article.image.url,
        "date_published": published and published.isoformat(),
        "date_modified": modified and modified.isoformat(),
        "authors": [{"name": author.name} for author in article.authors],
        "tags": article.keywords,
        "language": article.inLanguage,
        "_clearwell": {
            "site": article.site,
            "contentHash": article.contentHash,
            "duplicateOf": article.duplicateOf,
            "copyrightNotice": article.copyrightNotice,
            "creditText": article.creditText,
        },
    }
    return {key: value for key, value in item.items() if value}


def _add_entry(feed: Any, article: Article, updated: datetime) -> None:
    published, modified = read_date(article.datePublished), read_date(article.dateModified)
    entry = _add(feed, "entry")
    _add(entry, "id", uuid.uuid5(_NAMES, article.id).urn)
    _add(entry, "title", article.headline or article.canonicalUrl)
    _add(entry, "updated", (modified or published or article.fetchedAt or updated).isoformat())
    if published:
        _add(entry, "published", published.isoformat())
    if article.canonicalUrl:
        _add(entry, "link", rel="alternate", href=article.canonicalUrl)
    for author in article.authors:
        _add(_add(entry, "author"), "name", author.name)
    for keyword in article.keywords:
        _add(entry, "category", term=keyword)
    if article.copyrightNotice:
        _add(entry, "rights", article.copyrightNotice)
    if article.description:
        _add(entry, "summary", article.description)
    language = {"{http://www.w3.org/XML/1998/namespace}lang": article.inLanguage} if article.inLanguage else {}
    _add(entry, "content", article.articleBodyHtml, type="html", **language)


def _add(parent: Any, name: str, text: str | None = None, **attributes: str) -> Any:
    clean = {key: _NOT_XML.sub("", value) for key, value in attributes.items()}
    element = etree.SubElement(parent, f"{{{_ATOM}}}{name}", clean)
    if text is not None:
        element.text = _NOT_XML.sub("", text)
    return element
