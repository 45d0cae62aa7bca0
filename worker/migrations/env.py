"""Runs revisions on the connection that worker.database hands over."""

from alembic import context

from worker.tables import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite cannot alter tables in place
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
