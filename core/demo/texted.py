"""A campaign of the demonstration that is over: customers whom nobody calls were texted, some held out."""

from collections.abc import Set
from datetime import date, datetime, timedelta
from typing import NamedTuple

from core.demo.calls import past_calls
from core.demo.profile import profile
from core.demo.rng import Purpose, stream
from core.demo.today import Today, moment
from core.domain.campaign import Arm, Audience, Campaign, Forecast, Route
from core.domain.drawing import draw
from core.domain.text import Text

CAMPAIGN_ID = "demo-texts"
CONTROL_PERCENT = 30.0
DRAWN_DAYS_AGO, LASTED_DAYS = 45, 14
_LEAVES = {Arm.TREATED: 0.04, Arm.CONTROL: 0.13}
"""the share that left within the month after: what the text was for"""
_WITHIN_DAYS = 30
_DRAWN_AT = 9 * 60
"""minutes of the day"""


class TextedCustomer(NamedTuple):
    customer_id: str
    stratum: str
    arm: Arm
    left_on: date | None


class TextedCampaign(NamedTuple):
    campaign: Campaign
    members: list[TextedCustomer]
    drawn_at: datetime


def texted_campaign(seed: int, customers: int, today: Today, *, busy: Set[str]) -> TextedCampaign:
    """Of customers without calls of the past months and without a task: those in `busy` have one, or have left."""
    begun = today.day - timedelta(days=DRAWN_DAYS_AGO)
    campaign = Campaign(
        id=CAMPAIGN_ID, name=Text("沉默客户短信关怀", "Texts to silent customers"),
        audience=Audience(rules=("silent-user",)), scenario="low-balance", routes=(Route.SMS,),
        control_percent=CONTROL_PERCENT, strata=("area",), starts_on=begun,
        ends_on=begun + timedelta(days=LASTED_DAYS), forecast=Forecast(effect_points=6.0), owner="9001",
        created_at=moment(begun, _DRAWN_AT), seed=f"{seed:032x}",
    )  # fmt: skip
    drawn_at = moment(begun, _DRAWN_AT)
    strata = _silent(seed, customers, today, busy)
    arms = draw(campaign.seed, strata, CONTROL_PERCENT, batch=drawn_at.isoformat())
    members = [
        TextedCustomer(customer_id, stratum, arms[customer_id], _left(seed, at, arms[customer_id], begun))
        for at, (customer_id, stratum) in enumerate(strata.items())
    ]
    return TextedCampaign(campaign, members, drawn_at)


def _silent(seed: int, customers: int, today: Today, busy: Set[str]) -> dict[str, str]:
    """The area of each, by customer id."""
    found: dict[str, str] = {}
    for index in range(customers):
        who = profile(seed, index, today)
        if who.id not in busy and not who.part.scenario and not past_calls(seed, who, today):
            found[who.id] = who.place.area
    return found


def _left(seed: int, at: int, arm: Arm, begun: date) -> date | None:
    rng = stream(seed, at, Purpose.TEXTED)
    days = 1 + int(rng.random() * (_WITHIN_DAYS - 1))
    return begun + timedelta(days=days) if rng.random() < _LEAVES[arm] else None
