"""A score from a lead's desk to the agent's and back, through a real server process that is away in between."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from inspection_kit import CARD, a_record, marks
from news_kept import News
from rough_server import ANNA
from server_process import ServerProcess

from core.calling import Moment
from core.desk import inspecting
from core.desk.desk import Desk
from core.desk.inspecting import Inspection
from core.domain.people import Agent, Role
from core.domain.quality.inspection import SampledCall, ScoreState
from core.domain.quality.sampling import Risk, Why
from core.domain.quality.scorecard import Subject
from core.domain.quality.scoring import Mark
from core.server.db import quality, records
from core.server.quality.telling import tell_call
from core.store.key import StoreKey
from core.store.opening import open_store
from core.store.store import Store
from core.store.types import Applied
from core.sync.sign_in import sign_in_online
from core.sync.syncer import Syncer
from core.sync.transport import Transport
from core.wire.session import Site

PASSWORD = "stayline-demo"
LEAD = msgspec.structs.replace(ANNA, staff_number="3001", name="周丽华", role=Role.TEAM_LEAD, areas=())
SITE = Site(name_zh="江城客服", name_en="River City Service", official_hotline="10000")


class At:
    """Somebody at a desk of their own."""

    def __init__(self, server: ServerProcess, folder: Path, who: Agent) -> None:
        self.store: Store = open_store(folder / who.staff_number, StoreKey("5a" * 32))
        transport = Transport(server.url, read_s=10)
        sign_in_online(self.store, transport, who.staff_number, PASSWORD)
        self.news = News()
        self.syncer = Syncer(self.store, transport, self.news, poll_s=600)
        self.desk = Desk(store=self.store, agent=who, site=SITE, moment=lambda: Moment(datetime.now(UTC), 0.0))

    def sees(self, there: Callable[[Inspection], object]) -> None:
        """The next rounds bring it."""
        self.syncer.wake()
        self.news.until(lambda _: bool(there(inspecting.inspection(self.desk))))

    def uploaded(self) -> None:
        self.syncer.wake()
        self.news.until(lambda one: not isinstance(one, Applied) and one.waiting == 0 and not self.store.pending(1))

    def leave(self) -> None:
        self.syncer.stop()
        self.store.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    with ServerProcess(tmp_path / "server") as running:
        for who in (ANNA, LEAD):
            running.add_user(who, PASSWORD)
        running.publish_content()
        yield running


def sampled(server: ServerProcess) -> SampledCall:
    """A call of Anna's in the queue of her lead."""
    value = a_record(ANNA.staff_number, recorded_at=datetime.now(UTC))
    with server.database.write() as unit:
        records.add_outcome(unit, value, team_id=ANNA.team, superseded=False)
        stored = quality.StoredCall(
            id=str(value.id), subject=Subject.CALL, outcome_id=str(value.id), team=ANNA.team,
            staff_number=value.agent, customer_id=value.customer_id, scenario=value.scenario, at=unit.now,
            sampled_at=unit.now, why=(Why(risk=Risk.CHANCE),),
        )  # fmt: skip
        quality.add_calls(unit, [stored])
        return tell_call(unit, stored)


# QA-01, EVAL-07
def test_a_score_given_offline_is_signed_or_disputed_at_the_agents_desk(server: ServerProcess, tmp_path: Path) -> None:
    call = sampled(server)
    lead, agent = At(server, tmp_path, LEAD), At(server, tmp_path, ANNA)
    try:
        lead.syncer.start()
        lead.sees(lambda seen: seen.queue)
        server.stop()
        (waiting,) = inspecting.inspection(lead.desk).queue
        assert waiting.id == call.id
        inspecting.claim(lead.desk, waiting)
        inspecting.give_score(lead.desk, waiting, CARD, marks(identity=Mark.MISSED), (), "没核身。")
        assert inspecting.inspection(lead.desk).queue == ()
        server.start()
        lead.uploaded()
        agent.syncer.start()
        agent.sees(lambda seen: seen.own)
        (case,) = inspecting.inspection(agent.desk).own
        assert (case.result.points, case.result.missed, case.by_name) == (88, 1, "周丽华")
        inspecting.dispute(agent.desk, case, "录音里客户说了生日。")
        agent.uploaded()
        lead.sees(lambda seen: seen.disputes)
        (disputed,) = inspecting.disputes_waiting(lead.desk)
        assert (disputed.state, disputed.score.id) == (ScoreState.DISPUTED, case.score.id)
    finally:
        lead.leave()
        agent.leave()
