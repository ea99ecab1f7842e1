"""What happens after the start of a campaign: calls over the API, fates, the list of who left, and the report."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, select

from core.domain.clock import local_day
from core.server.db import settings
from core.server.db.engine import Database, open_engine, sqlite_url
from core.server.db.schema import campaign_member, departure
from core.server.review.departure_file import read_departures
from core.server.review.departures import ON_NET_DAY, keep_departures
from core.wire.campaign_effect import COMPARED, CampaignEffect, Compared, Looked, Verdict
from rehearsing import campaign
from rehearsing.agents import Agents
from rehearsing.centre import Planner
from rehearsing.fates import Fates, Truth


def drawn(data: Path) -> list[str]:
    """Whom chance drew, whichever arm: nobody here is told which."""
    database = Database(open_engine(sqlite_url(data)))
    try:
        with database.read() as unit:
            statement = select(campaign_member.c.customer_id).where(
                campaign_member.c.tenant_id == unit.tenant,
                campaign_member.c.campaign_id == campaign.CAMPAIGN,
                campaign_member.c.arm != "not_drawn",
            )
            return sorted(unit.conn.execute(statement).scalars())
    finally:
        database.close()


def call(url: str, staff: list[str], fates: Fates) -> Agents:
    agents = Agents(url, staff, fates.reached)
    agents.work()
    return agents


def who_left(
    file: Path, fates: Fates, everybody: list[str], members: list[str], agents: Agents, *, effect: float, days: int,
    world: str,
) -> tuple[str, Truth]:  # fmt: skip
    """Writes the list as the billing system would, and gives the day that it is of, with the truth."""
    today = local_day(datetime.now(UTC))
    left, truth = fates.left(
        everybody, members, agents.spoken, effect=effect, world=world, begin=today, days=days
    )  # fmt: skip
    file.write_text("customer,left_on\n" + "".join(f"{one},{day}\n" for one, day in sorted(left.items())), "utf-8")
    return (today + timedelta(days=days + 1)).isoformat(), truth


def bring(data: Path, file: Path, as_of: str) -> str:
    """As the command `on-net` does it, but for a day that is still to come, which that refuses."""
    database, day = Database(open_engine(sqlite_url(data))), date.fromisoformat(as_of)
    try:
        left = read_departures(database, file, as_of=day).left
        changed = keep_departures(database, left, as_of=day, by="rehearsal")
    finally:
        database.close()
    return f"{len(left)} customers left, {changed} new or changed; as of {as_of}."


def forget_departures(data: Path) -> None:
    """Another world of the same calls: nobody has left yet."""
    database = Database(open_engine(sqlite_url(data)))
    try:
        with database.write() as unit:
            unit.conn.execute(delete(departure).where(departure.c.tenant_id == unit.tenant))
            settings.write(unit, ON_NET_DAY, "")
    finally:
        database.close()


def main_figure(found: CampaignEffect) -> Compared:
    """What the verdict goes by."""
    return next(one for one in found.compared if one.looked is Looked.ON_NET and one.days == found.days)


def report(planner: Planner, *, days: int) -> CampaignEffect:
    return campaign.effect(planner, days=days)


def reports_an_effect(found: CampaignEffect) -> bool:
    return found.verdict in COMPARED - {Verdict.NONE_SHOWN}
