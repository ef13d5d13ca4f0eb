"""Page to Document: decode, parse once, segment, select."""

import re
from typing import NamedTuple

import ftfy
from ftfy.badness import is_bad

from clearwell.document import Block, Document, Link
from clearwell.errors import UnsupportedPage
from clearwell.extraction.decode import MAX_PAGE_BYTES, decode
from clearwell.extraction.metadata import Metadata, absolute_url, read_metadata
from clearwell.extraction.segment import RawBlock, Segments, parse, segment
from clearwell.extraction.select import select_blocks
from clearwell.page import Page

MIN_JSON_BODY = 600  # characters of a JSON-LD body worth using where the page itself shows next to nothing
POOR_EXTRACTION = 200  # characters; with fewer the page is thought to keep its text elsewhere
HEAD_BLOCKS = 40  # blocks at the top of a page among which a visible byline is looked for

_NOT_MARKUP = re.compile(r"\s*(?:[\[{]|<\?xml[^>]{0,200}\?>\s*<(?:svg|rss|feed|urlset|sitemapindex)|<svg)", re.I)
_MARKUP = re.compile(r"<[a-zA-Z!/][^<>]{0,500}>")
_PARAGRAPHS = re.compile(r"\n\s*\n|\n")


class Extraction(NamedTuple):
    """What extraction gives: the article's blocks, and what the page says about itself."""

    document: Document
    metadata: Metadata


def extract(page: Page) -> Extraction:
    """Extract a page's article and metadata.

    A page of `text` becomes one block a line, exactly as it stands.  Raises UnsupportedPage for bytes that hold no
    page: `empty`, `binary`, `too-large`, `too-deep`, `not-html`.
    """
    if page.text is not None:
        _check_size(page.text)
        return Extraction(Document(_split_lines(page.text), flattened=True), Metadata())
    html = page.html if page.html is not None else decode(page.body or b"", page.charset)
    _check_size(html)
    if _NOT_MARKUP.match(html) or not _MARKUP.search(html):
        raise UnsupportedPage("not-html", "the content is no HTML page; give running text as text")
    tree = parse(html)
    segments = segment(tree)
    metadata = read_metadata(tree, page.url, page.fetchedAt, _head_text(segments))
    base = tree.css_first("base[href]")
    base_url = absolute_url(page.url, (base.attributes.get("href") or "") if base is not None else "") or page.url
    chosen = select_blocks(segments)
    blocks = [_to_block(raw, segments, base_url) for raw in chosen]
    if sum(len(block.text) for block in blocks) < POOR_EXTRACTION and len(metadata.jsonBody or "") >= MIN_JSON_BODY:
        return Extraction(Document(_split_lines(_without_tags(metadata.jsonBody or "")), True), metadata)
    return Extraction(_without_title(blocks, metadata.headline), metadata)


def _check_size(text: str) -> None:
    if len(text) > MAX_PAGE_BYTES:
        raise UnsupportedPage("too-large", f"the page has {len(text):,} characters; the limit is {MAX_PAGE_BYTES:,}")
    if not text.strip("\x00 \t\r\n\ufeff"):
        raise UnsupportedPage("empty", "the page has no content; look whether it needs a browser or a cookie")


def _split_lines(text: str) -> tuple[Block, ...]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple(Block("paragraph", mend_mojibake(line)) for line in lines)


def _without_tags(text: str) -> str:
    """A JSON-LD body as text: some sites put markup into it."""
    if "<" not in text:
        return text
    return "\n".join(raw.text for raw in segment(parse(f"<body>{text}")).blocks)


def _head_text(segments: Segments) -> str:
    return "\n".join(raw.text[:300] for raw in segments.blocks[:HEAD_BLOCKS])


def _to_block(raw: RawBlock, segments: Segments, base_url: str) -> Block:
    text = mend_mojibake(raw.text)
    links: list[Link] = []
    if text == raw.text:  # mending moves offsets; a link's place is then unknown
        for start, end, href in raw.links:
            if address := absolute_url(base_url, href):
                links.append(Link(start, end, address))
    return Block(raw.kind, text, raw.level, raw.marker, tuple(links), segments.path(raw))


def mend_mojibake(text: str) -> str:
    """Mend UTF-8 that was once read as another charset; text without such signs comes back as it is.

    >>> mend_mojibake("the patientâ€™s leg")
    'the patient’s leg'
    """
    if text.isascii() or not is_bad(text):
        return text
    return ftfy.fix_encoding(text).replace("\n", " ") if "\n" not in text else ftfy.fix_encoding(text)


def _without_title(blocks: list[Block], headline: str | None) -> Document:
    """Leave the headline out of the body's head: it has a field of its own."""
    if headline and blocks and blocks[0].kind == "heading" and _same(blocks[0].text, headline):
        blocks = blocks[1:]
    return Document(tuple(blocks), headline=headline)


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
