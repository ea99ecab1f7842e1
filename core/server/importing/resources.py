"""The import's content under resources/import, checked on load: file, line and reason on error."""

from functools import cache
from pathlib import Path

from core.content import resources, yaml_lines
from core.content.yaml_lines import Parsed
from core.domain.errors import ContentError


def load(name: str) -> tuple[Parsed, str]:
    """The parsed file `resources/import/NAME` and its path; raises ContentError."""
    path: Path = resources.folder() / "import" / name
    return yaml_lines.parse(path.read_text("utf-8"), file=str(path)), str(path)


@cache
def word_lists() -> dict[str, frozenset[str]]:
    """The lists of words.yaml by name, in lower case."""
    parsed, file = load("words.yaml")
    if not isinstance(parsed.value, dict):
        raise ContentError(file=file, line=1, reason="lists of words by name are expected")
    out: dict[str, frozenset[str]] = {}
    for name, words in parsed.value.items():
        if not isinstance(words, list):
            raise ContentError(file=file, line=parsed.line((name,)), reason=f"`{name}` must be a list of words")
        out[name] = frozenset(str(word).lower() for word in words)
    return out


def words(name: str) -> frozenset[str]:
    """One list of words.yaml; KeyError where the file lacks it."""
    return word_lists()[name]
