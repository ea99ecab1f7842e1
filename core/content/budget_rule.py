"""How much may be spent to keep a customer, resources/rules/budget.yaml, read whole or not at all."""

from functools import cache
from pathlib import Path

from msgspec import Struct

from core.content.flaws import Flaw, Where, missing_words, repeated
from core.content.load import convert, read_text
from core.content.quantities import Kind, amount
from core.content.resources import folder
from core.content.yaml_lines import parse
from core.domain.customer import Value
from core.domain.retention_budget import BudgetRow, BudgetRule, Gauge
from core.domain.text import Text

BUDGET = Path("rules/budget.yaml")
_PERIODS = (1, 2, 3, 4, 6, 12)


class _Row(Struct, kw_only=True):
    value: Value
    most: str


class _File(Struct, kw_only=True):
    version: int
    period_months: int
    rows: tuple[_Row, ...]
    unknown: str
    amber_percent: int
    words: dict[Gauge, Text]


@cache
def budget_rule() -> BudgetRule:
    """The shipped rule. Raises ContentError."""
    return load_budget_rule(folder() / BUDGET)


def load_budget_rule(path: Path) -> BudgetRule:
    """The rule in that file. Raises ContentError with file, line and reason."""
    fen: dict[Where, int] = {}

    def read(text: str, where: Where, flaws: list[Flaw]) -> None:
        try:
            fen[where] = amount(text, Kind.MONEY)
        except ValueError as error:
            flaws.append(Flaw(where, str(error)))

    def check(found: _File) -> list[Flaw]:
        values: list[tuple[Where, str]] = [(("rows", at, "value"), row.value) for at, row in enumerate(found.rows)]
        flaws = repeated(values, "value") + _flaws(found)
        for at, row in enumerate(found.rows):
            read(row.most, ("rows", at, "most"), flaws)
        read(found.unknown, ("unknown",), flaws)
        return flaws

    file = str(path)
    found = convert(parse(read_text(path), file=file), _File, check, file=file)
    rows = tuple(BudgetRow(value=row.value, fen=fen["rows", at, "most"]) for at, row in enumerate(found.rows))
    return BudgetRule(
        version=found.version,
        period_months=found.period_months,
        rows=rows,
        unknown_fen=fen[("unknown",)],
        amber_percent=found.amber_percent,
        words=found.words,
    )


def _flaws(found: _File) -> list[Flaw]:
    flaws: list[Flaw] = []
    if found.version < 1:
        flaws.append(Flaw(("version",), "versions begin at 1"))
    if found.period_months not in _PERIODS:
        flaws.append(Flaw(("period_months",), "a year is made of whole periods: 1, 2, 3, 4, 6 or 12 months"))
    if not 0 < found.amber_percent < 100:
        flaws.append(Flaw(("amber_percent",), "per cent, between 0 and 100"))
    for gauge in Gauge:
        if gauge not in found.words:
            flaws.append(Flaw(("words",), f"no words for {gauge.value}"))
        else:
            flaws += missing_words(found.words[gauge], ("words", gauge.value))
    if missing := [value for value in Value if value not in {row.value for row in found.rows}]:
        flaws.append(Flaw(("rows",), f"nothing for customers of {', '.join(missing)} value"))
    return flaws
