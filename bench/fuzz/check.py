"""What must hold of every page, however broken: an article that keeps its promises, or a named refusal, soon."""

import functools
import json
import re
import time
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import msgspec

from clearwell import Article, Page, clean, restore
from clearwell.cleaning import find_removals
from clearwell.cleaning.memory import NOTHING_LEARNED
from clearwell.errors import UnsupportedPage
from clearwell.extraction.extract import extract
from clearwell.site import UNKNOWN_SITE

MAX_SECONDS = 2.0  # of processor time for one page; issue 3, 2026-11
# What articleBodyHtml may hold; any other `<` is a fault.
_SAFE = re.compile(
    r"</?(?:p|h[1-6]|ul|ol|li|blockquote|pre|code|table|tbody|tr|td|a)>"
    r'|<ol start="\d+">|<li value="\d+">|<a (?:href="https?://[^"<>]*" )?rel="nofollow noopener">'
)
SCHEMA = Path(__file__).parents[2] / "output" / "schema" / "article.schema.json"


_find = functools.partial(find_removals, site=UNKNOWN_SITE, memory=NOTHING_LEARNED)


class Verdict(NamedTuple):
    """What came of a page: `ok`, a reason it was rejected or refused for; what is wrong with that, if anything."""

    outcome: str
    seconds: float
    fault: str | None


def try_page(page: Page, against_schema: bool) -> Verdict:
    """Clean a page and check what comes of it; whatever is raised is caught and named.

    `against_schema` checks the JSON against the schema file too, which takes longer than cleaning.
    """
    started = time.process_time()
    try:
        article = clean(page)
    except UnsupportedPage as refusal:
        seconds = time.process_time() - started
        return Verdict(refusal.reason, seconds, _slow(seconds))
    except Exception as error:
        return Verdict("exception", time.process_time() - started, f"clean raised {_describe(error)}")
    seconds = time.process_time() - started
    try:
        fault = _slow(seconds) or find_fault(article, page, against_schema)
    except Exception as error:
        fault = f"checking raised {_describe(error)}"
    return Verdict(article.quality.rejectReason or article.status, seconds, fault)


def find_fault(article: Article, page: Page, against_schema: bool) -> str | None:
    """The first thing that is wrong with an article of a page."""
    encoded = msgspec.json.encode(article)
    if msgspec.json.decode(encoded, type=Article) != article:
        return "the JSON does not give the same article back"
    if against_schema:
        _validator().validate(json.loads(encoded))
    document = extract(page, _find).document
    if restore(article) != document.text:
        return "restore does not give the extracted text back"
    for removal in article.cleaning.removals:
        if document.blocks[removal.block].text[removal.start : removal.end] != removal.text or not removal.text:
            return f"a removal ({removal.rule}) is not what stands in its place"
    for block in (*document.blocks, *article.blocks):
        if any(not 0 <= link.start < link.end <= len(block.text) for link in block.links):
            return "a link lies outside of its block"
    if "<" in _SAFE.sub("", article.articleBodyHtml):
        return "the HTML holds more than the elements and attributes it may have"
    return None


@functools.cache
def _validator() -> Any:
    return jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def _slow(seconds: float) -> str | None:
    return f"cleaning took more than {MAX_SECONDS} s" if seconds > MAX_SECONDS else None


def _describe(error: Exception) -> str:
    """The error's class, message and innermost place, short enough to group by."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f" at {Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else ""
    return f"{type(error).__name__}: {str(error).splitlines()[0][:120] if str(error) else ''}{where}"
