"""Near-duplicates: alike texts are found, others are not, and the original does not hang on any order."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from clearwell.duplicates import (
    LIKENESS,
    MIN_SHINGLES,
    Sketched,
    choose_originals,
    list_bands,
    measure_likeness,
    read_date,
    sketch_text,
)
from samples.site import expected, list_slugs

DAY = datetime(2026, 11, 1, tzinfo=UTC)


def body(slug):
    return "\n\n".join(text for _, text in expected(slug).blocks)


def edit(text, rate):
    """A text with every so many of its words (or characters of Chinese) changed for others."""
    draw = random.Random(rate)
    parts = text.split(" ") if " " in text else list(text)
    edited = [part if draw.random() > rate else f"other{draw.randrange(10**6)}" for part in parts]
    return (" " if " " in text else "").join(edited)


LONG = [slug for slug in list_slugs() if sketch_text(body(slug))]


@pytest.mark.parametrize("slug", LONG)
def test_an_edited_copy_meets_its_original_and_another_article_does_not(slug):
    original, copy = sketch_text(body(slug)), sketch_text(edit(body(slug), 0.01))
    assert measure_likeness(original, copy) >= LIKENESS
    assert set(list_bands(original)) & set(list_bands(copy))
    others = [sketch_text(body(other)) for other in LONG if other != slug]
    assert max(measure_likeness(original, other) for other in others) < 0.5


def test_the_same_text_in_other_capitals_spaces_and_punctuation_has_the_same_sketch():
    text = body(LONG[0])
    assert sketch_text(text) == sketch_text(text.upper().replace(" ", "  \n").replace(".", " !"))


@pytest.mark.parametrize("text", ["", "Drink water.", "word " * 1_000, "一" * 1_000, "\ud800" * 100])
def test_a_text_that_says_too_little_is_not_compared(text):
    assert sketch_text(text) is None


def test_words_without_end_cost_no_more_than_their_beginning():
    words = " ".join(str(number) for number in range(200_000))
    assert sketch_text(words) == sketch_text(words + " more of it")
    assert len(sketch_text(" ".join(str(number) for number in range(MIN_SHINGLES + 3)))) == 384


def sketched(name, published=None, seen=0):
    return Sketched(name, published and DAY + timedelta(days=published), DAY + timedelta(days=seen))


@pytest.mark.parametrize(
    ("articles", "alike", "originals"),
    [
        ([sketched("a", 5), sketched("b", 3)], {"a": ["b"]}, {"a": "b"}),
        ([sketched("a", seen=2), sketched("b", seen=1)], {"a": ["b"]}, {"a": "b"}),
        ([sketched("a", seen=2), sketched("b", 1, seen=9)], {"a": ["b"]}, {"a": "b"}),
        ([sketched("b"), sketched("a")], {"b": ["a"]}, {"b": "a"}),
        ([sketched("a", 1), sketched("b", 2), sketched("c", 3)], {"a": ["b", "c"], "b": ["c"]}, {"b": "a", "c": "a"}),
        # the ends of a chain are not alike: c is no duplicate of a, and b, which is one, can have none
        ([sketched("a", 1), sketched("b", 2), sketched("c", 3)], {"a": ["b"], "b": ["c"]}, {"b": "a"}),
        ([sketched("a", 1), sketched("b", 2)], {"a": ["a", "gone"], "gone": ["b"]}, {}),
        ([], {"a": ["b"]}, {}),
    ],
)
def test_the_original_is_the_one_published_first_else_seen_first(articles, alike, originals):
    backwards = {other: [one] for one, others in alike.items() for other in others} if len(alike) == 1 else alike
    for order in (articles, articles[::-1]):
        assert choose_originals(order, alike) == originals
        if all(len(others) == 1 for others in alike.values()):
            assert choose_originals(order, backwards) == originals


@pytest.mark.parametrize(
    ("stated", "moment"),
    [
        ("2026-11-01", DAY),
        ("2026-11-01T02:00:00+02:00", DAY),
        ("2026-11-01T00:00:00Z", DAY),
        ("last week", None),
        ("", None),
        (None, None),
    ],
)
def test_a_stated_date_is_a_moment(stated, moment):
    assert read_date(stated) == moment
