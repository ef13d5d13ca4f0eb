"""What a run learns is kept page by page, each with its page's article."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

WORDS = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table, and take over what runs that were broken off have learned."""
    op.create_table(
        "lessons",
        sa.Column("run", WORDS, primary_key=True),
        sa.Column("site", WORDS, primary_key=True),
        sa.Column("page", WORDS, primary_key=True),
        sa.Column("memory", sa.LargeBinary, nullable=False),
        if_not_exists=True,
    )
    op.create_index("staged_by_url", "staged", ["url"], if_not_exists=True)
    if "learned" in sa.inspect(op.get_bind()).get_table_names():  # SQLite may have come so far before a kill
        op.execute("DELETE FROM lessons WHERE page = ''")
        op.execute("INSERT INTO lessons (run, site, page, memory) SELECT run, site, '', memory FROM learned")
        op.drop_table("learned")
