"""A text file that a command writes: whole, or not at all."""

from pathlib import Path

from core.review.taking.whole_file import whole_file


def write_whole(path: Path, words: str) -> None:
    """A file of that name is replaced only by a whole one. Raises InputError where the disk does not take it."""
    with whole_file(path) as beside:
        beside.write_text(words, encoding="utf-8", newline="\n")
