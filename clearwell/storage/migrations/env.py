"""Run by alembic for every upgrade, with the connection that `clearwell.storage.database` hands over."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
