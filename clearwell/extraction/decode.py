"""Bytes to text, once, at the edge: declared, sniffed and lying charsets."""

import codecs
import re
from typing import NamedTuple

import chardet
from ftfy.badness import is_bad
from w3lib.encoding import html_body_declared_encoding, resolve_encoding

from clearwell.errors import UnsupportedPage

MAX_PAGE_BYTES = 16 * 1024 * 1024  # bytes, as Scrapy's DOWNLOAD_MAXSIZE in spiders/settings.py; 2026-11
SNIFF_BYTES = 32 * 1024  # bytes of text shown to the detector; 2026-11
BROKEN_SHARE = 0.02  # of the bytes above 0x7F that may be wrong in what is still called UTF-8; 2026-11
TRUSTED_CONFIDENCE = 0.45  # of the detector, to overrule the declared charset with an East Asian one; 2026-11
FALLBACK = "cp1252"  # what browsers assume

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: it begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BLANKS = b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"
_SIGNATURES = (
    b"%PDF-",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"RIFF",
    b"\x00\x00\x00\x1cftyp",
)
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_ODD = re.compile(
    "[\ufffd\x80-\x9f\ue000-\uf8ff]"
    "|[a-zß-öø-ÿ](?=[Ѐ-ӿͰ-Ͽ֐-׿؀-ۿ一-鿿가-힣])|[Ѐ-ӿͰ-Ͽ֐-׿؀-ۿ一-鿿가-힣](?=[a-zß-öø-ÿ])"
    "|[a-zß-öø-ÿ](?=[A-ZÀ-ÖØ-Þ])|[а-яё](?=[А-ЯЁ])|[α-ωά-ώ](?=[Α-Ω])"
    r"|(?<=\w)[¡-©«-´¶-¹»-¿×÷†‡‰€‹›•](?=\w)|[ЂЃЉЊЌЋЏђѓљњќћџ]"
)
# Mojibake is told by characters beyond ASCII and at most three next to them; of long plain stretches the ends suffice.
_PLAIN = re.compile(r"([\x00-\x7f]{4})[\x00-\x7f]{5,}+(?<=([\x00-\x7f]{4}))")
_TELLING = re.compile("[^\x00-\x7f\xa0‘’“”–—…]")  # no text without one of these shows any, whatever quotes it has
_BETWEEN_TAGS = re.compile(rb"[^<>]+")
_ISO_2022_JP = re.compile(rb"\x1b\$[@B]")  # seven-bit, so it passes for UTF-8
_MULTIBYTE = ("gb", "big5", "shift", "cp932", "euc", "iso2022", "cp949", "johab", "hz")


def without_controls(text: str) -> str:
    """Take out what no text file may hold: control characters, lone surrogates, noncharacters; tabs and newlines stay.

    >>> without_controls("a\\x00b\\ud800c"), without_controls("a\\tb")
    ('abc', 'a\\tb')
    """
    return text if text.isprintable() else _UNWRITABLE.sub("", text)


def has_mojibake(text: str) -> bool:
    """Whether a text shows signs of UTF-8 that was read as another charset, by ftfy's patterns.

    >>> has_mojibake("the patientâ€™s leg"), has_mojibake("the patient’s leg")
    (True, False)
    """
    return not text.isascii() and _TELLING.search(text) is not None and is_bad(_PLAIN.sub(r"\1\n\2", text))


class Decoded(NamedTuple):
    """A page as text, and the same in UTF-8."""

    text: str
    source: bytes


def decode(body: bytes, declared: str | None = None) -> str:
    """Decode a page's bytes to text, as `read_source` does."""
    return read_source(body, declared).text


def read_source(body: bytes, declared: str | None = None) -> Decoded:
    """Decode a page's bytes; those that are UTF-8 already, as nearly all are, need not be encoded for the parser.

    Order: byte order mark, UTF-16 by its NUL pattern, valid UTF-8 (whatever is declared), UTF-8 with a few broken
    bytes, then the declared charset (`declared` from the header, else the page's own) unless a detector is sure of
    another.  Broken bytes become U+FFFD.  Raises UnsupportedPage: `empty`, `too-large`, `binary`.
    """
    if len(body) > MAX_PAGE_BYTES:
        limit = MAX_PAGE_BYTES // 1024 // 1024
        raise UnsupportedPage("too-large", f"the page has {len(body):,} bytes; the limit is {limit} MiB")
    if not body[:1].strip(_BLANKS) and not body.strip(_BLANKS):  # the second copies the page
        raise UnsupportedPage("empty", "the page has no content; look whether it needs a browser or a cookie")
    for mark, marked in _BOMS:
        if body.startswith(mark):
            return encode(body[len(mark) :].decode(marked, "replace"))
    if encoding := _utf16_without_mark(body):
        return encode(body.decode(encoding, "replace"))
    if _is_binary(body):
        raise UnsupportedPage("binary", "the content is binary, not a page; look at the address in a browser")
    return _decode_8bit(body, declared)


def encode(text: str) -> Decoded:
    """A page that came as text; lone surrogates are in no page."""
    return Decoded(text, text.encode("utf-8", "ignore"))


def _utf16_without_mark(body: bytes) -> str | None:
    """UTF-16 shows NULs on one side of the byte pairs of its markup and on no other."""
    head = body[: 2048 - 2048 % 2]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    pairs = len(head) // 2
    if pairs and odd > pairs * 0.2 and even < odd * 0.05:
        return "utf-16-le"
    if pairs and even > pairs * 0.2 and odd < even * 0.05:
        return "utf-16-be"
    return None


def _is_binary(body: bytes) -> bool:
    head = body[:4096]
    if head.startswith(_SIGNATURES):
        return True
    return len(_CONTROL.findall(head)) + head.count(0) > max(8, len(head) // 20)


def _decode_8bit(body: bytes, declared: str | None) -> Decoded:
    if body.isascii() and _ISO_2022_JP.search(body):
        return encode(body.decode("iso2022_jp", "replace"))
    try:
        return Decoded(body.decode("utf-8"), body)
    except UnicodeDecodeError:
        pass
    text = body.decode("utf-8", "replace")
    high = len(body) - len(body.translate(None, bytes(range(128, 256))))
    # A broken byte of a sequence costs about three; a legacy charset breaks at nearly every one.
    if text.count("\ufffd") <= high * BROKEN_SHARE + 1 and high > 40:
        return encode(text)
    encoding = _choose_encoding(body, _known(declared) or _known(html_body_declared_encoding(body)))
    return encode(body.decode(encoding, "replace"))


def _known(label: str | bytes | None) -> str | None:
    """The Python codec for a declared label, by the browsers' table (gb2312 means gb18030, latin-1 cp1252)."""
    if isinstance(label, bytes):
        label = label.decode("ascii", "replace")
    return resolve_encoding(label) if label else None


def _choose_encoding(body: bytes, declared: str | None) -> str:
    sample = _sample(body)
    found = chardet.detect(sample)
    detected = _known(found["encoding"]) or FALLBACK
    if detected.startswith(_MULTIBYTE) and (found["confidence"] or 0) >= TRUSTED_CONFIDENCE:
        return detected
    candidates = [name for name in (declared, detected, FALLBACK) if name and name != "utf-8"]
    return min(candidates, key=lambda name: _oddity(sample, name))  # the first of equals: what was declared


def _sample(body: bytes) -> bytes:
    """The stretches of text between tags that are not plain ASCII: what a detector can tell charsets by."""
    sample = b""
    for match in _BETWEEN_TAGS.finditer(body):
        if not match.group().isascii():
            sample += match.group()[:SNIFF_BYTES] + b" "
            if len(sample) >= SNIFF_BYTES:
                break
    return sample


def _oddity(sample: bytes, encoding: str) -> float:
    """How unlike written language a decoding looks, as odd places a character; 0 is natural.

    Odd are broken bytes, controls, words that mix scripts, capitals or signs in the middle of a word.
    """
    text = sample.decode(encoding, "replace")
    return len(_ODD.findall(text)) / max(len(text), 1)
