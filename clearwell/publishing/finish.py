"""How a run ends: it is summed up, judged, released or held back, and what that changed is published."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from clearwell.errors import StoreError
from clearwell.gates import HISTORY, judge_run
from clearwell.publishing.publisher import Publisher
from clearwell.run_report import RunReport
from clearwell.storage.release import Released, count_lost, release_run
from clearwell.storage.runs import Run, Runs
from clearwell.storage.store import Store


class Finished(NamedTuple):
    """A run as it ended, and what its release changed; None for one that was held back."""

    run: Run
    released: Released | None


def finish_run(
    store: Store,
    publisher: Publisher,
    run: Run,
    finish_reason: str,
    now: datetime,
    gated: bool,
    withdraw: Collection[str] = (),
) -> Finished:
    """End a run; `withdraw` are ids of articles to go.

    Without `gated` it is released whatever it looks like: an address given by hand has no history.
    """
    runs = Runs(store.database)
    report = runs.report(run, now, finish_reason)
    lost = count_lost(store.database, run.id) + len(withdraw)
    outcomes = report.outcomes | ({"gone": lost} if lost else {})
    report = msgspec.structs.replace(report, outcomes=outcomes, withdraw=tuple(sorted(withdraw)))
    return end_run(store, publisher, run, report, runs.read_history(run.target, run.id, HISTORY) if gated else None)


def end_run(
    store: Store,
    publisher: Publisher,
    run: Run,
    report: RunReport,
    history: Sequence[RunReport] | None,
) -> Finished:
    """End a run that was summed up: judged beside `history`, if any."""
    runs = Runs(store.database)
    tripped = [] if history is None else judge_run(report, history)
    released = None
    if tripped:
        runs.hold(run, report, tripped)
    else:
        released = release_run(store.database, run, report)
    publisher.publish(store, report.ended)
    return Finished(runs.find(run.id) or run, released)


def accept_run(store: Store, publisher: Publisher, run_id: str, now: datetime) -> Released:
    """Release a held run after a person looked at it, and make it the first of the history that others are judged by.

    Raises StoreError for a run that is not held, or that another has followed.
    """
    runs = Runs(store.database)
    run = runs.find(run_id)
    if run is None or run.report is None or run.state != "held":
        held = ", ".join(known.id for known in runs.list_last(count=1_000) if known.state == "held")
        raise StoreError(f"there is no held run `{run_id}`; held are: {held or 'none'}")
    (last,) = runs.list_last(run.target, until=max(now, run.started))
    if last.id != run.id:
        raise StoreError(f"{run_id} was followed by {last.id}, which says more; nothing to release")
    released = release_run(store.database, run, run.report, run.tripped, accepted=True)
    publisher.forget_report(run.id)
    publisher.publish(store, now)
    return released
