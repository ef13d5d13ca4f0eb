"""The tables of the store, the same in SQLite and PostgreSQL.

A change here needs a migration (clearwell/storage/migrations/versions) and a new VERSION; a test holds that a store
made from these definitions is the one that the migrations make.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    false,
)
from sqlalchemy.types import TypeDecorator

VERSION = "0004"  # of the newest migration; a new store is of it from the start

_BYTEWISE = String().with_variant(String(collation="C"), "postgresql")  # sorted alike on both, whatever the locale


class Words(TypeDecorator[str]):
    """Text from outside: what a database cannot hold (NUL, lone surrogates) is replaced."""

    impl = _BYTEWISE
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or (value.isascii() and "\0" not in value):
            return value
        return value.encode("utf-8", "replace").decode().replace("\0", "\ufffd")


class Moment(TypeDecorator[datetime]):
    """A UTC-aware datetime; stored without its zone, since SQLite keeps none."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


schema = MetaData()

version = Table("alembic_version", schema, Column("version_num", String(32), primary_key=True))

articles = Table(
    "articles",
    schema,
    Column("id", Words, primary_key=True),
    Column("site", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("content_hash", Words, nullable=False),
    Column("duplicate_of", Words),
    Column("language", Words),
    Column("article", LargeBinary, nullable=False),
    Column("first_seen", Moment, nullable=False),
    Column("changed", Moment, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("withdrawn", Moment),  # a tombstone: it is published no more, and may come back
    Index("articles_by_content", "content_hash"),
    Index("articles_by_url", "url"),
    Index("articles_by_original", "duplicate_of"),
)

# A crawl of one target (a site, an address, a file of addresses): see runs.Run for the columns.
runs = Table(
    "runs",
    schema,
    Column("id", Words, primary_key=True),
    Column("target", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("started", Moment, nullable=False),
    Column("ended", Moment),
    Column("report", LargeBinary),  # JSON
    Column("tripped", LargeBinary),  # JSON
    Column("accepted", Boolean, nullable=False, server_default=false()),
    Index("runs_by_target", "target", "id"),
)

# What a run found, until it is released; an article found again takes the place of what was found before.
staged = Table(
    "staged",
    schema,
    Column("id", Words, primary_key=True),
    Column("run", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("article", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
    Index("staged_by_run", "run", "id"),
    Index("staged_by_url", "url"),
)

# The change log: `version` is that of the article it speaks of.
changes = Table(
    "changes",
    schema,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("op", Words, nullable=False),
    Column("id", Words, nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", Moment, nullable=False),
)

versions = Table(
    "versions",
    schema,
    Column("id", Words, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("run", Words, nullable=False),
    Column("article", LargeBinary, nullable=False),  # JSON, compressed
    Column("at", Moment, nullable=False),
)

# For finding near-duplicates: see clearwell.duplicates.
sketches = Table(
    "sketches",
    schema,
    Column("id", Words, primary_key=True),
    Column("made_by", Words, nullable=False),
    Column("sketch", LargeBinary, nullable=False),
)
bands = Table(
    "bands",
    schema,
    Column("band", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("id", Words, primary_key=True),
    Index("bands_by_id", "id"),
)

# What was last told of a target's health: see app/alerts.py.
health = Table(
    "health",
    schema,
    Column("target", Words, primary_key=True),
    Column("state", Words, nullable=False),
    Column("at", Moment, nullable=False),
)

# Where the archive has what an address answered: see archive.Place.
captures = Table(
    "captures",
    schema,
    Column("url", Words, primary_key=True),
    Column("site", Words, nullable=False),
    Column("fetched_at", Moment, nullable=False),
    Column("file", Words, nullable=False),
    Column("offset", BigInteger, nullable=False),
    Column("length", BigInteger, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Index("captures_by_site", "site", "url"),
)

rejections = Table(
    "rejections",
    schema,
    Column("url", Words, primary_key=True),
    Column("site", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("message", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("run", Words),
    Index("rejections_by_run", "run"),
)

memories = Table(
    "memories",
    schema,
    Column("site", Words, primary_key=True),
    Column("memory", LargeBinary, nullable=False),  # JSON, compressed: 0.1 MB for a full one
    Column("changed", Moment, nullable=False),
)

# What a run learned of its sites, page by page; it joins `memories` when the run is released.
lessons = Table(
    "lessons",
    schema,
    Column("run", Words, primary_key=True),
    Column("site", Words, primary_key=True),
    Column("page", Words, primary_key=True),  # the page's key; empty for what was learned of many at once
    Column("memory", LargeBinary, nullable=False),
)

# What is known of each address asked for: see visits.Visit for the columns.
urls = Table(
    "urls",
    schema,
    Column("url", Words, primary_key=True),
    Column("site", Words, nullable=False),
    Column("status", Words, nullable=False),
    Column("outcome", Words, nullable=False),
    Column("judgement", Words),
    Column("article_id", Words),
    Column("content_hash", Words),
    Column("rules", Words),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("digest", LargeBinary),
    Column("fetched_at", Moment, nullable=False),
    Column("confirmed_at", Moment),
    Column("changed_at", Moment),
    Column("failures", Integer, nullable=False),
    Column("next_visit", Moment),
    Column("lastmod", Moment),
    Column("lastmod_lied", Boolean, nullable=False),
    Column("run", Words),
    Column("gone_runs", Integer, nullable=False, server_default="0"),
    Column("revisit_hours", Float),
    Index("urls_by_site", "site", "next_visit"),
    Index("urls_by_run", "run"),
    Index("urls_by_article", "article_id"),
)
