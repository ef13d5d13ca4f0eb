"""What is known of each address: its validators, how its last visit ended, what it was."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table; SQLite may have made it before a kill, as it changes tables outside of transactions."""
    words = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    op.create_table(
        "urls",
        sa.Column("url", words, primary_key=True),
        sa.Column("site", words, nullable=False),
        sa.Column("status", words, nullable=False),
        sa.Column("outcome", words, nullable=False),
        sa.Column("judgement", words),
        sa.Column("article_id", words),
        sa.Column("content_hash", words),
        sa.Column("rules", words),
        sa.Column("etag", words),
        sa.Column("last_modified", words),
        sa.Column("digest", sa.LargeBinary),
        sa.Column("fetched_at", sa.DateTime, nullable=False),
        sa.Column("confirmed_at", sa.DateTime),
        sa.Column("changed_at", sa.DateTime),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("next_visit", sa.DateTime),
        sa.Column("lastmod", sa.DateTime),
        sa.Column("lastmod_lied", sa.Boolean, nullable=False),
        if_not_exists=True,
    )
    op.create_index("urls_by_site", "urls", ["site", "next_visit"], if_not_exists=True)
