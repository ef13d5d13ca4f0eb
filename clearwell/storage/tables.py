"""The tables of the store, the same in SQLite and PostgreSQL.

A change here needs a migration (clearwell/storage/migrations/versions) and a new VERSION; a test holds that a store
made from these definitions is the one that the migrations make.
"""

from datetime import UTC, datetime

from sqlalchemy import Boolean, Column, DateTime, Dialect, Index, Integer, LargeBinary, MetaData, String, Table
from sqlalchemy.types import TypeDecorator

VERSION = "0002"  # of the newest migration; a new store is of it from the start

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
    Index("articles_by_content", "content_hash"),
)

rejections = Table(
    "rejections",
    schema,
    Column("url", Words, primary_key=True),
    Column("site", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("message", Words, nullable=False),
    Column("at", Moment, nullable=False),
)

memories = Table(
    "memories",
    schema,
    Column("site", Words, primary_key=True),
    Column("memory", LargeBinary, nullable=False),  # JSON, compressed: 0.1 MB for a full one
    Column("changed", Moment, nullable=False),
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
    Index("urls_by_site", "site", "next_visit"),
)
