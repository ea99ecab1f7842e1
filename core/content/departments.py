"""Departments as files, one each: loaded whole, or refused with file, line and reason."""

from pathlib import Path

from core.content.flaws import Flaw, missing_words, repeated
from core.content.load import convert, read_text
from core.content.resources import folder
from core.content.yaml_lines import parse
from core.domain.department import Department

FOLDER = Path("departments")
LONGEST_HOURS = 24 * 90


def load_departments(root: Path) -> list[Department]:
    """Those of a folder laid out as `resources/`; one of an earlier program has none. Raises ContentError."""
    return [load_department(path) for path in sorted((root / FOLDER).glob("*.yaml"))]


def departments_of(root: Path) -> frozenset[str]:
    """Ids of the departments of a content folder, each the name of its file; one without any goes by those shipped."""
    own = frozenset(path.stem for path in (root / FOLDER).glob("*.yaml"))
    return own or frozenset(path.stem for path in (folder() / FOLDER).glob("*.yaml"))


def load_department(path: Path) -> Department:
    """Raises ContentError."""
    file = str(path)
    return convert(parse(read_text(path), file=file), Department, lambda found: _flaws(found, path.stem), file=file)


def _flaws(found: Department, stem: str) -> list[Flaw]:
    flaws = missing_words(found)
    if found.id != stem:
        flaws.append(Flaw(("id",), f"`{found.id}` does not stand in a file of its name"))
    if found.version < 1:
        flaws.append(Flaw(("version",), "versions begin at 1"))
    if not found.takes:
        flaws.append(Flaw(("takes",), "a department takes at least one kind"))
    flaws += repeated([(("takes", at, "kind"), one.kind.value) for at, one in enumerate(found.takes)], "kind")
    for at, one in enumerate(found.takes):
        if not 1 <= one.hours <= LONGEST_HOURS:
            flaws.append(Flaw(("takes", at, "hours"), f"hours are 1 to {LONGEST_HOURS}"))
    return flaws
