"""Why the model thinks so of one customer, in words: what stands out among those alike, never what caused it."""

from collections.abc import Mapping, Sequence

import numpy as np

from core.domain.text import Text
from core.screening.model.columns import Column, Kind
from core.screening.model.reading import Floats

_MOST = 3
_LEAST = 0.03
"""of a logit: less is no reason"""


def reasons(
    columns: Sequence[Column], figures: Floats, added: Floats, labels: Mapping[str, Text], *, most: int = _MOST
) -> list[Text]:
    """What raised one customer's chance of leaving, the strongest first; `labels` are people's names of columns."""
    found = []
    for at in np.argsort(-added)[:most]:
        if added[at] > _LEAST:
            column = columns[at]
            found.append(_words(column, float(figures[at]), labels.get(column.name) or Text(column.name, column.name)))
    return found


def _words(column: Column, value: float, label: Text) -> Text:
    if not np.isfinite(value):
        return Text(f"{label.zh}没有记录", f"no {label.en} on record")
    if column.kind is Kind.WORD:
        word = column.levels[int(value)] if value < len(column.levels) else ""
        return Text(f"{label.zh}是“{word or '少见的取值'}”", f"{label.en} is “{word or 'one of few'}”")
    if column.kind is Kind.DAY:
        return Text(f"{label.zh}在 {value:.0f} 天前", f"{label.en} was {value:.0f} days ago")
    usual = column.median
    if usual is None or value == usual:
        return Text(f"{label.zh}为 {value:g}", f"{label.en} is {value:g}")
    zh, en = ("高于", "above") if value > usual else ("低于", "below")
    return Text(
        f"{label.zh}为 {value:g}，{zh}中位数 {usual:g}", f"{label.en} is {value:g}, {en} the median of {usual:g}"
    )
