"""Campaigns: whom each chooses, whom chance holds out, what bars a call, tasks as desks have room, and their life.

`choosing` and `scoring` ask the engine and the model: they run in a process of their own (`apart`), never in the
server's. All else is the database's."""
