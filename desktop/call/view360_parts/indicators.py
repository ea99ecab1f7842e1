"""VIEW-01: every indicator of the catalogue with this customer's value, found by Chinese or English words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.domain.customer import Document
from core.domain.indicator import Indicator, IndicatorType
from core.domain.text import Text
from desktop.call.view360_parts import words
from desktop.call.view360_parts.writing import Writing

Values = dict[str, float | int | str | bool | None]


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    label: str
    value: str
    unit: str
    supplied: bool
    hint: str
    """group, source and name, for who wants to know"""
    found_by: str
    """all words of it, folded"""

    @property
    def spoken(self) -> str:
        return " ".join(part for part in (self.label, self.value, self.unit) if part)


class IndicatorBook:
    """The lines of one customer, in the catalogue's order; values that no catalogue names follow under their name."""

    def __init__(
        self, catalogue: Sequence[Indicator], values: Values | None, w: Writing, named: Mapping[str, Text] | None = None
    ) -> None:
        """`named`: words, by the Chinese, that are known in both languages from elsewhere."""
        known, also = values or {}, named or {}
        listed = {indicator.name for indicator in catalogue}
        self._lines = [_line(indicator, known.get(indicator.name), w, also) for indicator in catalogue]
        self._lines += [_unnamed(name, value, w) for name, value in known.items() if name not in listed]

    def __len__(self) -> int:
        return len(self._lines)

    def find(self, query: str) -> list[IndicatorLine]:
        """Those that hold every word of the query; all of them for an empty one."""
        wanted = query.casefold().split()
        return [line for line in self._lines if all(word in line.found_by for word in wanted)]


def haystack(indicator: Indicator) -> str:
    """All words by which an indicator can be found, folded."""
    label, group = indicator.label, indicator.group
    return " ".join((label.zh, label.en, indicator.name, group.zh, group.en)).casefold()


def named_in(document: Document) -> dict[str, Text]:
    """What the document says elsewhere in both languages, by the Chinese: an indicator names the last result by it."""
    return {text.zh: text for text in _said_in(document)}


def _said_in(document: Document) -> Iterator[Text]:
    care, billing = document.care, document.billing
    if care is not None:
        for call in care.calls:
            yield from (call.result, call.scenario_label)
        yield from (ticket.topic for ticket in care.tickets)
        yield from (warning.label for warning in care.warnings)
    if billing is not None:
        yield from (payment.channel for payment in billing.payments)


def _line(indicator: Indicator, value: object, w: Writing, named: Mapping[str, Text]) -> IndicatorLine:
    said = None if value is None or value == "" else written(indicator.type, value, w)
    if said is not None and indicator.type is IndicatorType.TEXT:
        chosen = next((choice for choice in indicator.choices if choice.zh == value), None) or named.get(said)
        said = w(chosen) if chosen is not None else said
    source = w(words.SOURCE, source=w(indicator.source))
    unit = w(indicator.unit) if indicator.unit and indicator.type is not IndicatorType.FEN else ""
    return IndicatorLine(
        label=w(indicator.label),
        value=said if said is not None else w.missing,
        unit=unit if said is not None else "",
        supplied=said is not None,
        hint=f"{w(indicator.group)} · {w(indicator.label)} · {source} · {indicator.name}",
        found_by=haystack(indicator),
    )


def _unnamed(name: str, value: object, w: Writing) -> IndicatorLine:
    missing = value is None or value == ""
    said = w.missing if missing else written(_kind_of(value), value, w)
    return IndicatorLine(name, said, "", not missing, f"{w(words.OTHER_GROUP)} · {name}", name.casefold())


def _kind_of(value: object) -> IndicatorType:
    if isinstance(value, bool):
        return IndicatorType.YES_NO
    if isinstance(value, int):
        return IndicatorType.INTEGER
    return IndicatorType.DECIMAL if isinstance(value, float) else IndicatorType.TEXT


def written(kind: IndicatorType, value: object, w: Writing) -> str:
    """A value as its type is read; one that does not fit its type is written as it came."""
    if kind is IndicatorType.YES_NO and isinstance(value, bool):
        return w.yes_no(value) or ""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    if kind is IndicatorType.FEN:
        return w.money(round(value)) or ""
    if kind is IndicatorType.INTEGER and float(value).is_integer():
        return f"{int(value):,}"
    if kind in (IndicatorType.INTEGER, IndicatorType.DECIMAL):
        return f"{value:,.4f}".rstrip("0").rstrip(".")
    return str(value)
