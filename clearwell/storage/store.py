"""The store: the articles as they were released, why pages were rejected, and what each site repeats.

Everything that is published is published from here.  Runs (runs.py) bring articles in, releases (release.py) make them
the published ones.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Column, ColumnElement, func, select, true
from sqlalchemy.engine import Connection

from clearwell.article import Article
from clearwell.storage.database import Database
from clearwell.storage.tables import articles, health, rejections

READ_BATCH = 500  # rows fetched at a time, so that a snapshot of any size needs little memory


class Rejection(NamedTuple):
    """A page that did not become an article: `reason` is short and stable, `message` says what to do."""

    url: str
    site: str
    reason: str
    message: str
    at: str


class Counts(NamedTuple):
    """How many articles of each site and language are stored, how many of them duplicates, and the rejections."""

    by_site: dict[str, int]
    by_language: dict[str, int]
    duplicates: int
    rejected: dict[str, int]


class Store:
    """An open store; close it, or use it as a context manager.

    `address` is that of Database.  Any failure of the database is a StoreError.  Several threads may use one.
    """

    def __init__(self, address: str | Path) -> None:
        self.database = Database(address)
        self._begin = self.database.begin

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back; the data is whole at any time."""
        self.database.close()

    def load(self, article_id: str) -> Article | None:
        """Read one published article; None when there is none of that id."""
        query = select(articles.c.article).where(articles.c.id == article_id, articles.c.withdrawn.is_(None))
        with self._begin() as connection:
            encoded = connection.execute(query).scalar()
        return None if encoded is None else msgspec.json.decode(encoded, type=Article)

    def find_taken_from(self, url: str) -> list[str]:
        """The ids of the published articles that were taken from an address."""
        query = select(articles.c.id).where(articles.c.url == url, articles.c.withdrawn.is_(None))
        with self._begin() as connection:
            return list(connection.execute(query).scalars())

    def reject(self, url: str, site: str, reason: str, message: str, run: str | None = None) -> None:
        """Record why a page did not become an article in a run; the last reason counts."""
        row = {"site": site, "reason": reason, "message": message, "at": datetime.now(UTC), "run": run}
        with self._begin() as connection:
            write = self.database.insert(rejections).values(url=url, **row)
            connection.execute(write.on_conflict_do_update(index_elements=["url"], set_=row))

    def read_health(self, target: str) -> str | None:
        """What was last told of how a target does; None when nothing was."""
        with self._begin() as connection:
            return connection.execute(select(health.c.state).where(health.c.target == target)).scalar()

    def write_health(self, target: str, state: str, now: datetime) -> None:
        """Take down what was told."""
        with self._begin() as connection:
            write = self.database.insert(health).values(target=target, state=state, at=now)
            connection.execute(write.on_conflict_do_update(index_elements=["target"], set_={"state": state, "at": now}))

    def iterate(self) -> Iterator[tuple[str, str, bytes]]:
        """Yield (id, site, article JSON) ordered by id, as one consistent view, without holding it all in memory."""
        query = select(articles.c.id, articles.c.site, articles.c.article).where(articles.c.withdrawn.is_(None))
        query = query.order_by(articles.c.id)
        with self._begin() as connection:
            for row in connection.execution_options(yield_per=READ_BATCH).execute(query):
                yield row.id, row.site, row.article

    def list_newest(self, site: str | None, count: int = 50) -> list[Article]:
        """The articles of a site, or of all, that changed last, newest first; duplicates are left out."""
        query = select(articles.c.article).where(articles.c.withdrawn.is_(None), articles.c.duplicate_of.is_(None))
        query = query if site is None else query.where(articles.c.site == site)
        with self._begin() as connection:
            rows = connection.execute(query.order_by(articles.c.changed.desc(), articles.c.id).limit(count)).scalars()
            return [msgspec.json.decode(encoded, type=Article) for encoded in rows]

    def rejections(self) -> list[Rejection]:
        """All recorded rejections, by site and address."""
        query = select(rejections).order_by(rejections.c.site, rejections.c.url)
        with self._begin() as connection:
            rows = connection.execute(query).all()
        return [Rejection(r.url, r.site, r.reason, r.message, r.at.isoformat()) for r in rows]

    def count(self) -> Counts:
        """Count what is stored."""
        c = articles.c
        with self._begin() as connection:
            return Counts(
                _tally(connection, c.site, c.withdrawn.is_(None)),
                _tally(connection, c.language, c.withdrawn.is_(None)),
                connection.execute(select(func.count()).where(c.duplicate_of.is_not(None))).scalar() or 0,
                _tally(connection, rejections.c.reason, true()),
            )


def _tally(connection: Connection, column: Column[Any], which: ColumnElement[bool]) -> dict[str, int]:
    rows = connection.execute(select(column, func.count()).where(which).group_by(column).order_by(column)).all()
    return {str(value): count for value, count in rows}
