"""The catalogue of indicators, read from resources/indicators: one file a group, units in units.yaml."""

from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from core.content.resources import folder
from core.content.yaml_lines import Parsed, parse
from core.domain import decoding
from core.domain.errors import ContentError
from core.domain.indicator import Indicator, IndicatorType
from core.domain.text import Text

FOLDER, _UNITS = "indicators", "units.yaml"


class _Row(Struct, forbid_unknown_fields=True):
    zh: str
    en: str
    type: IndicatorType
    unit: str = ""
    choices: tuple[Text, ...] = ()


class _Group(Struct, forbid_unknown_fields=True):
    group: Text
    source: Text
    indicators: dict[str, _Row]


@cache
def load_catalogue() -> tuple[Indicator, ...]:
    """Every indicator, group by group; raises ContentError with file and line where a file is wrong."""
    return tuple(indicators_of(folder()))


def indicators_of(root: Path) -> list[Indicator]:
    """Those of a folder laid out as `resources/`. Raises ContentError."""
    units = units_of(root)
    paths = sorted((root / FOLDER).glob("*.yaml"))
    return [one for path in paths if path.name != _UNITS for one in _group(path, units)]


def units_of(root: Path) -> dict[str, Text]:
    """What figures are counted in, by name. Raises ContentError."""
    return _units(root / FOLDER / _UNITS)


def _parsed(path: Path) -> Parsed:
    return parse(path.read_text(encoding="utf-8"), file=str(path))


def _units(path: Path) -> dict[str, Text]:
    try:
        return decoding.convert(_parsed(path).value, dict[str, Text])
    except msgspec.ValidationError as error:
        raise ContentError(file=str(path), line=1, reason=str(error)) from error


def _group(path: Path, units: dict[str, Text]) -> list[Indicator]:
    parsed = _parsed(path)
    try:
        group = decoding.convert(parsed.value, _Group)
    except msgspec.ValidationError as error:
        raise ContentError(file=str(path), line=1, reason=str(error)) from error
    found = []
    for name, row in group.indicators.items():
        if row.unit and row.unit not in units:
            line = parsed.line(("indicators", name))
            raise ContentError(file=str(path), line=line, reason=f"unknown unit {row.unit}")
        found.append(
            Indicator(
                name=name,
                label=Text(row.zh, row.en),
                unit=units.get(row.unit),
                group=group.group,
                source=group.source,
                type=row.type,
                choices=row.choices,
            )
        )
    return found
