"""A source, whatever it is: told by its first bytes, read by its reader."""

import re
import zlib
from collections.abc import Iterator
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from clearwell.discovery.feeds import MAX_FEED_BYTES, read_feed, read_json_feed
from clearwell.discovery.leads import Fault, Lead
from clearwell.discovery.listings import read_listing
from clearwell.discovery.sitemaps import GZIP, read_robots, read_sitemap, read_text_sitemap

SourceKind = Literal["sitemap", "feed", "json-feed", "text", "robots", "page"]

_HEAD = 4_000  # bytes at the start of a document that tell what it is
_SITEMAP = re.compile(rb"<(?:\w{1,20}:)?(?:urlset|sitemapindex)[\s>/]", re.I)
_FEED = re.compile(rb"<(?:\w{1,20}:)?(?:rss|feed|RDF)[\s>/]")
_JSON_FEED = re.compile(rb"^\s*\{[\s\S]{0,2000}?\"version\"\s*:\s*\"https?://(?:www\.)?jsonfeed\.org/")
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.I)
_ADDRESS_LINE = re.compile(rb"^(?:\xef\xbb\xbf)?\s*(?:#[^\n]{0,500}\n\s*){0,20}https?://\S+\s*(?:\n|$)")


class Source(NamedTuple):
    """What a document is, what it leads to (read as it is asked for), and whether it reads like an article itself."""

    kind: SourceKind
    leads: Iterator[Lead | Fault]
    reads_like_article: bool = False


def read_source(body: bytes, url: str, charset: str | None = None) -> Source:
    """Tell what a document is and read it; UnsupportedPage for what is none of them and no HTML page either."""
    kind = find_kind(body, url)
    if kind == "sitemap":
        return Source(kind, read_sitemap(body, url))
    if kind == "feed":
        return Source(kind, read_feed(_unpacked(body), url))
    if kind == "json-feed":
        return Source(kind, read_json_feed(body, url))
    if kind == "text":
        return Source(kind, read_text_sitemap(body, url))
    if kind == "robots":
        return Source(kind, read_robots(body, url))
    listing = read_listing(body, url, charset)
    return Source(kind, iter(listing.leads), listing.reads_like_article)


def find_kind(body: bytes, url: str) -> SourceKind:
    """Tell what a document is from its first bytes, never from what it is called; but robots.txt by its name.

    >>> find_kind(b"<?xml version='1.0'?><urlset>", ""), find_kind(b"<html><body>", "https://a.example/sitemap.xml")
    ('sitemap', 'page')
    """
    head = _head(body)
    if _is_robots(url) and not _PAGE.search(head):
        return "robots"
    if _SITEMAP.search(head):
        return "sitemap"
    if _FEED.search(head) and not _PAGE.search(head):
        return "feed"
    if _JSON_FEED.search(head):
        return "json-feed"
    if _ADDRESS_LINE.match(head):
        return "text"
    return "sitemap" if body.startswith(GZIP) else "page"


def _head(body: bytes) -> bytes:
    """The first bytes, unpacked and, of UTF-16, without its NULs; broken gzip has none."""
    head = body[:_HEAD]
    if body.startswith(GZIP):
        try:
            head = zlib.decompressobj(31).decompress(body[:_HEAD], _HEAD)
        except zlib.error:
            return b""
    return head.replace(b"\x00", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") or head[:4].count(0) == 2 else head


def _unpacked(body: bytes) -> bytes:
    return zlib.decompressobj(31).decompress(body, MAX_FEED_BYTES) if body.startswith(GZIP) else body


def _is_robots(url: str) -> bool:
    try:
        return urlsplit(url).path == "/robots.txt"
    except ValueError:
        return False
