"""The terms of a campaign while a planner writes them, as they stand in the fields."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from msgspec import structs

from core.domain.campaign import Audience, CampaignTerms, Forecast, Route
from core.domain.text import Text

USUAL_DAYS = 14


@dataclass(slots=True)
class CampaignDraft:
    """Words as typed; `terms_of` reads them."""

    id: str
    name: str = ""
    name_en: str = ""
    rule: str = ""
    list_id: str = ""
    model: str = ""
    scenario: str = ""
    routes: list[Route] = field(default_factory=list)
    quota: str = "0"
    a_day: str = "0"
    control: str = "10"
    starts: str = ""
    ends: str = ""
    target: str = "0"
    reached: str = ""
    agreed: str = ""
    points: str = ""
    before: CampaignTerms | None = None
    """what stands on the server: what this page does not show stays as it is"""


def new_draft(campaign_id: str, today: date) -> CampaignDraft:
    return CampaignDraft(campaign_id, starts=f"{today}", ends=f"{today + timedelta(days=USUAL_DAYS)}")


def draft_of(terms: CampaignTerms) -> CampaignDraft:
    forecast = terms.forecast
    return CampaignDraft(
        id=terms.id, name=terms.name.zh, name_en=terms.name.en,
        rule=terms.audience.rules[0] if terms.audience.rules else "", list_id=terms.audience.list_id,
        model=terms.audience.model, scenario=terms.scenario, routes=list(terms.routes), quota=str(terms.quota),
        a_day=str(terms.a_day), control=f"{terms.control_percent:g}", starts=f"{terms.starts_on}",
        ends=f"{terms.ends_on}", target=str(terms.target_agreed), reached=_said(forecast.reached_percent),
        agreed=_said(forecast.agreed_percent), points=_said(forecast.effect_points), before=terms,
    )  # fmt: skip


def terms_of(draft: CampaignDraft) -> CampaignTerms | None:
    """None while something is missing, or is no figure or day."""
    whom = draft.rule or draft.list_id or draft.model
    if not draft.name.strip() or not whom or not draft.scenario:
        return None
    try:
        before = draft.before
        audience = before.audience if before else Audience()
        rules = (draft.rule, *audience.rules[1:]) if draft.rule else ()
        terms = CampaignTerms(
            id=draft.id, name=Text(draft.name.strip(), draft.name_en.strip() or draft.name.strip()),
            audience=structs.replace(audience, rules=rules, list_id=draft.list_id, model=draft.model),
            scenario=draft.scenario, routes=tuple(draft.routes), quota=int(draft.quota or 0),
            a_day=int(draft.a_day or 0), control_percent=float(draft.control or 0),
            starts_on=date.fromisoformat(draft.starts.strip()), ends_on=date.fromisoformat(draft.ends.strip()),
            target_agreed=int(draft.target or 0),
            forecast=Forecast(reached_percent=_figure(draft.reached), agreed_percent=_figure(draft.agreed),
                              effect_points=_figure(draft.points)),
        )  # fmt: skip
    except ValueError:
        return None
    if before is None:
        return terms
    return structs.replace(
        terms, trigger=before.trigger, offers=before.offers, strata=before.strata, priority=before.priority
    )


def _said(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _figure(typed: str) -> float | None:
    return float(typed) if typed.strip() else None
