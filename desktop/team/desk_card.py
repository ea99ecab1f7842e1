"""What lies on one agent's desk: to another desk, to the pool, all of an absentee's at once; and the targets."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.domain.clock import CHINA
from core.domain.task import TIER_NAMES, Tier
from core.domain.text import Text
from core.wire.team import TARGET_MOST, AgentToday, DeskTask
from desktop import theme
from desktop.keys.caps import cap
from desktop.keys.leading import LEADING, Lead
from desktop.team import words
from desktop.team.presenter import TeamPresenter
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.keyed_rows import KeyedRows
from desktop.widgets.label import Label
from desktop.widgets.row_table import RowTable
from desktop.widgets.step_fields import NumberField
from desktop.widgets.values import Cell, Tone


class DeskCard(Card):
    """Acts on the agent in view alone; what is pressed twice was meant."""

    def __init__(
        self,
        presenter: TeamPresenter,
        tongue: Tongue,
        *,
        scenario_name: Callable[[str], Text],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._presenter, self._tongue, self._scenario_name = presenter, tongue, scenario_name
        self._model = KeyedRows(named=True)
        self.table = RowTable(self._model)
        self.table.setSelectionMode(RowTable.SelectionMode.ExtendedSelection)
        self.to, self.scenario = ChoiceBox(), ChoiceBox()
        self.calls, self.successes = NumberField(), NumberField()
        self.buttons = {act: QPushButton() for act in LEADING}
        self._to_label, self._wrong = Label(size=13, tone=Tone.MUTED), Label(tone=Tone.BAD, wrap=True)
        self._marks = [Label(size=13, tone=Tone.MUTED) for _ in range(3)]
        self._sure = ""
        """staff number of the agent whose absence waits to be said once more"""
        self._shown: tuple[str, ...] = ()
        """the agent and the names of their scenarios, as they stand in the boxes"""
        self._lay_out()
        self._connect(parent)
        tongue.changed.connect(self.retranslate)
        self.retranslate()

    def _lay_out(self) -> None:
        for spin in (self.calls, self.successes):
            spin.setRange(0, TARGET_MOST)
            spin.setFixedWidth(theme.px(64))
        self.buttons[Lead.MOVE].setProperty("kind", "primary")
        self.add(self.table, 1)
        moving = QHBoxLayout()
        for widget, stretch in ((self._to_label, 0), (self.to, 1), (self.buttons[Lead.MOVE], 0)):
            moving.addWidget(widget, stretch)
        self.add(moving)
        self.add(self._wrong)
        absent = QHBoxLayout()
        absent.addStretch(1)
        absent.addWidget(self.buttons[Lead.ABSENT])
        self.add(absent)
        self.add(self._targets())
        self.table.horizontalHeader().setStretchLastSection(False)

    def _targets(self) -> QVBoxLayout:
        above, below, both = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        above.addWidget(self._marks[0])
        above.addWidget(self.scenario, 1)
        for part in (self._marks[1], self.calls, self._marks[2], self.successes):
            below.addWidget(part)
        below.addStretch(1)
        below.addWidget(self.buttons[Lead.TARGET])
        both.addLayout(above)
        both.addLayout(below)
        return both

    def _connect(self, parent: QWidget | None) -> None:
        acts = {Lead.MOVE: self.move_chosen, Lead.ABSENT: self.absent, Lead.TARGET: self.set_target}
        for act, button in self.buttons.items():
            button.clicked.connect(lambda _=False, run=acts[act]: run())
            shortcut = QShortcut(QKeySequence(LEADING[act][0]), parent or self, acts[act])
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            # Held down it would say "sure" to itself.
            shortcut.setAutoRepeat(False)
        self.scenario.currentIndexChanged.connect(lambda _: self._show_target())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._calm())

    # Acts

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the tasks that are chosen, in their order."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return tuple(self._model.key(row) for row in rows)

    def place_of(self, task_id: str) -> int:
        """The row of that task; -1 where it is not shown."""
        return self._model.place_of(task_id)

    def move_chosen(self) -> None:
        self._calm()
        lack = self._presenter.move(self.chosen, str(self.to.currentData() or ""))
        if lack is not None:
            self._wrong.set_words(self._tongue(lack))
            self._wrong.setVisible(True)
            self.table.setFocus()

    def absent(self) -> None:
        """Everything at once, once it has been asked for twice."""
        agent = self._presenter.agent
        if agent is None:
            return
        if self._sure != agent.staff_number:
            self._sure = agent.staff_number
            self._show_buttons()
            return
        self._calm()
        self._presenter.move((), str(self.to.currentData() or ""), absent=True)

    def set_target(self) -> None:
        scenario = self.scenario.currentData()
        if self._presenter.agent is not None and scenario:
            self._presenter.set_target(str(scenario), self.calls.value(), self.successes.value())

    def _calm(self) -> None:
        """What was about to be done twice, or was lacking, is no more."""
        self._sure = ""
        self._wrong.setVisible(False)
        self._show_buttons()

    # Showing

    def retranslate(self) -> None:
        say = self._tongue
        self.table.setAccessibleName(say(words.TASKS))
        self._to_label.set_words(say(words.TO))
        self.to.setAccessibleName(say(words.TO))
        for mark, text in zip(self._marks, (words.SCENARIO, words.CALLS, words.SUCCESSES), strict=True):
            mark.set_words(say(text))
        self.scenario.setAccessibleName(say(words.SCENARIO))
        self.calls.setAccessibleName(say(words.TARGET_CALLS))
        self.successes.setAccessibleName(say(words.TARGET_SUCCESSES))
        self._shown = ()
        self.show_desk()

    def show_desk(self) -> None:
        """The agent in view with the tasks; what is chosen and typed stays while the agent does."""
        p, say = self._presenter, self._tongue
        agent = p.agent
        tasks = p.tasks or ()
        self.set_title(say(words.TASKS))
        self.set_note(say(words.TASKS_OF).format(name=agent.name, count=len(tasks)) if agent and p.tasks else "")
        self._model.show(
            [say(head) for head in words.TASK_COLUMNS],
            [self._cells(one, p.now) for one in tasks],
            [one.task_id for one in tasks],
            [self._hint(one) for one in tasks],
        )
        unread = words.NEEDS_SERVER if p.tasks_away else words.READING
        empty = words.CHOOSE if agent is None else unread if p.tasks is None else words.NO_TASKS
        self.table.say_when_empty(say(empty))
        shown = self._names(agent) if agent is not None else ()
        if agent is not None:
            self._name_desks(agent, p.agents)
        if agent is not None and self._shown != shown:
            self._name_scenarios(agent)
            self.table.widen((132, 170, 112))
            self.table.stretch(1)
            self._calm()
        self._shown = shown
        for part in (self.to, self.scenario, self.calls, self.successes, *self.buttons.values()):
            part.setEnabled(agent is not None)
        self._show_buttons()

    def _names(self, agent: AgentToday) -> tuple[str, ...]:
        """Names of scenarios may come after the board."""
        return (agent.staff_number, *(self._tongue(self._scenario_name(name)) for name in agent.skills))

    def _name_desks(self, agent: AgentToday, agents: Sequence[AgentToday]) -> None:
        """Where tasks may go, with how many lie there now; what is chosen stays where it still is one of them."""
        others = [one for one in agents if one.staff_number != agent.staff_number]
        desks = [(self._tongue(words.POOL), "")]
        desks += [(f"{one.name} {one.staff_number} · {one.remaining}", one.staff_number) for one in others]
        chosen = self.to.currentData()
        if [self.to.itemData(at) for at in range(self.to.count())] != [key for _, key in desks]:
            self.to.clear()
            for told, key in desks:
                self.to.addItem(told, key)
            self.to.setCurrentIndex(max(self.to.findData(chosen), 0))
        for at, (told, _) in enumerate(desks):
            if self.to.itemText(at) != told:
                self.to.setItemText(at, told)

    def _name_scenarios(self, agent: AgentToday) -> None:
        say = self._tongue
        self.scenario.blockSignals(True)
        self.scenario.clear()
        for name in agent.skills:
            self.scenario.addItem(say(self._scenario_name(name)), name)
        if agent.scenarios:
            self.scenario.setCurrentIndex(max(self.scenario.findData(agent.scenarios[0].scenario), 0))
        self.scenario.blockSignals(False)
        self._show_target()

    def _show_target(self) -> None:
        agent, scenario = self._presenter.agent, self.scenario.currentData()
        known = next((one for one in agent.scenarios if one.scenario == scenario), None) if agent else None
        self.calls.setValue(known.target_calls if known else 0)
        self.successes.setValue(known.target_successes if known else 0)

    def _show_buttons(self) -> None:
        say, agent = self._tongue, self._presenter.agent
        sure = agent is not None and self._sure == agent.staff_number
        count = len(self._presenter.tasks or ())
        absent = say(words.ABSENT_SURE).format(count=count) if sure else say(words.ABSENT)
        texts = {Lead.MOVE: say(words.MOVE), Lead.ABSENT: absent, Lead.TARGET: say(words.TARGET)}
        for act, button in self.buttons.items():
            button.setText(f"{texts[act]}  {cap(LEADING[act][0])}")
            button.setAccessibleName(texts[act])

    def _cells(self, one: DeskTask, now: datetime) -> tuple[Cell, ...]:
        say = self._tongue
        tier = f" · {say(TIER_NAMES[one.tier])}" if one.tier is not Tier.NONE else ""
        due = one.callback_at or one.due_at
        late = due is not None and due < now
        when = f"{due.astimezone(CHINA):%m-%d %H:%M}" if due else "—"
        call = "☎ " if one.callback_at else ""
        return (
            Cell(f"{one.name}{tier}"),
            Cell(say(one.reason)),
            Cell(f"{call}{when}", Tone.BAD if late else Tone.BRAND if one.callback_at else Tone.MUTED),
        )

    def _hint(self, one: DeskTask) -> str:
        return f"{self._tongue(self._scenario_name(one.scenario))} · {self._tongue(one.reason)}"
