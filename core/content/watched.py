"""The watched words: read once, for the checker of what is said to customers."""

from functools import cache
from pathlib import Path

from core.content.flaws import Flaw
from core.content.load import convert, read_text
from core.content.resources import folder
from core.content.yaml_lines import parse
from core.domain.watched import WatchedWords

WATCHED = Path("wording/watched.yaml")


def load_watched(path: Path) -> WatchedWords:
    """The words in that file. Raises ContentError."""
    file = str(path)
    return convert(parse(read_text(path), file=file), WatchedWords, _flaws, file=file)


@cache
def watched_words() -> WatchedWords:
    """Those that came with this version. Raises ContentError."""
    return load_watched(folder() / WATCHED)


def watched_of(root: Path) -> WatchedWords:
    """Those of a folder laid out as `resources/`, else those that came with this version. Raises ContentError."""
    path = root / WATCHED
    return load_watched(path) if path.exists() else watched_words()


def _flaws(found: WatchedWords) -> list[Flaw]:
    flaws = [] if found.version >= 1 else [Flaw(("version",), "versions begin at 1")]
    for group in ("competitor", "looking"):
        for lang in ("zh", "en", "neutral_zh", "neutral_en"):
            words: tuple[str, ...] = getattr(getattr(found, group), lang)
            flaws += [
                Flaw((group, lang, at), "an empty word would be found everywhere")
                for at, one in enumerate(words)
                if not one.strip()
            ]
            flaws += [Flaw((group, lang, at), "small letters") for at, one in enumerate(words) if one != one.lower()]
    return flaws
