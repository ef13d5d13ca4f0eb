"""What can go wrong with a page, one function each; all are pure: the same text and number give the same page."""

import random
import re
from collections.abc import Callable

MAX_BURST = 600  # elements that a burst of nesting opens
MAX_TEXT = 60_000  # characters of a mutated page: splicing and doubling end there

_TAG = re.compile(r"<[^<>]{0,400}>")
_OPENING = re.compile(r"<[a-zA-Z][^\s<>/]{0,20}")
_LINKED_DATA = re.compile(r"ld\+json[^>]{0,40}>")
_BURSTS = (
    "<div>", "<span>", "<b>", "<ul><li>", "<table><tr><td>", "<table>", "<p><font color=red>", "<a href=/x>",
    "<blockquote>", "<svg><g>", "<math><mi>", "<template>", "<h2>", "<pre>", "<section class=content>", "<dl><dd>",
    "<select><option>", "<form>", "<button>", "<noscript>", "<ol start=7><li>", "<figure><figcaption>", "</p>",
    "</div>", "<caption>", "<main>", "<aside class=note>",
)  # fmt: skip
_ATTRIBUTES = (
    " hidden", " style='display:none'", " aria-hidden=true", ' class="', " class='comment nav footer sidebar'", " id=",
    ' href="javascript:alert(1)"', " href=//[", " href='http://a:b@c:99999/'", " start=-5", " value=99999999999",
    " start=²", " datetime=9999-99-99", " content='5 March 2099'", " itemprop=author itemscope", " itemtype=x",
    " lang=xx-yy-zz", " role='main search'", " =", " '\"", " /", " title=a>b", " charset=utf-7", " class=\u2028",
    " rel=canonical href=http://[x", " property=og:title content=''", " name=author content='a, b and c,'",
)  # fmt: skip
_ENTITIES = (
    "&", "&#", "&#x", "&#0;", "&#xD800;", "&#x110000;", "&#65533;", "&amp;lt;script&amp;gt;", "&lt;p&gt;", "&nbsp;",
    "&nbsp", "&#9;", "&#10;", "&#13;", "&zwj;", "&#x202E;", "&#xFEFF;", "&NotEqualTilde;", "&bogus;", "&#99999999999;",
    "&shy;", "&#128;", "&#x1F600;", "&#x0301;", "&#xFFFE;", "&#27;",
)  # fmt: skip
_MARKS = (
    "<!--", "-->", "<!-->", "<![CDATA[", "]]>", "<?xml?>", "<!DOCTYPE>", "</", "<", ">", "<script>", "</script>",
    "<style>", "<textarea>", "<title>", "<plaintext>", "<frameset>", "<body>", "</body>", "</html>", "<br><br>",
    "<base href='http://x/'>", "<base href='::'>", "<meta charset=utf-16>", "<h1></h1>", "<svg>", "</svg>", "{", "[",
)  # fmt: skip
_JSON = (
    "{", "}", "[", "]", '"', ",", ":", "\\", "null", "true", "-1e999", "NaN", "[[[[[[", '{"@graph":', '{"@type":[]}',
    '{"@id":{"@id":1}}', "\\ud800", "\\u0000", "\n", "//", "9" * 400, '"author":{"name":["a",{"name":null}]},',
    '"datePublished":20260504,', '"image":[[]],', '"articleBody":"' + "body " * 150 + '",', '"keywords":{"a":1},',
)  # fmt: skip

Mutation = Callable[[str, random.Random, str], str]


def delete_tag(text: str, chance: random.Random, other: str) -> str:
    """Take out a tag, or all from one to another."""
    first, last = sorted((_pick(_TAG, text, chance), _pick(_TAG, text, chance)))
    return text[: first[0]] + text[first[1] if chance.random() < 0.7 else last[0] :]


def double_tag(text: str, chance: random.Random, other: str) -> str:
    """Repeat a tag, up to forty times."""
    start, end = _pick(_TAG, text, chance)
    return text[:start] + text[start:end] * chance.randint(2, 40) + text[end:]


def swap_tags(text: str, chance: random.Random, other: str) -> str:
    """Put two tags in each other's place."""
    (a, b), (c, d) = sorted((_pick(_TAG, text, chance), _pick(_TAG, text, chance)))
    return text if b > c else text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]


def truncate(text: str, chance: random.Random, other: str) -> str:
    """Cut off the end, or the beginning."""
    place = _place(text, chance)
    return text[:place] if chance.random() < 0.7 else text[place:]


def splice(text: str, chance: random.Random, other: str) -> str:
    """The beginning of one page, the end of another."""
    return text[: _place(text, chance)] + other[_place(other, chance) :]


def move(text: str, chance: random.Random, other: str) -> str:
    """Put a stretch somewhere else, or repeat it there."""
    start, end = sorted((_place(text, chance), _place(text, chance)))
    rest = text if chance.random() < 0.5 else text[:start] + text[end:]
    place = _place(rest, chance)
    return rest[:place] + text[start:end] + rest[place:]


def spoil_attributes(text: str, chance: random.Random, other: str) -> str:
    """Put attributes into a few tags that do not want them."""
    for _ in range(chance.randint(1, 6)):
        _, end = _pick(_OPENING, text, chance)
        text = text[:end] + chance.choice(_ATTRIBUTES) + text[end:]
    return text


def spoil_entities(text: str, chance: random.Random, other: str) -> str:
    """Strew character references about."""
    return _strew(text, chance, _ENTITIES)


def strew_marks(text: str, chance: random.Random, other: str) -> str:
    """Strew beginnings and ends of markup about."""
    return _strew(text, chance, _MARKS)


def spoil_linked_data(text: str, chance: random.Random, other: str) -> str:
    """Spoil the JSON-LD; a page without gets some."""
    if not _LINKED_DATA.search(text):
        text = f'<script type="application/ld+json">{{"@type":"Article","headline":"x"}}</script>{text}'
    _, end = _pick(_LINKED_DATA, text, chance)
    limit = text.find("</script", end) if "</script" in text[end:] else len(text)
    return text[:end] + _strew(text[end:limit], chance, _JSON) + text[limit:]


def nest(text: str, chance: random.Random, other: str) -> str:
    """Open many elements in one place."""
    place = _place(text, chance)
    return text[:place] + chance.choice(_BURSTS) * chance.randint(2, MAX_BURST) + text[place:]


def insert_unicode(text: str, chance: random.Random, other: str) -> str:
    """Put characters of any plane, lone surrogates among them, into one place."""
    block = chance.choice((0, 0, 0x80, 0x300, 0x600, 0x2000, 0x3000, 0x4E00, 0xD7A0, 0xE000, 0xFE00, 0xFFF0, 0x1F600))
    found = "".join(chr(min(block + chance.randrange(256), 0x10FFFF)) for _ in range(chance.randint(1, 200)))
    place = _place(text, chance)
    return text[:place] + found + text[place:]


def stretch(text: str, chance: random.Random, other: str) -> str:
    """Repeat one character many times."""
    place = _place(text, chance)
    return text[:place] + text[place : place + 1] * chance.randint(100, 5_000) + text[place:]


def drop_all(text: str, chance: random.Random, other: str) -> str:
    """Take out one character wherever it stands: all quotes, all spaces, all `<`."""
    return text.replace(chance.choice("<>\"'/= \n.,;-"), chance.choice(("", "", " ")))


MUTATIONS: tuple[Mutation, ...] = (
    delete_tag, double_tag, swap_tags, truncate, splice, move, spoil_attributes, spoil_entities, strew_marks,
    spoil_linked_data, nest, insert_unicode, stretch, drop_all,
)  # fmt: skip
CHARSETS = ("utf-8", "utf-16-le", "utf-16-be", "utf-16", "gb18030", "big5", "shift_jis", "euc-kr", "cp1252", "koi8-r")


def flip_bytes(body: bytes, chance: random.Random) -> bytes:
    """Give a few bytes any value."""
    spoiled = bytearray(body)
    for _ in range(chance.randint(1, 30) if spoiled else 0):
        spoiled[chance.randrange(len(spoiled))] = chance.choice(
            (0, 0x0A, 0x3C, 0x3E, 0x80, 0xFF, chance.randrange(256))
        )
    return bytes(spoiled)


def _place(text: str, chance: random.Random) -> int:
    return chance.randint(0, len(text))


def _pick(pattern: re.Pattern[str], text: str, chance: random.Random) -> tuple[int, int]:
    """A match near a random place: the next one, else the first, else nothing at the end."""
    found = pattern.search(text, _place(text, chance)) or pattern.search(text)
    return found.span() if found else (len(text), len(text))


def _strew(text: str, chance: random.Random, pieces: tuple[str, ...]) -> str:
    for _ in range(chance.randint(1, 12)):
        place = _place(text, chance)
        text = text[:place] + chance.choice(pieces) + text[place:]
    return text
