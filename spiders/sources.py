"""Responses as sources: what came is told and read by clearwell/discovery."""

from scrapy.http import Response
from w3lib.encoding import http_content_type_encoding

from clearwell.discovery.sitemaps import MAX_SITEMAP_BYTES
from clearwell.discovery.source import Source, find_kind, read_source

MAX_SOURCE_BYTES = MAX_SITEMAP_BYTES  # bytes of a source; pages have DOWNLOAD_MAXSIZE, a third of it


def read_response(response: Response) -> Source:
    """What a source is and leads to; UnsupportedPage for what is none."""
    return read_source(response.body, response.url, declared_charset(response))


def is_source(response: Response) -> bool:
    """Whether a response is a source for machines, which can be no article."""
    return find_kind(response.body, response.url) != "page"


def declared_charset(response: Response) -> str | None:
    """The charset that the response's header declares."""
    return http_content_type_encoding((response.headers.get("Content-Type") or b"").decode("latin-1"))
