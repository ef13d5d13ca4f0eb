"""Reads the change log out of the store, as it was written by releases."""

import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NamedTuple

from sqlalchemy import func, select

from clearwell.storage.database import Database
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
