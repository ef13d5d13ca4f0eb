"""Tells a person when a scheduled crawl goes wrong, and when it is well again: once each.

Where to is CLEARWELL_ALERTS, addresses as apprise has them (`mailto://`, `slack://`, `json://` ...), parted by spaces.
"""

import os
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Literal

from clearwell.errors import SiteConfigError
from clearwell.storage.places import output_folder
from clearwell.storage.runs import Run, Runs
from clearwell.storage.store import Store

VARIABLE = "CLEARWELL_ALERTS"
Health = Literal["well", "failing", "held"]
Send = Callable[[str, str], bool]


class Alerts:
    """Sends what changed in the health of a target; what cannot be sent is tried again after the next crawl."""

    def __init__(self, store: Store, send: Send | None) -> None:
        self.store, self.send = store, send

    @classmethod
    def from_environment(cls, store: Store) -> "Alerts":
        """Alerts to where CLEARWELL_ALERTS says; to nobody without it."""
        addresses = os.environ.get(VARIABLE, "").split()
        return cls(store, _make_sender(addresses) if addresses else None)

    def tell(self, target: str, code: int, now: datetime, cause: str = "") -> bool:
        """Take note of how a crawl ended (its exit code), and send an alert if that is news; whether that went well.

        `cause` is why it did not begin, where that is known.
        """
        last = Runs(self.store.database).list_last(target, until=now)
        health = _judge(code, last)
        known = self.store.read_health(target)
        if health == known or (known is None and health == "well"):
            return True
        if self.send is not None and not self.send(*_word(target, health, code, last, cause)):
            return False
        self.store.write_health(target, health, now)
        return True


def check_addresses() -> None:
    """Raises SiteConfigError for an address to which nothing can ever be sent."""
    addresses = os.environ.get(VARIABLE, "").split()
    if not addresses:
        return
    import apprise

    for number, address in enumerate(addresses, 1):
        if not apprise.Apprise().add(address):  # it may hold a password: only its beginning is shown
            scheme = address.partition("://")[0][:20] if "://" in address else "..."
            raise SiteConfigError(
                f"{VARIABLE}: address {number}, `{scheme}://...`, is none that apprise knows; nothing is sent there "
                "(https://github.com/caronc/apprise lists what it knows)"
            )


def _judge(code: int, last: Sequence[Run]) -> Health:
    if code in (0, 1) and any(run.state == "running" for run in last):
        return "failing"  # it was broken off: nothing of it is published
    return {0: "well", 1: "well", 3: "held"}.get(code, "failing")  # type: ignore[return-value]


def _word(target: str, health: Health, code: int, last: Sequence[Run], cause: str = "") -> tuple[str, str]:
    """The title and the text of an alert."""
    if health == "well":
        return f"Clearwell: {target} is well again", "The last crawl ended as it should, and was published."
    if health == "failing":
        died = cause or (f"It was ended by signal {-code}." if code < 0 else f"Its exit code was {code}.")
        return f"Clearwell: the crawl of {target} failed", f"{died} What was published before is still there."
    told = [f"- {message} (gate {gate})" for run in last for gate, message in run.tripped]
    where = [f"Report: {output_folder() / 'reports' / run.id}.html" for run in last]
    release = [f"If the site only changed: clearwell release {run.id}" for run in last]
    return f"Clearwell: {target} was held back", "\n".join(["Nothing of it was published.", *told, *where, *release])


def _make_sender(addresses: Sequence[str]) -> Send:
    import apprise  # takes a tenth of a second, which only those who are alerted need to pay

    service = apprise.Apprise()
    for address in addresses:
        service.add(address)  # one that is none is told by `check_addresses`
    return lambda title, body: bool(service.notify(title=title, body=body))
