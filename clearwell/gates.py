"""Gates: is what a run found fit to be published, or did the site change under us?

A redesign, a block page, a cookie wall taken for the article: none looks like an error in one page; over a run it does.
A gate compares a run with the median of the last ones that were released, and says in a sentence what it saw.
"""

from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import NamedTuple

from clearwell.run_report import FOUND, RunReport

HISTORY = 7  # released runs that are looked at; a week of daily crawls
MIN_PAGES = 8  # of a run, or of what it is compared with; with fewer a drop says nothing
DROP = 0.5  # of the median; what falls below it fell suddenly
MIN_COVERAGE = 0.5  # share of articles that have a field, from which it is one the site gives
MAX_FAILED = 0.5  # of the addresses asked for
MAX_COPIES = 0.3  # of the cleaned articles that may have one text
MAX_GONE = 0.25  # of the articles known before
SHIFT = 0.5  # by which the main language's share may fall


class Tripped(NamedTuple):
    """A gate that a run did not pass: its stable name, and what it saw."""

    gate: str
    message: str


def judge_run(run: RunReport, history: Sequence[RunReport]) -> list[Tripped]:
    """Say which gates a run trips; `history` are the runs of the site that were released, newest last."""
    past = list(history)[-HISTORY:]
    return [*_judge_alone(run), *_judge_gone(run, past), *_judge_number(run, past), *_judge_beside(run, past)]


def _judge_alone(run: RunReport) -> Iterator[Tripped]:
    asked = sum(run.outcomes.values())
    if asked >= MIN_PAGES and run.failed > MAX_FAILED * asked:
        yield Tripped("failures", f"{run.failed:,} of {asked:,} pages did not come: is the site down, are we shut out?")
    if run.cleaned >= MIN_PAGES and run.largestCopy > MAX_COPIES * run.cleaned:
        told = f"{run.largestCopy:,} of {run.cleaned:,} articles have one text: a block page or a wall"
        yield Tripped("same-text", told)


def _judge_gone(run: RunReport, past: list[RunReport]) -> Iterator[Tripped]:
    known = median([report.articles for report in past]) if past else 0
    gone = run.outcomes.get("gone", 0)
    if known >= MIN_PAGES and gone > MAX_GONE * known:
        yield Tripped("gone", f"{gone:,} of about {known:,.0f} articles are gone at once; did addresses change?")


def _judge_number(run: RunReport, past: list[RunReport]) -> Iterator[Tripped]:
    """A crawl that was ended by its time or hours has fewer of everything."""
    known = median([report.articles for report in past]) if past else 0
    if run.finishReason == "finished" and known >= MIN_PAGES and run.articles < DROP * known:
        yield Tripped("fewer", f"{run.articles:,} articles, usually {known:,.0f}; are the site's lists as they were?")


def _judge_beside(run: RunReport, past: list[RunReport]) -> Iterator[Tripped]:
    came = run.articles + run.judged
    usual = _median(report.yielded for report in past)
    if usual is not None and run.yielded is not None and came >= MIN_PAGES and run.yielded < DROP * usual:
        worst = max(_reasons(run), key=lambda item: item[1], default=("", 0))
        told = (
            f"{run.yielded:.0%} of the pages are articles, usually {usual:.0%}; most others: {worst[0]} ({worst[1]:,})"
        )
        yield Tripped("yield", told)
    cleaned = [report for report in past if report.cleaned >= MIN_PAGES]
    if run.cleaned < MIN_PAGES or not cleaned:
        return
    words = median([report.medianWords for report in cleaned])
    if run.medianWords < DROP * words:
        yield Tripped("length", f"articles have {run.medianWords:,.0f} words (median), usually {words:,.0f}")
    for field in sorted(run.coverage):
        share = median([report.coverage.get(field, 0.0) for report in cleaned])
        if share >= MIN_COVERAGE and run.coverage[field] < DROP * share:
            told = f"{run.coverage[field]:.0%} of the articles have `{field}`, usually {share:.0%}"
            yield Tripped("coverage", told)
    language, share = _main_language(cleaned)
    now = run.languages.get(language, 0) / run.cleaned
    if now < share - SHIFT:
        yield Tripped("language", f"{now:.0%} of the articles are in `{language}`, usually {share:.0%}")


def _reasons(run: RunReport) -> Iterable[tuple[str, int]]:
    return [(reason, count) for reason, count in run.outcomes.items() if reason not in FOUND]


def _main_language(reports: list[RunReport]) -> tuple[str, float]:
    languages = {language for report in reports for language in report.languages}
    shares = {
        language: median([report.languages.get(language, 0) / report.cleaned for report in reports])
        for language in sorted(languages)
    }
    return max(shares.items(), key=lambda item: item[1], default=("", 0.0))


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None
