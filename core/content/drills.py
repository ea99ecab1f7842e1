"""Drills as files: loaded whole, or refused with file, line and reason."""

from collections.abc import Callable
from pathlib import Path

from core.content.flaws import Flaw, Where, missing_words
from core.content.load import convert, named, read_text
from core.content.yaml_lines import parse
from core.domain.drill import Drill, DrillStep, DrillTurn

FOLDER = "drills"
MAX_CHOICES = 5


def load_drill(path: Path, *, also: Callable[[Drill], list[Flaw]] | None = None) -> Drill:
    """The drill in that file; `also` adds checks of a room above. Raises ContentError."""

    def check(drill: Drill) -> list[Flaw]:
        return named(drill.id, "id", path) + _flaws(drill) + (also(drill) if also else [])

    file = str(path)
    return convert(parse(read_text(path), file=file), Drill, check, file=file)


def load_drills(root: Path) -> list[Drill]:
    """Every drill of a folder laid out as `resources/`, by name. Raises ContentError."""
    return [load_drill(path) for path in sorted((root / FOLDER).glob("*.yaml"))]


def _flaws(drill: Drill) -> list[Flaw]:
    flaws = missing_words(drill)
    if drill.version < 1:
        flaws.append(Flaw(("version",), "versions begin at 1"))
    steps = [turn.step for turn in drill.turns]
    order = list(DrillStep)
    if set(steps) != set(order) or [order.index(step) for step in steps] != sorted(order.index(s) for s in steps):
        flaws.append(Flaw(("turns",), "empathise, clarify, answer and confirm, in this order and each at least once"))
    for at, turn in enumerate(drill.turns):
        flaws += _turn(turn, ("turns", at))
    return flaws


def _turn(turn: DrillTurn, where: Where) -> list[Flaw]:
    flaws: list[Flaw] = []
    if not 2 <= len(turn.choices) <= MAX_CHOICES:
        flaws.append(Flaw((*where, "choices"), f"2 to {MAX_CHOICES} choices"))
    if sum(choice.right for choice in turn.choices) != 1:
        flaws.append(Flaw((*where, "choices"), "exactly one choice is right"))
    if len({choice.say for choice in turn.choices}) < len(turn.choices):
        flaws.append(Flaw((*where, "choices"), "two choices say the same"))
    return flaws
