"""Migrations of the server's database, run from inside the program."""

HEAD = "0030"
"""Newest revision; known without importing alembic, so that a server on current data starts at once."""
