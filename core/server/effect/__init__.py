"""What campaigns changed, read from the database: members, calls, who left; `core.screening.effect` has the figures."""
