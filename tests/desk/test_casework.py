"""A case at the desk: opened and worked offline, at once in sight, true to what the server tells later."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from presenter_kit import StillMoment
from store_kit import a_document, a_page, answered, put

from core.content.repairs import PACE, load_pace, load_repairs
from core.content.resources import folder
from core.desk import case_acts, casework
from core.desk.desk import Desk
from core.desk.finding import find_here
from core.domain import decoding
from core.domain.case import CASE, CaseTold, Checked, Damage, Satisfaction
from core.domain.customer import Identity
from core.domain.errors import InputError
from core.domain.people import Agent, Role
from core.domain.promise import PROMISE, PromiseState, PromiseTold, Tally
from core.domain.repair import REPAIR, REPAIR_PACE
from core.domain.task import Tier
from core.domain.text import Text
from core.store.key import StoreKey
from core.store.opening import open_store
from core.store.store import Store
from core.wire.casework import CaseLogged, PromiseLogged
from core.wire.pull import Change, ContentDocument
from core.wire.push import Verdict

LOGGED = decoding.decoder(CaseLogged | PromiseLogged)
NUMBER = "10000007788"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """With the templates of repairs and their pace alone."""
    opened = open_store(tmp_path / "store", StoreKey("5a" * 32))
    pace = load_pace(folder() / PACE)
    pieces = [(REPAIR, one.id, msgspec.json.encode(one)) for one in load_repairs(folder())]
    pieces.append((REPAIR_PACE, REPAIR_PACE, msgspec.json.encode(pace)))
    content = [
        put(ContentDocument(kind=kind, name=name, version=1, body=msgspec.Raw(body))) for kind, name, body in pieces
    ]
    opened.apply(a_page(*content), now=StillMoment().wall)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def _customer(store: Store, moment: StillMoment) -> None:
    document = a_document(1, numbers=(NUMBER,), name="吴文静")
    document.identity = Identity(name="吴文静", tier=Tier.DIAMOND)
    store.apply(a_page(put(document)), now=moment.wall)


def opened(desk: Desk, **changes: object) -> UUID:
    roaming = casework.template(desk, "roaming-no-service")
    return case_acts.open_case(desk, "C0001", "吴文静", template=roaming, **changes)  # type: ignore[arg-type]


def sent(store: Store) -> list[CaseLogged | PromiseLogged]:
    return [LOGGED.decode(one.body) for one in store.pending(100)]


def told(store: Store) -> Change:
    """The server's document of the case that waits to be sent, as it will come back."""
    events = tuple(one.case_event for one in sent(store) if isinstance(one, CaseLogged))
    body = msgspec.Raw(msgspec.json.encode(CaseTold(case=events[0].case, events=events)))
    return put(ContentDocument(kind=CASE, name=str(events[0].case), version=1, body=body))


def test_a_case_opened_offline_is_on_the_board_with_its_countdown(desk: Desk, moment: StillMoment) -> None:
    # VIP-08: a diamond customer is owed a word within two hours.
    case = opened(desk, expects="今晚前能上网")
    (row,) = casework.board(desk).open
    assert (row.case.id, row.name, row.unsent) == (case, "吴文静", True)
    assert row.case.began.first_contact_due == moment.wall + timedelta(hours=2)
    assert row.case.began.customer == "吴**"
    assert casework.first_contacts(desk) == {"C0001": row.case.began.first_contact_due}


def test_every_act_in_a_case_is_an_event_that_waits_to_be_sent(desk: Desk, store: Store, moment: StillMoment) -> None:
    # VIP-07, VIP-10
    case = opened(desk)
    acts = [
        lambda: case_acts.suppose(desk, case, "卡太旧"),
        lambda: case_acts.check(desk, case, step="swap_test", name=Text("换机测试", "Swap test"), finding="换机后正常"),
        lambda: case_acts.allow(desk, case, "送一个月漫游包", 5_800),
        lambda: case_acts.find_cause(desk, case, "手机不支持当地频段"),
        lambda: case_acts.join(desk, case, "1028", "白予安"),
        lambda: case_acts.note(desk, case, "客户明早回国"),
        lambda: case_acts.close(desk, case, Satisfaction.SATISFIED, "谢谢"),
    ]
    for act in acts:
        moment.wall += timedelta(minutes=1)
        act()
    assert len(sent(store)) == 8
    (row,) = casework.board(desk).closed
    found = row.case
    assert (found.cause, found.satisfaction) == ("手机不支持当地频段", Satisfaction.SATISFIED)
    assert [one.finding for one in found.checks if isinstance(one, Checked)] == ["换机后正常"]
    assert [(one.fen, one.by_name) for one in found.allowed] == [(5_800, desk.agent.name)]
    assert casework.of_customer(desk, "C0001").cases == ()


def test_no_more_is_granted_in_a_case_than_the_role_may_grant_alone(desk: Desk, store: Store) -> None:
    # VIP-07: a representative 60 yuan in all.
    case = opened(desk)
    case_acts.allow(desk, case, "送流量", 5_000)
    with pytest.raises(InputError) as told:
        case_acts.allow(desk, case, "再送一点", 1_100)
    assert "还剩 ¥10" in told.value.message.zh
    assert "Alt+A" in told.value.next_step.zh
    case_acts.allow(desk, case, "再送一点", 1_000)
    assert len(sent(store)) == 3


def test_nothing_flickers_between_the_servers_answer_and_its_word(
    desk: Desk, store: Store, moment: StillMoment
) -> None:
    case = opened(desk)
    back = told(store)
    store.settle(answered(*(one.id for one in store.pending(10))))
    (row,) = casework.board(desk).open
    assert (row.case.id, row.unsent) == (case, False)
    store.apply(a_page(back), now=moment.wall)
    assert [one.case.id for one in casework.board(desk).open] == [case]
    # Handed to somebody else: what was written here does not keep it.
    store.apply(a_page(Change(kind=back.kind, key=back.key, deleted=True)), now=moment.wall)
    assert casework.board(desk).open == ()


def test_what_the_server_would_not_take_counts_no_more(desk: Desk, store: Store, moment: StillMoment) -> None:
    opened(desk)
    assert casework.board(desk).open
    store.settle(answered(*(one.id for one in store.pending(10)), verdict=Verdict.REJECTED))
    assert casework.board(desk).open == ()


def test_who_calls_back_is_found_by_any_digits_with_the_promises_on_top(desk: Desk, moment: StillMoment) -> None:
    opened(desk)
    later = case_acts.promise(desk, "C0001", "吴文静", "送备用机", moment.wall + timedelta(hours=5))
    soon = case_acts.promise(desk, "C0001", "吴文静", "回复换卡结果", moment.wall + timedelta(hours=1))
    loose = case_acts.promise(desk, "C0002", "李强", "查清账单", moment.wall + timedelta(hours=3))
    (row,) = casework.board(desk, "7788").open
    assert [one.id for one in row.promises] == [soon, later]
    assert row.next_due == moment.wall + timedelta(hours=1)
    assert casework.board(desk, "7788").loose == ()
    assert [one.promise.id for one in casework.board(desk).loose] == [loose]
    assert casework.board(desk, "5555").open == ()
    assert [one.id for one in casework.of_customer(desk, "C0001").promises] == [soon, later]


def test_a_search_puts_who_is_owed_something_first(desk: Desk, store: Store, moment: StillMoment) -> None:
    others = [a_document(number, numbers=(f"1000000{number:04d}",), name="吴文静") for number in (2, 3)]
    store.apply(a_page(*map(put, others), cursor="2"), now=moment.wall)
    opened(desk)
    case_acts.promise(desk, "C0003", "吴文静", "回复账单", _in(moment, 2))
    case_acts.promise(desk, "C0003", "吴文静", "先发短信", _in(moment, 1))
    found = find_here(desk, "吴文静")
    assert [(one.customer_id, one.in_repair, one.promised) for one in found] == [
        ("C0003", False, "先发短信"), ("C0001", True, ""), ("C0002", False, ""),
    ]  # fmt: skip


def test_a_promise_is_told_before_it_falls_due_and_again_when_it_was_missed(desk: Desk, moment: StillMoment) -> None:
    due = moment.wall + timedelta(hours=1)
    promise = case_acts.promise(desk, "C0002", "李强", "查清账单", due)
    assert casework.alerts(desk) == []
    moment.wall = due - timedelta(minutes=29)
    (alert,) = casework.alerts(desk)
    assert (alert.words, alert.late, alert.own) == ("查清账单", False, True)
    moment.wall = due + timedelta(minutes=1)
    assert [one.late for one in casework.alerts(desk)] == [True]
    case_acts.keep(desk, promise, "已发账单")
    assert casework.alerts(desk) == []
    (kept,) = desk.store.casework().promises
    assert (kept.state, kept.is_owed) == (PromiseState.BROKEN, False)


def test_an_overdue_first_contact_is_told_to_the_lead_who_does_not_own_it(
    desk: Desk, store: Store, moment: StillMoment
) -> None:
    # VIP-08
    opened(desk)
    moment.wall += timedelta(minutes=95)
    assert [(one.own, one.late) for one in casework.alerts(desk)] == [(True, False)]
    lead = Desk(store=store, agent=_lead(desk), site=desk.site, moment=moment)
    assert casework.alerts(lead) == []
    moment.wall += timedelta(minutes=26)
    assert [(one.own, one.late) for one in casework.alerts(lead)] == [(False, True)]


def test_a_lead_counts_what_the_team_kept_and_broke_an_agent_their_own(
    desk: Desk, store: Store, moment: StillMoment
) -> None:
    # ROLE-02, VIP-06
    owed = case_acts.promise(desk, "C0002", "李强", "查清账单", moment.wall + timedelta(hours=2))
    case_acts.keep(desk, owed, "已发账单")
    assert casework.counted(desk) == (Tally(kept=1), False)
    colleague = msgspec.structs.replace(desk.agent, staff_number="1099")
    assert casework.counted(Desk(store=store, agent=colleague, site=desk.site, moment=moment)) == (Tally(), False)
    assert casework.counted(Desk(store=store, agent=_lead(desk), site=desk.site, moment=moment)) == (
        Tally(kept=1),
        True,
    )


def _lead(desk: Desk) -> Agent:
    return msgspec.structs.replace(desk.agent, staff_number="3003", role=Role.TEAM_LEAD)


def test_a_promise_moves_with_the_customers_consent_before_its_time_alone(desk: Desk, moment: StillMoment) -> None:
    due = moment.wall + timedelta(hours=1)
    case_acts.promise(desk, "C0002", "李强", "查清账单", due)
    (standing,) = desk.store.casework().promises
    with pytest.raises(InputError):
        case_acts.move(desk, standing, due + timedelta(hours=1), agreed=False)
    case_acts.move(desk, standing, due + timedelta(hours=1), agreed=True, why="客户在开会")
    (moved,) = desk.store.casework().promises
    assert (moved.due_at, moved.moved) == (due + timedelta(hours=1), 1)
    moment.wall = due + timedelta(hours=2)
    with pytest.raises(InputError):
        case_acts.move(desk, moved, moment.wall + timedelta(hours=1), agreed=True)


@pytest.mark.parametrize(
    "words", ["", "   ", "长" * 401, "客户另一个号 100 0000 7788"], ids=["none", "blank", "long", "number"]
)
def test_words_that_may_not_be_sent_are_refused_and_not_kept(desk: Desk, store: Store, words: str) -> None:
    case = opened(desk)
    before = len(store.pending(10))
    with pytest.raises(InputError):
        case_acts.note(desk, case, words)
    assert len(store.pending(10)) == before


def test_a_case_of_ones_own_says_what_is_to_be_repaired(desk: Desk) -> None:
    with pytest.raises(InputError):
        case_acts.open_case(desk, "C0001", "吴文静", template=None)
    case_acts.open_case(
        desk, "C0001", "吴文静", template=None, title=Text("账单解释不清", "A bill"), damage=Damage.PERCEPTION
    )
    assert casework.board(desk).open[0].case.began.damage is Damage.PERCEPTION


def test_a_promise_that_the_server_told_of_is_here_too(desk: Desk, store: Store, moment: StillMoment) -> None:
    case_acts.promise(desk, "C0002", "李强", "查清账单", _in(moment, 1))
    (item,) = sent(store)
    assert isinstance(item, PromiseLogged)
    event = item.promise_event
    body = msgspec.Raw(msgspec.json.encode(PromiseTold(promise=event.promise, events=(event,))))
    store.settle(answered(item.id))
    store.apply(
        a_page(put(ContentDocument(kind=PROMISE, name=str(event.promise), version=1, body=body))), now=moment.wall
    )
    assert [one.id for one in store.casework().promises] == [event.promise]


def _in(moment: StillMoment, hours: float) -> datetime:
    return moment.wall + timedelta(hours=hours)
