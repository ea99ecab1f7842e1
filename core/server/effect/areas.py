"""How many of an area's customers left before a campaign's draw and after (EVAL-03)."""

from collections import Counter
from datetime import date, timedelta

from sqlalchemy import ColumnElement, case, func, select

from core.screening.effect.told import AreaBase
from core.server.db.engine import Unit
from core.server.db.schema import campaign_member, customer, departure
from core.wire.campaign_effect import ArmShare

_MOST = 12
"""areas that are told by themselves, those with the most members"""


def area_bases(unit: Unit, campaign_id: str, drawn: date, days: int, known_until: date | None) -> list[AreaBase]:
    """The campaign's areas, and last all others together; none before the days are over, or where nobody is known to
    have left before the draw, since it may only not be on record."""
    if known_until is None or drawn + timedelta(days=days) > known_until:
        return []
    shares = _shares(unit, drawn, days)
    if not sum(before.met for before, _after in shares.values()):
        return []
    own = [area for area, _members in _areas_of(unit, campaign_id).most_common(_MOST) if area in shares]
    found = [AreaBase(area, *shares[area]) for area in own]
    others = [pair for area, pair in shares.items() if area not in own]
    if others:
        found.append(AreaBase("", *(_sum([pair[at] for pair in others]) for at in (0, 1))))
    return found


def _areas_of(unit: Unit, campaign_id: str) -> Counter[str]:
    statement = (
        select(customer.c.area, func.count())
        .join(
            campaign_member,
            (campaign_member.c.tenant_id == customer.c.tenant_id) & (campaign_member.c.customer_id == customer.c.id),
        )
        .where(customer.c.tenant_id == unit.tenant, campaign_member.c.campaign_id == campaign_id, customer.c.area != "")
        .group_by(customer.c.area)
    )
    return Counter({row[0]: row[1] for row in unit.conn.execute(statement)})


def _shares(unit: Unit, drawn: date, days: int) -> dict[str, tuple[ArmShare, ArmShare]]:
    """By area, of those there at the first day of each span who left within it; both spans are as long."""
    left, began = departure.c.left_on, drawn - timedelta(days=days + 1)
    ended = drawn + timedelta(days=days)

    def count(what: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((what, 1), else_=0)), 0)

    statement = (
        select(
            customer.c.area,
            count(left.is_(None) | (left >= began)), count((left >= began) & (left < drawn)),
            count(left.is_(None) | (left >= drawn)), count((left >= drawn) & (left <= ended)),
        )
        .outerjoin(
            departure, (departure.c.tenant_id == customer.c.tenant_id) & (departure.c.customer_id == customer.c.id)
        )
        .where(customer.c.tenant_id == unit.tenant)
        .group_by(customer.c.area)
    )  # fmt: skip
    return {
        row[0]: (ArmShare(due=row[1], met=row[2]), ArmShare(due=row[3], met=row[4]))
        for row in unit.conn.execute(statement).all()
    }


def _sum(shares: list[ArmShare]) -> ArmShare:
    return ArmShare(due=sum(one.due for one in shares), met=sum(one.met for one in shares))
