"""Passwords of tests are looked at in no time: the product's way takes a tenth of a second and 64 MB for each."""

from argon2 import PasswordHasher

from core.server.access import passwords

EARNEST = passwords._hasher
"""the product's"""


def be_quick() -> None:
    """From now on, for this process; what is hashed so is as quick to look at for a server process."""
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
