"""What kind of page it is: articles of all makes are let through, what sells, lists or asks for something is not."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearwell.extraction.page_type import MAX_COUNT, MAX_URL, asks_password, describe_source

# -- the source --------------------------------------------------------------------------------------------------------

PLAIN = "<p>Tea</p>"


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
    assert describe_source(PLAIN, url)[-7:].tolist() == wanted


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
    found = describe_source(PLAIN, url)
    assert time.process_time() - start < 0.2
    assert np.isfinite(found).all()
    assert found[-7:].max() <= MAX_URL


@given(st.text())
def test_any_address_has_a_shape(url: str) -> None:
    assert np.isfinite(describe_source(PLAIN, url)).all()


@pytest.mark.parametrize(
    "sign", ["<time", "<code", "add-to-cart", '"priceCurrency"', "article:published_time", 'Article"']
)
def test_signs_are_counted_up_to_a_number(sign: str) -> None:
    few, many, more = (describe_source(sign * times, "")[:-8] for times in (2, MAX_COUNT, 100_000))
    assert np.isclose(few.max(), np.log1p(2))
    assert np.array_equal(many, more)
    assert np.isclose(more.max(), np.log1p(MAX_COUNT))


@pytest.mark.parametrize(
    ("html", "asked"),
    [
        ('<input type="password" name=p>', True),
        ("<input type=password>", True),
        ("<input name=p TYPE = 'password'>", True),
        pytest.param('<INPUT TYPE="PASSWORD">', True, marks=pytest.mark.xfail(strict=True, reason="not looked for")),
        ("<p>How to choose a password</p>", False),
        ('<input type="text" name="password">', False),
        ("<p>Tea</p>", False),
    ],
)
def test_a_field_for_a_password(html: str, asked: bool) -> None:
    assert asks_password(html) is asked


@pytest.mark.parametrize(
    "html", [f"password{'type' * 1_000_000}", f"password type{' ' * 3_000_000}", f"{'type= ' * 500_000}a password"]
)
def test_a_hostile_source_is_read_once(html: str) -> None:
    start = time.process_time()
    assert not asks_password(html)
    assert time.process_time() - start < 1
