"""What is known of each address that was asked for: how its last visit ended, what the page was, its validators.

A lost record costs one fetch, so visits are written in batches, with few transactions; articles are not.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import select, update
from sqlalchemy.engine import Connection, Row
from w3lib.url import canonicalize_url

from clearwell.revisit import LONGEST, SHORTEST, Seen, plan_revisit
from clearwell.storage.database import Database
from clearwell.storage.tables import urls

BATCH = 200  # addresses in one statement; SQLite takes 32,766 values in one, PostgreSQL 65,535
DAY_SLACK = timedelta(hours=36)  # a lastmod that is a mere day may be any moment of it, in any time zone


GONE = ("failed:http-404", "failed:http-410")  # outcomes that say that there is no such page any more
CLOSED = "rejected:robots"  # outcome that says that we may not look any more; what stands there is not known
# Judgements that take an article back that was published: what its page asks for, and what the site's file does.
WITHDRAWING = ("noindex", "rights-reserved", "other-language", "off-topic", "excluded")
SKIPPED = "sitemap"  # status of a page that was not asked for, as its sitemap names no change
MOVED = "moved"  # status of an address that leads to another for good


class Reading(msgspec.Struct, frozen=True):
    """What a page read in full was: `judgement` is `article`, or the reason why it is none.

    `rules` names what it was judged by (cleaning, model, the site's settings), `digest` is of the body, `content_hash`
    of the cleaned text; `article_id` is the article's, or that of which the page is a duplicate.
    """

    judgement: str
    rules: str
    digest: bytes
    article_id: str | None = None
    content_hash: str | None = None
    etag: str | None = None
    last_modified: str | None = None


class Visit(msgspec.Struct, frozen=True):
    """One address: the last visit, and the last reading.

    `status` is an HTTP status or the reason nothing came; `outcome` is `article`, `unchanged`, `rejected:REASON` or
    `failed:REASON`; `failures` counts those one behind another.  `confirmed_at` is when the reading was last known to
    be that of the page as it is, `changed_at` when the cleaned text last changed.  `lastmod` is the sitemap's, and
    `lastmod_lied` says that the article changed although it did not.  `next_visit` is when to look again, some
    `revisit_hours` after the last time; `gone_runs` counts the runs in which there was no such page, it had moved for
    good, or robots.txt closed it to us; `run` is the last.
    """

    url: str
    site: str
    status: str
    outcome: str
    fetched_at: datetime
    failures: int = 0
    reading: Reading | None = None
    confirmed_at: datetime | None = None
    changed_at: datetime | None = None
    lastmod: datetime | None = None
    lastmod_lied: bool = False
    next_visit: datetime | None = None
    revisit_hours: float | None = None
    gone_runs: int = 0
    run: str | None = None


class Ending(msgspec.Struct, frozen=True):
    """How a visit ended; `reading` is there when the page was read in full, new validators may come with a 304.

    `revisit` are the hours within which to look again, at the soonest and at the latest.
    """

    url: str
    site: str
    status: str
    outcome: str
    at: datetime
    reading: Reading | None = None
    etag: str | None = None
    last_modified: str | None = None
    lastmod: datetime | None = None
    run: str | None = None
    revisit: tuple[float, float] = (SHORTEST / timedelta(hours=1), LONGEST / timedelta(hours=1))


def address_key(url: str) -> str:
    """The address a request is known by: as Scrapy tells two requests apart.

    >>> address_key("https://a.example/x?b=2&a=1#top")
    'https://a.example/x?a=1&b=2'
    """
    return canonicalize_url(url)


def is_before(lastmod: datetime, moment: datetime) -> bool:
    """Whether what a sitemap calls the last change was surely over by then.

    >>> from datetime import UTC
    >>> is_before(datetime(2026, 11, 25, 8, 30, tzinfo=UTC), datetime(2026, 11, 25, 9, tzinfo=UTC))
    True
    >>> is_before(datetime(2026, 11, 25, tzinfo=UTC), datetime(2026, 11, 25, 9, tzinfo=UTC))  # some time that day
    False
    """
    is_day = lastmod.hour == lastmod.minute == lastmod.second == 0
    return lastmod + (DAY_SLACK if is_day else timedelta()) < moment


def follow(known: Visit | None, ending: Ending) -> Visit:
    """What is known of an address after one visit more."""
    if known is not None and ending.status == SKIPPED:
        return msgspec.structs.replace(known, outcome=ending.outcome, run=ending.run)
    return _plan(known, _read_on(known, ending), ending)


def _plan(known: Visit | None, visit: Visit, ending: Ending) -> Visit:
    """When to look again, and in how many runs the address was gone by now."""
    failed = ending.outcome.startswith("failed:")
    changed = visit.changed_at == ending.at
    seen: Seen = "failed" if failed else "new" if known is None else "changed" if changed else "same"
    former = timedelta(hours=known.revisit_hours) if known is not None and known.revisit_hours else None
    shortest, longest = (timedelta(hours=hours) for hours in ending.revisit)
    planned = plan_revisit(seen, ending.at, former, visit.failures, shortest, longest)
    gone = visit.gone_runs if failed or _is_gone(ending.status, ending.outcome) else 0
    before = known is not None and known.run == ending.run and _is_gone(known.status, known.outcome)
    if _is_gone(ending.status, ending.outcome) and not before:
        gone += 1
    hours = planned.interval / timedelta(hours=1)
    return msgspec.structs.replace(
        visit, next_visit=planned.at, revisit_hours=hours, gone_runs=gone, run=ending.run or visit.run
    )


def _is_gone(status: str, outcome: str) -> bool:
    return status == MOVED or outcome in GONE or outcome == CLOSED


def _read_on(known: Visit | None, ending: Ending) -> Visit:
    visit = known or Visit(ending.url, ending.site, ending.status, ending.outcome, ending.at)
    visit = msgspec.structs.replace(
        visit,
        site=ending.site,
        status=ending.status,
        outcome=ending.outcome,
        fetched_at=ending.at,
        lastmod=ending.lastmod or visit.lastmod,
        lastmod_lied=_lied(visit, ending),
    )
    if ending.outcome.startswith("failed:"):
        return msgspec.structs.replace(visit, failures=visit.failures + 1)
    if ending.reading is None and ending.outcome != "unchanged":
        return msgspec.structs.replace(visit, failures=0)  # refused or redirected: that says nothing of the page
    return _confirm(visit, ending)


def _confirm(visit: Visit, ending: Ending) -> Visit:
    reading, former = ending.reading, visit.reading
    changed = visit.changed_at
    if reading is None and former is not None:
        reading = msgspec.structs.replace(
            former, etag=ending.etag or former.etag, last_modified=ending.last_modified or former.last_modified
        )
    elif reading is not None and former is not None and reading.judgement in WITHDRAWING:
        reading = msgspec.structs.replace(reading, article_id=former.article_id)  # so that the article can go
    elif reading is not None and (former is None or former.content_hash != reading.content_hash):
        changed = ending.at
    return msgspec.structs.replace(visit, failures=0, reading=reading, confirmed_at=ending.at, changed_at=changed)


def _lied(visit: Visit, ending: Ending) -> bool:
    """Whether the article changed without its lastmod; once told, until the lastmod moves."""
    old, new = visit.reading, ending.reading
    if ending.lastmod is None:
        return visit.lastmod_lied
    if old is None or new is None or visit.confirmed_at is None or old.rules != new.rules or old.digest == new.digest:
        return visit.lastmod_lied and ending.lastmod == visit.lastmod
    return old.content_hash != new.content_hash and is_before(ending.lastmod, visit.confirmed_at)


class Visits:
    """The table of addresses in an open store; any failure is a StoreError."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def find(self, url: str) -> Visit | None:
        """What is known of one address."""
        return self.find_all((url,)).get(address_key(url))

    def find_all(self, addresses: Iterable[str]) -> dict[str, Visit]:
        """What is known of many addresses, by their keys."""
        keys = {address_key(url) for url in addresses}
        if not keys:
            return {}
        with self.database.begin() as connection:
            return self._find(connection, keys)

    def is_empty(self) -> bool:
        """Whether nothing is known of any address."""
        with self.database.begin() as connection:
            return connection.execute(select(urls.c.url).limit(1)).first() is None

    def record(self, endings: Sequence[Ending]) -> None:
        """Take down how visits ended, in one transaction; of two of one address both count, in their order."""
        if not endings:
            return
        with self.database.begin() as connection:
            known: dict[str, Visit] = self._find(connection, {address_key(ending.url) for ending in endings})
            for ending in endings:
                key = address_key(ending.url)
                known[key] = msgspec.structs.replace(follow(known.get(key), ending), url=key)
            self._write(connection, list(known.values()))

    def take_text(self, article_id: str, former: str, text: str) -> None:
        """Take down that the pages of an article are cleaned to another text now; both are content hashes."""
        known = (urls.c.article_id == article_id) & (urls.c.content_hash == former)
        with self.database.begin() as connection:
            connection.execute(update(urls).where(known).values(content_hash=text))

    def list_due(self, site: str, run: str, now: datetime, count: int) -> list[str]:
        """Addresses of a site's articles that a run has not asked for and that are due, the longest overdue first."""
        unasked = urls.c.run.is_(None) | (urls.c.run != run)
        query = select(urls.c.url).where(urls.c.site == site, urls.c.judgement == "article", unasked)
        query = query.where(urls.c.next_visit <= now).order_by(urls.c.next_visit, urls.c.url).limit(count)
        with self.database.begin() as connection:
            return list(connection.execute(query).scalars())

    def list_unasked(self, site: str, run: str) -> list[str]:
        """Addresses of a site's articles that a run has not asked for."""
        unasked = urls.c.run.is_(None) | (urls.c.run != run)
        query = select(urls.c.url).where(urls.c.site == site, urls.c.judgement == "article", unasked)
        with self.database.begin() as connection:
            return list(connection.execute(query.order_by(urls.c.url)).scalars())

    def is_lastmod_trusted(self, site: str) -> bool:
        """Whether no lastmod of the site's sitemaps is known to have lied."""
        query = select(urls.c.url).where(urls.c.site == site, urls.c.lastmod_lied).limit(1)
        with self.database.begin() as connection:
            return connection.execute(query).first() is None

    def iterate(self, site: str) -> Iterator[Visit]:
        """All addresses of a site, in their order."""
        query = select(urls).where(urls.c.site == site).order_by(urls.c.url)
        with self.database.begin() as connection:
            for row in connection.execution_options(yield_per=BATCH).execute(query):
                yield _read(row)

    def _find(self, connection: Connection, keys: set[str]) -> dict[str, Visit]:
        found: dict[str, Visit] = {}
        for batch in _batched(sorted(keys)):
            for row in connection.execute(select(urls).where(urls.c.url.in_(batch))):
                found[row.url] = _read(row)
        return found

    def _write(self, connection: Connection, visits: list[Visit]) -> None:
        write = self.database.insert(urls)
        fields = {column.name: write.excluded[column.name] for column in urls.columns if column.name != "url"}
        upsert = write.on_conflict_do_update(index_elements=["url"], set_=fields)
        # Ordered by address, so that two crawls of one site wait for each other instead of locking each other out.
        connection.execute(upsert, [_row(visit) for visit in sorted(visits, key=lambda visit: visit.url)])


_READING = Reading.__struct_fields__
_VISIT = tuple(name for name in Visit.__struct_fields__ if name != "reading")


def _row(visit: Visit) -> dict[str, Any]:
    row = {name: getattr(visit, name) for name in _VISIT}
    return row | {name: getattr(visit.reading, name) if visit.reading else None for name in _READING}


def _read(row: Row[Any]) -> Visit:
    values = row._mapping
    reading = Reading(**{name: values[name] for name in _READING}) if values["judgement"] is not None else None
    return Visit(**{name: values[name] for name in _VISIT}, reading=reading)


def _batched(keys: list[str]) -> Iterator[list[str]]:
    left = iter(keys)
    while batch := list(itertools.islice(left, BATCH)):
        yield batch
