"""What a factor is for one customer: a value as it came, or one worked out of others. Pure; the engine of screening
gives the same."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import ceil

from core.domain.factor import DayPart, Factor, Rank, Working
from core.domain.indicator import IndicatorType
from core.rules.evaluate import holds

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Moment:
    """What all customers of a snapshot share."""

    today: date
    cuts: Mapping[tuple[str, float], float] = field(default_factory=dict)
    """the value at each percentile that is asked for, by factor and percent"""


def cut_at(values: Iterable[float], percent: float) -> float | None:
    """The nearest-rank percentile: the smallest value that at least `percent` of all do not exceed; None of nothing."""
    ordered = sorted(values)
    return ordered[max(1, rank_of(len(ordered), percent)) - 1] if ordered else None


def rank_of(count: int, percent: float) -> int:
    """Which of `count` values in order, from 1, stands at that percentile."""
    # A tenth of a percent is as fine as one asks: whole numbers keep engines of one mind.
    return ceil(count * round(percent * 10) / 1000)


def value_of(name: str, row: Row, factors: Mapping[str, Factor], moment: Moment, before: Row | None = None) -> object:
    """The factor's value, None where it is unknown. `before`: the same customer's row in the snapshot before."""
    factor = factors[name]
    if factor.working is None:
        return row.get(name)
    return _Sum(row, factors, moment, before).worked(factor.working)


class _Sum:
    def __init__(self, row: Row, factors: Mapping[str, Factor], moment: Moment, before: Row | None) -> None:
        self.row, self.factors, self.moment, self.before = row, factors, moment, before

    def of(self, name: str) -> object:
        return value_of(name, self.row, self.factors, self.moment, self.before)

    def worked(self, working: Working) -> object:
        if working.holds is not None:
            return holds(working.holds, _Asked(self.of))
        if working.cases is not None:
            asked = _Asked(self.of)
            return next((one.word.zh for one in working.cases if one.when is None or holds(one.when, asked)), None)
        if working.today is not None:
            day = self.moment.today
            return day.day if working.today is DayPart.DAY_OF_MONTH else day.month
        if working.earlier is not None:
            if self.before is None:
                return None
            return value_of(working.earlier, self.before, self.factors, self.moment)
        return self._days(working) if working.days_since or working.days_until else self._figure(working)

    def _days(self, working: Working) -> object:
        day = self.of(working.days_since or working.days_until or "")
        if not isinstance(day, date):
            return None
        since = (self.moment.today - day).days
        return since if working.days_since else -since

    def _figure(self, working: Working) -> object:
        if (rank := working.in_top or working.in_bottom) is not None:
            return self._ranked(rank, top=working.in_top is not None)
        if (change := working.change_percent) is not None:
            return _percent(self._number(change.before), self._number(change.now), less=True)
        if (share := working.share_percent) is not None:
            return _percent(self._number(share.of), self._number(share.part), less=False)
        if (difference := working.difference) is not None:
            taken, away = self._number(difference.take), self._number(difference.away)
            return None if taken is None or away is None else taken - away
        parts = [self._number(one) for one in working.sum or ()]
        known = [one for one in parts if one is not None]
        return sum(known) if len(known) == len(parts) else None

    def _ranked(self, rank: Rank, *, top: bool) -> object:
        value, cut = self._number(rank.factor), self.moment.cuts.get((rank.factor, rank.at))
        if value is None or cut is None:
            return None
        return value >= cut if top else value <= cut

    def _number(self, name: str) -> float | None:
        value = self.of(name)
        return None if isinstance(value, bool) or not isinstance(value, int | float) else value


class _Asked(dict[str, object]):
    """A row whose values are worked out when they are asked for."""

    def __init__(self, ask: Callable[[str], object]) -> None:
        super().__init__()
        self._ask = ask

    def get(self, key: str, default: object = None) -> object:
        found = self._ask(key)
        return default if found is None else found


def _percent(base: float | None, figure: float | None, *, less: bool) -> float | None:
    if base is None or figure is None or base == 0:
        return None
    taken = float(figure) - float(base) if less else float(figure)
    return 100.0 * taken / float(base)


def kind_of_working(working: Working, factors: Mapping[str, Factor]) -> IndicatorType | None:
    """What an operation gives; None where that hangs on a factor that there is not."""
    if working.holds is not None or working.in_top is not None or working.in_bottom is not None:
        return IndicatorType.YES_NO
    if working.cases is not None:
        return IndicatorType.TEXT
    if working.change_percent or working.share_percent:
        return IndicatorType.DECIMAL
    if working.earlier is not None:
        return factors[working.earlier].kind if working.earlier in factors else None
    if working.difference is not None:
        return _joint((working.difference.take, working.difference.away), factors)
    return _joint(working.sum, factors) if working.sum else IndicatorType.INTEGER


def _joint(names: Iterable[str], factors: Mapping[str, Factor]) -> IndicatorType | None:
    kinds = {factors[name].kind for name in names if name in factors}
    if IndicatorType.FEN in kinds:
        return IndicatorType.FEN
    return IndicatorType.DECIMAL if IndicatorType.DECIMAL in kinds else IndicatorType.INTEGER if kinds else None
