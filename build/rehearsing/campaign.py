"""The rehearsal's campaign over the API: whom it chooses from, its terms, its start, and its report."""

import csv
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from core.domain.clock import local_day
from core.wire.campaign_effect import CampaignEffect
from core.wire.campaigns import CampaignPreview, CampaignTold, ListReport
from rehearsing.agents import SCENARIO
from rehearsing.centre import Planner
from rehearsing.listing import Prepared

CAMPAIGN = LIST = RULE = "rehearsal"
BY_LIST, BY_RULE = {"list_id": LIST}, {"rules": [RULE]}
"""audiences"""
_REASON = 400
_FIGURES = frozenset({"integer", "decimal"})
_UNIT = re.compile(r"[(（][^()（）]*[)）]$")


def put_scored(planner: Planner, scored: Path, prepared: Prepared) -> ListReport:
    """Whom the model names, likeliest first, with its chances and reasons, as a planner brings the list back."""
    with scored.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return _put(planner, [
        {"customer_id": prepared.customers[own], "score": float(chance), "reason": why[:_REASON]}
        for own, chance, why in rows
        if own in prepared.customers
    ])  # fmt: skip


def put_everybody(planner: Planner, prepared: Prepared) -> ListReport:
    """The list as it is, where nothing in it is a figure that a rule could ask."""
    return _put(planner, [{"customer_id": one} for one in prepared.customers.values()])


def _put(planner: Planner, rows: Sequence[dict[str, Any]]) -> ListReport:
    body = {"name": "演练 rehearsal", "rows": rows}
    return planner.told("PUT", f"/campaign-lists/{LIST}", ListReport, body=body)


def make_rule(planner: Planner, prepared: Prepared) -> str:
    """A rule over the first of the list's own columns that came to be a factor of figures; what it asks, in words, or
    nothing where no column did."""
    factors = {_bare(one["label"]["zh"]): one for one in planner.ask("GET", "/screening/factors")["factors"]}
    for column, median in prepared.figures.items():
        factor = factors.get(_bare(column))
        if factor is None or factor["kind"] not in _FIGURES or not factor.get("known"):
            continue
        rule: dict[str, Any] = {
            "id": RULE, "version": 1, "name": {"zh": "演练规则", "en": "Rehearsal rule"}, "code": "rehearsal",
            "population": "churn_inclined", "scenario": SCENARIO,
            "when": {"field": factor["name"], "ge": median}, "missing": {"rest": "left_out"},
            "reason": {"zh": f"{column} 偏高", "en": f"High {column}"},
        }  # fmt: skip
        planner.ask("POST", "/screening/rules/saved", body={"rule": rule, "after": 0, "note": "演练"})
        planner.ask("POST", f"/screening/rules/{RULE}/use", body={"version": 1, "note": "演练"})
        return f"{column} >= {median:g}"
    return ""


def _bare(name: str) -> str:
    """Without a unit in brackets, which a factor keeps apart from its label."""
    return _UNIT.sub("", name).strip()


def draft(planner: Planner, *, audience: dict[str, Any], control: float, effect: float) -> None:
    """The terms; nobody is chosen yet."""
    today = local_day(datetime.now(UTC))
    terms = {
        "id": CAMPAIGN, "name": {"zh": "演练活动", "en": "Rehearsed campaign"}, "audience": audience,
        "scenario": SCENARIO, "control_percent": control, "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=20)).isoformat(),
        "forecast": {"reached_percent": 60.0, "agreed_percent": 33.0, "effect_points": effect},
    }  # fmt: skip
    planner.ask("POST", "/campaigns", body=terms)


def preview(planner: Planner) -> CampaignPreview:
    """What starting would do."""
    return planner.told("GET", f"/campaigns/{CAMPAIGN}/preview", CampaignPreview)


def start(planner: Planner) -> CampaignTold:
    """Members are chosen and drawn, and the treated dispatched."""
    body = {"state": "running", "confirmed": True}
    return planner.told("POST", f"/campaigns/{CAMPAIGN}/state", CampaignTold, body=body)


def effect(planner: Planner, *, days: int) -> CampaignEffect:
    return planner.told("GET", f"/campaigns/{CAMPAIGN}/effect", CampaignEffect, days=str(days))


def bars(told: Sequence[Any]) -> str:
    return ", ".join(f"{one.barrier.value} {one.members}" for one in told) or "none"
