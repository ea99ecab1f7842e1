"""The terms of a campaign while a planner writes them, as they stand in the fields: all that its file may say."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from core.domain.campaign import Audience, CampaignTerms, Forecast, Route, Trigger
from core.domain.customer import Value
from core.domain.task import Tier
from core.domain.text import Text

USUAL_DAYS = 14
PUBLISHED = "published"
"""the model that counts, whichever it is"""
USUAL_STRATA = ("value", "area")
_BETWEEN = re.compile(r"[,，、;；\n]")
_T = TypeVar("_T")


@dataclass(slots=True)
class CampaignDraft:
    """Words as typed; `read_draft` reads them."""

    id: str
    name: str = ""
    name_en: str = ""
    rules: list[str] = field(default_factory=list)
    list_id: str = ""
    model: str = ""
    """its id, or `published`"""
    at_least: str = ""
    """the model's least chance, percent"""
    more_list_id: str = ""
    areas: str = ""
    grids: str = ""
    """several with commas between them"""
    values: list[Value] = field(default_factory=list)
    tiers: list[Tier] = field(default_factory=list)
    scenario: str = ""
    offers: list[str] = field(default_factory=list)
    routes: list[Route] = field(default_factory=list)
    trigger: Trigger = Trigger.AT_WILL
    priority: int = 5
    strata: list[str] = field(default_factory=lambda: list(USUAL_STRATA))
    quota: str = "0"
    a_day: str = "0"
    control: str = "10"
    starts: str = ""
    ends: str = ""
    target: str = "0"
    reached: str = ""
    agreed: str = ""
    points: str = ""

    @property
    def unusual(self) -> tuple[str, ...]:
        """Fields seldom needed that say something here."""
        usual = CampaignDraft(self.id)
        seldom = ("trigger", "priority", "at_least", "more_list_id", "areas", "grids", "values", "tiers", "strata")
        return tuple(one for one in seldom if getattr(self, one) != getattr(usual, one))


class Unread(NamedTuple):
    """What keeps a draft from being terms: fields that say nothing yet, and fields whose words cannot be meant."""

    missing: tuple[str, ...]
    wrong: tuple[str, ...]


def new_draft(campaign_id: str, today: date) -> CampaignDraft:
    return CampaignDraft(campaign_id, starts=f"{today}", ends=f"{today + timedelta(days=USUAL_DAYS)}")


def draft_of(terms: CampaignTerms) -> CampaignDraft:
    audience, forecast = terms.audience, terms.forecast
    return CampaignDraft(
        id=terms.id, name=terms.name.zh, name_en=terms.name.en, rules=list(audience.rules), list_id=audience.list_id,
        model=audience.model, at_least=f"{100 * audience.at_least:.10g}" if audience.at_least else "",
        more_list_id=audience.more_list_id, areas=", ".join(audience.areas), grids=", ".join(audience.grids),
        values=list(audience.values), tiers=list(audience.tiers), scenario=terms.scenario, offers=list(terms.offers),
        routes=list(terms.routes), trigger=terms.trigger, priority=terms.priority, strata=list(terms.strata),
        quota=str(terms.quota), a_day=str(terms.a_day), control=f"{terms.control_percent:.10g}",
        starts=f"{terms.starts_on}", ends=f"{terms.ends_on}", target=str(terms.target_agreed),
        reached=_said(forecast.reached_percent), agreed=_said(forecast.agreed_percent),
        points=_said(forecast.effect_points),
    )  # fmt: skip


def read_draft(draft: CampaignDraft) -> CampaignTerms | Unread:
    """The terms, or what is missing or wrong by the names of the draft's fields, in their order."""
    wrong: list[str] = []

    def read(name: str, by: Callable[[str], _T], otherwise: _T) -> _T:
        try:
            return by(getattr(draft, name).strip())
        except ValueError:
            wrong.append(name)
            return otherwise

    name = Text(draft.name.strip(), draft.name_en.strip() or draft.name.strip())
    at_least = read("at_least", _figure, None)
    audience = Audience(
        rules=tuple(draft.rules), model=draft.model, at_least=round((at_least or 0.0) / 100, 12),
        list_id=draft.list_id, more_list_id=draft.more_list_id, areas=_listed(draft.areas), grids=_listed(draft.grids),
        values=tuple(draft.values), tiers=tuple(draft.tiers),
    )  # fmt: skip
    quota, a_day = read("quota", _whole, 0), read("a_day", _whole, 0)
    control = read("control", _figure, None)
    starts, ends = read("starts", date.fromisoformat, date.min), read("ends", date.fromisoformat, date.min)
    target = read("target", _whole, 0)
    forecast = Forecast(
        reached_percent=read("reached", _figure, None), agreed_percent=read("agreed", _figure, None),
        effect_points=read("points", _figure, None),
    )  # fmt: skip
    whom = audience.rules or audience.list_id or audience.model or audience.more_list_id
    there = (("name", name.zh), ("whom", whom), ("scenario", draft.scenario), ("starts", draft.starts.strip()),
             ("ends", draft.ends.strip()))  # fmt: skip
    missing = tuple(one for one, said in there if not said)
    if missing or wrong:
        return Unread(missing, tuple(one for one in wrong if one not in missing))
    return CampaignTerms(
        id=draft.id, name=name, trigger=draft.trigger, audience=audience, scenario=draft.scenario,
        offers=tuple(draft.offers), routes=tuple(draft.routes), quota=quota, a_day=a_day,
        control_percent=control or 0.0, strata=tuple(draft.strata), starts_on=starts, ends_on=ends,
        priority=draft.priority, forecast=forecast, target_agreed=target,
    )  # fmt: skip


def _listed(typed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip() for one in _BETWEEN.split(typed) if one.strip()))


def _said(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"


def _whole(typed: str) -> int:
    return int(typed or 0)


def _figure(typed: str) -> float | None:
    value = float(typed.removesuffix("%")) if typed else None
    if value is not None and not math.isfinite(value):
        raise ValueError(typed)
    return value
