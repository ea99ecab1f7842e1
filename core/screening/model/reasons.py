"""Why the model thinks so of one customer, in words: what stands out among those alike, never what caused it."""

from collections.abc import Mapping, Sequence

import numpy as np

from core.domain.factor import NO_FACTORS, Factor
from core.domain.indicator import IndicatorType
from core.domain.text import Text
from core.screening.model.columns import Column, Kind
from core.screening.model.reading import Floats
from core.screening.words import said_value

_MOST = 3
_LEAST = 0.03
"""of a logit: less is no reason"""


def reasons(
    columns: Sequence[Column], figures: Floats, added: Floats, labels: Mapping[str, Text], *,
    factors: Mapping[str, Factor] = NO_FACTORS, most: int = _MOST,
) -> list[Text]:  # fmt: skip
    """What raised one customer's chance of leaving, the strongest first; `labels` are people's names of columns.

    `factors`: by column, where the figures are those of a snapshot: they are said in the factor's own unit then."""
    found = []
    for at in np.argsort(-added)[:most]:
        if added[at] > _LEAST:
            column = columns[at]
            label = labels.get(column.name) or Text(column.name, column.name)
            found.append(_words(column, float(figures[at]), label, factors.get(column.name)))
    return found


def _words(column: Column, value: float, label: Text, factor: Factor | None) -> Text:
    if not np.isfinite(value):
        return Text(f"{label.zh}没有记录", f"no {label.en} on record")
    if column.kind is Kind.WORD:
        return _word(column, value, label, factor)
    if column.kind is Kind.DAY:
        return _day(round(value), label)
    if factor is not None and factor.kind is IndicatorType.YES_NO:
        return _is(label, said_value(factor, value > 0))
    usual = column.median
    if usual is None or value == usual:
        return _is(label, _figure(value, factor))
    said, median = _figure(value, factor), _figure(usual, factor)
    zh, en = ("高于", "above") if value > usual else ("低于", "below")
    return Text(
        f"{label.zh}为 {said.zh}，{zh}中位数 {median.zh}", f"{label.en} is {said.en}, {en} the median of {median.en}"
    )


def _is(label: Text, said: Text) -> Text:
    return Text(f"{label.zh}为 {said.zh}", f"{label.en} is {said.en}")


def _word(column: Column, value: float, label: Text, factor: Factor | None) -> Text:
    word = column.levels[int(value)] if value < len(column.levels) else ""
    said = Text(word, word) if word else Text("少见的取值", "one of few")
    if word and factor is not None:
        yes_no = factor.kind is IndicatorType.YES_NO
        said = said_value(factor, word.casefold() in ("true", "1") if yes_no else word)
    return Text(f"{label.zh}是“{said.zh}”", f"{label.en} is “{said.en}”")


def _day(ago: int, label: Text) -> Text:
    if ago < 0:
        return Text(f"{label.zh}在 {-ago} 天后", f"{label.en} is in {-ago} days")
    return Text(f"{label.zh}在 {ago} 天前", f"{label.en} was {ago} days ago")


def _figure(value: float, factor: Factor | None) -> Text:
    whole = int(value) if value.is_integer() else value
    if factor is not None:
        return said_value(factor, whole)
    plain = f"{whole:,}" if isinstance(whole, int) else f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.4g}"
    return Text(plain, plain)
