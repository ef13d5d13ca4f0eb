"""What kind of page it is: articles of all makes are let through, what sells, lists or asks for something is not."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearwell.extraction.marks import read_marks
from clearwell.extraction.page_type import MAX_COUNT, MAX_URL, describe_page
from clearwell.extraction.segment import parse, segment

# -- the source --------------------------------------------------------------------------------------------------------

PLAIN = "<p>Tea</p>"


def describe(html: str, url: str = "") -> np.ndarray:
    tree = parse(html)
    return describe_page(segment(tree), read_marks(tree), len(html), url)


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("", [0, 0, 0, 0, 0, 0, 0]),
        ("https://a.example/", [0, 0, 0, 0, 0, 0, 1]),
        ("https://a.example/2026/11/why-tea-cools_so-fast-42", [3, 24, 5, 2, 8, 0, 0]),
        ("https://a.example//blog//tea/?page=2#top", [2, 3, 0, 0, 0, 1, 1]),
        ("/tea.html", [1, 8, 0, 0, 0, 0, 0]),
        ("http://[bad/tea-1", [0, 0, 0, 0, 0, 0, 0]),
        ("no address at all", [1, 17, 0, 0, 0, 0, 0]),
    ],
)
def test_the_shape_of_an_address(url: str, wanted: list[float]) -> None:
    assert describe(PLAIN, url)[-7:].tolist() == wanted


HOSTILE_URLS = {
    "long": f"https://a.example/{'a' * 5_000_000}",
    "many pieces": f"https://a.example{'/a' * 2_000_000}",
    "digits": f"https://a.example/{'1' * 3_000_000}",
    "digits and letters": f"https://a.example/{'1a' * 2_000_000}",
    "marks": f"https://a.example/{'-_' * 2_000_000}?{'&' * 1_000_000}",
    "broken brackets": f"http://[{':' * 1_000_000}]/",
    "controls": "https://a.example/\x00\r\n\ud800/tea",
    "numerals of other scripts": f"https://a.example/{'٣' * 1_000_000}",
    "compatibility forms": f"https://a.example\u2100{'／' * 1_000_000}",
}


@pytest.mark.parametrize("url", HOSTILE_URLS.values(), ids=HOSTILE_URLS)
def test_a_hostile_address_is_read_to_a_point(url: str) -> None:
    start = time.process_time()
    found = describe(PLAIN, url)
    assert time.process_time() - start < 0.2
    assert np.isfinite(found).all()
    assert found[-7:].max() <= MAX_URL


@given(st.text())
def test_any_address_has_a_shape(url: str) -> None:
    assert np.isfinite(describe(PLAIN, url)).all()


@pytest.mark.parametrize("tag", ["form", "article", "h2", "time", "video", "iframe", "img", "button", "input"])
def test_elements_are_counted_up_to_a_number(tag: str) -> None:
    few, many, more = (describe(f"<body>{f'<{tag}>x</{tag}>' * times}")[:9] for times in (2, MAX_COUNT, 1_000))
    assert np.isclose(few, np.log1p(2)).sum() == 1
    assert np.array_equal(many, more)


@pytest.mark.parametrize(
    ("head", "stated"),
    [
        ('<meta property="og:type" content="article">', [1, 0, 0, 0]),
        ('<meta property="og:type" content="Product.item">', [0, 1, 0, 0]),
        ('<meta property="og:type" content="website"><meta property="og:type" content="article">', [0, 0, 1, 0]),
        ('<meta property="article:published_time" content="2026-01-02">', [0, 0, 0, 1]),
        ("", [0, 0, 0, 0]),
    ],
)
def test_what_the_page_calls_itself(head: str, stated: list[float]) -> None:
    assert describe(f"<head>{head}</head><body>{PLAIN}")[-11:-7].tolist() == stated


def test_prices_are_counted_in_what_is_shown() -> None:
    shown = describe("<body><p>$5</p><p>5 € or £4</p><script>var a = '$$$$'</script>")
    assert np.isclose(shown[9], np.log1p(3))


@pytest.mark.parametrize(
    ("html", "asked"),
    [
        ('<input type="password" name=p>', True),
        ("<form><input type=password></form>", True),
        ("<input name=p TYPE = 'Password'>", True),
        ('<INPUT TYPE="PASSWORD">', True),
        ("<input itemprop=x type=password>", True),
        ("<p>How to choose a password</p>", False),
        ('<input type="text" name="password">', False),
        ("<script>'<input type=password>'</script>", False),
        ("<p>Tea</p>", False),
    ],
)
def test_a_field_for_a_password(html: str, asked: bool) -> None:
    assert read_marks(parse(html)).asks_password is asked
