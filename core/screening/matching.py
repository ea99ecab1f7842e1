"""Rules over a frame: how many customers match, how rules overlap, and who they are with what is known of them."""

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import combinations
from operator import add, and_, or_
from typing import Any

import ibis
from msgspec import Struct
from msgspec.structs import replace

from core.domain.text import Text
from core.domain.warning_rule import RuleUse, WarningRule
from core.screening.compiling import Compiler
from core.screening.frame import Frame
from core.screening.snapshots.writing import CUSTOMER_ID

_WIDTH = 60
"""rules in one column of bits"""
_FEW = 2
"""rules that are counted one by one, with each other"""
BATCH = 5_000
_MOST = "most_first"


class Preview(Struct, frozen=True):
    customers: int
    matched: dict[str, int]
    """by id of the rule"""
    resting: dict[str, int]
    """of those, customers whom a rule of rest leaves in peace"""
    overlaps: dict[tuple[str, str], int]
    """customers whom both match, of pairs that have any"""
    any_rule: int
    """customers whom at least one rule matches that has calls made"""

    def share(self, rule_id: str) -> float:
        """Percent of all customers."""
        return 100 * self.matched[rule_id] / self.customers if self.customers else 0.0


class Match(Struct, frozen=True):
    customer_id: str
    values: dict[str, Any]
    """by name of the factor"""
    why: tuple[Text, ...] = ()
    """what a model goes by, of those who are called for its score"""


def preview(frame: Frame, rules: Sequence[WarningRule]) -> Preview:
    """All in one pass over the snapshot: customers are counted by which of the rules match them."""
    if len(rules) <= _FEW:
        return _told(rules, _counted(frame, rules))
    columns = bits_of(frame.compiler(), rules)
    counted = frame.table.select(**columns).group_by(list(columns)).agg(customers=ibis._.count()).to_pyarrow()
    sets = [
        (frozenset(rules_in(rules, [row[name] for name in columns])), row["customers"]) for row in counted.to_pylist()
    ]
    return _told(rules, sets)


def _counted(frame: Frame, rules: Sequence[WarningRule]) -> list[tuple[frozenset[str], int]]:
    """Of few rules: each set's customers by a count of its own, which costs an engine half of grouping them."""
    held = {one.id: frame.compiler().rule(one) for one in rules}
    sets = [frozenset(ids) for size in range(len(held) + 1) for ids in combinations(held, size)]
    counts = {
        f"set_{at}": ibis._.count(where=reduce(and_, [held[one] if one in ids else ~held[one] for one in held]))
        if held else ibis._.count()
        for at, ids in enumerate(sets)
    }  # fmt: skip
    (row,) = frame.table.aggregate(**counts).to_pyarrow().to_pylist()
    return [(ids, row[f"set_{at}"]) for at, ids in enumerate(sets)]


def bits_of(compiler: Compiler, rules: Sequence[WarningRule]) -> dict[str, Any]:
    """Columns of bits, by name: one bit a rule, in their order."""
    columns: dict[str, Any] = {}
    for start in range(0, len(rules), _WIDTH):
        chosen = rules[start : start + _WIDTH]
        bits = [compiler.rule(one).ifelse(ibis.literal(1 << at, "int64"), 0) for at, one in enumerate(chosen)]
        columns[f"bits_{start // _WIDTH}"] = reduce(add, bits)
    return columns


def rules_in(rules: Sequence[WarningRule], bits: Sequence[int]) -> Iterator[str]:
    """The ids of those whose bits are set."""
    for at, rule in enumerate(rules):
        if bits[at // _WIDTH] >> (at % _WIDTH) & 1:
            yield rule.id


def _told(rules: Sequence[WarningRule], sets: Sequence[tuple[frozenset[str], int]]) -> Preview:
    rest = frozenset(one.id for one in rules if one.use is RuleUse.REST)
    matched, resting = dict.fromkeys((one.id for one in rules), 0), dict.fromkeys((one.id for one in rules), 0)
    overlaps: dict[tuple[str, str], int] = {}
    for ids, customers in sets:
        for one in ids:
            matched[one] += customers
            resting[one] += customers if ids & rest and one not in rest else 0
        for first, second in combinations(sorted(ids - rest), 2):
            overlaps[first, second] = overlaps.get((first, second), 0) + customers
    customers = sum(number for _ids, number in sets)
    return Preview(customers, matched, resting, overlaps, sum(number for ids, number in sets if ids - rest))


def looked_up(
    frame: Frame, rules: Sequence[WarningRule], resting: Sequence[WarningRule], *, most: int
) -> tuple[Frame, Preview]:
    """The customers whom any of `rules` matches, kept by the engine, and the counts that a run of these rules goes by:
    each rule is then asked of these few and not of everybody again. Where they are more than `most` nothing is kept,
    and all are counted in a pass of their own.

    Of a rule of `resting` only those are counted whom it takes from `rules`."""
    compiler = frame.compiler()
    found = frame.table.filter(reduce(or_, [compiler.rule(one) for one in rules])).limit(most + 1).cache()
    if found.count().to_pyarrow().as_py() > most:
        return frame, preview(frame, [*rules, *resting])
    few = Frame(found, frame.library, frame.moment)
    counted = preview(few, [*rules, *resting])
    return few, replace(counted, customers=frame.table.count().to_pyarrow().as_py())


def matched_customers(
    frame: Frame,
    rule: WarningRule,
    values: frozenset[str],
    *,
    resting: Sequence[WarningRule] = (),
    limit: int = 0,
    most_first: str = "",
) -> Iterator[Match]:
    """Whom the rule matches, with these factors, without whom a rule of `resting` leaves in peace.

    By customer id, after those who have most of the factor `most_first`; all of them where `limit` is 0."""
    compiler = frame.compiler()
    wanted = compiler.rule(rule)
    if resting:
        wanted = wanted & ~reduce(or_, [compiler.rule(one) for one in resting])
    names = sorted(values)
    table = frame.table.filter(wanted)
    narrow = type(compiler)(table, frame.library, frame.moment)
    columns: Mapping[str, Any] = {f"value_{at}": narrow.value(name) for at, name in enumerate(names)}
    if most_first:
        columns = {**columns, _MOST: narrow.value(most_first)}
    order = [ibis._[_MOST].desc(nulls_first=False)] if most_first else []
    found = table.select(customer_id=table[CUSTOMER_ID], **columns).order_by([*order, "customer_id"])
    # As one table of few columns: this DuckDB has no batches of the kind that ibis 12 asks it for.
    for batch in (found.limit(limit) if limit else found).to_pyarrow().to_batches(max_chunksize=BATCH):
        for row in batch.to_pylist():
            yield Match(row["customer_id"], {name: row[f"value_{at}"] for at, name in enumerate(names)})
