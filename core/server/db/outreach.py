"""Contacts of campaigns in the database: whom is to be reached by which way, and what came of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Select, and_, delete, func, select, update

from core.domain import decoding
from core.domain.campaign import CampaignState, MemberState, Route
from core.domain.outreach import SENT_ROUTES, ContactState, OutgoingContact
from core.server.db import claims
from core.server.db.campaigns import UNDER_WAY
from core.server.db.chunks import chunks
from core.server.db.engine import Unit
from core.server.db.schema import campaign, campaign_member, outgoing_contact
from core.server.db.upsert import upsert

_OPEN = (ContactState.WAITING, ContactState.SENT, ContactState.DELIVERED)
_decode = decoding.decoder(OutgoingContact).decode
_encode = msgspec.json.Encoder().encode
_contacts, _members = outgoing_contact.c, campaign_member.c


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A contact to be worked on, as it was read."""

    contact: OutgoingContact
    tries: int

    @property
    def key(self) -> str:
        return str(self.contact.id)


class Unsent(msgspec.Struct, frozen=True, kw_only=True):
    """A member whom a campaign reaches otherwise than by a call, and for whom nothing was made yet."""

    campaign_id: str
    customer_id: str
    route: Route


_OVER = timedelta(days=2)
"""a campaign that ended longer ago has nobody left of whom something is to be made"""


def unsent(unit: Unit, limit: int) -> list[Unsent]:
    lately = select(campaign.c.id).where(
        campaign.c.tenant_id == unit.tenant,
        campaign.c.state.in_([one.value for one in UNDER_WAY]) | (campaign.c.changed_at >= unit.now - _OVER),
    )
    there = _made().where(_contacts.state != ContactState.WITHDRAWN.value).exists()
    statement = (
        select(_members.campaign_id, _members.customer_id, _members.route)
        .where(
            _members.tenant_id == unit.tenant,
            # Members of all campaigns that ever were are not read through each time.
            _members.campaign_id.in_(lately),
            _members.state == MemberState.DISPATCHED.value,
            _members.route.in_(sorted(SENT_ROUTES)),
            _members.task_id == "",
            ~there,
        )
        .order_by(_members.campaign_id, _members.customer_id)
        .limit(limit)
    )
    return [Unsent(campaign_id=row[0], customer_id=row[1], route=Route(row[2])) for row in unit.conn.execute(statement)]


def _made() -> Select[str]:
    """What was made for a member."""
    return select(_contacts.id).where(
        _contacts.tenant_id == _members.tenant_id,
        _contacts.customer_id == _members.customer_id,
        _contacts.campaign_id == _members.campaign_id,
    )


def not_left() -> ColumnElement[bool]:
    """Of members: those reached otherwise than by a call for whom nothing has left yet."""
    left = (ContactState.WAITING.value, ContactState.WITHDRAWN.value)
    return and_(
        _members.route.in_(sorted(SENT_ROUTES)),
        _members.task_id == "",
        ~_made().where(_contacts.state.not_in(left)).exists(),
    )


def add(unit: Unit, values: Sequence[OutgoingContact]) -> None:
    """The same contact again changes nothing, but for one that was withdrawn: its member is to be reached after all.
    One that was reported on is worked on no more."""
    rows = [
        {
            "tenant_id": unit.tenant,
            "id": str(one.id),
            "campaign_id": one.campaign_id,
            "customer_id": one.customer_id,
            "route": one.route.value,
            "state": one.state.value,
            "made_at": one.made_at,
            "moved_at": one.reported_at or one.made_at,
            "due_at": None if one.reported_at else one.made_at,
            "tries": 0,
            "body": _encode(one),
        }
        for one in values
    ]
    for chunk in chunks(row["id"] for row in rows):
        unit.conn.execute(
            delete(outgoing_contact).where(
                _contacts.tenant_id == unit.tenant, _contacts.id.in_(chunk),
                _contacts.state == ContactState.WITHDRAWN.value,
            )
        )  # fmt: skip
    if rows:
        upsert(unit, outgoing_contact, rows, keys=("tenant_id", "id"), keep=tuple(rows[0]))


def get(unit: Unit, contact_id: UUID, *, lock: bool = False) -> OutgoingContact | None:
    statement = select(_contacts.body).where(_contacts.tenant_id == unit.tenant, _contacts.id == str(contact_id))
    body = unit.conn.execute(statement.with_for_update() if lock else statement).scalar_one_or_none()
    return None if body is None else _decode(body)


def due(unit: Unit, limit: int) -> list[Due]:
    """Without those that wait for a paused campaign: they would stand before all others' for as long as it is."""
    paused = select(campaign.c.id).where(
        campaign.c.tenant_id == unit.tenant, campaign.c.state == CampaignState.PAUSED.value
    )
    waits = (_contacts.state == ContactState.WAITING.value) & _contacts.campaign_id.in_(paused)
    found = claims.due(unit, outgoing_contact, _OPEN, limit, ~waits)
    return [Due(contact=_decode(row.body), tries=row.tries) for row in found]


def claim(unit: Unit, one: Due, *, pause: timedelta) -> bool:
    return claims.claim(unit, outgoing_contact, one.key, one.contact.state, tries=one.tries, pause=pause)


def rest(unit: Unit, one: Due, *, until: datetime) -> None:
    claims.rest(unit, outgoing_contact, one.key, one.contact.state, tries=one.tries, until=until)


def wake(unit: Unit) -> None:
    """Those that wait to leave are looked at now; what a worker holds, or would fall due within `CLAIM`, is left to
    it."""
    waits = and_(
        _contacts.tenant_id == unit.tenant,
        _contacts.state == ContactState.WAITING.value,
        _contacts.due_at > unit.now + claims.CLAIM,
    )
    free = select(_contacts.id).where(waits).with_for_update(skip_locked=True)
    unit.conn.execute(update(outgoing_contact).where(waits, _contacts.id.in_(free)).values(due_at=unit.now))


def put(unit: Unit, value: OutgoingContact, *, due_at: datetime | None) -> None:
    """The contact as it is now; its tries begin anew."""
    unit.conn.execute(
        update(outgoing_contact)
        .where(_contacts.tenant_id == unit.tenant, _contacts.id == str(value.id))
        .values(state=value.state.value, moved_at=unit.now, due_at=due_at, tries=0, body=_encode(value))
    )


def counts(unit: Unit, campaign_id: str = "") -> dict[tuple[str, Route, ContactState], int]:
    """How many contacts of which campaign, way and state."""
    statement = (
        select(_contacts.campaign_id, _contacts.route, _contacts.state, func.count())
        .where(_contacts.tenant_id == unit.tenant)
        .group_by(_contacts.campaign_id, _contacts.route, _contacts.state)
    )
    if campaign_id:
        statement = statement.where(_contacts.campaign_id == campaign_id)
    return {(row[0], Route(row[1]), ContactState(row[2])): row[3] for row in unit.conn.execute(statement)}
