"""The words of causes, resources/causes/words.yaml, read whole or not at all."""

from functools import cache
from pathlib import Path

from msgspec import Struct

from core.content.flaws import Flaw, Where, missing_words, repeated
from core.content.load import convert, read_text
from core.content.resources import folder
from core.content.yaml_lines import parse
from core.domain.causes import OTHER, Cause, CauseWords
from core.domain.text import Text

CAUSES = Path("causes/words.yaml")


class _Cause(Struct, kw_only=True):
    code: str
    label: Text
    words: str
    """with blanks between: hundreds of them, each an entry of its own, would take YAML a while"""
    hints: str = ""
    notes: str = ""
    """a line each"""


class _File(Struct, kw_only=True):
    version: int
    ignored: str = ""
    dismissed: str = ""
    stressed: str = ""
    causes: tuple[_Cause, ...] = ()


@cache
def cause_words() -> CauseWords:
    """The shipped words. Raises ContentError."""
    return load_cause_words(folder() / CAUSES)


def load_cause_words(path: Path) -> CauseWords:
    """The words in that file. Raises ContentError with file, line and reason."""
    file = str(path)
    found = convert(parse(read_text(path), file=file), _File, _flaws, file=file)
    return CauseWords(
        version=found.version,
        ignored=tuple(found.ignored.split()),
        dismissed=tuple(found.dismissed.split()),
        stressed=tuple(found.stressed.split()),
        causes=tuple(_cause(one) for one in found.causes),
    )


def _cause(read: _Cause) -> Cause:
    return Cause(
        code=read.code,
        label=read.label,
        words=tuple(read.words.split()),
        hints=tuple(read.hints.split()),
        notes=tuple(_lines(read.notes)),
    )


def _lines(notes: str) -> list[str]:
    return [line.strip() for line in notes.splitlines() if line.strip()]


def _flaws(found: _File) -> list[Flaw]:
    codes: list[tuple[Where, str]] = [(("causes", at, "code"), one.code) for at, one in enumerate(found.causes)]
    flaws = missing_words(found) + repeated(codes, "cause")
    if found.version < 1:
        flaws.append(Flaw(("version",), "versions begin at 1"))
    words: list[tuple[Where, str]] = []
    for at, cause in enumerate(found.causes):
        if cause.code == OTHER:
            flaws.append(Flaw(("causes", at, "code"), f"`{OTHER}` stands for what is like nothing else"))
        if not cause.words.split():
            flaws.append(Flaw(("causes", at, "words"), "a cause has a word at least"))
        words += [(("causes", at, "words"), word) for word in cause.words.split()]
        words += [(("causes", at, "hints"), word) for word in cause.hints.split()]
    notes: list[tuple[Where, str]] = [
        (("causes", at, "notes"), note) for at, cause in enumerate(found.causes) for note in _lines(cause.notes)
    ]
    return flaws + repeated(words, "word") + repeated(notes, "note")
