"""A save that its customer denies is told to the team's leads, for the double deduction."""

from datetime import date, timedelta

from quality_desk_kit import SAVE, Centre
from server_kit import NOON, StillClock, add_agent, agent, read_page
from sqlalchemy import update

from core.domain import decoding
from core.domain.clock import local_day
from core.domain.incentive import POINT_FAULTS, FaultFound, PointKind, TeamFaults
from core.domain.people import Role
from core.domain.quality.inspection import Ruling
from core.domain.quality.save_check import CheckState
from core.server.access.caller import Caller
from core.server.db.engine import Database
from core.server.db.reviewed import number_of
from core.server.db.schema import review_call, save_check
from core.server.packages.faults import tell_faults
from core.server.review.codes import coder
from core.server.sync.pull import pull
from core.wire.pull import ContentDocument


def checked(database: Database, save: str, state: CheckState) -> None:
    with database.write() as unit:
        unit.conn.execute(
            save_check.insert().values(
                tenant_id=unit.tenant, save_id=save, customer_id=f"C-{save}", staff_number="2043", team_id="spring",
                scenario="broadband-disconnect", saved_at=NOON, state=state.value, ask_from=NOON, ask_until=NOON,
                task_id="", answered_at=NOON, answered_by="4001", answer_id="",
            )
        )  # fmt: skip


def told(database: Database, caller: Caller) -> list[TeamFaults]:
    page = read_page(
        pull(database, staff_number=caller.staff_number, rights=caller.agent.rights, cursor="", limit=100).body
    )
    pieces = [decoding.decode(change.body, ContentDocument) for change in page.changes]
    return [decoding.decode(one.body, TeamFaults) for one in pieces if one.kind == POINT_FAULTS]


def code_of(database: Database, customer_id: str) -> int:
    with database.read() as unit:
        return coder(unit)(customer_id)


def test_a_denied_save_is_told_to_the_teams_lead_alone_and_once(database: Database) -> None:
    # BB-12, FOLLOW-02
    lead = add_agent(database, agent("3001", role=Role.TEAM_LEAD, team="spring"))
    other = add_agent(database, agent("3002", role=Role.TEAM_LEAD, team="river"))
    checked(database, "a", CheckState.DENIED)
    checked(database, "b", CheckState.CONFIRMED)
    assert tell_faults(database) == 1
    fault = FaultFound(
        kind=PointKind.FAKED, agent="2043", day=date(2026, 11, 23), customer=code_of(database, "C-a"),
        scenario="broadband-disconnect",
    )  # fmt: skip
    assert told(database, lead) == [TeamFaults(team="spring", faults=(fault,))]
    assert told(database, other) == []
    assert tell_faults(database) == 0


def test_a_denied_save_counts_on_the_day_of_its_call_though_its_record_came_on_the_next(database: Database) -> None:
    # BB-12: else the save keeps its points beside the deduction.
    lead = add_agent(database, agent("3001", role=Role.TEAM_LEAD, team="spring"))
    checked(database, "a", CheckState.DENIED)
    called = NOON - timedelta(days=1)
    with database.write() as unit:
        unit.conn.execute(
            review_call.insert().values(
                tenant_id=unit.tenant, outcome_id="a", root_id="a", customer_id="C-a", staff_number="2043",
                team_id="spring", at=called, day=number_of(local_day(called)), dialled=True, clock_wrong=False,
            )
        )  # fmt: skip
    tell_faults(database)
    ((fault,),) = (one.faults for one in told(database, lead))
    assert fault.day == date(2026, 11, 22)


def test_a_denial_that_was_taken_back_is_told_too(database: Database) -> None:
    # BB-12: a correction of the callback's answer leaves no deduction behind.
    lead = add_agent(database, agent("3001", role=Role.TEAM_LEAD, team="spring"))
    checked(database, "a", CheckState.DENIED)
    tell_faults(database)
    with database.write() as unit:
        unit.conn.execute(update(save_check).values(state=CheckState.CONFIRMED.value))
    assert tell_faults(database) == 1
    assert told(database, lead) == [TeamFaults(team="spring", faults=())]
    assert tell_faults(database) == 0


def test_who_leads_the_team_now_is_told_and_who_does_not_forgets(database: Database) -> None:
    # BB-12, ROLE-02
    before = add_agent(database, agent("3001", role=Role.TEAM_LEAD, team="spring"))
    checked(database, "a", CheckState.DENIED)
    tell_faults(database)
    now = add_agent(database, agent("3002", role=Role.TEAM_LEAD, team="spring"))
    add_agent(database, agent("3001", role=Role.TEAM_LEAD, team="river"))
    assert tell_faults(database) == 1
    assert [one.team for one in told(database, now)] == ["spring"]
    assert told(database, before) == []
    assert tell_faults(database) == 0


def kinds(centre: Centre) -> list[PointKind]:
    tell_faults(centre.database)
    return [fault.kind for one in told(centre.database, centre.lead) for fault in one.faults]


def test_a_stonewalled_disconnect_is_established_by_a_score_and_taken_back_by_a_decision(
    database: Database, clock: StillClock
) -> None:
    # BB-12, QA-01
    centre = Centre(database, clock)
    call = centre.sampled()
    item = centre.score(centre.lead, call, remark="客户说了三遍要拆。", fails=("blocked",))
    assert centre.push(centre.lead, item) == ["accepted"]
    tell_faults(database)
    (one,) = told(database, centre.lead)[0].faults
    assert (one.kind, one.agent, one.scenario) == (PointKind.STONEWALLED, "2043", SAVE)
    assert one.day == local_day(clock.now)
    # While the agent disputes it nothing is established; the other lead's ruling says what stands.
    centre.push(centre.agent, centre.dispute(centre.agent, item.id))
    assert kinds(centre) == []
    assert centre.push(centre.second, centre.decide(centre.second, item.id, Ruling.UPHELD)) == ["accepted"]
    assert kinds(centre) == [PointKind.STONEWALLED]


def test_what_a_decision_amends_or_voids_establishes_nothing(sqlite: Database, clock: StillClock) -> None:
    # BB-12
    centre = Centre(sqlite, clock)
    for index, ruling in enumerate((Ruling.AMENDED, Ruling.VOIDED), start=1):
        item = centre.score(centre.lead, centre.sampled(index), remark="推了客户。", fails=("blocked",))
        centre.push(centre.lead, item)
        assert kinds(centre) == [PointKind.STONEWALLED]
        centre.push(centre.agent, centre.dispute(centre.agent, item.id))
        assert centre.push(centre.second, centre.decide(centre.second, item.id, ruling)) == ["accepted"]
        assert kinds(centre) == []
