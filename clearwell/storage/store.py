"""The store: the articles as they were last seen, and why pages were rejected.

Everything that is published is published from here.  One transaction an article (or a batch of them), on disk before
`save` returns: a killed crawl loses at most what it was working on.
"""

import zlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec
from sqlalchemy import Column, delete, func, select, update
from sqlalchemy.engine import Connection

from clearwell.article import Article
from clearwell.clean import has_own_address
from clearwell.cleaning.memory import SiteMemory
from clearwell.errors import StoreError
from clearwell.storage.database import Database
from clearwell.storage.tables import articles, memories, rejections

READ_BATCH = 500  # rows fetched at a time, so that a snapshot of any size needs little memory

Outcome = Literal["new", "changed", "same"]


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

    def save(self, article: Article) -> Outcome:
        """Store an article in one transaction and say whether it is new, changed or the same as before.

        `fetchedAt` and the address it came by are no change: what is stored then stays as it is.
        """
        return self.save_all((article,))[0]

    def save_all(self, batch: Sequence[Article]) -> list[Outcome]:
        """Store several articles in one transaction, all or none; the outcomes are in their order."""
        with self._begin() as connection:
            return [self._save(connection, article) for article in batch]

    def _save(self, connection: Connection, article: Article) -> Outcome:
        now = datetime.now(UTC)
        row = {
            "site": article.site,
            "url": article.url,
            "content_hash": article.contentHash,
            "duplicate_of": article.duplicateOf,
            "language": article.inLanguage,
            "article": msgspec.json.encode(article),
            "changed": now,
        }
        connection.execute(delete(rejections).where(rejections.c.url == article.url))
        stored = select(articles.c.article).where(articles.c.id == article.id).with_for_update()
        known = connection.execute(stored).scalar()
        if known is not None and _is_same(known, article):
            return "same"
        write = self.database.insert(articles).values(id=article.id, first_seen=now, **row)
        connection.execute(write.on_conflict_do_update(index_elements=["id"], set_=row))
        return "new" if known is None else "changed"

    def load(self, article_id: str) -> Article | None:
        """Read one article; None when there is none of that id."""
        with self._begin() as connection:
            encoded = connection.execute(select(articles.c.article).where(articles.c.id == article_id)).scalar()
        return None if encoded is None else msgspec.json.decode(encoded, type=Article)

    def remove(self, article_id: str) -> None:
        """Forget an article; its duplicates go on naming it until they are saved again."""
        with self._begin() as connection:
            connection.execute(delete(articles).where(articles.c.id == article_id))

    def find_site(self, article_id: str) -> str | None:
        """The site an article is stored under; None when there is none of that id."""
        with self._begin() as connection:
            return connection.execute(select(articles.c.site).where(articles.c.id == article_id)).scalar()

    def find_original(self, content_hash: str, article_id: str) -> str | None:
        """The id of another article with the same text that is itself no duplicate: the one seen first."""
        c = articles.c
        query = (
            select(c.id)
            .where(c.content_hash == content_hash, c.id != article_id, c.duplicate_of.is_(None))
            .order_by(c.first_seen, c.id)
        )
        with self._begin() as connection:
            return connection.execute(query.limit(1)).scalar()

    def reject(self, url: str, site: str, reason: str, message: str) -> None:
        """Record why a page did not become an article; the last reason counts."""
        row = {"site": site, "reason": reason, "message": message, "at": datetime.now(UTC)}
        with self._begin() as connection:
            write = self.database.insert(rejections).values(url=url, **row)
            connection.execute(write.on_conflict_do_update(index_elements=["url"], set_=row))

    def load_memory(self, site: str) -> SiteMemory:
        """What is remembered of a site; an empty memory where nothing is.

        Raises StoreError for a memory that cannot be read.
        """
        with self._begin() as connection:
            return self._read_memory(connection, site)

    def list_memories(self) -> list[str]:
        """The names of the sites of which something is remembered."""
        with self._begin() as connection:
            return list(connection.execute(select(memories.c.site).order_by(memories.c.site)).scalars())

    def remember(self, site: str, memory: SiteMemory) -> None:
        """Merge a memory into what is remembered of a site: two crawls at a time both count."""
        empty = {"memory": zlib.compress(SiteMemory().to_json()), "changed": datetime.now(UTC)}
        with self._begin() as connection:
            # A write first, so that the row is there to be locked: nobody merges between the reading and the writing.
            make = self.database.insert(memories).values(site=site, **empty).on_conflict_do_nothing()
            connection.execute(make)
            merged = self._read_memory(connection, site, lock=True).merge(memory)
            row = {"memory": zlib.compress(merged.to_json()), "changed": datetime.now(UTC)}
            connection.execute(update(memories).where(memories.c.site == site).values(**row))

    def _read_memory(self, connection: Connection, site: str, lock: bool = False) -> SiteMemory:
        stored = select(memories.c.memory).where(memories.c.site == site)
        encoded = connection.execute(stored.with_for_update() if lock else stored).scalar()
        if encoded is None:
            return SiteMemory()
        try:
            return SiteMemory.from_json(zlib.decompress(encoded))
        except (zlib.error, msgspec.MsgspecError) as error:
            raise StoreError(
                f"the memory of {site} in {self.database.place} cannot be read: {error}; delete its row"
            ) from error

    def iterate(self) -> Iterator[tuple[str, str, bytes]]:
        """Yield (id, site, article JSON) ordered by id, as one consistent view, without holding it all in memory."""
        query = select(articles.c.id, articles.c.site, articles.c.article).order_by(articles.c.id)
        with self._begin() as connection:
            for row in connection.execution_options(yield_per=READ_BATCH).execute(query):
                yield row.id, row.site, row.article

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
                _tally(connection, c.site),
                _tally(connection, c.language),
                connection.execute(select(func.count()).where(c.duplicate_of.is_not(None))).scalar() or 0,
                _tally(connection, rejections.c.reason),
            )


def _tally(connection: Connection, column: Column[Any]) -> dict[str, int]:
    rows = connection.execute(select(column, func.count()).group_by(column).order_by(column)).all()
    return {str(value): count for value, count in rows}


def _is_same(known: bytes, article: Article) -> bool:
    """Whether nothing changed but when it was fetched, or by which of its addresses it came."""
    old = msgspec.json.decode(known, type=Article)
    if has_own_address(article) and not has_own_address(old):
        return False  # now it is known by its own
    return msgspec.structs.replace(old, fetchedAt=article.fetchedAt, url=article.url) == article
