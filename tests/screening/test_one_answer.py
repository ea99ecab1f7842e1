"""A rule means the same to the engine and row by row, whatever is missing of a customer."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from random import Random
from typing import Any

import ibis
import pyarrow as pa
import pytest
from msgspec import structs

from core.content.resources import folder
from core.domain.condition import Condition
from core.domain.factor import Library
from core.domain.indicator import IndicatorType
from core.domain.text import Text
from core.domain.warning_rule import LEFT_ON, Missing, Population, RuleUse, Unknown, WarningRule
from core.rules.form import branches_of, fields_of
from core.rules.screened import matches
from core.rules.worked import Moment, cut_at, value_of
from core.screening.factor_files import shipped_library
from core.screening.frame import Frame, frame_of
from core.screening.matching import looked_up, matched_customers, preview
from core.screening.rule_files import load_rules
from core.screening.snapshots.columns import ARROW
from core.screening.snapshots.record import Snapshot

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
"""ibis 12 asks DuckDB 2 in the older way"""
TAKEN = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
"""the 25th in China"""
TODAY = date(2026, 11, 25)
CUSTOMERS = 600
SNAPSHOT = Snapshot(
    id="s", owner="o", taken_at=TAKEN, rows=CUSTOMERS, sha256="", size=0, columns={}, sources=[], faults=[]
)
Row = dict[str, Any]


def rules_of(library: Library) -> dict[str, WarningRule]:
    return load_rules(folder(), library)


def asked_values(library: Library, rules: Mapping[str, WarningRule]) -> dict[str, list[Any]]:
    """Of each factor of a snapshot that any rule asks for, values on and beside the bounds that are asked."""
    names = library.asked_by(frozenset().union(*(fields_of(one.when) for one in rules.values())))
    bounds: dict[str, list[Any]] = {name: [] for name in sorted(names)}
    waiting = [one.when for one in rules.values()]
    workings = [one for name in bounds if (one := library.factors[name].working)]
    waiting += [one.holds for one in workings if one.holds]
    waiting += [case.when for one in workings for case in one.cases or () if case.when]
    while waiting:
        one = waiting.pop()
        waiting += branches_of(one)
        given = [one.eq, one.ne, one.lt, one.le, one.gt, one.ge, *(one.in_ or ())]
        bounds.get(one.field, []).extend(value for value in given if value is not None)
    return {name: _spread(library, name, bounds[name]) for name in bounds if not library.factors[name].working}


def _spread(library: Library, name: str, bounds: list[Any]) -> list[Any]:
    match library.factors[name].kind:
        case IndicatorType.YES_NO:
            return [True, False]
        case IndicatorType.TEXT:
            return [*bounds, *(one.zh for one in library.factors[name].choices), "别的"]
        case IndicatorType.DATE:
            return [TODAY - timedelta(days=days) for days in (-200, -61, -31, 0, 1, 14, 30, 91, 92, 183, 184, 4000)]
        case IndicatorType.DECIMAL:
            return [float(near) for one in bounds for near in (one - 0.01, one, one + 0.01)] + [0.0]
        case _:
            return [int(near) for one in bounds for near in (one - 1, one, one + 1)] + [-100, 0, 1, 20_000]


_MISSING = {LEFT_ON: 0.7}


def rows_of(values: Mapping[str, list[Any]], rng: Random) -> list[Row]:
    return [
        {
            name: None if rng.random() < _MISSING.get(name, 0.15) else rng.choice(options)
            for name, options in values.items()
        }
        for _ in range(CUSTOMERS)
    ]


def table_of(library: Library, rows: list[Row]) -> pa.Table:
    columns = {"customer_id": pa.array([f"C{at:04d}" for at in range(len(rows))])}
    columns |= {name: pa.array([row[name] for row in rows], ARROW[library.factors[name].kind]) for name in rows[0]}
    return pa.table(columns)


class City:
    """Customers of whom much is not known, in a table and row by row."""

    def __init__(self) -> None:
        rng = Random(20261125)
        self.library = shipped_library()
        self.rules = rules_of(self.library)
        values = asked_values(self.library, self.rules)
        self.values = values
        self.rows, self.before = rows_of(values, rng), rows_of(values, rng)[: CUSTOMERS // 2]
        engine = ibis.duckdb.connect(threads=1)
        now = engine.create_table("now", table_of(self.library, self.rows))
        then = engine.create_table("before", table_of(self.library, self.before))
        names = frozenset().union(*(fields_of(one.when) for one in self.rules.values()))
        self.frame: Frame = frame_of(now, self.library, SNAPSHOT, names, earlier=then)

    def by_rows(self, rule: WarningRule) -> set[str]:
        moment = Moment(TODAY, self.cuts())
        return {f"C{at:04d}" for at in range(CUSTOMERS) if self._one(rule, at, moment)}

    def cuts(self) -> dict[tuple[str, float], float]:
        found = {}
        for factor in self.library.factors.values():
            for rank in (factor.working.in_top, factor.working.in_bottom) if factor.working else ():
                if rank and rank.factor in self.values:
                    known = [row[rank.factor] for row in self.rows if row[rank.factor] is not None]
                    found[rank.factor, rank.at] = cut_at(known, rank.at)
        return {key: value for key, value in found.items() if value is not None}

    def _one(self, rule: WarningRule, at: int, moment: Moment) -> bool:
        before = self.before[at] if at < len(self.before) else None
        return matches(rule, lambda name: value_of(name, self.rows[at], self.library.factors, moment, before))


@pytest.fixture(scope="module")
def city() -> City:
    return City()


def by_engine(city: City, rules: list[WarningRule]) -> dict[str, set[str]]:
    compiler, table = city.frame.compiler(), city.frame.table
    columns = {f"rule_{at}": compiler.rule(rule) for at, rule in enumerate(rules)}
    found = table.select(customer_id=table.customer_id, **columns).to_pyarrow().to_pydict()
    return {
        rule.id: {who for who, holds in zip(found["customer_id"], found[f"rule_{at}"], strict=True) if holds}
        for at, rule in enumerate(rules)
    }


@pytest.mark.parametrize("name", ["life_cycle", "customer_label", "loyalty_place", "need_met_share"])
def test_a_label_is_the_same_word_row_by_row_and_in_the_engine(city: City, name: str) -> None:
    # ID-16, ID-18, ID-20
    rng, library = Random(name), city.library
    bounds = asked_values(library, {name: _asking(name)})
    rows = [row for _ in range(8) for row in rows_of(bounds, rng)]
    table = ibis.duckdb.connect(threads=1).create_table("labelled", table_of(library, rows))
    frame = frame_of(table, library, SNAPSHOT, frozenset({name}))
    found = frame.table.select(value=frame.compiler().value(name)).to_pyarrow()["value"].to_pylist()
    moment = Moment(TODAY, frame.moment.cuts)
    assert found == [value_of(name, row, library.factors, moment) for row in rows]
    assert {one.zh for one in library.factors[name].choices} <= set(found), "each word is somebody's"


def _asking(name: str) -> WarningRule:
    return WarningRule(
        id=name, version=1, name=Text("试", "Trial"), code="trial", population=Population.PROACTIVE_CARE,
        when=Condition(field=name, known=True), missing=Missing(rest=Unknown.NOT_HELD), reason=Text("试", "Trial"),
    )  # fmt: skip


def test_whoever_has_left_is_found_by_win_back_alone(city: City) -> None:
    # WINBACK-01, WINBACK-02
    gone = {f"C{at:04d}" for at, row in enumerate(city.rows) if row[LEFT_ON] is not None}
    for name, found in by_engine(city, list(city.rules.values())).items():
        if city.rules[name].population is Population.LEFT:
            assert found, name
            assert found <= gone, name
        else:
            assert not found & gone, name


def test_every_shipped_rule_finds_the_same_customers_row_by_row_and_in_the_engine(city: City) -> None:
    # ID-01, ID-13, ID-14, ID-15, ID-21, ID-22, ID-23, ID-25, BB-01, VIP-02, VIP-03
    found = by_engine(city, list(city.rules.values()))
    assert {name for name, who in found.items() if not who} == set(), "each rule meets somebody here"
    for name, rule in city.rules.items():
        assert found[name] == city.by_rows(rule), name


def test_either_treatment_of_what_is_missing_means_the_same_in_both(city: City) -> None:
    # ID-01: a stated treatment of missing values
    turned = []
    for rule in city.rules.values():
        other = Unknown.NOT_HELD if rule.missing.rest is Unknown.LEFT_OUT else Unknown.LEFT_OUT
        turned.append(structs.replace(rule, id=f"{rule.id}-turned", missing=Missing(other)))
    found = by_engine(city, turned)
    for rule in turned:
        assert found[rule.id] == city.by_rows(rule), rule.id


def test_any_tree_means_the_same_in_both(city: City) -> None:
    rng = Random(7)
    rules = [
        WarningRule(
            id=f"tree-{at}", version=1, name=Text("树", "tree"), code="tree", population=Population.PROACTIVE_CARE,
            when=tree(city, rng, depth=3), missing=Missing(rng.choice(list(Unknown))), reason=Text("树", "tree"),
        )
        for at in range(40)
    ]  # fmt: skip
    found = by_engine(city, rules)
    for rule in rules:
        assert found[rule.id] == city.by_rows(rule), rule.when


def tree(city: City, rng: Random, *, depth: int) -> Condition:
    kind = rng.choice(["leaf", "all", "any", "not_"]) if depth else "leaf"
    if kind == "not_":
        return Condition(not_=tree(city, rng, depth=depth - 1))
    if kind in ("all", "any"):
        branches = tuple(tree(city, rng, depth=depth - 1) for _ in range(rng.randint(1, 3)))
        return Condition(all=branches) if kind == "all" else Condition(any=branches)
    return leaf(city, rng)


def leaf(city: City, rng: Random) -> Condition:
    name = rng.choice(sorted(city.values))
    kind, value = city.library.factors[name].kind, rng.choice(city.values[name])
    if kind is IndicatorType.DATE or rng.random() < 0.15:
        return Condition(field=name, known=rng.random() < 0.5)
    asked = ["eq", "ne", "in_"]
    if kind not in (IndicatorType.YES_NO, IndicatorType.TEXT):
        asked += ["lt", "le", "gt", "ge"]
    how = rng.choice(asked)
    return Condition(field=name, **{how: (value, rng.choice(city.values[name])) if how == "in_" else value})


def test_a_preview_counts_what_each_rule_and_each_pair_finds(city: City) -> None:
    rules = list(city.rules.values())
    told, sets = preview(city.frame, rules), {rule.id: city.by_rows(rule) for rule in rules}
    rest = sets["moment-do-not-disturb"]
    assert told.customers == CUSTOMERS
    assert told.matched == {name: len(who) for name, who in sets.items()}
    assert told.resting["zero-usage"] == len(sets["zero-usage"] & rest)
    calls = combinations(sorted(sets.keys() - {"moment-do-not-disturb"}), 2)
    assert told.overlaps == {pair: both for pair in calls if (both := len(sets[pair[0]] & sets[pair[1]]))}


@pytest.mark.parametrize("most", [0, CUSTOMERS])
def test_a_run_goes_by_the_same_counts_and_customers_however_many_are_kept(city: City, most: int) -> None:
    # ID-05
    rules = list(city.rules.values())
    resting = [one for one in rules if one.use is RuleUse.REST]
    calling = [one for one in rules if one.use is RuleUse.CALL][:5]
    found, counted = looked_up(city.frame, calling, resting, most=most)
    whole = preview(city.frame, [*calling, *resting])
    assert counted.customers == whole.customers == CUSTOMERS
    for one in calling:
        assert counted.matched[one.id] == whole.matched[one.id] > 0
        assert counted.resting[one.id] == whole.resting[one.id]
        mine = [match.customer_id for match in matched_customers(found, one, frozenset(), resting=resting)]
        assert mine == [match.customer_id for match in matched_customers(city.frame, one, frozenset(), resting=resting)]
    assert counted.any_rule == whole.any_rule


def test_whom_to_leave_in_peace_is_left_out_and_the_likeliest_to_leave_come_first(city: City) -> None:
    # VIP-03
    rule, rest = city.rules["low-balance-on-net"], city.rules["moment-do-not-disturb"]
    found = list(
        matched_customers(city.frame, rule, frozenset({"churn_risk"}), resting=[rest], most_first="churn_risk")
    )
    assert {one.customer_id for one in found} == city.by_rows(rule) - city.by_rows(rest)
    risks = [one.values["churn_risk"] for one in found]
    known = [one for one in risks if one is not None]
    assert known == sorted(known, reverse=True)
    assert risks == known + [None] * (len(risks) - len(known))
