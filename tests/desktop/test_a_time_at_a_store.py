"""A time at a store is booked once, where there is what is asked for; moved, and cancelled."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from desk_kit import NOBODY, NOW, SITE, SU, Clocks, sign_in_here
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from core.desk.desk import Desk
from core.domain.errors import Refused, ServerUnreachable
from core.domain.store import Slot, Stocked, StoreStanding
from core.domain.text import Lang, Text
from core.sync.ask import Ask
from core.sync.transport import Transport
from core.wire.departments import SlotAnswer, SlotAsk, SlotVerdict, Stores
from desktop.cases.composer import Composer, Written
from desktop.followups.asking import Asking
from desktop.followups.subject import Subject
from desktop.keys.call import Send
from desktop.tongue import Tongue


def store(code: str, name: str, begin_h: int, loan_phones: int) -> StoreStanding:
    slots = tuple(Slot(begins_at=NOW + timedelta(hours=begin_h + at)) for at in range(2))
    things = (
        Stocked(what="loan-phone", name=Text("备用机", "loan phone"), pieces=loan_phones),
        Stocked(what="router", name=Text("路由器", "router"), pieces=0),
    )
    return StoreStanding(
        code=code, name=Text(name, code), address=Text("春熙路", "Chunxi Road"), open_hours="09:00–20:00", slots=slots,
        stock=things,
    )  # fmt: skip


STORE, FAR = store("S1", "锦川营业厅", 2, 0), store("S2", "东门营业厅", 4, 3)


class Side(Transport):
    """The server's side: what was booked under which id; the answer is lost while `cut` stands."""

    def __init__(self) -> None:
        super().__init__(NOBODY)
        self.booked: dict[UUID, SlotAsk] = {}
        self.asked: list[str] = []
        self.cut = False

    def stores(self, area: str = "", what: str = "") -> Stores:
        self.asked.append(what)
        return Stores(stores=(STORE, FAR), as_of=NOW)

    def book_slot(self, slot_id: UUID, ask: SlotAsk) -> SlotAnswer:
        self.booked[slot_id] = ask
        self._reach()
        return SlotAnswer(verdict=SlotVerdict.BOOKED, reference="7")

    def cancel_slot(self, slot_id: UUID) -> None:
        self._reach()
        if self.booked.pop(slot_id, None) is None:
            nothing = Text("没有找到", "Not found")
            raise Refused(code="not_found", title=nothing, message=nothing, next_step=nothing)

    def _reach(self) -> None:
        if self.cut:
            nothing = Text("没有回应", "No answer")
            raise ServerUnreachable(title=nothing, message=nothing, next_step=nothing)


class Line:
    """The line of the follow-ups alone, over a store of its own."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.store, self.side, self.said = sign_in_here(folder), Side(), list[str]()
        tongue, self._around = Tongue(Lang.ZH), QObject()
        self.composer = Composer(tongue)
        qtbot.addWidget(self.composer)
        self.changed = 0
        self.asking = Asking(
            Desk(store=self.store, agent=SU, site=SITE, moment=Clocks()), Ask(self.store, self.side), tongue,
            self.composer, lane=at_once, network_lane=at_once, done=lambda text: self.said.append(text.zh),
            store_changed=self._note, say=lambda text, _: self.said.append(text.zh),
            show_error=lambda error: self.said.append(repr(error)), parent=self._around,
        )  # fmt: skip

    def _note(self) -> None:
        self.changed += 1

    def begin(self, booking: UUID | None = None, *, what: str = "") -> None:
        self.asking.begin(Send.STORE, Subject(customer_id="C1", name="张女士", booking=booking))
        self.enter(words=what)

    def enter(self, at: StoreStanding | None = None, slot: int = 0, words: str = "") -> None:
        pick = f"{at.code}|{at.slots[slot].begins_at.isoformat()}" if at else ""
        self.composer.written.emit(Written(words=words, pick=pick, fen=0, at=None, agreed=False))


@pytest.fixture
def line(qtbot: QtBot, tmp_path: Path) -> Iterator[Line]:
    made = Line(qtbot, tmp_path / "desk")
    yield made
    made.store.close()


def at_once(
    work: Callable[[], Any],
    done: Callable[[Any], None] | None = None,
    failed: Callable[[Exception], None] | None = None,
) -> None:
    try:
        found = work()
    except (Refused, ServerUnreachable) as error:
        assert failed is not None
        failed(error)
    else:
        assert done is not None
        done(found)


def test_enter_once_more_after_a_lost_answer_books_nothing_besides(line: Line) -> None:
    # CHANNEL-02
    line.begin()
    line.side.cut = True
    line.enter(STORE)
    line.side.cut = False
    assert "还不知道约上没有" in line.said[-1]
    line.enter(STORE)
    assert [one.slot for one in line.side.booked.values()] == [STORE.slots[0]], line.said
    assert "7" in line.said[-1]
    # Another time, and the same one once more after its answer, are bookings of their own.
    for slot in (1, 0):
        line.begin()
        line.enter(STORE, slot)
    assert len(line.side.booked) == 3
    assert line.changed == 3


def test_what_is_to_be_put_by_is_looked_for_at_every_store(line: Line) -> None:
    # CHANNEL-02: the nearest store has none.
    line.begin(what="备用")
    assert line.side.asked == ["", "loan-phone"]
    picks = [line.composer.pick.itemText(at) for at in range(line.composer.pick.count())]
    assert len(picks) == 2
    assert all("东门营业厅" in one and "有 3 件" in one for one in picks), picks
    line.enter(FAR)
    (booked,) = line.side.booked.values()
    assert (booked.store, booked.what, booked.store_name) == ("S2", "loan-phone", FAR.name)
    # What no store keeps, or none has left, is said before anything is booked.
    line.begin(what="望远镜")
    assert "备用机、路由器" in line.composer._wrong.text()
    line.begin(what="路由器")
    assert "没有路由器" in line.composer._wrong.text()
    assert len(line.side.booked) == 1


def test_a_booked_time_is_moved_and_cancelled(line: Line) -> None:
    # CHANNEL-02
    line.begin()
    line.enter(STORE)
    (booking,) = line.side.booked
    line.begin(booking)
    line.enter(STORE, 1)
    moved = next(key for key in line.side.booked if key != booking)
    assert line.side.booked[moved].instead_of == booking
    line.side.cut = True
    line.asking.stores.cancel(moved, "张女士")
    assert "没有取消" in line.said[-1]
    line.side.cut = False
    line.asking.stores.cancel(moved, "张女士")
    assert "已取消 张女士" in line.said[-1]
    line.asking.stores.cancel(moved, "张女士")
    assert "已经没有了" in line.said[-1]


def test_stores_that_answer_late_leave_the_line_to_what_is_asked_for_by_then(line: Line) -> None:
    # CHANNEL-02
    late = list[Callable[[], None]]()

    def later(
        work: Callable[[], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        late.append(lambda: at_once(work, done, failed))

    line.asking.stores._network = later
    subject = Subject(customer_id="C1", name="张女士")
    line.asking.begin(Send.STORE, subject)
    line.asking.begin(Send.COMMITMENT, subject)
    line.composer.line.setText("每月读账单")
    for answer in late:
        answer()
    assert line.composer.line.text() == "每月读账单"
