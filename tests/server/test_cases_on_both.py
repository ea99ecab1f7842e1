"""A case on both databases: begun, minded by the clock, handed over, found by who is on duty."""

from datetime import timedelta

from case_kit import cases_of, customer, event, hand_over, keys_of, opened, promised, promises_of, publish_repairs
from server_kit import NOON, StillClock, add_agent, agent, send, stored, task, verdicts

from core.domain.case import Checked, Ended, Satisfaction
from core.domain.duty import Shift
from core.domain.people import Role
from core.domain.promise import PromiseState
from core.domain.task import TaskCustomer, Tier
from core.domain.text import Text
from core.server.cases.duty import keep_duty, put_shifts
from core.server.cases.minding import mind_cases
from core.server.db import tasks
from core.server.db.engine import Database


def test_a_case_lives_on_both_databases(database: Database, clock: StillClock) -> None:
    # VIP-06, VIP-08, VIP-11, FOLLOW-03
    publish_repairs(database)
    me = add_agent(database, agent("1027", role=Role.VIP_SPECIALIST, team="vip", name="苏梅"))
    other = add_agent(database, agent("1028", role=Role.VIP_SPECIALIST, team="vip", name="白予安"))
    lead = add_agent(database, agent("3003", role=Role.TEAM_LEAD, team="vip"))
    customer(database)
    customer(database, 2)
    case, promise = opened(database, me), promised(database, me, 2)
    clock.forward(minutes=121)
    assert mind_cases(database) == (1, 1)
    assert cases_of(database, "3003")[case].contact_missed
    assert promises_of(database, "3003")[promise].state is PromiseState.BROKEN
    check = Checked(step="swap_test", name=Text("换机测试", "Swap test"), finding="换机后正常")
    assert verdicts(send(database, me, event(me, case, check, at=clock.now))) == ["accepted"]
    assert verdicts(send(database, lead, hand_over(lead, "1027", "1028"))) == ["accepted"]
    assert {"C1", "C2"} <= keys_of(database, "1028")
    assert not {"C1", "C2"} & keys_of(database, "1027")
    ended = event(other, case, Ended(satisfaction=Satisfaction.GRUDGING), at=clock.now + timedelta(minutes=1))
    assert verdicts(send(database, other, ended)) == ["accepted"]
    with database.read() as unit:
        (again,) = tasks.open_of(unit, "C1")
    assert (again.assigned_to, again.callback_at) == ("1028", clock.now + timedelta(days=7))
    with database.write() as unit:
        everyday = (1, 2, 3, 4, 5, 6, 7)
        put_shifts(unit, [Shift(staff_number="1027", days=everyday, from_min=0, until_min=0)], by="test")
        who = TaskCustomer(name="吴文静", numbers=("10000000002",), tier=Tier.DIAMOND)
        tasks.insert(unit, [task(2, customer=who, created_at=NOON)])
    assert keep_duty(database) == 1
    assert stored(database, "T2").assigned_to == "1027"
