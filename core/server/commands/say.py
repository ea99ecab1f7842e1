"""What a command has to say, in both languages on standard output."""

import sys


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
