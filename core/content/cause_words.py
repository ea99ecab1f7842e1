"""The words of causes, resources/causes/words.yaml, read whole or not at all."""

from functools import cache
from pathlib import Path

from core.content.flaws import Flaw, Where, missing_words, repeated
from core.content.load import convert, read_text
from core.content.resources import folder
from core.content.yaml_lines import parse
from core.domain.causes import OTHER, CauseWords

CAUSES = Path("causes/words.yaml")


@cache
def cause_words() -> CauseWords:
    """The shipped words. Raises ContentError."""
    return load_cause_words(folder() / CAUSES)


def load_cause_words(path: Path) -> CauseWords:
    """The words in that file. Raises ContentError with file, line and reason."""
    file = str(path)
    return convert(parse(read_text(path), file=file), CauseWords, _flaws, file=file)


def _flaws(found: CauseWords) -> list[Flaw]:
    codes: list[tuple[Where, str]] = [(("causes", at, "code"), one.code) for at, one in enumerate(found.causes)]
    flaws = missing_words(found) + repeated(codes, "cause")
    if found.version < 1:
        flaws.append(Flaw(("version",), "versions begin at 1"))
    seen: set[str] = set()
    for at, cause in enumerate(found.causes):
        if cause.code == OTHER:
            flaws.append(Flaw(("causes", at, "code"), f"`{OTHER}` stands for what is like nothing else"))
        if not cause.words:
            flaws.append(Flaw(("causes", at, "words"), "a cause has a word at least"))
        for place, word in enumerate(cause.words):
            if not word.strip():
                flaws.append(Flaw(("causes", at, "words", place), "an empty word"))
            elif word in seen:
                flaws.append(Flaw(("causes", at, "words", place), f"`{word}` stands here twice"))
            seen.add(word)
    return flaws
