"""The tables of Clearwell 0.1.0, which kept no version: those that are there already stay as they are."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make what is not there yet."""
    words = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    op.create_table(
        "articles",
        sa.Column("id", words, primary_key=True),
        sa.Column("site", words, nullable=False),
        sa.Column("url", words, nullable=False),
        sa.Column("content_hash", words, nullable=False),
        sa.Column("duplicate_of", words),
        sa.Column("language", words),
        sa.Column("article", sa.LargeBinary, nullable=False),
        sa.Column("first_seen", sa.DateTime, nullable=False),
        sa.Column("changed", sa.DateTime, nullable=False),
        if_not_exists=True,
    )
    op.create_index("articles_by_content", "articles", ["content_hash"], if_not_exists=True)
    op.create_table(
        "rejections",
        sa.Column("url", words, primary_key=True),
        sa.Column("site", words, nullable=False),
        sa.Column("reason", words, nullable=False),
        sa.Column("message", words, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "memories",
        sa.Column("site", words, primary_key=True),
        sa.Column("memory", sa.LargeBinary, nullable=False),
        sa.Column("changed", sa.DateTime, nullable=False),
        if_not_exists=True,
    )
