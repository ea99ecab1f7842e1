"""The reason for a call is looked at again as the task is opened and before it is dialled: what is gone makes way for
the next customer, and a silent server keeps nobody waiting."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import requests
from presenter_kit import HandLane, Phone
from store_kit import NOW, a_document, a_page, a_task, put

from core.desk.desk import Desk
from core.domain.call import CallState
from core.domain.recheck import LineStatus, Standing
from core.domain.text import Lang, Text
from core.sync.refusals import unreachable
from core.wire.recheck import RecheckTold
from desktop.call.presenter import CallPresenter
from desktop.call.rechecking import Rechecking, Server

NUMBER = "10000000001"
HERE = RecheckTold(at=NOW, standing=Standing(balance_fen=1230, status=LineStatus.ACTIVE, as_of=NOW))
TOPPED_UP = RecheckTold(
    at=NOW, standing=HERE.standing, settled=True, code="topped_up", words=Text("客户已经充值。", "Topped up.")
)


class Bench:
    """A presenter, the server's answers in their order, and a clock that is moved by hand."""

    def __init__(self, desk: Desk) -> None:
        self.lane, self.network, self.phone = HandLane(), HandLane(), Phone()
        self.asked: list[tuple[str, str]] = []
        self.answers: list[RecheckTold | Exception] = []
        self.said: list[Text] = []
        self.later: list[Callable[[], None]] = []
        self.online, self.now = True, NOW
        self.presenter = CallPresenter(
            desk, lane=self.lane, patient_lane=self.lane, dialler=self.phone, lang=Lang.ZH,
            changed=lambda _: None, say=lambda text, _: self.said.append(text), lacks=lambda _: None,
            show_error=self._error, moved=lambda _: None, logged=lambda: None,
            rechecking=Rechecking(
                Server(self._ask, lambda: self.online, lambda: NOW - timedelta(hours=2)),
                lane=self.network, after=lambda _, run: self.later.append(run), now=lambda: self.now,
            ),
        )  # fmt: skip

    def open(self, task_id: str, *answers: RecheckTold | Exception) -> None:
        self.answers.extend(answers)
        self.presenter.in_view.open_task(task_id)
        self.lane.run()
        self.network.run()
        self.lane.run()

    def dial(self) -> None:
        self.presenter.call.dial_or_answered()
        self.lane.run()

    @property
    def shown(self) -> str:
        session = self.presenter.session
        return session.opened.key if session is not None else ""

    @property
    def line(self) -> str:
        return self.presenter.call.checked.zh if self.presenter.call.checked is not None else ""

    def _ask(self, task_id: str, number: str) -> RecheckTold:
        self.asked.append((task_id, number))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _error(self, error: Exception) -> None:
        raise error


@pytest.fixture
def bench(desk: Desk) -> Bench:
    people = [a_document(n, numbers=(f"100{n:08d}",)) for n in (1, 2)]
    desk.store.apply(a_page(*map(put, people), put(a_task(1)), put(a_task(2)), cursor="2"), now=NOW)
    return Bench(desk)


def test_an_opened_task_says_what_is_known_and_how_old_it_is(bench: Bench) -> None:
    # ID-11
    bench.open("T0001", HERE)
    assert bench.asked == [("T0001", NUMBER)]
    assert bench.line == "10:00 核对：余额 ¥12.30 · 正常"


def test_offline_nobody_is_asked_and_the_line_says_as_of_when(bench: Bench) -> None:
    # ID-11: unknown, as of …
    bench.online = False
    bench.open("T0001")
    assert (bench.asked, bench.line) == ([], "未核对，资料截至 08:00")
    bench.dial()
    assert bench.presenter.call.state is CallState.DIALLING


def test_a_task_whose_reason_is_gone_makes_way_for_the_next_customer(bench: Bench) -> None:
    # ID-11: it says so in a calm line, and the next task is on the desk
    bench.open("T0001", TOPPED_UP, HERE)
    assert bench.shown == "T0002"
    assert bench.said[0].zh == "客户已经充值。任务已自动关闭，接着做下一位。"


def test_the_dial_that_follows_at_once_asks_nothing_more(bench: Bench) -> None:
    bench.open("T0001", HERE)
    bench.dial()
    assert bench.presenter.call.state is CallState.DIALLING
    assert len(bench.asked) == 1


def test_before_a_later_dial_it_is_asked_again_and_may_end_there(bench: Bench) -> None:
    # ID-11: again before dialling
    bench.open("T0001", HERE)
    bench.now = NOW + timedelta(minutes=5)
    bench.answers += [TOPPED_UP, HERE]
    bench.dial()
    bench.dial()
    assert bench.presenter.call.state is CallState.PREVIEW
    bench.network.run()
    bench.lane.run()
    assert (bench.shown, bench.phone.dialled) == ("T0002", [])
    assert bench.asked.count(("T0001", NUMBER)) == 2, "the key pressed twice asks once"


@pytest.mark.parametrize("late", [TOPPED_UP, unreachable(requests.Timeout())])
def test_a_second_without_an_answer_and_the_call_goes_on(bench: Bench, late: RecheckTold | Exception) -> None:
    # ID-11: no answer within a second never holds up the agent; one that comes later ends no call
    bench.open("T0001", HERE)
    bench.now = NOW + timedelta(minutes=5)
    bench.answers.append(late)
    bench.dial()
    bench.later[-1]()
    bench.lane.run()
    assert (bench.presenter.call.state, len(bench.phone.dialled)) == (CallState.DIALLING, 1)
    bench.network.run()
    bench.lane.run()
    assert (bench.shown, len(bench.phone.dialled)) == ("T0001", 1)
    if late is TOPPED_UP:
        assert bench.said[-1].zh.startswith("客户已经充值。任务已关闭；这通电话照常说完")


def stale(bench: Bench) -> None:
    """The first task, looked at so long ago that a dial asks anew."""
    bench.open("T0001", HERE)
    bench.now = NOW + timedelta(minutes=5)


def newer(bench: Bench, desk: Desk) -> None:
    desk.store.apply(a_page(put(a_document(1, numbers=(NUMBER,), name="吴静")), cursor="9"), now=NOW)
    bench.presenter.told.pulled((), ("C0001",))
    bench.lane.run()


def test_newer_data_that_come_while_it_is_asked_lose_no_dial(bench: Bench, desk: Desk) -> None:
    stale(bench)
    bench.answers.append(HERE)
    bench.dial()
    newer(bench, desk)
    bench.network.run()
    bench.lane.run()
    assert (bench.presenter.call.state, bench.phone.dialled) == (CallState.DIALLING, [NUMBER])


def test_a_task_that_is_closed_makes_way_though_newer_data_came_meanwhile(bench: Bench, desk: Desk) -> None:
    # ID-11
    bench.answers += [TOPPED_UP, HERE]
    bench.presenter.in_view.open_task("T0001")
    bench.lane.run()
    newer(bench, desk)
    bench.network.run()
    bench.lane.run()
    assert bench.shown == "T0002"


def test_the_next_customer_is_dialled_at_once_though_the_last_ones_answer_is_awaited(bench: Bench) -> None:
    stale(bench)
    bench.answers += [HERE, HERE]
    bench.dial()
    bench.presenter.in_view.open_task("T0002")
    bench.lane.run()
    bench.online = False
    bench.presenter.call.dial_or_answered()
    bench.network.run()
    bench.lane.run()
    assert bench.phone.dialled == ["10000000002"]


def test_whoever_was_opened_meanwhile_is_not_taken_for_the_one_who_comes_next(bench: Bench, desk: Desk) -> None:
    desk.store.apply(a_page(put(a_document(3, numbers=("10000000003",))), put(a_task(3)), cursor="3"), now=NOW)
    bench.answers += [TOPPED_UP, HERE]
    bench.presenter.in_view.open_task("T0001")
    bench.lane.run()
    bench.presenter.in_view.open_task("T0003")
    bench.network.run()
    bench.lane.run()
    assert bench.shown == "T0003"
