"""What is too large, too deep or too intricate to parse: refused before it costs seconds or gigabytes.

The parser is linear on what people write.  Three kinds of markup make it slow: deep nesting (time grows with its
square), many distinct formatting tags left open (each paragraph opens them all again) and a tag with tens of
thousands of attributes.  Depth is not counted from the text, since whoever wants to mislead a counter can (comments,
quotes, raw text, tags that do not match); instead ever longer beginnings of a suspicious page are parsed.
"""

import functools
import re
from collections.abc import Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray
from selectolax.lexbor import LexborHTMLParser, LexborNode

from clearwell.errors import UnsupportedPage
from clearwell.extraction.decode import MAX_PAGE_BYTES

MAX_TAGS = 150_000  # `<` signs; WCXB dev has at most 21,646; 0.3 GB and 1 s here; 2026-11
MAX_DEPTH = 3_000  # elements; WCXB dev has at most 31 there; 2026-11
MAX_REOPENED = 2_000_000  # formatting elements left open times tags, about 0.4 KB each; 2026-11
MAX_ATTRIBUTES = 4_096  # of one tag; 7 ms here, growing with the square; 2026-11
MAX_READINGS = 16  # of the page, in search of such tags; a plain page is read once; 2026-11
MAX_BLOCKS = 20_000  # of an article; WCXB dev has at most 593; cleaning takes 0.1 ms for each; 2026-11
MAX_PAGE_BLOCKS = 40_000  # of a page; WCXB dev has at most about 2,700; the model takes 20 µs for each; 2026-11
MAX_CHARACTERS = 4_000_000  # of an article's text; the longest novels have 3 million; 1.6 s of mojibake; 2026-11

_SUSPECT_TAGS = 10_000  # `<` signs; with fewer, even one inside the other, a page takes 0.1 s; 2026-11
_SUSPECT_FORMATS = 300  # distinct formatting tags; WCXB dev has at most 169; 2026-11
_FIRST_PROBE = 2_000  # `<` signs of the shortest beginning that may be all formatting tags, 0.2 GB; 2026-11
_PROBE_GROWTH = 1.5  # times as long as the one before

_BLANKS = "\x00 \t\r\n\ufeff"
_FORMATTING = frozenset("b big code em font i nobr s small strike strong tt u".split())
_FORMATTING_TAG = re.compile(
    rb"<(?=[bceifnstuBCEIFNSTU][a-zA-Z]{0,5}[\s/>])(?i:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])[^>]*"
)
_CLOSE_RAW_TEXT = b"\"'--></script></style></title></textarea></xmp></iframe><p>x"

# One attribute, or the white space before it, as browsers read them: quotes count after `=` only.  Possessive
# throughout, so that a long tag is read once.  32 of them are rare outside of scripts, where `a<b` looks like a tag.
# A tag may begin anywhere, even in what looks like the value of another; but up to the first `=` no quote has been
# read, and what begins there goes on as the tag around it does: `"<a" * 40_000` is read once, not 40,000 times.
_SPACE = rb" \t\n\r\f\v"  # `\s` says the same, and is a tenth slower among other signs
_PIECE = rb"(?:[^%b/>=]*+(?:=[%b]*+(?:\"[^\"]*+\"|'[^']*+')?+|[%b/]++))" % (_SPACE, _SPACE, _SPACE)
_TAG = re.compile(rb"<[a-zA-Z][^>=]*+")
_PLAIN_TAGS = re.compile(rb"(?:[^<]*+<(?:[a-zA-Z](?!%b{32})[^>=]*+|(?![a-zA-Z])))*+" % _PIECE)
_ATTRIBUTES = re.compile(rb"<[a-zA-Z]%b{0,%d}+(%b)?+" % (_PIECE, MAX_ATTRIBUTES - 1, _PIECE))


def check_size(text: str) -> None:
    """Raise UnsupportedPage for a decoded page that is `empty` or `too-large`."""
    if len(text) > MAX_PAGE_BYTES:
        raise UnsupportedPage("too-large", f"the page has {len(text):,} characters; the limit is {MAX_PAGE_BYTES:,}")
    if not text[:1].strip(_BLANKS) and not text.strip(_BLANKS):  # the second copies the page
        raise UnsupportedPage("empty", "the page has no content; look whether it needs a browser or a cookie")


def check_markup(source: bytes) -> None:
    """Raise UnsupportedPage, `too-large` or `too-deep`, for markup that only an attack or a dump of data has.

    `source` is what the parser is given: in UTF-8 it is searched in half the time that Python's text takes.
    """
    tags, formats = _count_tags(source)
    if tags > MAX_TAGS:
        raise UnsupportedPage("too-large", f"the page has {tags:,} tags; the limit is {MAX_TAGS:,}")
    if _has_endless_tag(source):
        raise UnsupportedPage("too-large", f"a tag has more than {MAX_ATTRIBUTES:,} attributes; no article has")
    many_formats = formats > _SUSPECT_FORMATS and len(set(_FORMATTING_TAG.findall(source))) > _SUSPECT_FORMATS
    if tags > _SUSPECT_TAGS or many_formats:
        _probe(source, tags, _FIRST_PROBE if many_formats else _SUSPECT_TAGS)


def _count_tags(source: bytes) -> tuple[int, int]:
    """The number of `<` signs, and of those behind which a formatting tag may begin, by its first two letters."""
    data = np.frombuffer(source + b"  ", np.uint8)
    places = np.flatnonzero(data == ord("<"))
    return len(places), int(np.count_nonzero(_formatting_pairs()[data[places + 1], data[places + 2]]))


@functools.cache
def _formatting_pairs() -> NDArray[np.bool_]:
    """By first and second byte, whether a formatting tag begins so."""
    pairs = np.zeros((256, 256), np.bool_)
    for name in _FORMATTING:
        seconds = name[1] + name[1].upper() if len(name) > 1 else " \t\n\r\f\v/>"
        for first, second in product(name[0] + name[0].upper(), seconds):
            pairs[ord(first), ord(second)] = True
    return pairs


def check_blocks(texts: Sequence[str]) -> None:
    """Raise UnsupportedPage (`too-large`) for what no article is: a dump of data, a whole library."""
    if len(texts) > MAX_BLOCKS:
        raise UnsupportedPage("too-large", f"the text has {len(texts):,} blocks; the limit is {MAX_BLOCKS:,}")
    if (length := sum(map(len, texts))) > MAX_CHARACTERS:
        raise UnsupportedPage("too-large", f"the text has {length:,} characters; the limit is {MAX_CHARACTERS:,}")


def check_page_blocks(count: int) -> None:
    """Raise UnsupportedPage (`too-large`) for a page that is cut into more blocks than are worth describing."""
    if count > MAX_PAGE_BLOCKS:
        raise UnsupportedPage("too-large", f"the page has {count:,} blocks; the limit is {MAX_PAGE_BLOCKS:,}")


def _has_endless_tag(source: bytes) -> bool:
    """Whether a tag outside of scripts has too many attributes, or so many long ones stand in each other's values."""
    opened = closed = -1
    seen = known = read = position = 0
    while (start := source.find(b"<", _end(_PLAIN_TAGS, source, position))) >= 0:
        position = _end(_TAG, source, start)
        if start < known:
            continue
        opened = max(opened, source.rfind(b"<script", seen, start))
        closed = max(closed, source.rfind(b"</script", seen, start))
        seen = start
        if opened > closed:
            continue
        attributes = _ATTRIBUTES.match(source, start)
        end = attributes.end() if attributes else start
        read += end - start
        if (attributes and attributes.group(1)) or read > MAX_READINGS * len(source):
            return True
        known = end if source.find(b'"', start, end) < 0 and source.find(b"'", start, end) < 0 else known
    return False


def _end(pattern: re.Pattern[bytes], source: bytes, start: int) -> int:
    found = pattern.match(source, start)
    return found.end() if found else start


def _probe(source: bytes, tags: int, size: int) -> None:
    """Parse ever longer beginnings, each safe because the one before it was, and look at what is open at their ends.

    The first has `size` tags: as many as a page may have that is not looked at.
    """
    while size < tags:
        cut = len(source) - len(source.split(b"<", size)[-1]) - 1
        depth, formats = _open_at_end(LexborHTMLParser(source[:cut] + _CLOSE_RAW_TEXT))
        if depth > MAX_DEPTH or formats * tags > MAX_REOPENED:
            raise UnsupportedPage("too-deep", f"elements are nested {depth:,} deep; no article is")
        size = int(size * _PROBE_GROWTH)


def _open_at_end(tree: LexborHTMLParser) -> tuple[int, int]:
    """How many elements, and how many formatting ones among them, are open where the markup ends.

    They are the last children of last children; what stands in a table without a cell is put before the table.
    """
    deepest = formats = 0
    waiting: list[tuple[LexborNode | None, int, int]] = [(tree.body, 1, 0)]
    while waiting:
        node, depth, formatting = waiting.pop()
        while node is not None:
            deepest, formats = max(deepest, depth), max(formats, formatting)
            if node.tag == "table" and node.prev is not None:
                waiting.append((node.prev.last_child, depth + 1, formatting + (node.prev.tag in _FORMATTING)))
            node = node.last_child
            depth += 1
            formatting += node is not None and node.tag in _FORMATTING
    return deepest, formats
