"""What a command has to say, in both languages on standard output."""

import sys


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def counted(number: int, one: str, many: str = "") -> str:
    """`1 row`, `2 rows`."""
    return f"{number} {one if number == 1 else many or one + 's'}"
