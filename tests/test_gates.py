"""Gates trip on what happened to a site, and on nothing that happens to sites every day."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from clearwell import Page, clean
from clearwell.gates import judge_run
from clearwell.revisit import LONGEST, SHORTEST, plan_revisit
from clearwell.run_report import ArticleSummary, RunReport

START = datetime(2026, 11, 1, tzinfo=UTC)
COVERAGE = {"headline": 1.0, "authors": 0.9, "datePublished": 0.95, "image": 0.2}
USUAL = {
    "outcomes": {"new": 4, "changed": 2, "same": 30, "unchanged": 60, "listing-page": 3, "http-404": 1},
    "failed": 1,
    "cleaned": 36,
    "medianWords": 700.0,
    "largestCopy": 1,
    "coverage": COVERAGE,
    "languages": {"en": 34, "es": 2},
}


def report(day=0, **fields):
    started = START + timedelta(days=day)
    named = {"run": f"r{day}", "site": "s", "started": started, "ended": started, "finishReason": "finished"}
    return RunReport(**{**named, **USUAL, **fields})


HISTORY = [report(day) for day in range(5)]
WALLED = {"outcomes": {"consent-wall": 95, "listing-page": 4, "same": 1}, "failed": 0, "cleaned": 1}


@pytest.mark.parametrize(
    ("run", "gates"),
    [
        (WALLED, ["fewer", "yield"]),
        ({"outcomes": {"timeout": 90, "same": 10}, "failed": 90}, ["failures", "fewer"]),
        (
            {"outcomes": {"robots-unreachable": 100}, "failed": 100, "cleaned": 0, "coverage": {}, "languages": {}},
            ["failures", "fewer"],
        ),
        ({"outcomes": {}, "failed": 0, "cleaned": 0, "coverage": {}, "languages": {}}, ["fewer"]),
        ({"outcomes": {"unchanged": 40, "fruitless": 90}, "cleaned": 0}, ["fewer", "yield"]),
        ({"largestCopy": 30}, ["same-text"]),
        ({"outcomes": {"same": 60, "gone": 36}}, ["gone"]),
        ({"medianWords": 90.0}, ["length"]),
        ({"coverage": {**COVERAGE, "authors": 0.1}}, ["coverage"]),
        ({"languages": {"zh": 36}}, ["language"]),
    ],
)
def test_a_gate_trips_and_says_what_it_saw(run, gates):
    tripped = judge_run(report(9, **run), HISTORY)
    assert [gate for gate, _ in tripped] == gates
    assert all(any(letter.isdigit() for letter in message) for _, message in tripped)


@pytest.mark.parametrize(
    "run",
    [
        {},
        {"outcomes": {"unchanged": 95}, "cleaned": 0, "coverage": {}, "languages": {}, "medianWords": 0.0},
        {"outcomes": {}, "failed": 0, "cleaned": 0, "coverage": {}, "languages": {}, "finishReason": "max-minutes"},
        {"outcomes": {"unchanged": 90, "consent-wall": 3}, "cleaned": 0},
        {"outcomes": {"timeout": 5, "same": 1, "unchanged": 60}, "failed": 5, "cleaned": 1, "medianWords": 20.0},
        {"medianWords": 400.0, "coverage": {**COVERAGE, "image": 0.0}, "languages": {"en": 20, "es": 16}},
        {"outcomes": {"new": 300, "same": 30, "listing-page": 60}},
    ],
)
def test_an_ordinary_day_trips_nothing(run):
    assert judge_run(report(9, **run), HISTORY) == []


def test_a_first_run_is_judged_alone():
    assert judge_run(report(**WALLED), []) == []
    assert [gate for gate, _ in judge_run(report(largestCopy=36), [])] == ["same-text"]


def test_one_bad_day_in_the_past_does_not_become_the_measure():
    tripped = judge_run(report(9, **WALLED), [*HISTORY, report(6, **WALLED)])
    assert [gate for gate, _ in tripped] == ["fewer", "yield"]


def test_articles_are_summed_up():
    page = "<html lang=en><article><h1>{0}</h1><p>By {1}</p>" + "<p>{0} is what this page is about, at length.</p>" * 9
    articles = [
        clean(Page(url=f"https://a.example/{n}", html=page.format(f"Sleep {n}", "Ada Moor"))) for n in (1, 2, 2)
    ]
    summary = ArticleSummary()
    for article in articles:
        summary.add(article)
    fields = summary.to_fields()
    assert (fields["cleaned"], fields["largestCopy"]) == (3, 2)
    assert fields["coverage"]["headline"] == 1.0
    assert sum(fields["languages"].values()) == 3
    assert msgspec.convert(msgspec.to_builtins(report(**fields)), RunReport) == report(**fields)
    assert ArticleSummary().to_fields()["coverage"] == {}


@pytest.mark.parametrize(
    ("seen", "interval", "failures", "hours"),
    [
        ("new", None, 0, 24),
        ("changed", 24, 0, 12),
        ("same", 24, 0, 36),
        ("changed", 1, 0, 1),
        ("same", 24 * 50, 0, 24 * 60),
        ("failed", 24 * 50, 1, 1),
        ("failed", 24, 4, 8),
        ("failed", None, 10_000, 24 * 60),
    ],
)
def test_a_page_is_visited_again_at_its_own_pace(seen, interval, failures, hours):
    before = None if interval is None else timedelta(hours=interval)
    planned = plan_revisit(seen, START, before, failures)
    assert planned.at == START + timedelta(hours=hours)
    if seen == "failed":
        assert planned.interval == (before or timedelta(days=1))


def test_the_pace_stays_within_bounds():
    interval = None
    for seen in ["same"] * 40 + ["changed"] * 40:
        interval = plan_revisit(seen, START, interval).interval
        assert SHORTEST <= interval <= LONGEST
    assert interval == SHORTEST
    assert plan_revisit("same", START, None, longest=timedelta(hours=6)).interval == timedelta(hours=6)
