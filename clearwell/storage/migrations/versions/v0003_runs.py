"""Runs, what they staged, the change log, versions, near-duplicates, and where the archive has each page."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

WORDS = sa.String().with_variant(sa.String(collation="C"), "postgresql")
LONG = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make what is not there yet; SQLite may have made some of it before a kill."""
    _widen()
    _make_runs()
    _make_changes()
    _log_what_is_there()
    _make_near_duplicates()
    _make_captures()


def _widen() -> None:
    _add_column("articles", sa.Column("version", sa.Integer, nullable=False, server_default="1"))
    _add_column("articles", sa.Column("withdrawn", sa.DateTime))
    op.create_index("articles_by_url", "articles", ["url"], if_not_exists=True)
    op.create_index("articles_by_original", "articles", ["duplicate_of"], if_not_exists=True)
    _add_column("rejections", sa.Column("run", WORDS))
    op.create_index("rejections_by_run", "rejections", ["run"], if_not_exists=True)
    _add_column("urls", sa.Column("run", WORDS))
    _add_column("urls", sa.Column("gone_runs", sa.Integer, nullable=False, server_default="0"))
    _add_column("urls", sa.Column("revisit_hours", sa.Float))
    op.create_index("urls_by_run", "urls", ["run"], if_not_exists=True)
    op.create_index("urls_by_article", "urls", ["article_id"], if_not_exists=True)


def _add_column(table: str, column: sa.Column[Any]) -> None:
    """Add a column that is not there yet; SQLite has no words for that."""
    if column.name not in {known["name"] for known in sa.inspect(op.get_bind()).get_columns(table)}:
        op.add_column(table, column)


def _make_runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("target", WORDS, nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("started", sa.DateTime, nullable=False),
        sa.Column("ended", sa.DateTime),
        sa.Column("report", sa.LargeBinary),
        sa.Column("tripped", sa.LargeBinary),
        sa.Column("accepted", sa.Boolean, nullable=False, server_default=sa.false()),
        if_not_exists=True,
    )
    op.create_table(
        "learned",
        sa.Column("run", WORDS, primary_key=True),
        sa.Column("site", WORDS, primary_key=True),
        sa.Column("memory", sa.LargeBinary, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "health",
        sa.Column("target", WORDS, primary_key=True),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        if_not_exists=True,
    )
    op.create_index("runs_by_target", "runs", ["target", "id"], if_not_exists=True)
    op.create_table(
        "staged",
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("run", WORDS, nullable=False),
        sa.Column("url", WORDS, nullable=False),
        sa.Column("article", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        if_not_exists=True,
    )
    op.create_index("staged_by_run", "staged", ["run", "id"], if_not_exists=True)


def _make_changes() -> None:
    op.create_table(
        "changes",
        sa.Column("seq", LONG, primary_key=True, autoincrement=False),
        sa.Column("op", WORDS, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "versions",
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("run", WORDS, nullable=False),
        sa.Column("article", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        if_not_exists=True,
    )


def _log_what_is_there() -> None:
    """The log begins with the articles of before: who follows it from its start has them all."""
    op.execute(
        "INSERT INTO changes (seq, op, id, version, at) "
        "SELECT row_number() OVER (ORDER BY id), 'upsert', id, 1, changed FROM articles "
        "WHERE NOT EXISTS (SELECT 1 FROM changes)"
    )


def _make_near_duplicates() -> None:
    op.create_table(
        "sketches",
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("made_by", WORDS, nullable=False),
        sa.Column("sketch", sa.LargeBinary, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "bands",
        sa.Column("band", LONG, primary_key=True, autoincrement=False),
        sa.Column("id", WORDS, primary_key=True),
        if_not_exists=True,
    )
    op.create_index("bands_by_id", "bands", ["id"], if_not_exists=True)


def _make_captures() -> None:
    op.create_table(
        "captures",
        sa.Column("url", WORDS, primary_key=True),
        sa.Column("site", WORDS, nullable=False),
        sa.Column("fetched_at", sa.DateTime, nullable=False),
        sa.Column("file", WORDS, nullable=False),
        sa.Column("offset", sa.BigInteger, nullable=False),
        sa.Column("length", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        if_not_exists=True,
    )
    op.create_index("captures_by_site", "captures", ["site", "url"], if_not_exists=True)
