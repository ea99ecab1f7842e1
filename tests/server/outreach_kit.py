"""A running campaign with a text, an automated call and a visit, and a gateway that takes them."""

from datetime import date
from uuid import UUID

import msgspec
from case_kit import customer
from running_kit import publish
from server_kit import NOON

from core.domain.campaign import Arm, Audience, Campaign, CampaignState, MemberState, Route
from core.domain.incoming import EVENT_KIND
from core.domain.outreach import OUTREACH, ContactState
from core.domain.task import Tier
from core.domain.text import Text
from core.server.db import outreach
from core.server.db.engine import Database, Unit
from core.server.db.schema import campaign, campaign_member, outgoing_contact
from core.server.outreach.moving import make
from core.wire.outreach import ContactOut, ContactReport

K = "balances-20261101"
"""planners put the day into the id"""


class Gateway:
    """Takes what it is given, and tells what it was told to."""

    def __init__(self) -> None:
        self.sent: list[ContactOut] = []
        self.report: ContactReport | None = None

    def send(self, contact: ContactOut) -> ContactReport:
        self.sent.append(contact)
        return ContactReport(state=ContactState.SENT)

    def look(self, contact_id: UUID) -> ContactReport | None:
        return self.report


def with_members(sqlite: Database) -> Database:
    """A running campaign about low balances with three members: a text, an automated call, a visit."""
    publish(sqlite, OUTREACH)
    publish(sqlite, EVENT_KIND)
    stated = Campaign(
        id=K, name=Text("余额提醒", "Balances"), audience=Audience(), scenario="low-balance", owner="9001",
        starts_on=date(2026, 11, 1), ends_on=date(2026, 12, 1), created_at=NOON, seed="00",
    )  # fmt: skip
    with sqlite.write() as unit:
        unit.conn.execute(
            campaign.insert().values(
                tenant_id=unit.tenant, id=K, state=CampaignState.RUNNING.value, changed_at=unit.now,
                body=msgspec.json.encode(stated),
            )
        )  # fmt: skip
    for index, route in enumerate((Route.SMS, Route.VOICE, Route.VISIT), start=1):
        customer(sqlite, index, tier=Tier.NONE)
        member(sqlite, index, route)
    return sqlite


def member(database: Database, index: int, route: Route) -> None:
    values = {column.name: "" for column in campaign_member.columns if not column.nullable}
    values |= {"tenant_id": database.tenant, "campaign_id": K, "customer_id": f"C{index}", "route": route.value}
    values |= {"arm": Arm.TREATED.value, "state": MemberState.DISPATCHED.value}
    with database.write() as unit:
        unit.conn.execute(campaign_member.insert().values(**(values | {"drawn_at": unit.now})))


def contacts(database: Database) -> dict[Route, outreach.OutgoingContact]:
    with database.read() as unit:
        rows = unit.conn.execute(outgoing_contact.select()).all()
        found = [outreach.get(unit, UUID(row.id)) for row in rows]
    return {one.route: one for one in found if one is not None}


def in_state(database: Database, state: CampaignState) -> None:
    with database.write() as unit:
        unit.conn.execute(campaign.update().values(state=state.value))


def made_of(unit: Unit) -> list[outreach.OutgoingContact]:
    """What has not left yet, put into words."""
    return make(unit, outreach.unsent(unit, 10))
