"""The monthly shelf: resources/shelf, one file a group of customers, read whole or not at all."""

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from core.content.flaws import Flaw, missing_words
from core.content.load import convert, named, read_text
from core.content.mistakes import Mistakes
from core.content.resources import folder
from core.content.yaml_lines import parse
from core.domain.shelf import Shelf

SHELF = Path("shelf")
LAST_DAY = 31

AlsoShelf = Callable[[Shelf], list[Flaw]]
"""a check of a room above"""


@cache
def shelves() -> tuple[Shelf, ...]:
    """The shipped shelf. Raises ContentError."""
    return load_shelves(folder())


def load_shelves(root: Path, *, also: AlsoShelf | None = None) -> tuple[Shelf, ...]:
    """Every file of a folder laid out as `resources/`, in order of file names; none where it has no such folder.

    Raises ContentError with file, line and reason of what is wrong."""
    mistakes, found = Mistakes(), []
    for path in sorted((root / SHELF).glob("*.yaml")):
        shelf = mistakes.of(partial(load_shelf, path, also=also))
        found += [] if shelf is None else [shelf]
    mistakes.refuse()
    return tuple(found)


def load_shelf(path: Path, *, also: AlsoShelf | None = None) -> Shelf:
    """The shelf in that file; `also` knows the facts and the plans. Raises ContentError."""

    def check(found: Shelf) -> list[Flaw]:
        flaws = missing_words(found) + _day_flaws(found)
        return named(found.id, "id", path) + flaws + (also(found) if also else [])

    file = str(path)
    return convert(parse(read_text(path), file=file), Shelf, check, file=file)


def _day_flaws(shelf: Shelf) -> list[Flaw]:
    """No day without a window, none with two."""
    flaws, expected = [], 1
    for at, one in enumerate(shelf.windows):
        if one.from_day != expected:
            what = "is in two windows" if one.from_day < expected else "begins after a gap"
            flaws.append(Flaw(("windows", at, "from_day"), f"day {one.from_day} {what}: day {expected} comes next"))
        if not one.from_day <= one.until_day <= LAST_DAY:
            flaws.append(Flaw(("windows", at, "until_day"), f"a window ends on or after its first day, by {LAST_DAY}"))
        if not one.plans:
            flaws.append(Flaw(("windows", at, "plans"), "a window names a plan at least"))
        expected = one.until_day + 1
    if not flaws and expected != LAST_DAY + 1:
        flaws.append(Flaw(("windows",), f"the days from {expected} to {LAST_DAY} are in no window"))
    return flaws
