"""What a site's file says of its pages' markup and languages, applied."""

import time
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from clearwell import Page, clean
from clearwell.extraction.wanted_language import is_wanted
from clearwell.site import ExtractionHints, Site, Version

TEXT = "Warm milk helps some people to fall asleep, and it does no harm to try it for a week or two. "
OWN, OTHER = (
    f"<p>{TEXT * 3}</p>",
    f"<p>{'The shop sells beds and lamps of every kind to people who like them. ' * 5}</p>",
)


def body(markup: str, keep=(), drop=(), fetched: datetime | None = None, versions=()) -> str:
    site = Site(name="mine", extraction=ExtractionHints(tuple(keep), tuple(drop)), versions=versions)
    html = f"<html><head><title>Milk</title></head><body>{markup}</body></html>"
    return clean(Page(html=html, url="https://a.example/1", fetchedAt=fetched), site).articleBody


PAGE = (
    f'<div class="x"><h2>Sleep</h2>{OWN}<div class="ad">{OTHER}</div></div><div id="y">{OTHER}<b>Short words</b></div>'
)


@pytest.mark.parametrize(
    ("hints", "has", "has_not"),
    [
        ({}, "Warm milk", None),
        ({"drop": [".ad", "#y"]}, "Warm milk", "The shop"),
        ({"drop": [".ad", "#none"], "keep": [".none", ".x"]}, "Warm milk", "The shop"),
        ({"keep": ["#y"]}, "Short words", "Warm milk"),
        ({"keep": [".none"], "drop": [".x"]}, "The shop", "Warm milk"),
        ({"keep": ["h2", ".x"]}, "Sleep", "Warm milk"),
        ({"keep": [".x p"]}, "The shop", "Short words"),
        ({"drop": ["body", "html", "head", "div div"]}, "Warm milk", None),
        ({"drop": ["div", ".ad"], "keep": [".ad"]}, "", "The shop"),
    ],
)
def test_hints_say_what_is_the_article(hints, has, has_not):
    found = body(PAGE, **hints)
    assert has in found
    assert has_not is None or has_not not in found


def test_each_kept_element_comes_once_and_in_order():
    found = body(f'<p class="k">first {TEXT}</p><div class="k"><p class="k">second {TEXT}</p></div>', keep=[".k"])
    assert [found.count(word) for word in ("first", "second")] == [1, 1]
    assert found.index("first") < found.index("second")


def test_what_is_kept_is_cleaned_like_anything_else():
    notice = "Harbourview original copyright contact "
    dirty = f"<p>{TEXT}{notice}Try it with honey. {notice}The habit counts more than the milk.</p>"
    site = Site(name="mine", extraction=ExtractionHints(keep=("p",)))
    article = clean(Page(html=f"<body>{dirty}{OTHER.replace('<p>', '<div>')}</body>"), site)
    assert [removal.category for removal in article.cleaning.removals] == ["watermark", "watermark"]
    assert "The shop" not in article.articleBody


def test_ten_thousand_elements_that_match_are_taken_off_in_linear_time():
    nested = "<div class='ad'>" * 2_000 + OTHER + "</div>" * 2_000 + "<i class='ad'>x</i>" * 10_000
    begin = time.process_time()
    assert "shop" not in body(OWN + nested, drop=[".ad"])
    assert time.process_time() - begin < 5


NEW = (Version(since=date(2026, 5, 1), extraction=ExtractionHints(keep=("#y",))),)


@pytest.mark.parametrize(
    ("fetched", "begins"),
    [
        (None, "Sleep"),
        (datetime(2026, 4, 30, 23, 59, tzinfo=UTC), "Sleep"),
        (datetime(2026, 5, 1, 0, 0, tzinfo=UTC), "The shop"),
        (datetime(2026, 5, 1, 1, 0, tzinfo=timezone(timedelta(hours=2))), "Sleep"),  # the day is that of UTC
    ],
)
def test_the_version_of_the_day_a_page_was_fetched_counts(fetched, begins):
    assert body(PAGE, keep=[".x"], fetched=fetched, versions=NEW).startswith(begins)


@pytest.mark.parametrize(
    ("wanted", "detected", "confidence", "declared", "answer"),
    [
        ((), "fr", 0.99, None, True),
        (("en",), "en", 0.99, "fr", True),
        (("en-GB",), "en", 0.99, None, True),
        (("en",), "fr", 0.99, "en", False),
        (("en",), "fr", 0.6, "fr", True),
        (("en",), None, None, "fr", True),
        (("zh",), "zh-Hant", 0.99, None, True),
        (("zh-CN",), "zh-Hans", 0.99, None, True),
        (("zh-CN",), "zh-Hant", 0.99, None, False),
        (("de", "fr"), "fr", 0.99, None, True),
        (("nb",), "no", 0.99, None, True),
        (("he",), "he", 0.99, "iw", True),
        (("eu",), "es", 0.99, "eu", True),
        (("eu",), "es", 0.99, None, False),
        (("eu",), "es", 0.99, "es", False),
        (("es",), "ca", 0.99, None, False),
        (("en",), "fr", 0.99, "{{lang}}", False),
    ],
)
def test_articles_in_languages_nobody_asked_for_are_let_go(wanted, detected, confidence, declared, answer):
    assert is_wanted(wanted, detected, confidence, declared) is answer
