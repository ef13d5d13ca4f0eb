"""Feeds: RSS, RDF and Atom through feedparser, JSON Feed by a small reader; bytes to leads.

feedparser 6.0 takes 0.15 s for a feed of 1,000 entries, but on broken markup up to 7 µs a tag (4 MB of `<a`: 16 s), so
what it is given is cut.  It fetches what looks like an address, so it is given bytes in a buffer, never text.
"""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import feedparser
import msgspec

from clearwell.discovery.article_urls import judge_address
from clearwell.discovery.leads import Fault, Kind, Lead
from clearwell.discovery.sitemaps import MAX_TEXT, parse_lastmod
from clearwell.extraction.addresses import absolute_url

MAX_FEED_BYTES = 4 * 1024 * 1024  # read; full texts of some hundred articles
MAX_FEED_TAGS = 100_000  # `<` signs read; 0.7 s at the worst
MAX_ITEMS = 10_000  # of one feed

_DECLARES_ENTITY = re.compile(rb"<!ENTITY", re.I)


def read_feed(body: bytes, url: str) -> Iterator[Lead | Fault]:
    """Yield the articles of a feed, absolute, in its order; the page an entry is about, not its comments or media.

    Faults: `xml-entities` (refused whole), `too-large` (cut), `bad-xml` (nothing could be read).
    """
    if _DECLARES_ENTITY.search(body):
        yield Fault("xml-entities", "it declares entities, which is refused")
        return
    part = _cut(body)
    # Neither texts nor addresses in them are used: cleaning and resolving them is nine tenths of feedparser's time.
    parse: Any = feedparser.parse
    feed = parse(io.BytesIO(part), sanitize_html=False, resolve_relative_uris=False)
    entries = feed.entries[:MAX_ITEMS]
    base = _link_of(feed.feed) or url
    for entry in entries:
        if address := _link_of(entry):
            yield _to_lead(address, absolute_url(url, base) or url, entry)
    if len(part) < len(body):
        yield Fault("too-large", f"it is larger than {MAX_FEED_BYTES // 1024 // 1024} MiB; the rest is left out")
    elif not entries and feed.bozo and not feed.version:
        yield Fault("bad-xml", f"it cannot be read as a feed: {feed.get('bozo_exception')}")


def read_json_feed(body: bytes, url: str) -> Iterator[Lead | Fault]:
    """Yield the articles of a JSON Feed (https://jsonfeed.org/version/1.1); `bad-json` for what is none."""
    try:
        feed = msgspec.json.decode(body[:MAX_FEED_BYTES], type=_JsonFeed)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        yield Fault("bad-json", f"it cannot be read as a JSON Feed: {error}")
        return
    for item in feed.items[:MAX_ITEMS]:
        address = item.url or (item.id if isinstance(item.id, str) and item.id.startswith("http") else None)
        if address:
            moments = (parse_lastmod(text or "") for text in (item.date_modified, item.date_published))
            changed, published = moments
            yield _lead(absolute_url(url, address) or address, changed or published, published, item.title or "")


class _JsonItem(msgspec.Struct):
    id: str | int | float | None = None
    url: str | None = None
    title: str | None = None
    date_published: str | None = None
    date_modified: str | None = None


class _JsonFeed(msgspec.Struct):
    version: str
    items: list[_JsonItem] = []


def _cut(body: bytes) -> bytes:
    part = body[:MAX_FEED_BYTES]
    if part.count(b"<") <= MAX_FEED_TAGS:
        return part
    places = [match.start() for match, _ in zip(re.finditer(rb"<", part), range(MAX_FEED_TAGS), strict=False)]
    return part[: places[-1]]


def _link_of(entry: Any) -> str:
    """The address of an entry's page: its link, else the `alternate` one, else an `id` that is one."""
    if link := entry.get("link"):
        return str(link).strip()
    links = [link.get("href") for link in entry.get("links", ()) if link.get("rel", "alternate") == "alternate"]
    found = next((str(link).strip() for link in links if link), "")
    named = str(entry.get("id") or "")
    return found or (named if named.startswith(("http://", "https://")) else "")


def _to_lead(address: str, base: str, entry: Any) -> Lead:
    # Asked the usual way, feedparser gives one for the other, with a warning.
    published, changed = (_moment(dict.get(entry, name)) for name in ("published_parsed", "updated_parsed"))
    title = str(entry.get("title") or "").strip()[:MAX_TEXT]
    return _lead(absolute_url(base, address) or address, changed or published, published, title)


def _lead(address: str, changed: datetime | None, published: datetime | None, title: str) -> Lead:
    verdict = judge_address(address)
    # A feed names articles; only what no word settles otherwise is in doubt.
    kind: Kind = "other" if verdict.kind == "other" else "article"
    return Lead(address, kind, "feed", max(verdict.score, 0.9), changed, published, title, verdict.why)


def _moment(parsed: Any) -> datetime | None:
    try:
        year, month, day, hour, minute, second = parsed[:6]
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except (TypeError, ValueError):
        return None
