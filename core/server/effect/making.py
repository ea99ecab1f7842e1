"""The effect report of one campaign, put together from the database."""

from collections import Counter
from datetime import date, timedelta

from core.content.cause_words import cause_words
from core.domain import decoding
from core.domain.causes import CAUSE_WORDS, CauseWords
from core.domain.clock import local_day
from core.domain.effect_words import VALUES
from core.domain.outreach import ContactState
from core.domain.task import TIER_NAMES
from core.domain.text import Text
from core.screening.effect.report import effect_of
from core.screening.effect.told import Told
from core.server.campaigns import drafting
from core.server.db import outreach, people, published
from core.server.db.campaigns import Kept
from core.server.db.engine import Unit
from core.server.effect.areas import area_bases
from core.server.effect.calls import CampaignCalls, Noted, campaign_calls, reasons_of
from core.server.effect.columns import Drawn, drawn_members, number_of_day
from core.server.effect.named import rule_names
from core.server.review.departures import on_net_day
from core.wire.campaign_effect import EFFECT_DAY, CampaignEffect, ProblemMet

_EPOCH = date(1970, 1, 1)
_PROBLEMS = 12


def campaign_effect(unit: Unit, campaign_id: str, *, days: int = EFFECT_DAY) -> CampaignEffect:
    """All that may be said by now; `days` after the draw is what the verdict goes by. Raises InputError where there is
    no such campaign."""
    return effect_of(told_of(unit, drafting.found(unit, campaign_id), days=days))


def told_of(unit: Unit, kept: Kept, *, days: int) -> Told:
    """Everything that is known of a campaign."""
    value, offered = kept.campaign, published.dispositions(unit, kept.campaign.scenario)
    drawn = drawn_members(unit, value.id, value.seed)
    made = campaign_calls(unit, value.id, drawn.place_of, reasons_of(offered))
    known_until = on_net_day(unit)
    begun = _first_day(drawn)
    names = _names(unit, made, frozenset(one.rule for one in drawn.members))
    return Told(
        campaign=value, state=kept.state.value, members=drawn.members, calls=made.calls, days=days, at=unit.now,
        today=number_of_day(local_day(unit.now)),
        known_until=None if known_until is None else number_of_day(known_until), arms_hold=drawn.arms_hold,
        areas=area_bases(unit, value.id, begun, days, known_until) if begun else (),
        names=names | {"scenario": {value.scenario: published.scenario_label(unit, value.scenario)}},
        problems=_problems(unit, made.noted), contacts=_contacts(unit, value.id),
    )  # fmt: skip


def _contacts(unit: Unit, campaign_id: str) -> Counter[ContactState]:
    found: Counter[ContactState] = Counter()
    for (_campaign, _route, state), number in outreach.counts(unit, campaign_id).items():
        found[state] += number
    return found


def _first_day(drawn: Drawn) -> date | None:
    return _EPOCH + timedelta(days=min(one.drawn for one in drawn.members)) if drawn.members else None


def _names(unit: Unit, made: CampaignCalls, rules: frozenset[str]) -> dict[str, dict[str, Text]]:
    callers = sorted({one.agent for one in made.calls})
    agents = {one.agent.staff_number: Text(one.agent.name, one.agent.name) for one in people.some(unit, callers)}
    tiers = {tier.value: name for tier, name in TIER_NAMES.items()}
    return {
        "agent": agents,
        "offer": made.offers,
        "value": dict(VALUES),
        "tier": tiers,
        "rule": rule_names(unit, rules),
    }


def _problems(unit: Unit, noted: list[Noted]) -> tuple[ProblemMet, ...]:
    """EVAL-06: grouped as the review groups them."""
    # What cuts Chinese words is not needed where nobody noted anything.
    if not noted:
        return ()
    from core.review.causes.clusters import Problem, clusters

    kept = published.body(unit, CAUSE_WORDS, CAUSE_WORDS)
    words = cause_words() if kept is None else decoding.decode(kept, CauseWords)
    problems = [Problem(call=at, reason=one.reason, note=one.note) for at, one in enumerate(noted)]
    return tuple(
        ProblemMet(code=one.key, name=one.label, words=one.words, calls=len(one.calls))
        for one in clusters(problems, words)[:_PROBLEMS]
    )
