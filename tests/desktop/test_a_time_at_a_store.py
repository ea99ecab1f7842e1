"""A time at a store is booked once, also where the answer to the first asking is lost."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from desk_kit import NOBODY, NOW, SITE, SU, Clocks, sign_in_here
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from core.desk.desk import Desk
from core.domain.errors import ServerUnreachable
from core.domain.store import Slot, StoreStanding
from core.domain.text import Lang, Text
from core.sync.ask import Ask
from core.sync.transport import Transport
from core.wire.departments import SlotAnswer, SlotAsk, SlotVerdict, Stores
from desktop.cases.composer import Composer, Written
from desktop.followups.asking import Asking, Subject
from desktop.keys import Send
from desktop.tongue import Tongue

STORE = StoreStanding(
    code="S1", name=Text("锦川营业厅", "Jinchuan store"), address=Text("春熙路", "Chunxi Road"),
    open_hours="09:00–20:00",
    slots=(Slot(begins_at=NOW + timedelta(hours=2)), Slot(begins_at=NOW + timedelta(hours=3))),
)  # fmt: skip


class Side(Transport):
    """The server's side: what was booked under which id; the answer is lost while `cut` stands."""

    def __init__(self) -> None:
        super().__init__(NOBODY)
        self.booked: dict[UUID, SlotAsk] = {}
        self.cut = False

    def stores(self, area: str = "", what: str = "") -> Stores:
        return Stores(stores=(STORE,), as_of=NOW)

    def book_slot(self, slot_id: UUID, ask: SlotAsk) -> SlotAnswer:
        self.booked[slot_id] = ask
        if self.cut:
            nothing = Text("没有回应", "No answer")
            raise ServerUnreachable(title=nothing, message=nothing, next_step=nothing)
        return SlotAnswer(verdict=SlotVerdict.BOOKED, reference="7")


def at_once(
    work: Callable[[], Any],
    done: Callable[[Any], None] | None = None,
    failed: Callable[[Exception], None] | None = None,
) -> None:
    try:
        found = work()
    except ServerUnreachable as error:
        assert failed is not None
        failed(error)
    else:
        assert done is not None
        done(found)


def test_enter_once_more_after_a_lost_answer_books_nothing_besides(qtbot: QtBot, tmp_path: Path) -> None:
    # CHANNEL-02
    store, side = sign_in_here(tmp_path / "desk"), Side()
    tongue, said, around = Tongue(Lang.ZH), list[str](), QObject()
    composer = Composer(tongue)
    qtbot.addWidget(composer)
    asking = Asking(
        Desk(store=store, agent=SU, site=SITE, moment=Clocks()), Ask(store, side), tongue, composer, lane=at_once,
        network_lane=at_once, done=lambda text: said.append(text.zh), say=lambda text, _: said.append(text.zh),
        show_error=lambda error: said.append(repr(error)), parent=around,
    )  # fmt: skip
    asking.begin(Send.STORE, Subject(customer_id="C1", name="张女士"))

    def enter(slot: Slot) -> None:
        pick = f"{STORE.code}|{slot.begins_at.isoformat()}"
        composer.written.emit(Written(words="", pick=pick, fen=0, at=None, agreed=False))

    side.cut = True
    enter(STORE.slots[0])
    side.cut = False
    assert "还不知道约上没有" in said[-1]
    enter(STORE.slots[0])
    assert [one.slot for one in side.booked.values()] == [STORE.slots[0]], said
    assert "7" in said[-1]
    # Another time, and the same one once more after its answer, are bookings of their own.
    enter(STORE.slots[1])
    enter(STORE.slots[0])
    assert len(side.booked) == 3
    store.close()
