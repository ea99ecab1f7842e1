"""A case and a promise stand as their events say, in whatever order those came."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.case import (
    Allowed,
    Began,
    CaseEvent,
    CauseFound,
    Checked,
    Contacted,
    ContactMissed,
    Damage,
    Ended,
    Joined,
    Noted,
    OpenedBy,
    Parted,
    Passed,
    Reopened,
    Satisfaction,
    Supposed,
    What,
    work_order,
)
from core.domain.case_fold import fold
from core.domain.case_summary import summary_of
from core.domain.duty import DAY_MIN, Roster, Shift, gaps
from core.domain.promise import (
    Fulfilled,
    Lapsed,
    Made,
    Moved,
    Promise,
    PromiseEvent,
    PromiseState,
    Released,
    TakenOver,
    fold_promise,
    tally,
)
from core.domain.task import Tier
from core.domain.text import Text

Turns = Made | Fulfilled | Moved | Lapsed | TakenOver | Released
T0 = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
CASE, PROMISE = UUID(int=1), UUID(int=2)


def began(**changes: object) -> Began:
    values: dict[str, object] = {
        "customer_id": "C1", "customer": "吴**", "tier": Tier.DIAMOND, "damage": Damage.KEY_SERVICE,
        "opened_by": OpenedBy.TASK, "title": Text("漫游无服务", "No roaming"), "owner": "1027", "owner_name": "苏梅",
        "first_contact_due": T0 + timedelta(hours=2),
    }  # fmt: skip
    return Began(**(values | changes))  # type: ignore[arg-type]


def at(minutes: float, what: What, *, case: UUID = CASE) -> CaseEvent:
    return CaseEvent(id=uuid4(), case=case, by="1027", at=T0 + timedelta(minutes=minutes), what=what)


def turn(minutes: float, what: Turns) -> PromiseEvent:
    return PromiseEvent(id=uuid4(), promise=PROMISE, by="1027", at=T0 + timedelta(minutes=minutes), what=what)


def promise(*events: PromiseEvent, due_min: float = 60) -> Promise:
    due = T0 + timedelta(minutes=due_min)
    made = Made(customer_id="C1", customer="吴**", words="回复换卡结果", due_at=due, owner="1027", owner_name="苏梅")
    found = fold_promise([turn(0, made), *events])
    assert found is not None
    return found


HAPPENINGS: list[What] = [
    Contacted(), ContactMissed(due=T0 + timedelta(hours=2)), Noted(words="客户在机场"), Supposed(words="卡太旧"),
    Checked(step="swap_test", name=Text("换机测试", "Swap test"), finding="换机后正常"),
    Checked(step="swap_test", name=Text("换机测试", "Swap test"), finding="换机后仍无服务"),
    Allowed(what=Text("漫游费减免", "Roaming waived"), fen=5000, by="3003", by_name="沈怀瑾"),
    CauseFound(words="旧卡"), Joined(staff_number="1028", name="白予安"), Parted(staff_number="1028"),
    Passed(to="1028", to_name="白予安", summary=Text("交接", "Handed over")),
    Ended(satisfaction=Satisfaction.GRUDGING), Reopened(words="又断了"),
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_same_events_in_any_order_give_the_same_case(data: st.DataObject) -> None:
    # VIP-08
    minutes = st.integers(0, 300)
    whats = data.draw(st.lists(st.tuples(minutes, st.sampled_from(HAPPENINGS)), max_size=12))
    events = [at(0, began()), *(at(minute, what) for minute, what in whats)]
    mixed = data.draw(st.permutations(events))
    assert fold(mixed) == fold(events)
    # What comes twice, as after a lost answer, counts once.
    assert fold([*mixed, *events]) == fold(events)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_same_events_in_any_order_give_the_same_promise(data: st.DataObject) -> None:
    due = T0 + timedelta(hours=1)
    later = due + timedelta(hours=1)
    turns: list[Turns] = [Fulfilled(), Moved(due_at=later), Lapsed(due_at=due), Lapsed(due_at=later), Released(),
             TakenOver(to="1028", to_name="白予安")]  # fmt: skip
    drawn = data.draw(st.lists(st.tuples(st.integers(1, 200), st.sampled_from(turns)), max_size=8))
    made = Made(customer_id="C1", customer="吴**", words="回话", due_at=due, owner="1027", owner_name="苏梅")
    events = [turn(0, made), *(turn(minute, what) for minute, what in drawn)]
    assert fold_promise(data.draw(st.permutations(events))) == fold_promise(events)


def test_a_case_that_nobody_saw_begin_is_none_yet() -> None:
    assert fold([at(5, Noted(words="先到的备注"))]) is None


def test_a_first_word_in_time_is_no_breach_though_the_server_heard_of_it_late() -> None:
    # VIP-08: the desk was offline; the server's mark came before the desk's record of the call.
    missed = at(121, ContactMissed(due=T0 + timedelta(hours=2)))
    late = fold([at(0, began()), missed])
    assert late is not None
    assert late.contact_missed
    kept = fold([at(0, began()), missed, at(90, Contacted())])
    assert kept is not None
    assert not kept.contact_missed
    slow = fold([at(0, began()), at(150, Contacted())])
    assert slow is not None
    assert slow.contact_missed


def test_a_case_keeps_its_log_its_last_findings_and_who_works_on_it() -> None:
    # VIP-06, VIP-07, TASK-12
    case = fold(at(minute, what) for minute, what in enumerate([began(), *HAPPENINGS[:9]]))
    assert case is not None
    assert len(case.log) == 10
    found = case.found("swap_test")
    assert found is not None
    assert found.finding == "换机后仍无服务"
    assert (case.works_on("1027"), case.works_on("1028"), case.works_on("2043")) == (True, True, False)
    assert [(one.fen, one.by_name) for one in case.allowed] == [(5000, "沈怀瑾")]
    passed = fold([*case.log, at(60, HAPPENINGS[10])])
    assert passed is not None
    assert (passed.owner.staff_number, passed.team) == ("1028", ())


def test_those_owed_a_first_word_come_first_then_the_higher_tier_then_the_key_service() -> None:
    # VIP-05
    def case(number: int, *events: CaseEvent, tier: Tier, damage: Damage) -> tuple[str, tuple[object, ...]]:
        found = fold([at(0, began(tier=tier, damage=damage), case=UUID(int=number)), *events])
        assert found is not None
        return f"{tier}/{damage}/{'met' if found.contacted_at else 'owed'}", work_order(found)

    cases = [
        case(1, at(1, Contacted(), case=UUID(int=1)), tier=Tier.DIAMOND, damage=Damage.KEY_SERVICE),
        case(2, tier=Tier.SILVER, damage=Damage.KEY_SERVICE),
        case(3, tier=Tier.GOLD, damage=Damage.PERCEPTION),
        case(4, tier=Tier.GOLD, damage=Damage.KEY_SERVICE),
    ]
    assert [name for name, order in sorted(cases, key=lambda one: one[1])] == [
        "gold/key_service/owed", "gold/perception/owed", "silver/key_service/owed", "diamond/key_service/met",
    ]  # fmt: skip


def test_a_promise_is_kept_in_time_broken_after_it_and_moved_only_before_it() -> None:
    # OUTCOME-08
    later = T0 + timedelta(hours=3)
    assert promise(turn(59, Fulfilled(words="已到账"))).state is PromiseState.KEPT
    late = promise(turn(61, Lapsed(due_at=T0 + timedelta(hours=1))), turn(90, Fulfilled()))
    assert (late.state, late.done_at, late.is_owed) == (PromiseState.BROKEN, T0 + timedelta(minutes=90), False)
    moved = promise(turn(30, Moved(due_at=later)), turn(61, Lapsed(due_at=T0 + timedelta(hours=1))))
    assert (moved.state, moved.due_at, moved.moved) == (PromiseState.OPEN, later, 1)
    too_late = promise(turn(70, Moved(due_at=later)))
    assert too_late.due_at == T0 + timedelta(hours=1)
    # Kept offline in time; the server had marked it before it heard of that.
    offline = promise(turn(61, Lapsed(due_at=T0 + timedelta(hours=1))), turn(40, Fulfilled()))
    assert offline.state is PromiseState.KEPT
    states = tally([promise(), late, offline, promise(turn(5, Released()))])
    assert (states.kept, states.broken, states.open) == (1, 1, 1)


def test_what_is_handed_over_is_written_from_the_record() -> None:
    # VIP-11
    suspected = [Supposed(words="旧卡"), Supposed(words="漫游协议")]
    case = fold(at(minute, what) for minute, what in enumerate([began(), *HAPPENINGS[:8], *suspected]))
    assert case is not None
    told = summary_of(case, [promise(), promise(turn(5, Fulfilled()))], "客户只收微信")
    assert "换机测试：换机后仍无服务" in told.zh
    assert "沈怀瑾" in told.zh
    assert told.zh.count("回复换卡结果") == 1
    assert told.zh.endswith("客户只收微信")
    assert "Swap test" in told.en
    assert "怀疑 卡太旧、旧卡、漫游协议" in told.zh
    assert "suspected: 卡太旧, 旧卡, 漫游协议" in told.en


def test_a_roster_says_who_is_on_duty_at_any_hour_and_where_nobody_is() -> None:
    # VIP-11: Monday 9 to 21 one, every night from 21 to 9 another; on the other days by day nobody.
    day = Shift(staff_number="1027", days=(1,), from_min=9 * 60, until_min=21 * 60)
    night = Shift(staff_number="1028", days=(1, 2, 3, 4, 5, 6, 7), from_min=21 * 60, until_min=9 * 60)
    roster = Roster(shifts=(day, night))
    monday = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)  # one in the night of Monday in China
    assert roster.on_duty(monday) == ("1028",)
    assert roster.on_duty(monday + timedelta(hours=9)) == ("1027",)
    assert roster.on_duty(monday + timedelta(hours=33)) == ()
    assert gaps(roster.shifts) == [(weekday, 9 * 60, 21 * 60) for weekday in range(2, 8)]
    assert gaps([Shift(staff_number="1", days=(1, 2, 3, 4, 5, 6, 7), from_min=0, until_min=0)]) == []
    assert gaps([])[0] == (1, 0, DAY_MIN)


def test_a_broken_promise_that_is_needed_no_more_stays_broken_and_is_owed_to_nobody() -> None:
    lapsed = turn(61, Lapsed(due_at=T0 + timedelta(minutes=60)))
    dropped = promise(lapsed, turn(90, Released(words="客户自己办好了")))
    assert (dropped.state, dropped.is_owed, dropped.words) == (PromiseState.BROKEN, False, "客户自己办好了")
    assert tally([dropped]).broken == 1
    in_time = promise(turn(30, Released()))
    assert (in_time.state, in_time.is_owed) == (PromiseState.RELEASED, False)
    # What is settled is not done afterwards.
    assert promise(lapsed, turn(90, Released()), turn(95, Fulfilled())).done_at is None
