"""What a command says of an error that it did not foresee."""

import argparse


def in_plain_words(error: Exception, options: argparse.Namespace) -> list[str]:
    """Chinese, then English; nothing where it is a fault of the program, whose traceback somebody has to see."""
    from core.server.commands.place import place_of
    from core.server.plain_errors import spoken

    words = spoken(error, where=place_of(options).shown) if hasattr(options, "database") else None
    return [] if words is None else [words.zh, words.en]
