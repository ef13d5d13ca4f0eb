"""Reads the change log out of the store, as it was written by releases, and begins it anew where it broke off."""

import itertools
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NamedTuple

from sqlalchemy import delete, func, insert, select

from clearwell.storage.database import Database
from clearwell.storage.release import wait_for_others
from clearwell.storage.tables import articles, changes, versions

READ_BATCH = 500  # changes read at a time

Op = Literal["upsert", "delete"]


class Change(NamedTuple):
    """One change; `article` is the JSON as it was published then, None for a `delete`.

    Of an article that changed again and again, old versions are forgotten: such a change brings the version of today,
    and those that follow bring it again.
    """

    seq: int
    op: Op
    id: str
    site: str
    content_hash: str
    at: datetime
    article: bytes | None


def find_last_seq(database: Database) -> int:
    """The number of the last change; 0 before the first."""
    with database.begin() as connection:
        return connection.execute(select(func.max(changes.c.seq))).scalar() or 0


def name_change(database: Database, seq: int) -> str | None:
    """What tells a change from any that another store has under the same number; None where there is none."""
    query = select(changes).where(changes.c.seq == seq)
    with database.begin() as connection:
        row = connection.execute(query).first()
    return None if row is None else f"{row.op} {row.id} {row.version} {row.at.isoformat()}"


def restart_log(database: Database, after: int, now: datetime) -> None:
    """Begin the log anew with all published articles, the numbers up to `after` being taken by another log.

    One number is left out, by which those who followed the other see that they have to begin anew too: it is that of a
    change of nothing, which is never read.
    """
    query = select(articles.c.id, articles.c.version).where(articles.c.withdrawn.is_(None)).order_by(articles.c.id)
    with database.begin() as connection:
        wait_for_others(connection)
        known = connection.execute(select(func.max(changes.c.seq))).scalar() or 0
        connection.execute(delete(changes))
        numbers = itertools.count(max(known, after) + 1)
        connection.execute(insert(changes), {"seq": next(numbers), "op": "delete", "id": "", "version": 0, "at": now})
        rows = ({"op": "upsert", "at": now, **row._mapping} for row in connection.execute(query).all())
        while batch := list(itertools.islice(rows, READ_BATCH)):
            connection.execute(insert(changes), [{"seq": next(numbers), **row} for row in batch])


def read_changes(database: Database, after: int, upto: int) -> Iterator[Change]:
    """The changes with `after` < seq <= `upto`, by seq; needs memory for one batch, whatever their number."""
    then = versions.c.article.label("then")
    query = (
        select(changes, then, articles.c.site, articles.c.content_hash, articles.c.article.label("now"))
        .select_from(changes.join(articles, articles.c.id == changes.c.id))
        .outerjoin(versions, (versions.c.id == changes.c.id) & (versions.c.version == changes.c.version))
        .order_by(changes.c.seq)
        .limit(READ_BATCH)
    )
    while after < upto:
        with database.begin() as connection:
            rows = connection.execute(query.where(changes.c.seq > after, changes.c.seq <= upto)).all()
        if not rows:
            return
        for row in rows:
            encoded = None if row.op == "delete" else zlib.decompress(row.then) if row.then else row.now
            yield Change(row.seq, row.op, row.id, row.site, row.content_hash, row.at, encoded)
        after = rows[-1].seq
