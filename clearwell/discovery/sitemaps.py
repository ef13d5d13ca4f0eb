"""Sitemaps: bytes to leads, as a stream, so that the largest allowed one takes little memory.

https://www.sitemaps.org/protocol.html (50,000 entries, 50 MB), Google's news extension, plain-text sitemaps.  What is
broken in the middle costs only itself: bare `&` and HTML entities are mended, the parser goes on behind wrong tags.
"""

import codecs
import html.entities
import re
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from lxml import etree

from clearwell.discovery.article_urls import judge_address
from clearwell.discovery.leads import Fault, Lead
from clearwell.extraction.addresses import absolute_url
from clearwell.extraction.dates import is_plausible

MAX_SITEMAP_BYTES = 50 * 1024 * 1024  # unpacked; the protocol's limit
MAX_ENTRIES = 50_000  # addresses of one sitemap; the protocol's limit
MAX_ENTRY_PARTS = 10_000  # elements of one entry; images and translations of a page may be hundreds
MAX_TEXT = 1_000  # characters of a title
CHUNK = 64 * 1024  # bytes unpacked and parsed at a time

GZIP = b"\x1f\x8b"
_XML_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_ENTITY = re.compile(r"&(?:#\d{1,7};|#x[0-9a-fA-F]{1,6};|([A-Za-z][A-Za-z0-9]{1,31});)?")
_XML_ENTITIES = frozenset("amp lt gt quot apos".split())
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DECLARES = re.compile(r"<!(?:ENTITY|DOCTYPE)", re.I)
_MARGIN = 40  # characters kept back of a chunk: the longest entity or declaration that may be cut in two
_W3C_MONTH = re.compile(r"\d{4}(?:-\d{2})?")
# Child sitemaps of lists, as Yoast, Rank Math, All in One SEO and WordPress itself name them.
_OF_LISTS = re.compile(
    r"/(?:(?:category|post_tag|tag|author|post_format|product_cat|product_tag|series)-sitemap\d*\.xml"
    r"|wp-sitemap-(?:taxonomies|users)-[\w-]{1,60}\.xml)(?:\.gz)?$"
)
_ROBOTS_SITEMAP = re.compile(r"^[ \t]{0,20}sitemap[ \t]{0,20}:[ \t]{0,20}(\S{1,4096})", re.I | re.M)
MAX_ROBOTS_SITEMAPS = 500


def read_sitemap(body: bytes, url: str) -> Iterator[Lead | Fault]:
    """Yield what a sitemap or an index of sitemaps leads to, absolute, in its order; faults where they are met.

    Addresses are not compared with the sitemap's host here: whoever asks for them does that.  A document type or an
    entity declaration is refused (`xml-entities`): no sitemap needs one, and bombs are made of them.
    """
    faults: list[Fault] = []
    count = 0
    for entry in _parse(_without_bombs(_mend(_decode(_unpack(body, faults))), faults), faults):
        lead = _to_lead(entry, url)
        if lead is None:
            continue
        if count >= MAX_ENTRIES:
            faults.append(Fault("too-many-entries", f"it has more than {MAX_ENTRIES:,} entries; the rest is left out"))
            break
        count += 1
        yield lead
    yield from faults[:1]  # what follows a fault follows from it


def read_text_sitemap(body: bytes, url: str) -> Iterator[Lead | Fault]:
    """Yield the addresses of a plain-text sitemap, one a line; lines that are none are one fault (`bad-line`)."""
    faults: list[Fault] = []
    count = wrong = 0
    for line in _lines(_decode(_unpack(body, faults))):
        if not line or line.startswith("#"):
            continue
        if not line.startswith(("http://", "https://")) or " " in line:
            wrong += 1
        elif count >= MAX_ENTRIES:
            faults.append(Fault("too-many-entries", f"it has more than {MAX_ENTRIES:,} lines; the rest is left out"))
            break
        elif address := absolute_url(url, line):
            count += 1
            verdict = judge_address(address)
            yield Lead(address, verdict.kind, "sitemap", verdict.score, why=verdict.why)
    if wrong:
        faults.append(Fault("bad-line", f"{wrong:,} of its lines are no address; it should hold one a line"))
    yield from faults[:1]


def read_robots(body: bytes, url: str) -> Iterator[Lead]:
    """Yield the sitemaps a robots.txt names; the protocol allows them anywhere in it, and on other hosts."""
    text = "".join(_decode(iter([body[: 512 * 1024]])))  # RFC 9309: at least 500 KiB are read
    for match in list(_ROBOTS_SITEMAP.finditer(text))[:MAX_ROBOTS_SITEMAPS]:
        if address := absolute_url(url, match[1]):
            yield Lead(address, "sitemap", "sitemap")


def is_of_lists(url: str) -> bool:
    """Whether a sitemap's name says that it names categories, tags or authors, not articles.

    >>> is_of_lists("https://a.example/post_tag-sitemap2.xml"), is_of_lists("https://a.example/sitemap-tags.xml")
    (True, False)
    """
    return bool(_OF_LISTS.search(url))


def parse_lastmod(text: str) -> datetime | None:
    """A W3C or RFC 822 date as an aware datetime; a day without a time is its beginning, no zone is UTC.

    >>> parse_lastmod("2026-03-05").isoformat(), parse_lastmod("soon")
    ('2026-03-05T00:00:00+00:00', None)
    """
    text = text.strip()[:64]
    if _W3C_MONTH.fullmatch(text):
        text = (text + "-01-01")[:10]
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError):
            return None
    try:
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (OverflowError, ValueError):
        return None
    return moment if is_plausible(moment.date().isoformat(), None) else None


# -- bytes to mended text --------------------------------------------------------------------------------------------


def _unpack(body: bytes, faults: list[Fault]) -> Iterator[bytes]:
    """The body in chunks, unpacked if it is gzip, MAX_SITEMAP_BYTES at most."""
    left = MAX_SITEMAP_BYTES
    for chunk in _gunzip(body, faults) if body.startswith(GZIP) else _slices(body):
        yield chunk[:left]
        left -= len(chunk)
        if left < 0:
            limit = MAX_SITEMAP_BYTES // 1024 // 1024
            faults.append(Fault("too-large", f"it is larger than {limit} MiB unpacked; the rest is left out"))
            return


def _slices(body: bytes) -> Iterator[bytes]:
    return (body[start : start + CHUNK] for start in range(0, len(body), CHUNK))


def _gunzip(body: bytes, faults: list[Fault]) -> Iterator[bytes]:
    """Gzip unpacked piece by piece, never more than CHUNK at a time, however well it is packed."""
    data: bytes = body
    while data:
        unpacker = zlib.decompressobj(31)
        try:
            while not unpacker.eof:
                piece = unpacker.decompress(data, CHUNK)
                data = unpacker.unconsumed_tail
                if piece:
                    yield piece
                elif not data and not unpacker.eof:
                    raise zlib.error("it ends before its end")
        except zlib.error as error:
            faults.append(Fault("truncated", f"it cannot be unpacked: {error}"))
            return
        data = unpacker.unused_data if unpacker.unused_data.startswith(GZIP) else b""


def _decode(chunks: Iterator[bytes]) -> Iterator[str]:
    """Text as the byte order mark, the XML declaration or else UTF-8 says; broken bytes become U+FFFD."""
    first = next(chunks, b"")
    decoder = codecs.getincrementaldecoder(_encoding_of(first))("replace")
    yield decoder.decode(first).removeprefix("\ufeff")
    for chunk in chunks:
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _encoding_of(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if head[:4].count(0) == 2:  # `<?` in UTF-16 without a mark
        return "utf-16-le" if head[1] == 0 else "utf-16-be"
    match = _XML_ENCODING.search(head[:1_000])
    try:
        named = codecs.lookup(match[1].decode()).name if match else "utf-8"
    except LookupError:
        return "utf-8"
    # A declaration that could be read byte by byte is none of UTF-16; names of what is no charset (`zip`) are refused.
    return named if not named.startswith("utf-16") and _is_charset(named) else "utf-8"


def _is_charset(name: str) -> bool:
    try:
        return b"<".decode(name) == "<"
    except (LookupError, UnicodeError, ValueError):
        return False


def _mend(texts: Iterator[str]) -> Iterator[str]:
    """Text a strict reader of XML can take: bare `&`, entities of HTML and control characters mended."""
    left, first = "", True
    for text in texts:
        text = left + text
        if first and text:
            text = _XML_DECLARATION.sub("", text.lstrip(), count=1)
            first = False
        left, text = text[-_MARGIN:], text[:-_MARGIN]
        if (cut := text.rfind("&", -_MARGIN)) >= 0:  # may go on in what is kept back
            left, text = text[cut:] + left, text[:cut]
        yield _ENTITY.sub(_mend_entity, _NO_XML.sub("", text))
    yield _ENTITY.sub(_mend_entity, _NO_XML.sub("", left))


def _mend_entity(match: re.Match[str]) -> str:
    if match[0] == "&":
        return "&amp;"
    if match[1] is None or match[1] in _XML_ENTITIES:
        return match[0]
    sign = html.entities.html5.get(match[1] + ";")
    return sign if sign and sign not in "<&" else f"&amp;{match[1]};"


def _without_bombs(texts: Iterator[str], faults: list[Fault]) -> Iterator[str]:
    """The text up to a document type or an entity declaration, which is a fault."""
    tail = ""
    for text in texts:
        if _DECLARES.search(tail + text):
            faults.append(Fault("xml-entities", "it declares a document type or entities, which is refused"))
            return
        tail = text[-_MARGIN:]
        yield text


def _lines(texts: Iterator[str]) -> Iterator[str]:
    left = ""
    for text in texts:
        *lines, left = (left + text).split("\n")
        yield from (line.strip() for line in lines)
        if len(left) > CHUNK:  # no line of addresses is that long
            left = "x"
    yield left.strip()


# -- text to entries -------------------------------------------------------------------------------------------------

Entry = dict[str, str]


def _parse(texts: Iterator[str], faults: list[Fault]) -> Iterator[Entry]:
    """The `<url>` and `<sitemap>` elements, each as its children's texts by name, and its own name under `""`."""
    parser: Any = etree.XMLPullParser(
        events=("end",), recover=True, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    parts = 0
    for text in texts:
        parser.feed(text)
        for _, element in parser.read_events():
            name = _local_name(element)
            parts += 1
            if name in ("url", "sitemap"):
                yield {"": name, **_read_children(element)}
                _forget(element)
                parts = 0
            elif parts > MAX_ENTRY_PARTS:
                faults.append(Fault("bad-xml", f"an entry has more than {MAX_ENTRY_PARTS:,} parts; it is no sitemap"))
                return
    _close(parser, faults)


def _close(parser: Any, faults: list[Fault]) -> None:
    """End the reading; what the parser had to step over is a fault."""
    try:
        parser.close()
    except etree.XMLSyntaxError:
        faults.append(Fault("bad-xml", "it is no XML, or ends in the middle"))
        return
    if errors := [error for error in parser.feed_error_log if error.level_name != "WARNING"]:
        faults.append(Fault("bad-xml", f"line {errors[0].line}: {errors[0].message}; what could be read was"))


def _read_children(element: Any) -> Entry:
    entry: Entry = {}
    for child in element:
        name = _local_name(child)
        if name == "news":
            entry.update({"news " + _local_name(part): part.text or "" for part in child})
            entry["news"] = "yes"
        elif name and name not in entry:
            entry[name] = child.text or ""
    return entry


def _forget(element: Any) -> None:
    """Let go of an element that was read, and of all before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _local_name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _to_lead(entry: Entry, url: str) -> Lead | None:
    location = entry.get("loc", "").strip().replace("&amp;", "&")  # escaped twice, or in CDATA
    if not location:
        return None
    address = absolute_url(url, location) or location  # what cannot be used is told by whoever asks for it
    lastmod = parse_lastmod(entry.get("lastmod", ""))
    if entry[""] == "sitemap":
        return Lead(address, "sitemap", "sitemap", lastmod=lastmod)
    verdict = judge_address(address)
    published = parse_lastmod(entry.get("news publication_date", ""))
    title = entry.get("news title", "").strip()[:MAX_TEXT]
    kind = "article" if verdict.kind == "either" else verdict.kind
    return Lead(address, kind, "sitemap", verdict.score, lastmod, published, title, verdict.why)
