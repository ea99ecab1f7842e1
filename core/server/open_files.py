"""How many files the process may hold open: each desk that listens is one, and the usual limit is about a thousand."""

import os
from contextlib import suppress

ENOUGH = 65_536


def allow_many() -> None:
    """Raises the soft limit as far as the hard one lets it; does nothing on systems that have none."""
    if os.name != "posix":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = ENOUGH if hard == resource.RLIM_INFINITY else min(ENOUGH, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        # Some systems keep a further limit of their own: then the former one holds.
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
