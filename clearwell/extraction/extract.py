"""Page to Document: decode, parse once, segment, select.

hints      what the site's file says of it       hints.py
segment    markup to blocks                      segment.py
features   blocks and containers to numbers      features.py, characters.py, containers.py, prose.py
select     the model's choice, repaired          model.py, select.py, page_type.py, second_look.py
metadata   what the page says about itself       metadata.py
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import ftfy
from selectolax.lexbor import LexborHTMLParser

from clearwell.document import Block, Document, Link
from clearwell.errors import UnsupportedPage
from clearwell.extraction.addresses import absolute_url
from clearwell.extraction.containers import Floats
from clearwell.extraction.decode import encode, has_mojibake, read_source, without_controls
from clearwell.extraction.hints import drop_hinted, keep_hinted
from clearwell.extraction.limits import check_blocks, check_size
from clearwell.extraction.marks import read_marks
from clearwell.extraction.metadata import Metadata, read_metadata
from clearwell.extraction.page_type import PageKind, describe_page
from clearwell.extraction.second_look import Find, look_again, may_be_moved
from clearwell.extraction.segment import RawBlock, Segments, parse, segment
from clearwell.extraction.select import Selection, select_blocks
from clearwell.page import Page
from clearwell.site import ExtractionHints

MIN_JSON_BODY = 600  # characters of a JSON-LD body worth using where the page itself shows next to nothing
POOR_EXTRACTION = 200  # characters; with fewer the page is thought to keep its text elsewhere
HIDDEN_GAIN = 3  # times as much text as is shown, to believe that the article is what is hidden; WCXB dev, 2026-11
MOJIBAKE_SAMPLE = 20_000  # characters at the start of a block that tell whether it needs mending; 0.1 ms a thousand

_OTHER_XML = re.compile(
    r"\s*(?:(?:<\?[^>]{0,500}>|<!--.{0,2000}?-->|<!DOCTYPE[^>]{0,500}>)\s*){0,8}<(?:rss|feed|rdf:RDF|urlset|sitemapindex|opml)\b",
    re.I | re.S,
)
_MARKUP = re.compile(r"<[a-zA-Z!/][^<>]*>")
_ENCLOSED = (("{", "}"), ("[", "]"), ("<svg", "</svg>"))  # JSON and a drawing begin and end so; a page may begin so
_NO_HINTS = ExtractionHints()
_PARAGRAPHS = re.compile(r"\n\s*\n|\n")


class Extraction(NamedTuple):
    """What extraction gives: the page's own blocks, what the page says about itself, and what kind of page it is."""

    document: Document
    metadata: Metadata
    kind: PageKind


def extract(page: Page, find: Find | None = None, hints: ExtractionHints = _NO_HINTS) -> Extraction:
    """Extract a page's article and metadata.

    `find` points at dirt, as the detectors do; where it finds any, the page's blocks are chosen without it in the way.
    `hints` are the site's own; what they keep is not chosen from.
    A page of `text` becomes one block a line, exactly as it stands.  Raises UnsupportedPage for bytes that hold no
    page: `empty`, `binary`, `too-large`, `too-deep`, `not-html`.
    """
    if page.text is not None:
        check_size(page.text)
        return Extraction(Document(_split_lines(page.text), flattened=True), Metadata(), PageKind("article", 1.0, 0.0))
    html, source = encode(page.html) if page.html is not None else read_source(page.body or b"", page.charset)
    check_size(html)
    _check_kind(html)
    tree = parse(source)
    drop_hinted(tree, hints)
    segments = segment(tree)
    marks = read_marks(tree)
    facts = describe_page(segments, marks, len(html), page.url)
    metadata = read_metadata(tree, marks, page.url, page.fetchedAt, segments.shown())
    kept = keep_hinted(tree, hints)
    segments, selection = _choose(tree, segments, facts)
    if kept is not None:
        segments, selection = kept, selection._replace(blocks=kept.blocks)
    base = metadata.base or page.url
    document = _to_document(segments, selection, base, metadata.headline)
    if kept is None and find is not None and may_be_moved(find(document), selection.kind):
        claims = find(_to_plain_document(segments.blocks, metadata.headline))
        selection = look_again(segments, facts, selection, claims)
        document = _to_document(segments, selection, base, metadata.headline)
    kind = selection.kind._replace(asks_password=marks.asks_password)
    if (
        sum(len(block.text) for block in document.blocks) < POOR_EXTRACTION
        and len(metadata.jsonBody or "") >= MIN_JSON_BODY
    ):
        document = Document(_split_lines(_without_tags(metadata.jsonBody or "")), True)
    return Extraction(document, metadata, kind)


def _to_document(segments: Segments, selection: Selection, base: str, headline: str | None) -> Document:
    """The chosen blocks as the article's, links made absolute."""
    check_blocks([raw.text for raw in selection.blocks])
    return _without_title(_settle([_to_block(raw, segments, base) for raw in selection.blocks]), headline)


def _to_plain_document(blocks: Sequence[RawBlock], headline: str | None) -> Document:
    """All blocks of a page for detectors to see: as they stand, links without an address."""
    links = [tuple(Link(start, end, "") for start, end, _ in raw.links) for raw in blocks]
    described = [Block(r.kind, r.text, r.level, r.marker, held) for r, held in zip(blocks, links, strict=True)]
    return Document(tuple(described), headline=headline)


def _check_kind(html: str) -> None:
    begin, end = html[:1_000].lstrip("\ufeff \t\r\n").lower(), html[-1_000:].rstrip().lower()
    enclosed = any(begin.startswith(opening) and end.endswith(closing) for opening, closing in _ENCLOSED)
    if enclosed or _OTHER_XML.match(html) or not _MARKUP.search(html):
        raise UnsupportedPage("not-html", "the content is no HTML page; give running text as text")


def _choose(tree: LexborHTMLParser, segments: Segments, source: Floats) -> tuple[Segments, Selection]:
    """Select the page's own blocks; where next to nothing shows, look at what is kept for readers without scripts."""
    chosen = select_blocks(segments, source)
    shown = sum(len(raw.text) for raw in chosen.blocks)
    if shown >= POOR_EXTRACTION:
        return segments, chosen
    everything = segment(tree, with_hidden=True)
    found = select_blocks(everything, source)
    if sum(len(raw.text) for raw in found.blocks) > max(HIDDEN_GAIN * shown, POOR_EXTRACTION):
        return everything, found
    return segments, chosen


def _split_lines(text: str) -> tuple[Block, ...]:
    lines = without_controls(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    check_blocks(lines)
    return tuple(Block("paragraph", mend_mojibake(line)) for line in lines)


def _without_tags(text: str) -> str:
    """A JSON-LD body as text: some sites put markup into it."""
    if "<" not in text:
        return text
    return "\n".join(raw.text for raw in segment(parse(f"<body>{text}")).blocks)


def _to_block(raw: RawBlock, segments: Segments, base_url: str) -> Block:
    text = mend_mojibake(raw.text)
    links: list[Link] = []
    if text == raw.text:  # mending moves offsets; a link's place is then unknown
        for start, end, href in raw.links:
            if address := absolute_url(base_url, href):
                links.append(Link(start, end, address))
    return Block(raw.kind, text, raw.level, raw.marker, tuple(links), segments.path(raw))


def _settle(blocks: list[Block]) -> list[Block]:
    """Make a paragraph of what goes on with a list item that was not chosen, or that a table or code parts from it."""
    settled: list[Block] = []
    for block in blocks:
        if block.kind == "list_item" and not block.marker and (not settled or settled[-1].kind != "list_item"):
            block = Block("paragraph", block.text, None, None, block.links, block.path)
        settled.append(block)
    return settled


def mend_mojibake(text: str) -> str:
    """Mend UTF-8 that was once read as another charset; text without such signs comes back as it is.

    >>> mend_mojibake("the patientâ€™s leg")
    'the patient’s leg'
    """
    if text.isascii() or not has_mojibake(text[:MOJIBAKE_SAMPLE]):
        return text
    fixed = ftfy.fix_encoding(text)
    # What is mended can turn out to be white space; a block has single spaces and tabs, code and running text its own.
    return fixed if "\n" in text else re.sub(r"[^\S\t]+", " ", fixed).strip()


def _without_title(blocks: list[Block], headline: str | None) -> Document:
    """Leave the page's title out of the body's head: it has a field of its own.

    That is a heading which repeats the headline, or the only heading of the first level, however it is worded.
    """
    first = blocks[0] if blocks else None
    if first is not None and first.kind == "heading":
        lone = first.level == 1 and sum(block.kind == "heading" and block.level == 1 for block in blocks) == 1
        if lone or (headline and _same(first.text, headline)):
            return Document(tuple(blocks[1:]), headline=headline or first.text)
    return Document(tuple(blocks), headline=headline)


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
