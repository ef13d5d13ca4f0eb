"""How a store of any earlier version becomes one of this: alembic's revisions, one a file in versions/."""
