"""When to look at a page again: soon after it changed, ever more rarely while it does not."""

from datetime import datetime, timedelta
from typing import Literal, NamedTuple

FIRST = timedelta(days=1)  # after a page is seen for the first time
SHORTEN, LENGTHEN = 0.5, 1.5  # of the interval, after a change and after none: a page's own pace in a few visits
SHORTEST, LONGEST = timedelta(hours=1), timedelta(days=60)  # unless the site's file says otherwise
RETRY = timedelta(hours=1)  # after a first failure; doubled by each that follows

Seen = Literal["new", "changed", "same", "failed"]


class Revisit(NamedTuple):
    """When to visit next, and the interval that led there, from which the next one is made."""

    at: datetime
    interval: timedelta


def plan_revisit(
    seen: Seen,
    now: datetime,
    interval: timedelta | None,
    failures: int = 0,
    shortest: timedelta = SHORTEST,
    longest: timedelta = LONGEST,
) -> Revisit:
    """Plan the next visit of a page; `interval` is the one before, `failures` how many in a row, this one counted.

    A failure says nothing of how often a page changes: it leaves the interval as it is.

    >>> plan_revisit("same", datetime(2026, 1, 1), timedelta(days=2)).interval
    datetime.timedelta(days=3)
    """
    usual = interval or FIRST
    if seen == "failed":
        wait = RETRY * 2 ** min(max(failures, 1) - 1, 20)
        return Revisit(now + _bound(wait, min(shortest, RETRY), longest), usual)
    factor = {"new": 1.0, "changed": SHORTEN, "same": LENGTHEN}[seen]
    planned = _bound(usual * factor, shortest, longest)
    return Revisit(now + planned, planned)


def _bound(wait: timedelta, shortest: timedelta, longest: timedelta) -> timedelta:
    return max(shortest, min(wait, longest))
