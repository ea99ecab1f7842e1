"""Conditions and factors compiled for an engine by ibis: the same customers as `core.rules` finds row by row.

An engine knows a third answer, unknown. `and` and `or` carry it as the row evaluator's "false" would go; it is settled
under a `not` and at the top.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from core.domain.condition import Condition, Scalar
from core.domain.factor import Case, DayPart, Library, Rank, Working
from core.domain.indicator import IndicatorType
from core.domain.warning_rule import LEFT_ON, Population, WarningRule
from core.rules.screened import needed_by
from core.rules.worked import Moment

EARLIER = "earlier:"
"""before the name of a column that comes from the snapshot before"""
ENGINE_TYPES: Mapping[IndicatorType, Callable[[dt.DataType], bool]] = {
    IndicatorType.INTEGER: lambda one: one.is_integer(),
    IndicatorType.FEN: lambda one: one.is_integer(),
    IndicatorType.DECIMAL: lambda one: one.is_numeric(),
    IndicatorType.YES_NO: lambda one: one.is_boolean(),
    IndicatorType.DATE: lambda one: one.is_date(),
    IndicatorType.TEXT: lambda one: one.is_string(),
}
_PLAIN: Mapping[IndicatorType, str] = {
    IndicatorType.INTEGER: "int64",
    IndicatorType.FEN: "int64",
    IndicatorType.DECIMAL: "float64",
    IndicatorType.YES_NO: "boolean",
    IndicatorType.DATE: "date",
    IndicatorType.TEXT: "string",
}
Value = Any
"""an expression of ibis; its methods are made at run time"""


class Compiler:
    """Expressions over one table; each factor is compiled once."""

    def __init__(self, table: ir.Table, library: Library, moment: Moment) -> None:
        self._table, self._library, self._moment = table, library, moment
        self._values: dict[str, Value] = {}

    def rule(self, rule: WarningRule) -> Value:
        """Whether the rule matches; never unknown."""

        def value(name: str) -> Value:
            found = self.value(name)
            if name not in rule.missing.taken_as:
                return found
            return ibis.coalesce(found, self._literal(name, rule.missing.taken_as[name]))

        held = self._condition(rule.when, value)
        needed = [self.value(name).notnull() for name in sorted(needed_by(rule))]
        # As a case and not by coalesce: an engine then asks the later parts only of those whom the earlier ones leave.
        return reduce(and_, [*needed, self._still_here(rule)], held).ifelse(ibis.literal(True), ibis.literal(False))

    def shows(self, condition: Condition) -> Value:
        """Whether the condition holds; what is not known does not."""
        return ibis.coalesce(self._condition(condition, self.value), False)

    def _still_here(self, rule: WarningRule) -> Value:
        """Whoever has left is found by rules of that population alone; a snapshot that does not say has nobody gone."""
        wanted = rule.population is Population.LEFT
        if LEFT_ON not in self._table.columns:
            return ibis.literal(not wanted)
        return self._table[LEFT_ON].notnull() if wanted else self._table[LEFT_ON].isnull()

    def value(self, name: str) -> Value:
        """The factor's value; null where it is unknown."""
        if name not in self._values:
            working = self._library.factors[name].working
            self._values[name] = self._table[name] if working is None else self._worked(working)
        return self._values[name]

    def _worked(self, working: Working) -> Value:
        if working.holds is not None:
            return ibis.coalesce(self._condition(working.holds, self.value), False)
        if working.cases is not None:
            return self._first_of(working.cases)
        if working.today is not None:
            day = self._moment.today
            return ibis.literal(day.day if working.today is DayPart.DAY_OF_MONTH else day.month, "int64")
        if working.earlier is not None:
            return self._table[EARLIER + working.earlier]
        if (since := working.days_since or working.days_until) is not None:
            days = ibis.literal(self._moment.today).delta(self.value(since), unit="day")
            return days if working.days_since else -days
        return self._figure(working)

    def _first_of(self, cases: Sequence[Case]) -> Value:
        found: Value = ibis.null("string")
        for one in reversed(cases):
            word = ibis.literal(one.word.zh)
            if one.when is None:
                found = word
            else:
                found = ibis.coalesce(self._condition(one.when, self.value), False).ifelse(word, found)
        return found

    def _figure(self, working: Working) -> Value:
        if (rank := working.in_top or working.in_bottom) is not None:
            return self._ranked(rank, top=working.in_top is not None)
        if (change := working.change_percent) is not None:
            base = self._double(change.before)
            return 100.0 * (self._double(change.now) - base) / base.nullif(0.0)
        if (share := working.share_percent) is not None:
            return 100.0 * self._double(share.part) / self._double(share.of).nullif(0.0)
        if (difference := working.difference) is not None:
            return self.value(difference.take) - self.value(difference.away)
        return reduce(lambda one, other: one + other, [self.value(name) for name in working.sum or ()])

    def _ranked(self, rank: Rank, *, top: bool) -> Value:
        value, cut = self.value(rank.factor), self._moment.cuts.get((rank.factor, rank.at))
        if cut is None:
            # Nobody has a value: unknown for every row, as a column, which ibis compares where it does no bare null.
            return value >= value
        return value >= cut if top else value <= cut

    def _double(self, name: str) -> Value:
        return self.value(name).cast("float64")

    def _literal(self, name: str, value: Scalar) -> Value:
        kind = self._library.factors[name].kind
        if isinstance(value, float) and not value.is_integer():
            kind = IndicatorType.DECIMAL
        if kind is IndicatorType.DECIMAL and isinstance(value, int | float):
            value = float(value)
        return ibis.literal(value, _PLAIN[kind])

    def _condition(self, condition: Condition, value: Callable[[str], Value]) -> Value:
        if condition.all is not None:
            return reduce(and_, [self._condition(one, value) for one in condition.all], ibis.literal(True))
        if condition.any is not None:
            return reduce(or_, [self._condition(one, value) for one in condition.any], ibis.literal(False))
        if condition.not_ is not None:
            return ~ibis.coalesce(self._condition(condition.not_, value), False)
        return _leaf(condition, value(condition.field))


def _leaf(condition: Condition, value: Value) -> Value:
    if condition.known is not None:
        return value.notnull() if condition.known else value.isnull()
    if condition.in_ is not None:
        options = [one for one in condition.in_ if one is not None]
        return value.isin(options) if options else ibis.literal(False)
    if condition.eq is not None:
        return value == condition.eq
    if condition.ne is not None:
        return value != condition.ne
    if condition.lt is not None:
        return value < condition.lt
    if condition.le is not None:
        return value <= condition.le
    return value > condition.gt if condition.gt is not None else value >= condition.ge
