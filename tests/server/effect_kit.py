"""A campaign whose members were drawn and called, in a database, as it stands some weeks later."""

import random
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import msgspec
from server_kit import NOON, SCENARIO, add_agent, agent, document, saved, send, stored, task

from core.domain.campaign import Arm, Audience, Campaign, CampaignState, Forecast, MemberState, Route
from core.domain.drawing import draw
from core.domain.outreach import ContactState, OutgoingContact
from core.domain.text import Text
from core.server.db import outreach
from core.server.db.engine import Database
from core.server.db.schema import campaign, campaign_member
from core.server.loading import load
from core.server.review.departures import keep_departures

CAMPAIGN = "autumn-save"
AREAS = ("东岭区", "西河区")
VALUES = ("high", "mid", "")


def terms(**changes: Any) -> Campaign:
    values: dict[str, Any] = {
        "id": CAMPAIGN, "name": Text("秋季维系", "Autumn save"), "audience": Audience(rules=("low-balance",)),
        "scenario": SCENARIO, "control_percent": 20.0, "starts_on": NOON.date(),
        "ends_on": NOON.date() + timedelta(days=20), "owner": "9001", "created_at": NOON, "seed": "5eed",
        "forecast": Forecast(reached_percent=50.0, agreed_percent=30.0, effect_points=8.0),
    }  # fmt: skip
    return Campaign(**(values | changes))


def drawn(database: Database, value: Campaign, *, members: int, arms: dict[str, Arm] | None = None) -> dict[str, Arm]:
    """Customers C1 … of whom the campaign drew some to be called, others to be held out."""
    load(database, [(document(n, area=AREAS[n % 2]), None) for n in range(1, members + 1)])
    strata = {f"C{n}": f"{VALUES[n % 3]}|{AREAS[n % 2]}" for n in range(1, members + 1)}
    found = draw(value.seed, strata, value.control_percent) if arms is None else arms
    with database.write() as unit:
        state = CampaignState.RUNNING.value
        unit.conn.execute(
            campaign.insert().values(
                tenant_id=unit.tenant, id=value.id, state=state, changed_at=NOON, body=msgspec.json.encode(value)
            )
        )
        if not found:
            return found
        unit.conn.execute(
            campaign_member.insert(),
            [
                {
                    "tenant_id": unit.tenant, "campaign_id": value.id, "customer_id": one, "arm": arm.value,
                    "stratum": strata[one], "state": MemberState.DISPATCHED.value, "barrier": "", "route": "",
                    "rule_id": "low-balance", "model_id": "", "score": None, "expected": None,
                    "task_id": f"T{one[1:]}" if arm is Arm.TREATED else "", "drawn_at": NOON,
                    "dispatched_at": NOON if arm is Arm.TREATED else None,
                }
                for one, arm in found.items()
            ],
        )  # fmt: skip
    return found


def called(database: Database, numbers: list[int], **outcome: Any) -> None:
    """Those customers are called by 2043 for the campaign, and the records are sent."""
    caller = add_agent(database, agent("2043"))
    load(database, [(document(n, area=AREAS[n % 2]), task(n, to="2043")) for n in numbers], list_id=CAMPAIGN)
    send(database, caller, *(saved(stored(database, f"T{n}"), "2043", **outcome) for n in numbers))


def contacted(database: Database, customers: Iterable[str], *states: ContactState) -> None:
    """Texts of the campaign, made as it drew, that came to these states one after the other."""
    values = [
        OutgoingContact(
            id=uuid5(NAMESPACE_URL, one), campaign_id=CAMPAIGN, customer_id=one, route=Route.SMS, made_at=NOON
        )
        for one in customers
    ]  # fmt: skip
    with database.write() as unit:
        outreach.add(unit, values)
        for one in values:
            for state in states:
                outreach.put(unit, msgspec.structs.replace(one, state=state), due_at=None)


def who_left(arms: dict[str, Arm], shares: dict[Arm, float], *, seed: int = 1) -> dict[str, date]:
    """Of each arm a share leaves within 30 days after the draw."""
    rng, left = random.Random(seed), {}
    for arm, share in shares.items():
        mine = sorted((one for one, drawn_as in arms.items() if drawn_as is arm), key=lambda one: (len(one), one))
        gone = rng.sample(mine, round(len(mine) * share))
        left |= {one: NOON.date() + timedelta(days=rng.randint(1, 29)) for one in gone}
    return left


def told_who_left(database: Database, left: dict[str, date], *, as_of: date) -> None:
    keep_departures(database, left, as_of=as_of, by="boss")


def later(days: int) -> datetime:
    return NOON + timedelta(days=days)
