"""Telling desks at once that there is something to pull: what is looked at, how often, and who is told."""
