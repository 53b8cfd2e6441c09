"""How alembic reaches a ledger: over the connection that `Ledger.open` hands it, in one transaction."""

from alembic import context

from parley.store.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata)
context.run_migrations()
