"""Alembic's way into our tables: it runs over the connection it is given, never over one of its own."""

from alembic import context

from db.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by making it anew
    compare_type=True,
    compare_server_default=True,
    # SQLite takes back the making of tables too; the caller's transaction is the one.
    transactional_ddl=True,
)
context.run_migrations()
