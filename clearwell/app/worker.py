"""What a bulk worker does: one input line to one output line, never an exception."""

import base64
import binascii
import codecs
import json
import re
from typing import Any, NamedTuple

import msgspec

from clearwell import Page, clean
from clearwell.cleaning.memory import SiteMemory, page_key
from clearwell.errors import UnsupportedPage
from clearwell.extraction.addresses import host_of
from clearwell.extraction.decode import MAX_PAGE_BYTES
from clearwell.extraction.extract import extract
from clearwell.site import Site

MAX_LINE_BYTES = 4 * MAX_PAGE_BYTES  # base64 and JSON escapes make a line longer than its page
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_CONTENTS = ("html", "htmlBase64", "text")
_memories: dict[str, SiteMemory] = {}  # of this process, by site; the first pass of a run fills it


class BulkLine(msgspec.Struct):
    """One input line; exactly one of the three contents is given."""

    id: msgspec.Raw = msgspec.Raw(b"null")
    url: str = ""
    site: str = ""
    html: str | None = None
    htmlBase64: str | None = None
    text: str | None = None


class Where(NamedTuple):
    """The site a line's page is remembered under, and the page's key there."""

    site: str
    key: int


class _Where(msgspec.Struct):
    url: str = ""
    site: str = ""


class _OnlyId(msgspec.Struct):
    id: msgspec.Raw = msgspec.Raw(b"null")


class _BadLine(Exception):
    """The line is not what docs/bulk.md says."""


class Answer(NamedTuple):
    """One output line, and whether it holds an article."""

    ok: bool
    line: bytes


def use_memories(memories: dict[str, SiteMemory]) -> None:
    """Have this process clean each site's pages with what was learned of it."""
    _memories.clear()
    _memories.update(memories)


def find_site(line: bytes) -> Where | None:
    """Where a line's page is remembered; None for what is no line, or names neither site nor address."""
    try:
        where = msgspec.json.decode(_repair(line), type=_Where)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    site = _site_name(where.site, where.url)
    return Where(site, page_key(where.url or line.decode("utf-8", "replace"))) if site else None


def observe_lines(lines: list[bytes]) -> dict[str, SiteMemory]:
    """What is to be remembered of the pages of some lines, by site; what is no page is left out."""
    found: dict[str, SiteMemory] = {}
    for line in lines:
        try:
            given = msgspec.json.decode(_repair(line), type=BulkLine)
            document = extract(_to_page(given)).document
        except Exception:  # of any kind: the second pass meets the line again and answers it by name
            continue
        site = _site_name(given.site, given.url)
        found[site] = found.get(site, SiteMemory()).observe(document, given.url)
    return found


def _site_name(site: str, url: str) -> str:
    return site or host_of(url)


def clean_lines(lines: list[bytes]) -> list[Answer]:
    """Answer each line with one line: an article or a rejection with its reason."""
    return [clean_line(line) for line in lines]


def clean_line(line: bytes) -> Answer:
    """Answer one line; `id` comes back as it was given, whatever JSON value it is."""
    if len(line) > MAX_LINE_BYTES:
        return _rejected(msgspec.Raw(b"null"), "too-large", f"the line is longer than {MAX_LINE_BYTES:,} bytes")
    try:
        line = _repair(line)
        given = msgspec.json.decode(line, type=BulkLine)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        return _rejected(_find_id(line), "bad-line", f"not a line of the bulk format: {error}")
    try:
        memory = _memories.get(_site_name(given.site, given.url))
        article = clean(_to_page(given), Site(name=given.site), memory)
        if article.status == "rejected":
            return _rejected(given.id, article.quality.rejectReason or "", f"{given.url}: nothing to publish")
        return Answer(True, msgspec.json.encode({"id": given.id, "status": "ok", "article": article}))
    except _BadLine as error:
        return _rejected(given.id, "bad-line", str(error))
    except UnsupportedPage as error:
        return _rejected(given.id, error.reason, f"{given.url}: {error}")
    except Exception as error:  # one page's fault of ours must not cost the rest of the file
        return _rejected(given.id, "internal-error", f"{given.url}: {type(error).__name__}: {error}")


def reject_line(line: bytes, reason: str, message: str) -> Answer:
    """The answer for a line whose worker did not live to give one."""
    return _rejected(_find_id(line), reason, message)


def _repair(line: bytes) -> bytes:
    """A line as strict JSON: no byte order mark, and escapes of lone surrogates, which Python writes, as `?`.

    Raises ValueError for bytes that are not UTF-8.
    """
    line = line.removeprefix(codecs.BOM_UTF8)
    line.decode("utf-8")
    if not _SURROGATE.search(line):
        return line
    return json.dumps(json.loads(line), ensure_ascii=False).encode("utf-8", "replace")


def _to_page(given: BulkLine) -> Page:
    contents = [name for name in _CONTENTS if getattr(given, name) is not None]
    if len(contents) != 1:
        raise _BadLine(f"a line needs exactly one of {', '.join(_CONTENTS)}; it has {', '.join(contents) or 'none'}")
    if given.htmlBase64 is None:
        return Page(url=given.url, html=given.html, text=given.text)
    try:
        return Page(url=given.url, body=base64.b64decode(given.htmlBase64, validate=True))
    except (binascii.Error, ValueError) as error:
        raise _BadLine(f"htmlBase64 is not base64: {error}") from error


def _find_id(line: bytes) -> Any:
    """The id of a line that is wrong elsewhere; null when not even that can be read."""

    try:
        return msgspec.json.decode(_repair(line), type=_OnlyId).id
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return msgspec.Raw(b"null")


def _rejected(line_id: Any, reason: str, message: str) -> Answer:
    record = {"id": line_id, "status": "rejected", "reason": reason, "message": message}
    return Answer(False, msgspec.json.encode(record))
