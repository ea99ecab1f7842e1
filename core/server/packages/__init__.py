"""Responsibility packages at the server: the yearly snapshot, which never changes, and how it stands (KPI-03 to 06)."""
