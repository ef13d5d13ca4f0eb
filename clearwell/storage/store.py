"""The store: the articles as they were last seen, and why pages were rejected.

Everything that is published is published from here.  SQLite in WAL mode, one file, one transaction an article, synced
to disk before `save` returns: a killed crawl loses at most the page it was working on.
"""

import contextlib
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec
from filelock import FileLock, Timeout
from sqlalchemy import (
    Column,
    DateTime,
    Index,
    LargeBinary,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    event,
    func,
    select,
    text,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from clearwell.article import Article
from clearwell.clean import has_own_address
from clearwell.cleaning.memory import SiteMemory
from clearwell.errors import StoreError

BUSY_TIMEOUT = 30  # seconds to wait for another process that writes
READ_BATCH = 500  # rows fetched at a time, so that a snapshot of any size needs little memory

Outcome = Literal["new", "changed", "same"]

_schema = MetaData()
_articles = Table(
    "articles",
    _schema,
    Column("id", String, primary_key=True),
    Column("site", String, nullable=False),
    Column("url", String, nullable=False),
    Column("content_hash", String, nullable=False),
    Column("duplicate_of", String),
    Column("language", String),
    Column("article", LargeBinary, nullable=False),
    Column("first_seen", DateTime, nullable=False),
    Column("changed", DateTime, nullable=False),
    Index("articles_by_content", "content_hash"),
)
_rejections = Table(
    "rejections",
    _schema,
    Column("url", String, primary_key=True),
    Column("site", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("message", String, nullable=False),
    Column("at", DateTime, nullable=False),
)
_memories = Table(
    "memories",
    _schema,
    Column("site", String, primary_key=True),
    Column("memory", LargeBinary, nullable=False),  # JSON, compressed: 0.1 MB for a full one
    Column("changed", DateTime, nullable=False),
)


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
    """An open store; close it, or use it as a context manager.  Any failure of the database is a StoreError."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._shared: Connection | None = None  # the connection of `together`
        with self._failing():
            path.parent.mkdir(parents=True, exist_ok=True)
            self.engine = _connect(path)
            with FileLock(f"{path}.lock", timeout=BUSY_TIMEOUT):  # two first crawls would both create the tables
                _schema.create_all(self.engine)

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back; the file is whole at any time."""
        self.engine.dispose()

    def save(self, article: Article) -> Outcome:
        """Store an article in one transaction and say whether it is new, changed or the same as before.

        `fetchedAt` and the address it came by are no change: what is stored then stays as it is.
        """
        encoded = msgspec.json.encode(article)
        now = _now()
        row = {
            "site": article.site,
            "url": article.url,
            "content_hash": article.contentHash,
            "duplicate_of": article.duplicateOf,
            "language": article.inLanguage,
            "article": encoded,
            "changed": now,
        }
        with self._begin() as connection:
            connection.execute(delete(_rejections).where(_rejections.c.url == article.url))
            known = connection.execute(select(_articles.c.article).where(_articles.c.id == article.id)).scalar()
            if known is not None and _is_same(known, article):
                return "same"
            write = insert(_articles).values(id=article.id, first_seen=now, **row)
            connection.execute(write.on_conflict_do_update(index_elements=["id"], set_=row))
        return "new" if known is None else "changed"

    def load(self, article_id: str) -> Article | None:
        """Read one article; None when there is none of that id."""
        with self._begin() as connection:
            encoded = connection.execute(select(_articles.c.article).where(_articles.c.id == article_id)).scalar()
        return None if encoded is None else msgspec.json.decode(encoded, type=Article)

    def find_site(self, article_id: str) -> str | None:
        """The site an article is stored under; None when there is none of that id."""
        with self._begin() as connection:
            return connection.execute(select(_articles.c.site).where(_articles.c.id == article_id)).scalar()

    def find_original(self, content_hash: str, article_id: str) -> str | None:
        """The id of another article with the same text that is itself no duplicate: the one seen first."""
        c = _articles.c
        query = (
            select(c.id)
            .where(c.content_hash == content_hash, c.id != article_id, c.duplicate_of.is_(None))
            .order_by(c.first_seen, c.id)
        )
        with self._begin() as connection:
            return connection.execute(query.limit(1)).scalar()

    def reject(self, url: str, site: str, reason: str, message: str) -> None:
        """Record why a page did not become an article; the last reason counts."""
        row = {"site": site, "reason": reason, "message": message, "at": _now()}
        with self._begin() as connection:
            write = insert(_rejections).values(url=url, **row)
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
            return list(connection.execute(select(_memories.c.site).order_by(_memories.c.site)).scalars())

    def remember(self, site: str, memory: SiteMemory) -> None:
        """Merge a memory into what is remembered of a site: two crawls at a time both count."""
        with self._begin() as connection:
            if self._shared is None:
                connection.execute(text("BEGIN IMMEDIATE"))  # nobody merges between the reading and the writing
            merged = self._read_memory(connection, site).merge(memory)
            row = {"memory": zlib.compress(merged.to_json()), "changed": _now()}
            write = insert(_memories).values(site=site, **row)
            connection.execute(write.on_conflict_do_update(index_elements=["site"], set_=row))

    def _read_memory(self, connection: Connection, site: str) -> SiteMemory:
        encoded = connection.execute(select(_memories.c.memory).where(_memories.c.site == site)).scalar()
        if encoded is None:
            return SiteMemory()
        try:
            return SiteMemory.from_json(zlib.decompress(encoded))
        except (zlib.error, msgspec.MsgspecError) as error:
            raise StoreError(f"the memory of {site} in {self.path} cannot be read: {error}; delete its row") from error

    def iterate(self) -> Iterator[tuple[str, str, bytes]]:
        """Yield (id, site, article JSON) ordered by id, as one consistent view, without holding it all in memory."""
        query = select(_articles.c.id, _articles.c.site, _articles.c.article).order_by(_articles.c.id)
        with self._begin() as connection:
            for row in connection.execution_options(yield_per=READ_BATCH).execute(query):
                yield row.id, row.site, row.article

    def rejections(self) -> list[Rejection]:
        """All recorded rejections, by site and address."""
        query = select(_rejections).order_by(_rejections.c.site, _rejections.c.url)
        with self._begin() as connection:
            rows = connection.execute(query).all()
        return [Rejection(r.url, r.site, r.reason, r.message, r.at.replace(tzinfo=UTC).isoformat()) for r in rows]

    def count(self) -> Counts:
        """Count what is stored."""
        c = _articles.c
        with self._begin() as connection:
            return Counts(
                _tally(connection, c.site),
                _tally(connection, c.language),
                connection.execute(select(func.count()).where(c.duplicate_of.is_not(None))).scalar() or 0,
                _tally(connection, _rejections.c.reason),
            )

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Everything done inside is one transaction: all of it is stored at the end, or, with an error, nothing.

        For a store that a single thread uses.
        """
        with self._begin() as connection:
            connection.execute(text("BEGIN IMMEDIATE"))  # what is read stays true until all is written
            self._shared = connection
            try:
                yield
            finally:
                self._shared = None

    @contextlib.contextmanager
    def _begin(self) -> Iterator[Connection]:
        if self._shared is not None:
            with self._failing():
                yield self._shared
            return
        with self._failing(), self.engine.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, Timeout, OSError) as error:
            cause = getattr(error, "orig", None) or error
            raise StoreError(
                f"the store {self.path} cannot be used: {cause}; see that the disk has room and the file can be written"
            ) from error


def _connect(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_TIMEOUT})

    @event.listens_for(engine, "connect")
    def _set_durable(connection: Any, _: object) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")  # WAL's default may lose the last commits in a power cut

    return engine


def _tally(connection: Connection, column: Column[Any]) -> dict[str, int]:
    rows = connection.execute(select(column, func.count()).group_by(column).order_by(column)).all()
    return {str(value): count for value, count in rows}


def _is_same(known: bytes, article: Article) -> bool:
    """Whether nothing changed but when it was fetched, or by which of its addresses it came."""
    old = msgspec.json.decode(known, type=Article)
    if has_own_address(article) and not has_own_address(old):
        return False  # now it is known by its own
    return msgspec.structs.replace(old, fetchedAt=article.fetchedAt, url=article.url) == article


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)  # SQLite keeps no zone; all times in the store are UTC
