"""How a run ends: it is summed up, judged, released or held back, and what that changed is published."""

from datetime import datetime
from typing import NamedTuple

from clearwell.errors import StoreError
from clearwell.gates import HISTORY, judge_run
from clearwell.publishing.publisher import Publisher
from clearwell.storage.release import Released, release_run
from clearwell.storage.runs import Run, Runs
from clearwell.storage.store import Store


class Finished(NamedTuple):
    """A run as it ended, and what its release changed; None for one that was held back."""

    run: Run
    released: Released | None


def finish_run(
    store: Store, publisher: Publisher, run: Run, finish_reason: str, now: datetime, gated: bool
) -> Finished:
    """End a run.  Without `gated` it is released whatever it looks like: an address given by hand has no history."""
    runs = Runs(store.database)
    report = runs.report(run, now, finish_reason)
    tripped = judge_run(report, runs.read_history(run.target, run.id, HISTORY)) if gated else []
    released = None
    if tripped:
        runs.hold(run, report, tripped)
    else:
        released = release_run(store.database, run, report)
    publisher.publish(store, now)
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
    (last,) = runs.list_last(run.target)
    if last.id != run.id:
        raise StoreError(f"{run_id} was followed by {last.id}, which says more; nothing to release")
    released = release_run(store.database, run, run.report, run.tripped, accepted=True)
    publisher.forget_report(run.id)
    publisher.publish(store, now)
    return released
