"""What is kept of each address, and what follows from a visit more."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from clearwell.storage.store import Store
from clearwell.storage.visits import BATCH, Ending, Reading, Visits, follow, is_before

URL = "https://a.example/x"
DAY = timedelta(days=1)
FIRST = datetime(2026, 11, 1, 12, 30, tzinfo=UTC)
READ = Reading("article", "rules-1", b"body", "id-1", "text-1", '"tag"', "Sun, 01 Nov 2026 12:00:00 GMT")


def ending(outcome, day=0, reading=None, **more):
    return Ending(
        URL,
        "a",
        {"article": "200", "unchanged": "304"}.get(outcome, "timeout"),
        outcome,
        FIRST + day * DAY,
        reading,
        **more,
    )


def follow_all(*endings):
    visit = None
    for each in endings:
        visit = follow(visit, each)
    return visit


def read(**changes):
    return msgspec.structs.replace(READ, **changes)


ARTICLE = ending("article", 0, READ)
CASES = {
    "a first reading": ((ARTICLE,), {"outcome": "article", "status": "200", "reading": READ, "changed_at": FIRST}),
    "a failure leaves the reading": (
        (ARTICLE, ending("failed:timeout", 1), ending("failed:timeout", 2)),
        {
            "outcome": "failed:timeout",
            "failures": 2,
            "reading": READ,
            "confirmed_at": FIRST,
            "fetched_at": FIRST + 2 * DAY,
        },
    ),
    "a 304 confirms it, and may bring new validators": (
        (ARTICLE, ending("failed:timeout", 1), ending("unchanged", 2, etag='"new"')),
        {
            "outcome": "unchanged",
            "failures": 0,
            "reading": read(etag='"new"'),
            "confirmed_at": FIRST + 2 * DAY,
            "changed_at": FIRST,
        },
    ),
    "another body with the same text is no change": (
        (ARTICLE, ending("article", 1, read(digest=b"other"))),
        {"changed_at": FIRST, "confirmed_at": FIRST + DAY, "reading": read(digest=b"other")},
    ),
    "another text is one": (
        (ARTICLE, ending("article", 1, read(digest=b"other", content_hash="text-2"))),
        {"changed_at": FIRST + DAY},
    ),
    "a page that never came": ((ending("failed:dns"),), {"reading": None, "confirmed_at": None, "failures": 1}),
    "a page that is no article": (
        (ending("rejected:noindex", 0, Reading("noindex", "rules-1", b"body")),),
        {"outcome": "rejected:noindex", "failures": 0, "confirmed_at": FIRST},
    ),
}


@pytest.mark.parametrize(("endings", "wanted"), CASES.values(), ids=CASES)
def test_what_follows_from_visits(endings, wanted):
    visit = follow_all(*endings)
    assert {name: getattr(visit, name) for name in wanted} == wanted


OLD, NEW = FIRST - DAY, FIRST + 3 * DAY
OTHER = read(digest=b"other", content_hash="text-2")
LIES = {
    "the text changed, the lastmod did not": ((ARTICLE, ending("article", 2, OTHER, lastmod=OLD)), True),
    "both changed": ((ARTICLE, ending("article", 4, OTHER, lastmod=NEW)), False),
    "nothing changed": ((ARTICLE, ending("article", 2, READ, lastmod=OLD)), False),
    "only what is round the text changed": ((ARTICLE, ending("article", 2, read(digest=b"o"), lastmod=OLD)), False),
    "it was cleaned by other rules": (
        (ARTICLE, ending("article", 2, read(digest=b"o", content_hash="t", rules="rules-2"), lastmod=OLD)),
        False,
    ),
    "a liar stays one": (
        (
            ARTICLE,
            ending("article", 2, OTHER, lastmod=OLD),
            ending("unchanged", 3, lastmod=OLD),
            ending("failed:dns", 4),
        ),
        True,
    ),
    "until its lastmod moves": (
        (ARTICLE, ending("article", 2, OTHER, lastmod=OLD), ending("unchanged", 4, lastmod=NEW)),
        False,
    ),
}


@pytest.mark.parametrize(("endings", "lied"), LIES.values(), ids=LIES)
def test_when_a_lastmod_has_lied(endings, lied):
    assert follow_all(*endings).lastmod_lied is lied


MIDNIGHT = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lastmod", "moment", "before"),
    [
        (MIDNIGHT, MIDNIGHT + timedelta(hours=20), False),  # a mere day: some time that day, somewhere
        (MIDNIGHT, MIDNIGHT + timedelta(hours=37), True),
        (MIDNIGHT + timedelta(hours=3), MIDNIGHT + timedelta(hours=4), True),
        (MIDNIGHT + timedelta(hours=5), MIDNIGHT + timedelta(hours=4), False),
    ],
)
def test_what_lies_before(lastmod, moment, before):
    assert is_before(lastmod, moment) is before


@pytest.fixture
def visits(store_address):
    with Store(store_address) as store:
        yield Visits(store.database)


def test_what_is_recorded_is_found(visits):
    visits.record([ending("article", 0, READ, lastmod=OLD), ending("failed:timeout", 1)])
    assert visits.find(URL) == follow_all(ending("article", 0, READ, lastmod=OLD), ending("failed:timeout", 1))
    visits.record([ending("unchanged", 2)])
    assert visits.find(URL + "#part").outcome == "unchanged"
    assert visits.find("https://a.example/y") is None


def test_an_address_is_known_however_its_query_is_ordered(visits):
    visits.record([msgspec.structs.replace(ARTICLE, url="https://a.example/?b=1&a=2")])
    assert visits.find("https://a.example/?a=2&b=1").reading == READ


def test_any_number_at_a_time(visits):
    count = 2 * BATCH + 7
    visits.record([msgspec.structs.replace(ARTICLE, url=f"{URL}/{n:04}") for n in range(count)])
    visits.record([])
    assert len(visits.find_all(f"{URL}/{n:04}" for n in range(count + 50))) == count
    assert [visit.url for visit in visits.iterate("a")] == [f"{URL}/{n:04}" for n in range(count)]


def test_one_lie_costs_a_site_its_trust(visits):
    visits.record([ARTICLE])
    assert visits.is_lastmod_trusted("a")
    visits.record([ending("article", 2, OTHER, lastmod=OLD)])
    assert not visits.is_lastmod_trusted("a")
    assert visits.is_lastmod_trusted("b")
