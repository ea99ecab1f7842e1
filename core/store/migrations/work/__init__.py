"""Versions of work.db."""
