"""The ledger in SQLite or PostgreSQL; the only folder that writes a database."""
