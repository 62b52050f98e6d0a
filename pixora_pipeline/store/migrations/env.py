"""Alembic's entry: migrations run on the connection that `store.database` hands over."""

from alembic import context

from pixora_pipeline.store import account_tables  # noqa: F401 its tables are among the base's
from pixora_pipeline.store.database import VERSION_TABLE
from pixora_pipeline.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    version_table=VERSION_TABLE,
)
with context.begin_transaction():
    context.run_migrations()
