"""Responsibility packages, resources/packages: one file each, read whole or not at all."""

from collections.abc import Callable
from datetime import date
from functools import cache, partial
from pathlib import Path

from msgspec import Struct

from core.content.flaws import Flaw, Where, missing_words, repeated
from core.content.load import convert, named, read_text
from core.content.mistakes import Mistakes
from core.content.percent import permyriads
from core.content.quantities import Kind, amount
from core.content.resources import folder
from core.content.yaml_lines import parse
from core.domain.customer import Value
from core.domain.package import (
    Level,
    Levels,
    Package,
    PackageIndicator,
    PackageMeasure,
    PackageUnit,
    PayRule,
    Principle,
)
from core.domain.text import Text

PACKAGES = Path("packages")
_NEEDED: dict[Principle, tuple[str, ...]] = {
    Principle.GUARANTEED: ("amount",),
    Principle.SUBSCRIBED: ("amount", "level"),
    Principle.PIECE: ("each",),
    Principle.INCREMENT: ("share",),
}
_TAKEN: dict[Principle, frozenset[str]] = {
    Principle.GUARANTEED: frozenset({"amount"}),
    Principle.SUBSCRIBED: frozenset({"amount", "level"}),
    Principle.PIECE: frozenset({"each", "scenario", "beyond", "most"}),
    Principle.INCREMENT: frozenset({"share", "most"}),
}


class _Shares(Struct, kw_only=True):
    r0: str
    r1: str
    r2: str


class _Indicator(Struct, kw_only=True):
    code: str
    measure: PackageMeasure
    label: Text
    weight: int
    levels: _Shares


class _Pay(Struct, kw_only=True):
    principle: Principle
    label: Text
    amount: str | None = None
    each: str | None = None
    level: Level | None = None
    scenario: str | None = None
    beyond: int | None = None
    share: str | None = None
    most: str | None = None


class _File(Struct, kw_only=True):
    id: str
    version: int
    title: Text
    begins: date
    ends: date
    units: tuple[PackageUnit, ...]
    indicators: tuple[_Indicator, ...]
    scores: Levels
    values: tuple[Value, ...] = ()
    pay: tuple[_Pay, ...] = ()


@cache
def packages() -> tuple[Package, ...]:
    """The shipped ones. Raises ContentError."""
    return load_packages(folder())


def load_packages(root: Path) -> tuple[Package, ...]:
    """Every file of a folder laid out as `resources/`, by file name; none where it has no such folder.

    Raises ContentError with file, line and reason of what is wrong."""
    mistakes, found = Mistakes(), []
    for path in sorted((root / PACKAGES).glob("*.yaml")):
        package = mistakes.of(partial(load_package, path))
        found += [] if package is None else [package]
    mistakes.refuse()
    return tuple(found)


def load_package(path: Path) -> Package:
    """The package in that file. Raises ContentError."""
    read = _Read()

    def check(found: _File) -> list[Flaw]:
        flaws = missing_words(found) + named(found.id, "id", path) + _flaws(found)
        for at, one in enumerate(found.indicators):
            flaws += read.levels(one.levels, ("indicators", at, "levels"))
        for at, rule in enumerate(found.pay):
            flaws += _pay_flaws(rule, ("pay", at)) + read.pay(rule, ("pay", at))
        return flaws

    file = str(path)
    return read.package(convert(parse(read_text(path), file=file), _File, check, file=file))


class _Read:
    """Amounts and shares as they were written, read once, by where they stand."""

    def __init__(self) -> None:
        self._read: dict[Where, int] = {}

    def levels(self, levels: _Shares, where: Where) -> list[Flaw]:
        flaws = [flaw for name in ("r0", "r1", "r2") for flaw in self._one(getattr(levels, name), (*where, name))]
        return flaws or rising(Levels(**{name: self._read[(*where, name)] for name in ("r0", "r1", "r2")}), where)

    def pay(self, rule: _Pay, where: Where) -> list[Flaw]:
        money = [flaw for name in ("amount", "each", "most") for flaw in self._one(getattr(rule, name), (*where, name))]
        return money + self._one(rule.share, (*where, "share"))

    def _one(self, text: str | None, where: Where) -> list[Flaw]:
        if text is None:
            return []
        read: Callable[[str], int] = permyriads
        if where[-1] in ("amount", "each", "most"):
            read = partial(amount, kind=Kind.MONEY)
        try:
            self._read[where] = read(text)
        except ValueError as error:
            return [Flaw(where, str(error))]
        return []

    def package(self, found: _File) -> Package:
        return Package(
            id=found.id,
            version=found.version,
            title=found.title,
            begins=found.begins,
            ends=found.ends,
            values=found.values,
            units=found.units,
            indicators=tuple(self._indicator(one, at) for at, one in enumerate(found.indicators)),
            scores=found.scores,
            pay=tuple(self._rule(one, ("pay", at)) for at, one in enumerate(found.pay)),
        )

    def _indicator(self, one: _Indicator, at: int) -> PackageIndicator:
        levels = {name: self._read["indicators", at, "levels", name] for name in ("r0", "r1", "r2")}
        return PackageIndicator(
            code=one.code, measure=one.measure, label=one.label, weight=one.weight, levels=Levels(**levels)
        )

    def _rule(self, rule: _Pay, where: Where) -> PayRule:
        return PayRule(
            principle=rule.principle,
            label=rule.label,
            fen=self._read.get((*where, "amount"), self._read.get((*where, "each"), 0)),
            level=rule.level or Level.R1,
            scenario=rule.scenario or "",
            beyond=rule.beyond or 0,
            share=self._read.get((*where, "share"), 0),
            most_fen=self._read.get((*where, "most")),
        )


def _flaws(found: _File) -> list[Flaw]:
    codes: list[tuple[Where, str]] = [(("indicators", at, "code"), one.code) for at, one in enumerate(found.indicators)]
    teams: list[tuple[Where, str]] = [(("units", at, "team"), one.team) for at, one in enumerate(found.units)]
    flaws = repeated(codes, "indicator") + repeated(teams, "team") + rising(found.scores, ("scores",))
    if found.version < 1:
        flaws.append(Flaw(("version",), "versions begin at 1"))
    if found.ends <= found.begins:
        flaws.append(Flaw(("ends",), "ends before it begins"))
    if not found.units:
        flaws.append(Flaw(("units",), "a package has a team at least"))
    if (total := sum(one.weight for one in found.indicators)) != 100:
        flaws.append(Flaw(("indicators",), f"the weights make {total}, not 100"))
    flaws += [
        Flaw(("indicators", at, "weight"), "a weight is from 1 to 100")
        for at, one in enumerate(found.indicators)
        if not 1 <= one.weight <= 100
    ]
    for at, unit in enumerate(found.units[:-1]):
        if not unit.areas and not unit.managers:
            flaws.append(Flaw(("units", at), "takes all customers, and leaves none to the teams after it"))
    return flaws


def rising(levels: Levels, where: Where) -> list[Flaw]:
    """A flaw where a higher level asks for less."""
    if not 0 < levels.r0 < levels.r1 < levels.r2:
        return [Flaw(where, "r0, r1 and r2 rise, from above zero")]
    return []


def _pay_flaws(rule: _Pay, where: Where) -> list[Flaw]:
    given = {
        name for name in ("amount", "each", "level", "scenario", "beyond", "share", "most")
        if getattr(rule, name) is not None
    }  # fmt: skip
    flaws = [
        Flaw(where, f"{rule.principle.value} needs `{name}`") for name in _NEEDED[rule.principle] if name not in given
    ]
    flaws += [
        Flaw((*where, name), f"{rule.principle.value} knows no `{name}`")
        for name in sorted(given - _TAKEN[rule.principle])
    ]
    if rule.level is Level.BELOW:
        flaws.append(Flaw((*where, "level"), "subscribed to is r0, r1 or r2"))
    if rule.beyond is not None and rule.beyond < 0:
        flaws.append(Flaw((*where, "beyond"), "a number of successes, from 0"))
    return flaws
