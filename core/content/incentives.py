"""Incentive points and contests, resources/incentives and resources/contests, read whole or not at all."""

from functools import cache, partial
from pathlib import Path
from typing import TypeVar

from core.content.flaws import Flaw, missing_words
from core.content.load import convert, named, read_text
from core.content.mistakes import Mistakes
from core.content.resources import folder
from core.content.yaml_lines import parse
from core.domain.incentive import Contest, ContestMeasure, Incentive

INCENTIVES, CONTESTS = Path("incentives"), Path("contests")
T = TypeVar("T", Incentive, Contest)
_ON_NET_DAYS = (0, 7, 14, 30)


@cache
def incentives() -> tuple[Incentive, ...]:
    """The shipped ones. Raises ContentError."""
    return load_incentives(folder())


@cache
def contests() -> tuple[Contest, ...]:
    """The shipped ones. Raises ContentError."""
    return load_contests(folder())


def load_incentives(root: Path) -> tuple[Incentive, ...]:
    """Every file of a folder laid out as `resources/`; none where it has no such folder. Raises ContentError."""
    return _every(root / INCENTIVES, Incentive)


def load_contests(root: Path) -> tuple[Contest, ...]:
    """Every file of a folder laid out as `resources/`; none where it has no such folder. Raises ContentError."""
    return _every(root / CONTESTS, Contest)


def _every(place: Path, kind: type[T]) -> tuple[T, ...]:
    mistakes, found = Mistakes(), []
    for path in sorted(place.glob("*.yaml")):
        one = mistakes.of(partial(_load, path, kind))
        found += [] if one is None else [one]
    mistakes.refuse()
    return tuple(found)


def _load(path: Path, kind: type[T]) -> T:
    def check(found: T) -> list[Flaw]:
        flaws = _incentive_flaws(found) if isinstance(found, Incentive) else _contest_flaws(found)
        return missing_words(found) + named(found.id, "id", path) + flaws

    file = str(path)
    return convert(parse(read_text(path), file=file), kind, check, file=file)


def _incentive_flaws(found: Incentive) -> list[Flaw]:
    flaws: list[Flaw] = []
    if found.version < 1:
        flaws.append(Flaw(("version",), "versions begin at 1"))
    if not found.scenarios:
        flaws.append(Flaw(("scenarios",), "points are for the calls of a scenario at least"))
    if found.on_net_days not in _ON_NET_DAYS:
        flaws.append(Flaw(("on_net_days",), "whether a line stayed is known after 7, 14 and 30 days; 0: at once"))
    flaws += [Flaw((name,), "points, from 0") for name in ("save", "order") if getattr(found, name) < 0]
    if found.deduction > -2 * found.save:
        flaws.append(Flaw(("deduction",), f"takes back what a save brings doubly: {-2 * found.save} or less"))
    if not 0 <= found.stores.saved_percent_at_least <= 100:
        flaws.append(Flaw(("stores", "saved_percent_at_least"), "per cent, from 0 to 100"))
    return flaws


def _contest_flaws(found: Contest) -> list[Flaw]:
    flaws: list[Flaw] = []
    if found.version < 1:
        flaws.append(Flaw(("version",), "versions begin at 1"))
    if found.ends < found.begins:
        flaws.append(Flaw(("ends",), "ends before it begins"))
    if found.benchmark < 1:
        flaws.append(Flaw(("benchmark",), "a benchmark is above zero"))
    if found.measure is ContestMeasure.SUCCESS_RATE and found.least < 1:
        flaws.append(Flaw(("least",), "a rate needs so many contacts, or one lucky call wins"))
    return flaws
