"""Who gets which task: by area, value and skill, VIPs first and with the same specialist."""

from datetime import timedelta
from typing import Any

from hypothesis import given as cases
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from server_kit import NOON, SCENARIO, agent, number_of, task

from core.domain.customer import Value
from core.domain.people import Agent, Role, SkillLevel
from core.domain.task import Block, Task, TaskCustomer, TaskType, Tier
from core.server.desks import Desk, WaitsFor
from core.server.dispatch import Dispatched, Waiting, Why, dispatch

AREAS = ("东岭区", "西河区", "")


def vip(index: int = 1, tier: Tier = Tier.DIAMOND, **changes: Any) -> Task:
    return task(index, customer=TaskCustomer(name="客", numbers=(number_of(index),), tier=tier), **changes)


def run(tasks: list[Waiting], *agents: Agent) -> Dispatched:
    return dispatch(tasks, [Desk(one) for one in agents], NOON)


def who(done: Dispatched) -> dict[str, str]:
    return {a.task.id: a.staff_number for a in done.assignments}


def test_the_area_decides() -> None:
    # TASK-03
    east, west = agent("1", areas=("东岭区",)), agent("2", areas=("西河区",))
    done = run([Waiting(task(1, area="西河区")), Waiting(task(2, area="北港区"))], east, west)
    assert who(done) == {"T1": "2"}
    assert done.waiting == {WaitsFor.AREA: 1}


def test_a_grid_or_a_branch_office_is_a_place_like_an_area() -> None:
    # TASK-03
    grid, branch = agent("1", areas=("北苑网格",)), agent("2", areas=("城南支局",))
    waiting = [
        Waiting(task(1, area="西河区"), grid="北苑网格"),
        Waiting(task(2, area=""), branch="城南支局"),
        Waiting(task(3, area=""), grid="别处网格"),
    ]
    done = run(waiting, grid, branch)
    assert who(done) == {"T1": "1", "T2": "2"}
    assert done.waiting == {WaitsFor.AREA: 1}


def test_only_the_certified_get_it() -> None:
    # ROLE-03
    done = run([Waiting(task(1))], agent("1", skills=()), agent("2", skills=("vip-care",)), agent("3"))
    assert who(done) == {"T1": "3"}
    assert run([Waiting(task(1))], agent("1", skills=())).waiting == {WaitsFor.SKILL: 1}


def test_value_goes_to_managers_and_the_mass_market_to_representatives() -> None:
    # TASK-04, TASK-05
    manager = agent("1", role=Role.PHONE_ACCOUNT_MANAGER)
    representative = agent("2")
    done = run(
        [Waiting(task(1), Value.HIGH), Waiting(task(2), Value.MID), Waiting(task(3), Value.LOW), Waiting(task(4))],
        manager,
        representative,
    )
    assert who(done) == {"T1": "1", "T2": "1", "T3": "2", "T4": "2"}


def test_a_named_portfolio_stays_with_its_manager() -> None:
    # TASK-05
    one, two = agent("1", role=Role.PHONE_ACCOUNT_MANAGER), agent("2", role=Role.PHONE_ACCOUNT_MANAGER)
    done = run([Waiting(task(n), Value.HIGH, manager="2") for n in range(4)], one, two)
    assert set(who(done).values()) == {"2"}
    assert {a.why for a in done.assignments} == {Why.PORTFOLIO}


def test_vips_come_first_and_go_to_vip_desks() -> None:
    # VIP-05
    special = agent("1", role=Role.VIP_SPECIALIST, level=SkillLevel.VIP, daily_target=2)
    done = run([Waiting(task(1)), Waiting(vip(2, Tier.SILVER)), Waiting(vip(3)), Waiting(vip(4, Tier.GOLD))], special)
    assert [a.task.id for a in done.assignments] == ["T3", "T4"]
    assert run([Waiting(vip())], agent("2")).waiting == {WaitsFor.VIP_SPECIALIST: 1}


def test_the_same_specialist_follows_a_vip_through() -> None:
    # VIP-06: also where another desk is emptier, or this one is full
    desks = [agent(n, role=Role.VIP_SPECIALIST, daily_target=1) for n in ("1", "2")]
    waiting = [Waiting(vip(n), last_holder="2") for n in range(3)]
    done = dispatch(waiting, [Desk(desks[0]), Desk(desks[1], open_tasks=1)], NOON)
    assert set(who(done).values()) == {"2"}
    assert {a.why for a in done.assignments} == {Why.SAME_SPECIALIST}


def test_work_is_shared_by_the_room_that_is_left() -> None:
    # TASK-06
    done = run([Waiting(task(n)) for n in range(9)], agent("1", daily_target=40), agent("2", daily_target=80))
    shares = list(who(done).values())
    assert (shares.count("1"), shares.count("2")) == (3, 6)


def test_a_full_desk_gets_no_more() -> None:
    done = run([Waiting(task(n)) for n in range(5)], agent("1", daily_target=3))
    assert len(done.assignments) == 3
    assert done.waiting == {WaitsFor.ROOM: 2}


def test_a_promised_callback_goes_out_shortly_before_it_is_due_also_to_a_full_desk() -> None:
    soon = task(1, callback_at=NOON + timedelta(minutes=20))
    later = task(2, callback_at=NOON + timedelta(hours=5))
    done = run([Waiting(soon), Waiting(later)], agent("1", daily_target=0))
    assert who(done) == {"T1": "1"}
    assert done.waiting == {WaitsFor.LATER: 1}


def test_a_promise_stays_in_its_team() -> None:
    due = task(1, callback_at=NOON)
    done = run([Waiting(due, team="B")], agent("1", team="A"), agent("2", team="B", daily_target=1))
    assert who(done) == {"T1": "2"}


def test_callback_staff_get_callbacks_and_surveys_only() -> None:
    # ROLE-01
    staff = agent("1", role=Role.CALLBACK_STAFF)
    survey = task(2, type=TaskType.SATISFACTION_SURVEY)
    assert who(run([Waiting(task(1)), Waiting(survey)], staff, agent("2"))) == {"T1": "2", "T2": "1"}


def test_leads_and_planners_get_none() -> None:
    done = run([Waiting(task())], *(agent(r.value, role=r) for r in (Role.TEAM_LEAD, Role.PLANNER, Role.ADMINISTRATOR)))
    assert done.assignments == ()


def test_who_refused_is_not_given_out() -> None:
    # OUTCOME-11
    assert run([Waiting(task(block=Block.OPTED_OUT))], agent("1")).waiting == {WaitsFor.OPTED_OUT: 1}


def test_customers_without_a_number_are_shown_but_take_no_room() -> None:
    done = run([Waiting(task(1, block=Block.NO_NUMBER)), Waiting(task(2))], agent("1", daily_target=1))
    assert [a.task.id for a in done.assignments] == ["T2", "T1"]


@hypothesis_settings(max_examples=60, deadline=None)
@cases(
    st.lists(
        st.tuples(st.sampled_from(Tier), st.sampled_from(["东岭区", "西河区", ""]), st.integers(0, 9)), max_size=30
    ),
    st.lists(
        st.tuples(st.sampled_from(Role), st.sampled_from([(), ("东岭区",)]), st.booleans(), st.integers(0, 5)),
        max_size=6,
    ),
)
def test_every_assignment_keeps_the_hard_rules(
    tasks: list[tuple[Tier, str, int]], staff: list[tuple[Role, tuple[str, ...], bool, int]]
) -> None:
    # TASK-03, ROLE-03, VIP-05
    waiting = [Waiting(vip(n, tier, area=area, priority=p)) for n, (tier, area, p) in enumerate(tasks)]
    agents = {
        str(n): agent(str(n), role=role, areas=areas, skills=(SCENARIO,) if skilled else (), daily_target=target)
        for n, (role, areas, skilled, target) in enumerate(staff)
    }
    done = run(waiting, *agents.values())
    assert len(done.assignments) + sum(done.waiting.values()) == len(tasks)
    assert len(who(done)) == len(done.assignments)
    for given in done.assignments:
        desk = agents[given.staff_number]
        assert SCENARIO in desk.skills
        assert not desk.areas or not given.task.area or given.task.area in desk.areas
        assert given.task.customer.tier is Tier.NONE or desk.role is Role.VIP_SPECIALIST
    for number, desk in agents.items():
        assert list(who(done).values()).count(number) <= desk.daily_target
    assert who(run(waiting[::-1], *list(agents.values())[::-1])) == who(done)
