"""The client's use cases: open a task, walk the call, save what came of it, correct it, see the day.

Everything here blocks for milliseconds at most and is called on the store's lane; no Qt, no network.
"""
