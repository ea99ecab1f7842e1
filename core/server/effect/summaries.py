"""Figures over all campaigns, from the database: lines of work, and hit rates of rules and models by month."""

from collections import defaultdict

from core.screening.effect.hits import hit_rates
from core.screening.effect.lines import line_effect
from core.screening.effect.told import Told
from core.server.db import campaigns
from core.server.db.engine import Unit
from core.server.effect.columns import number_of_day
from core.server.effect.making import told_of
from core.server.effect.named import everybody, named, rule_names
from core.server.review.departures import on_net_day
from core.wire.effect_summaries import HitRates, LineEffects


def lines_of_work(unit: Unit, *, days: int) -> LineEffects:
    """EVAL-02: by scenario, those with the most customers first."""
    found: dict[str, list[Told]] = defaultdict(list)
    for kept in campaigns.every(unit):
        told = told_of(unit, kept, days=days)
        if told.members:
            found[kept.campaign.scenario].append(told)
    lines = [line_effect(told, scenario=scenario, days=days) for scenario, told in sorted(found.items())]
    lines.sort(key=lambda one: -(one.treated + one.control))
    return LineEffects(at=unit.now, days=days, known_until=on_net_day(unit), lines=tuple(lines))


def hits(unit: Unit, *, days: int) -> HitRates:
    """EVAL-04: of those whom rules and models named and nobody reached out to, who left."""
    known, those = on_net_day(unit), list(named(unit))
    left, customers = everybody(unit)
    names = {"rule": rule_names(unit, frozenset(one.code for one in those if one.kind == "rule"))}
    rates = hit_rates(
        those, left, customers, known_until=None if known is None else number_of_day(known), days=days, names=names
    )
    return HitRates(at=unit.now, days=days, known_until=known, rates=tuple(rates))
