"""A call without a task: a customer who calls in, or a number typed by the agent. Found here, else on the server."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from core.desk.entering import Entered
from core.desk.finding import FoundPerson, find_here, find_on_server
from core.domain.errors import ServerUnreachable, StaylineError
from core.domain.text import Text
from desktop.lane import Lane
from desktop.tongue import Tongue
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.label import Label
from desktop.widgets.values import Tone

TITLE = Text("无任务的通话", "A call without a task")
WHO = Text("号码或姓名", "Number or name")
INBOUND = Text("客户来电，已在线上", "The customer is calling and on the line")
OUTBOUND = Text("由我拨出", "I will dial")
NUMBER = Text("要拨的号码，可不填", "Number to dial, may stay empty")
SCENARIO = Text("场景", "Scenario")
SEARCHING = Text("正在本机和服务器查找…", "Looking here and on the server…")
NOBODY = Text("没有找到您可以查看的客户。", "No customer found that you may see.")
FEW_DIGITS = Text("号码输到 5 位，才到服务器查。", "The server is asked from the fifth digit on.")
OFFLINE = Text("离线：只查了本机。", "Offline: looked on this machine only.")

IN_REPAIR = Text("修复中", "In repair")
PROMISED = Text("已答应：{words}", "Promised: {words}")

SHORTEST_TEXT = 2
SHORTEST_NUMBER = 5
"""digits that the server wants of a number; of a name or its initials `SHORTEST_TEXT` letters are enough"""


class Chosen(NamedTuple):
    customer_id: str
    scenario: str
    inbound_number: str | None
    typed_number: str = ""
    """the one to dial, as typed; empty: the customer's own"""


class NewCall(QDialog):
    chosen = Signal(object)

    def __init__(
        self,
        entered: Entered,
        tongue: Tongue,
        *,
        store_lane: Lane,
        network_lane: Lane,
        scenario_name: Callable[[str], Text],
        scenarios: list[str],
        show_error: Callable[[Exception], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._entered, self._tongue, self._show_error = entered, tongue, show_error
        self._store_lane, self._network_lane = store_lane, network_lane
        self._asked = 0
        self.setWindowTitle(tongue(TITLE))
        self.resize(460, 420)
        self.who, self.people = QLineEdit(), QListWidget()
        self.inbound, self.outbound = QRadioButton(tongue(INBOUND)), QRadioButton(tongue(OUTBOUND))
        self.number, self.scenario = QLineEdit(), ChoiceBox()
        for name in scenarios:
            self.scenario.addItem(tongue(scenario_name(name)), name)
        self.note = Label(size=12, tone=Tone.MUTED, wrap=True)
        self._name()
        self._lay_out()
        self.outbound.toggled.connect(self.number.setVisible)
        self.inbound.setChecked(True)
        self.who.textChanged.connect(lambda _: self._find())
        self.people.itemActivated.connect(lambda _: self._accept())
        self.finished.connect(self._forget)
        self.who.setFocus()

    def _name(self) -> None:
        say = self._tongue
        self.who.setPlaceholderText(say(WHO))
        self.who.setAccessibleName(say(WHO))
        self.people.setAccessibleName(say(WHO))
        self.number.setPlaceholderText(say(NUMBER))
        self.number.setAccessibleName(say(NUMBER))
        self.scenario.setAccessibleName(say(SCENARIO))

    def _lay_out(self) -> None:
        self.number.setVisible(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        fields = (self.who, self.people, self.note, self.inbound, self.outbound, self.number, self.scenario)
        for widget in (*fields, buttons):
            column.addWidget(widget)

    def _forget(self) -> None:
        """What is still being looked for comes too late."""
        self._asked += 1

    def _find(self) -> None:
        self._asked += 1
        ticket, text = self._asked, self.who.text().strip()
        self.people.clear()
        asks_server = not text.isdigit() or len(text) >= SHORTEST_NUMBER
        if len(text) < SHORTEST_TEXT:
            self.note.set_words("", Tone.MUTED)
            return
        self.note.set_words(self._tongue(SEARCHING if asks_server else FEW_DIGITS), Tone.MUTED)
        found: dict[str, FoundPerson] = {}

        def add(people: list[FoundPerson]) -> None:
            if ticket != self._asked:
                return
            for person in people:
                if person.customer_id not in found:
                    found[person.customer_id] = person
                    item = QListWidgetItem(self._label(person))
                    item.setData(Qt.ItemDataRole.UserRole, person.customer_id)
                    self.people.addItem(item)
            if self.people.count() and self.people.currentRow() < 0:
                self.people.setCurrentRow(0)

        def from_server(people: list[FoundPerson]) -> None:
            add(people)
            if ticket == self._asked:
                self.note.set_words("" if found else self._tongue(NOBODY))

        def failed(error: Exception) -> None:
            if not isinstance(error, StaylineError):
                self._show_error(error)
            if ticket == self._asked:
                self.note.set_words(self._why(error), Tone.WARN)

        desk = self._entered.desk
        self._store_lane(lambda: find_here(desk, text), add)
        if asks_server:
            self._network_lane(lambda: find_on_server(self._entered.ask, text), from_server, failed)

    def _label(self, person: FoundPerson) -> str:
        """Who it is, and what must be known before one answers."""
        marks = [self._tongue(IN_REPAIR)] if person.in_repair else []
        if person.promised:
            marks.append(self._tongue(PROMISED).format(words=person.promised))
        return " · ".join((f"{person.name}  {person.number_masked}", *marks))

    def _why(self, error: Exception) -> str:
        """Only silence is "offline": a server that says no is quoted, what nobody expected is shown apart."""
        if isinstance(error, ServerUnreachable):
            return self._tongue(OFFLINE)
        return error.spoken(self._tongue.lang) if isinstance(error, StaylineError) else ""

    def _accept(self) -> None:
        if self.people.currentRow() < 0:
            return
        item = self.people.currentItem()
        typed, inbound = "".join(c for c in self.who.text() if c.isdigit()), self.inbound.isChecked()
        self.chosen.emit(
            Chosen(
                item.data(Qt.ItemDataRole.UserRole),
                self.scenario.currentData(),
                typed if inbound else None,
                "" if inbound else self.number.text().strip() or typed,
            )
        )
        self.accept()
