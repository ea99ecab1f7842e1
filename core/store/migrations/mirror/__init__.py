"""Versions of mirror.db."""
