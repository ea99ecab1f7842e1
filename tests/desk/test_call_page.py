"""The call page while other things happen: what the agent types in keeps the keys."""

import pytest
from presenter_kit import HandLane, Phone
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from pytestqt.qtbot import QtBot
from store_kit import NOW, a_document, a_page, a_task, put

from core.desk.desk import Desk
from core.domain.call import CallState
from core.domain.text import Lang, Text
from desktop.call.call_page import CallPage
from desktop.call.header_button import HeaderButton
from desktop.call.part import Part
from desktop.call.presenter import CallPresenter
from desktop.queue.panel import QueuePanel
from desktop.tongue import Tongue


class Shown:
    """The page with one customer open, on a lane that is run by hand."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.desk, self.lane, tongue = desk, HandLane(), Tongue(Lang.ZH)
        self.page: CallPage | None = None
        self.presenter = CallPresenter(
            desk,
            lane=self.lane,
            patient_lane=self.lane,
            dialler=Phone(),
            lang=Lang.ZH,
            changed=self._changed,
            say=lambda _text, _tone: None,
            lacks=lambda _text: None,
            show_error=lambda _error: None,
            moved=lambda _key: None,
            logged=lambda: None,
        )
        queue = QueuePanel(desk, tongue, lane=self.lane, scenario_name=lambda name: Text(name, name))
        self.page = CallPage(self.presenter, queue, tongue)
        qtbot.addWidget(self.page)
        self.page.resize(1366, 700)
        self.page.show()
        qtbot.waitExposed(self.page)
        self.presenter.in_view.open_task("T0001")
        self.lane.run()

    def _changed(self, parts: Part) -> None:
        if self.page is not None:
            self.page.refresh(parts)

    def pull(self) -> None:
        """The server sends the customer in view anew, as it does soon after each dial."""
        self.desk.store.apply(a_page(put(a_document(1, numbers=("10000000001",), name="吴静")), cursor="9"), now=NOW)
        self.presenter.told.pulled((), ("C0001",))
        self.lane.run()


@pytest.fixture
def shown(desk: Desk, qtbot: QtBot) -> Shown:
    desk.store.apply(a_page(put(a_document(1, numbers=("10000000001",))), put(a_task(1)), cursor="2"), now=NOW)
    return Shown(desk, qtbot)


@pytest.mark.parametrize("begun", [False, True])
def test_a_pull_leaves_the_keys_where_they_are(shown: Shown, begun: bool) -> None:
    page = shown.page
    assert page is not None
    if begun:
        shown.presenter.call.dial_or_answered()
        shown.lane.run()
    page.outcome.note.setFocus()
    shown.pull()
    assert page.focusWidget() is page.outcome.note
    assert shown.presenter.session is not None
    assert shown.presenter.session.opened.name == "吴静"


def test_a_pull_leaves_the_open_objection_open(shown: Shown) -> None:
    page = shown.page
    assert page is not None
    page.script.objected.emit(0)
    before = page.script.objection_open
    shown.pull()
    assert before
    assert page.script.objection_open


def test_a_key_held_down_acts_once(shown: Shown, qtbot: QtBot) -> None:
    page = shown.page
    assert page is not None
    held = [s.key().toString() for s in page.findChildren(QShortcut) if s.autoRepeat()]
    assert held == []
    qtbot.keyClick(page, Qt.Key.Key_F7)
    shown.lane.run()
    assert shown.presenter.call.state is CallState.DIALLING


def test_f8_offers_answered_after_all_once_nobody_answered(shown: Shown, qtbot: QtBot) -> None:
    page = shown.page
    assert page is not None
    shown.presenter.call.dial_or_answered()
    shown.lane.run()
    shown.presenter.change(lambda session: session.choose("unanswered"), Part.CALL | Part.OUTCOME)
    shown.lane.run()
    assert "其实已接通" in [button.accessibleName() for button in page.header.findChildren(HeaderButton)]
    qtbot.keyClick(page, Qt.Key.Key_F8)
    assert shown.presenter.call.state is CallState.IN_CALL
