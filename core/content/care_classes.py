"""The classes of care as a file: loaded whole, or refused with file, line and reason."""

from collections.abc import Callable
from pathlib import Path

from core.content.flaws import Flaw, Where, missing_words, repeated
from core.content.load import convert, read_text
from core.content.yaml_lines import parse
from core.domain.care_class import CareChannel, CareClass, CareClasses

CARE = Path("care/classes.yaml")


def load_care_classes(path: Path, *, also: Callable[[CareClasses], list[Flaw]] | None = None) -> CareClasses:
    """The classes in that file; `also` adds checks of a room above. Raises ContentError."""

    def check(found: CareClasses) -> list[Flaw]:
        return _flaws(found) + (also(found) if also else [])

    file = str(path)
    return convert(parse(read_text(path), file=file), CareClasses, check, file=file)


def _flaws(found: CareClasses) -> list[Flaw]:
    flaws = missing_words(found)
    if found.version < 1:
        flaws.append(Flaw(("version",), "versions begin at 1"))
    for name in ("code", "row"):
        named: list[tuple[Where, str]] = [
            (("classes", at, name), str(getattr(one, name))) for at, one in enumerate(found.classes)
        ]
        flaws += repeated(named, name)
    return flaws + [f for at, one in enumerate(found.classes) for f in _one(one, ("classes", at))]


def _one(one: CareClass, where: Where) -> list[Flaw]:
    flaws: list[Flaw] = []
    if not one.channels or len(set(one.channels)) < len(one.channels):
        flaws.append(Flaw((*where, "channels"), "at least one channel, and none twice"))
    if CareChannel.CALL in one.channels and not one.call:
        flaws.append(Flaw((*where, "call"), "a call needs its words"))
    if (one.when is None) is (one.by_notice is None):
        flaws.append(Flaw(where, "either `when` says for whom it is due, or `by_notice` who tells of it"))
    if one.rest_days < 1:
        flaws.append(Flaw((*where, "rest_days"), "a class rests at least a day"))
    return flaws
