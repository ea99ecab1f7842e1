"""A centre with customers, an agent and campaigns, for tests of what campaigns do."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from msgspec import Raw
from server_kit import NOON, SCENARIO, StillClock, add_agent, agent, document
from sqlalchemy import select

from core.domain.campaign import Audience, CampaignTerms
from core.domain.clock import local_day
from core.domain.task import Task
from core.domain.text import Text
from core.server.campaigns import drafting, lists
from core.server.campaigns.apart import Engine
from core.server.campaigns.keeping import CampaignKeeper
from core.server.campaigns.telling import told
from core.server.db import campaigns, published, tasks
from core.server.db.campaigns import Member
from core.server.db.engine import Database
from core.server.db.schema import task as task_table
from core.server.loading import load
from core.server.screening.taking import take
from core.wire.campaigns import CampaignTold, ListRow, PutCampaignList
from core.wire.pull import ContentDocument

SILENT: dict[str, Any] = {"voice_last_month": 0, "data_last_month": 0, "sms_last_month": 0, "tenure": 30}
BUSY: dict[str, Any] = {"voice_last_month": 200, "data_last_month": 9_000, "sms_last_month": 4, "tenure": 30}
TODAY = local_day(NOON)
ZERO = "zero-usage"
SCRIPTS = [
    ContentDocument(
        kind="script", name=one, version=1, body=Raw(b'{"title":{"zh":"\xe5\x85\xb3\xe6\x80\x80","en":"Care"}}')
    )
    for one in (ZERO, SCENARIO)
]


def terms(**changes: Any) -> CampaignTerms:
    values: dict[str, Any] = {
        "id": "silent-november",
        "name": Text("沉默用户关怀", "Care for silent users"),
        "audience": Audience(rules=(ZERO,)),
        "scenario": ZERO,
        "control_percent": 20.0,
        "strata": ("area",),
        "starts_on": TODAY,
        "ends_on": TODAY + timedelta(days=9),
    }
    return CampaignTerms(**(values | changes))


class Centre:
    """A centre with a few customers and one agent."""

    def __init__(self, database: Database, data: Path, clock: StillClock) -> None:
        self.database, self.data, self.clock = database, data, clock
        self.engine = Engine(database, data, here=True)
        with database.write() as unit:
            published.put(unit, SCRIPTS)
        self.agent = add_agent(database, agent("2043", skills=(ZERO, SCENARIO), daily_target=5))

    def know(self, number: int, *, start: int = 1, indicators: dict[str, Any] = SILENT, **sections: Any) -> None:
        made = [document(at, indicators=indicators, **sections) for at in range(start, start + number)]
        load(self.database, [(one, None) for one in made])

    def snapshot(self) -> str:
        self.clock.forward(minutes=1)
        return take(self.database, self.data, by="planner").id

    def draft(self, **changes: Any) -> None:
        with self.database.write() as unit:
            drafting.draft(unit, terms(**changes), by="9001")

    def listed(self, number: int, *, campaign_id: str = "silent-november", **changes: Any) -> None:
        """A draft over a list of so many: nothing of the engine is needed."""
        self.know(number)
        rows = tuple(ListRow(customer_id=f"C{at}") for at in range(1, number + 1))
        with self.database.write() as unit:
            lists.put_list(unit, "all", PutCampaignList(name="全部", rows=rows), by="9001")
        self.draft(**({"id": campaign_id, "audience": Audience(list_id="all"), "control_percent": 0.0} | changes))

    def start(self, campaign_id: str = "silent-november", *, confirmed: bool = True) -> CampaignTold:
        self.engine.start(campaign_id, by="9001", confirmed=confirmed)
        return self.told(campaign_id)

    def told(self, campaign_id: str = "silent-november") -> CampaignTold:
        with self.database.read() as unit:
            return told(unit, drafting.found(unit, campaign_id))

    def members(self, campaign_id: str = "silent-november") -> dict[str, Member]:
        with self.database.read() as unit:
            return {one.customer_id: one for one in campaigns.members(unit, campaign_id)}

    def tasks(self) -> list[Task]:
        with self.database.read() as unit:
            ids = unit.conn.execute(select(task_table.c.id).order_by(task_table.c.customer_id)).scalars().all()
            return [found for one in ids if (found := tasks.get(unit, one))]

    def keep(self) -> None:
        CampaignKeeper(self.engine).keep()
