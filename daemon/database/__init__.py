"""The SQLite file: connection, migrations, lock, backup, and what is wrong with it."""
