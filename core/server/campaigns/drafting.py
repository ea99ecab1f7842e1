"""Campaigns as their planner writes them: drafted, changed, found; every step on record."""

import secrets
from datetime import datetime

import msgspec

from core.domain.campaign import Campaign, CampaignState, CampaignTerms
from core.domain.campaign_notes import being_chosen
from core.server.campaigns.naming import refuse_strange_rules
from core.server.campaigns.recalling import put_off
from core.server.campaigns.refusing import NoCampaign, unusable
from core.server.campaigns.terms import check_terms
from core.server.db import audit, campaigns
from core.server.db.audit import Action
from core.server.db.campaigns import Kept
from core.server.db.engine import Unit

_BOUNDS = frozenset({"name", "audience", "quota", "a_day", "ends_on", "priority", "target_agreed", "forecast"})
"""terms that may change once members were drawn: none of them touches whom chance held out. Whom a wider audience adds
is drawn by itself"""
_ENDED = frozenset({CampaignState.STOPPED, CampaignState.ENDED})


def found(unit: Unit, campaign_id: str, *, lock: bool = False) -> Kept:
    """Raises InputError where there is no such campaign."""
    kept = campaigns.get(unit, campaign_id, lock=lock)
    if kept is None:
        raise NoCampaign(campaign_id)
    return kept


def refuse_begun(kept: Kept) -> None:
    """Raises InputError where it is no draft any more."""
    refuse_other_than(kept, CampaignState.DRAFT)


def refuse_other_than(kept: Kept, state: CampaignState) -> None:
    """Raises InputError where it is in another state than that in which its members are chosen."""
    if kept.state is not state:
        raise unusable("活动已经开始过，或已经结束。", "It has been started before, or has ended.")


def refuse_choosing(kept: Kept, now: datetime) -> None:
    """Raises InputError while its members are chosen: what is drawn would be of other terms than those that stand."""
    if being_chosen(kept.standing, now):
        raise unusable("正在为它选客户，请稍候。", "Its members are being chosen at this moment: wait a little.")


def draft(unit: Unit, terms: CampaignTerms, *, by: str) -> Kept:
    """A new draft with a seed of its own; nobody is chosen yet.

    Raises InputError where the terms cannot be meant, or its id is taken."""
    check_terms(unit, terms)
    refuse_strange_rules(unit, terms.audience)
    if campaigns.get(unit, terms.id) is not None:
        raise unusable(f"编号“{terms.id}”已经有活动用了。", f"There is a campaign “{terms.id}” already.")
    value = Campaign(**msgspec.structs.asdict(terms), owner=by, created_at=unit.now, seed=secrets.token_hex(16))
    campaigns.add(unit, value)
    audit.write(unit, writer=by, action=Action.CAMPAIGN_DRAFTED, object_=value.id, **_on_record(terms))
    return found(unit, value.id)


def change(unit: Unit, terms: CampaignTerms, *, by: str) -> Kept:
    """Other terms: any of a draft; once members were drawn its bounds alone, such as the quota and the last day.

    Raises InputError."""
    kept = found(unit, terms.id, lock=True)
    if kept.state in _ENDED:
        raise unusable("活动已经结束，不能再改。", "It has ended and is not changed any more.")
    refuse_choosing(kept, unit.now)
    begun = None if kept.state is CampaignState.DRAFT else kept.campaign
    check_terms(unit, terms, begun=begun)
    changed = {
        name: getattr(terms, name)
        for name in terms.__struct_fields__
        if getattr(terms, name) != getattr(kept.campaign, name)
    }
    fixed = sorted(changed.keys() - _BOUNDS)
    if "offers" in fixed and [one for one in kept.campaign.offers if one in terms.offers] == list(terms.offers):
        # Left off alone, such as one that is sold no more: what the others are told stays.
        fixed.remove("offers")
    if begun is not None and fixed:
        raise unusable(
            f"已经抽过对照组，这些不能再改：{'、'.join(fixed)}。",
            f"Members were drawn: {', '.join(fixed)} cannot change any more.",
        )
    # Who was held is looked at anew in the next round, and a wider audience chosen; those drawn stay as they are.
    standing = msgspec.structs.replace(kept.standing, looked_at=None)
    if "audience" in changed:
        refuse_strange_rules(unit, terms.audience)
        standing = msgspec.structs.replace(standing, chosen_on=None, chosen_from="")
    campaigns.set_standing(unit, terms.id, standing)
    if "ends_on" in changed:
        put_off(unit, terms.id, terms.ends_on)
    campaigns.put(unit, msgspec.structs.replace(kept.campaign, **changed))
    audit.write(
        unit, writer=by, action=Action.CAMPAIGN_CHANGED, object_=terms.id, changed=",".join(sorted(changed)),
        **_on_record(terms),
    )  # fmt: skip
    return found(unit, terms.id)


def _on_record(terms: CampaignTerms) -> dict[str, str | int]:
    return {
        "scenario": terms.scenario, "rules": ",".join(terms.audience.rules), "model": terms.audience.model,
        "list": terms.audience.list_id, "quota": terms.quota, "control_percent": f"{terms.control_percent:g}",
        "from": terms.starts_on.isoformat(), "until": terms.ends_on.isoformat(),
    }  # fmt: skip
