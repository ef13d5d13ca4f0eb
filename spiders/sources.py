"""Reads the pages that lead to articles: sitemaps, feeds and listings."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from parsel import Selector
from scrapy.http import HtmlResponse, Response
from scrapy.linkextractors import LinkExtractor
from scrapy.utils.gz import gunzip, gzip_magic_number
from scrapy.utils.sitemap import Sitemap

from clearwell.extraction.decode import MAX_PAGE_BYTES

MAX_ENTRIES = 50_000  # addresses of one sitemap, as the sitemap protocol allows
MAX_LINKS = 2_000  # links of one listing page

# Pages that list others: pagination, and folders near the root (`/`, `/health/`).
_LISTING_PATH = re.compile(r"(?:/page/\d+/?|/(?:[\w-]+/){0,1})$")
_LISTING_QUERY = re.compile(r"(?:^|&)(?:page|paged|p)=\d+(?:&|$)")
_SITEMAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]")
_FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)[\s>]")
_HEAD = 2_000  # bytes at the start of a document that tell what it is


class Lead(NamedTuple):
    """An address found on the way, and whether it leads on (`source`) or should be an article."""

    url: str
    is_source: bool


def read_source(response: Response) -> Iterator[Lead]:
    """Yield the addresses a source leads to, as written in sitemaps; EOFError or OSError for a broken gzip."""
    body = response.body
    if gzip_magic_number(response):
        body = gunzip(body, max_size=MAX_PAGE_BYTES)
    head = body[:_HEAD]
    if _SITEMAP.search(head):
        yield from _read_sitemap(body)
    elif _FEED.search(head):
        yield from _read_feed(body, response.url)
    else:
        yield from _read_listing(response)


def is_source(response: Response) -> bool:
    """Whether a response is a sitemap or a feed, which can be no article."""
    return bool(_SITEMAP.search(response.body[:_HEAD]) or _FEED.search(response.body[:_HEAD])) or gzip_magic_number(
        response
    )


def _read_sitemap(body: bytes) -> Iterator[Lead]:
    sitemap = Sitemap(body)
    for count, entry in enumerate(sitemap):
        if count >= MAX_ENTRIES:
            return
        if location := entry.get("loc"):
            yield Lead(location, sitemap.type == "sitemapindex")


def _read_feed(body: bytes, url: str) -> Iterator[Lead]:
    selector = Selector(text=body.decode("utf-8", "replace"), type="xml")
    selector.remove_namespaces()
    links = selector.xpath("//item/link/text() | //entry/link[not(@rel) or @rel='alternate']/@href").getall()
    for link in links[:MAX_ENTRIES]:
        try:
            yield Lead(urljoin(url, link.strip()), False)
        except ValueError:  # not an address; the spider says so
            yield Lead(link.strip(), False)


def _read_listing(response: Response) -> Iterator[Lead]:
    if not isinstance(response, HtmlResponse):
        return
    extractor = LinkExtractor(allow_domains=[urlsplit(response.url).netloc], unique=True)
    for link in extractor.extract_links(response)[:MAX_LINKS]:
        yield Lead(link.url, _looks_like_listing(link.url))


def _looks_like_listing(url: str) -> bool:
    parts = urlsplit(url)
    return bool(_LISTING_PATH.search(parts.path or "/")) or bool(_LISTING_QUERY.search(parts.query))
