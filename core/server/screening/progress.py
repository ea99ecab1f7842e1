"""How far long work is, told to whoever looks."""

from collections.abc import Callable

Progress = Callable[[int, int | None], None]
"""how many are done, of how many; None where that is not known"""


def unheard(_done: int, _total: int | None) -> None:
    """Nobody looks."""
