"""Bytes to text: every charset under every declaration, true or not."""

import pytest

from clearwell.errors import UnsupportedPage
from clearwell.extraction.decode import MAX_PAGE_BYTES, decode, without_controls

ENGLISH = "The patient’s leg hurts at night; a “cramp” — nothing more. Café au lait costs 3 € here."
CHINESE = "小腿抽筋多半发生在夜里，睡前喝一杯温水，慢慢拉伸小腿，第二天会轻松许多。久坐的人要常常站起来走动。"
TAIWANESE = "飯後散步對身體很好，但是不要走得太快，老人家更應該慢慢走，走完以後喝一杯溫水，休息十分鐘。"
JAPANESE = "夜中に足がつることはよくあります。寝る前に水を一杯飲み、ふくらはぎをゆっくり伸ばしましょう。"
KOREAN = "밤에 다리에 쥐가 나는 일은 흔합니다. 자기 전에 물을 한 잔 마시고 종아리를 천천히 늘려 주세요."
RUSSIAN = "Ночные судороги в ногах бывают у многих людей. Выпейте стакан воды и медленно потяните икру."
POLISH = "Skurcze łydek w nocy zdarzają się często. Wypij szklankę wody i powoli rozciągnij mięśnie."
GREEK = "Οι κράμπες στα πόδια τη νύχτα είναι συχνές. Πιείτε ένα ποτήρι νερό και τεντώστε αργά τη γάμπα."
GERMAN = "Wadenkrämpfe in der Nacht sind häufig. Trinken Sie ein Glas Wasser und dehnen Sie die Füße."

WRITTEN = [
    (ENGLISH, "utf-8"),
    (ENGLISH, "cp1252"),
    (GERMAN, "iso-8859-1"),
    (CHINESE, "gbk"),
    (CHINESE, "gb18030"),
    (CHINESE, "utf-8"),
    (TAIWANESE, "big5"),
    (JAPANESE, "shift_jis"),
    (JAPANESE, "euc_jp"),
    (JAPANESE, "iso2022_jp"),
    (KOREAN, "euc_kr"),
    (RUSSIAN, "cp1251"),
    (RUSSIAN, "koi8-r"),
    (POLISH, "iso-8859-2"),
    (POLISH, "cp1250"),
    (GREEK, "cp1253"),
    (ENGLISH, "utf-16-le"),
    (ENGLISH, "utf-16-be"),
]
# Single-byte charsets hold no sign of their own: there the declaration has to be right, missing or of another script.
DECLARED = [None, "utf-8", "gbk", "shift_jis", "bogus"]


def page(text: str) -> str:
    return f"<html><head><title>{text[:12]}</title></head><body><p>{text}</p><p>{text}</p></body></html>"


@pytest.mark.parametrize("declared", DECLARED)
@pytest.mark.parametrize(("text", "charset"), WRITTEN, ids=[f"{charset}-{text[:4]}" for text, charset in WRITTEN])
def test_charset_is_found_under_any_declaration(text: str, charset: str, declared: str | None) -> None:
    assert decode(page(text).encode(charset), declared) == page(text)


@pytest.mark.parametrize(
    ("charset", "declaration"),
    [
        ("gbk", '<meta charset="gb2312">'),
        ("gbk", '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'),
        ("utf-8", '<meta charset="gbk">'),
        ("big5", '<meta charset="big5">'),
    ],
)
def test_a_declaration_in_the_page_may_lie(charset: str, declaration: str) -> None:
    text = f"<head>{declaration}</head><p>{TAIWANESE if charset == 'big5' else CHINESE}</p>"
    assert decode(text.encode(charset)) == text


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_mark_decides(charset: str) -> None:
    assert decode(page(CHINESE).encode(charset), "iso-8859-1") == page(CHINESE)


def test_an_escape_sequence_in_utf8_changes_nothing() -> None:
    text = page(CHINESE + "\x1b$B")
    assert decode(text.encode()) == text


def test_broken_utf8_stays_utf8() -> None:
    body = page(CHINESE * 20).encode()
    cut = body[:200] + b"\xff" + body[200:-2]
    text = decode(cut, "gbk")
    assert CHINESE in text
    assert text.count("\ufffd") <= 4


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\x00" * 50, "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.7 \x00\x01\x02 something", "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "binary"),
        (b"PK\x03\x04" + bytes(range(256)), "binary"),
        (bytes(range(32)) * 100, "binary"),
        (b"a" * (MAX_PAGE_BYTES + 1), "too-large"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_no_page_is_named(body: bytes, reason: str) -> None:
    with pytest.raises(UnsupportedPage) as failure:
        decode(body)
    assert failure.value.reason == reason


@pytest.mark.parametrize(
    ("text", "writable"),
    [
        ("plain", "plain"),
        ("a\x00b\x08c\x1bd", "abcd"),
        ("lone \ud800 half", "lone  half"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("नहीं می‌خواهم 👩‍⚕️", "नहीं می‌خواهم 👩‍⚕️"),
    ],
)
def test_what_no_file_can_hold_is_taken_out(text: str, writable: str) -> None:
    assert without_controls(text) == writable
