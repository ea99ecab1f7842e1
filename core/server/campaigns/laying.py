"""A campaign's members laid out: chosen, narrowed, sifted, drawn. The preview looks at it, the start keeps it.

Asks the engine and the model: for a process of its own."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from core.content.resources import folder
from core.domain.campaign import Arm, Audience, Barrier, Campaign, MemberState, Route
from core.domain.campaign_notes import Why
from core.domain.drawing import draw
from core.domain.text import Text
from core.server.campaigns.candidates import Candidate, Chosen, Expected, Laid
from core.server.campaigns.choosing import Choice
from core.server.campaigns.content import load_policy, load_routes
from core.server.campaigns.expecting import expected_of
from core.server.campaigns.heads import Head, heads_of
from core.server.campaigns.quota import stratum_of, to_draw
from core.server.campaigns.reasons import why_of
from core.server.campaigns.refusing import unusable
from core.server.campaigns.routing import factors_asked, route_for
from core.server.campaigns.sifting import Centre, Sieve, state_behind
from core.server.db import campaigns
from core.server.db.campaigns import Member
from core.server.db.engine import Database

FIRST = ""
"""names the first drawing; a later one is named by its moment"""


def lay_out(
    database: Database, data: Path, campaign: Campaign, *, batch: str = FIRST, snapshot_id: str = "",
    root: Path | None = None, words: bool = True, expect: bool = True, among: Collection[str] | None = None,
) -> Laid:  # fmt: skip
    """Everybody new: whom chance drew before stays as they are and is left out. Without `words` no reasons are made,
    without `expect` nothing is said of what calls will change; with `among` nobody but these is looked at.

    Raises InputError where nobody matches, a source holds it, or what it names is not there."""
    place = root or folder()
    policy, routes = load_policy(place), load_routes(place)
    choice = Choice(
        database, data, campaign, policy, factors_asked(routes), snapshot_id=snapshot_id, root=root
    )  # fmt: skip
    chosen = choice.chosen()
    with database.read() as unit:
        before, treated = campaigns.member_arms(unit, campaign.id), campaigns.treated(unit, campaign.id)
        fresh = [one for one in chosen.candidates if before.get(one.customer_id, Arm.NOT_DRAWN) is Arm.NOT_DRAWN]
        fresh = [one for one in fresh if among is None or one.customer_id in among]
        heads = heads_of(unit, [one.customer_id for one in fresh])
    fresh = [one for one in fresh if _wanted(campaign.audience, heads.get(one.customer_id))]
    expected = Expected()
    if expect:
        expected = expected_of(database, data, campaign, choice.desk, [one.customer_id for one in fresh])
    if expected.model:
        # Within a quota those whom a call helps most are drawn; of one effect the likeliest to leave first, as before.
        fresh.sort(key=lambda one: -(expected.of(one.customer_id) or 0.0))
    with database.read() as unit:
        ways = {
            one.customer_id: route_for(routes, campaign.routes, {**one.values, **_facts(heads.get(one.customer_id))})
            for one in fresh
        }
        sieve = Sieve(Centre(unit, policy), campaign)
        barriers = sieve.barriers(heads, [one.customer_id for one in fresh], ways, resting=chosen.resting)
        now = unit.now
    ready = [one.customer_id for one in fresh if one.customer_id not in barriers]
    drawn = ready[: to_draw(campaign, treated, len(ready), batch=batch)]
    barriers |= dict.fromkeys(ready[len(drawn) :], Barrier.QUOTA)
    arms = draw(
        campaign.seed, {one: stratum_of(campaign.strata, heads[one]) for one in drawn}, campaign.control_percent,
        batch=batch,
    )  # fmt: skip
    members = [
        Member(
            one.customer_id, arm,
            stratum_of(campaign.strata, heads.get(one.customer_id)), *_end(arm, barriers.get(one.customer_id)),
            ways[one.customer_id], one.rule_id, chosen.model_id, one.score,
            expected.of(one.customer_id), now,
        )
        for one in fresh
        for arm in [arms.get(one.customer_id, Arm.NOT_DRAWN)]
    ]  # fmt: skip
    reasons = _reasons(campaign, choice, chosen, fresh, arms, barriers) if words else {}
    return Laid(
        members=members, reasons=reasons, chosen=chosen, heads=heads, barriers=barriers, routes=ways, expected=expected
    )


def _end(arm: Arm, barrier: Barrier | None) -> tuple[MemberState, Barrier | None]:
    if arm is Arm.CONTROL:
        return MemberState.BLOCKED, Barrier.CONTROL
    return state_behind(barrier), barrier


def _wanted(audience: Audience, head: Head | None) -> bool:
    """Of whom nothing is kept nothing is asked: they are told as gone."""
    if head is None:
        return True
    if audience.areas and head.area not in audience.areas:
        return False
    if audience.grids and head.grid not in audience.grids:
        return False
    if audience.values and head.value not in [one.value for one in audience.values]:
        return False
    return not audience.tiers or head.tier in [one.value for one in audience.tiers]


def _facts(head: Head | None) -> dict[str, object]:
    if head is None:
        return {}
    return {"value": head.value or None, "tier": head.tier, "grid": head.grid or None, "area": head.area or None}


def _reasons(
    campaign: Campaign, choice: Choice, chosen: Chosen, fresh: Sequence[Candidate], arms: Mapping[str, Arm],
    barriers: Mapping[str, Barrier],
) -> dict[str, Why]:  # fmt: skip
    """Of those to be called, and of those who wait for it: whoever is held out or blocked is told no reason."""
    held = {one for one, barrier in barriers.items() if state_behind(barrier) is MemberState.HELD}
    wanted = [one for one in fresh if arms.get(one.customer_id) is Arm.TREATED or one.customer_id in held]
    rules = {one.id: one for one in choice.rules}
    told: Mapping[str, tuple[Text, ...]] = {}
    if choice.model is not None and choice.desk is not None:
        from core.server.campaigns.models import model_words

        told = model_words(choice.model, choice.desk, {one.customer_id for one in wanted})
    return {
        one.customer_id: why_of(
            campaign, one, rules.get(one.rule_id), choice.library, told.get(one.customer_id, ()),
            list_name=chosen.list_name,
        )
        for one in wanted
    }  # fmt: skip


def refuse_too_many(chosen: Chosen, *, confirmed: bool) -> None:
    """Raises InputError where more customers match than the rule's bound and nobody confirmed."""
    if chosen.too_many is not None and not confirmed:
        raise unusable(f"命中过多：{chosen.too_many.zh}确实要发起，请确认。",
                       f"Too many match: {chosen.too_many.en} To start all the same, confirm.")  # fmt: skip


def calls_of(laid: Laid, routes: Sequence[Route]) -> list[str]:
    """Who of those ready is reached by these ways."""
    return [
        one.customer_id
        for one in laid.members
        if one.state is MemberState.READY and one.arm is Arm.TREATED and one.route in routes
    ]
