"""Screening on the server's own data: snapshots of the database, and tasks of what rules find. Imported by commands."""
