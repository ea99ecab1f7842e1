"""Which scenario a campaign is about."""

from msgspec import Struct
from sqlalchemy import select

from core.domain import decoding
from core.server.db.engine import Unit
from core.server.db.schema import campaign


class _About(Struct):
    scenario: str


def scenario_of(unit: Unit, campaign_id: str) -> str:
    """Empty where there is no such campaign."""
    statement = select(campaign.c.body).where(campaign.c.tenant_id == unit.tenant, campaign.c.id == campaign_id)
    body = unit.conn.execute(statement).scalar_one_or_none()
    return "" if body is None else decoding.decode(body, _About).scenario
