"""The lead's page: what each agent does today, what lies on one desk, and what waits for the lead."""

from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.shell.page import PageContext
from desktop.team import words
from desktop.team.desk_card import DeskCard
from desktop.team.inbox_card import InboxCard
from desktop.team.presenter import Reading, TeamPresenter
from desktop.team.rows import as_of, cells, hint, scenario_table, tiles
from desktop.widgets.card import Card
from desktop.widgets.keyed_rows import KeyedRows
from desktop.widgets.kpi_tile import TileRow
from desktop.widgets.row_table import RowTable
from desktop.widgets.small_table import SmallTable
from desktop.widgets.values import Tone

LOOK_EVERY_MS = 15_000
"""while the page is in sight"""
DESK_PX = 470
WIDTHS = (124, 176, 52, 52, 84, 70, 76)


class TeamPage(QWidget):
    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tongue = context.tongue
        self.presenter = TeamPresenter(
            context.entered.desk,
            context.entered.ask,
            lane=context.network_lane,
            store_lane=context.store_lane,
            changed=self._show,
            say=context.say,
            show_error=context.show_error,
        )
        self._scenario_name = context.scenario_name
        self._told_at: datetime | None = None
        self._board_card, self._tiles = Card(), TileRow()
        self.scenarios = SmallTable(most=5)
        self._model = KeyedRows(named=True)
        self.table = RowTable(self._model)
        self.inbox = InboxCard(
            context,
            self._tongue,
            lane=context.network_lane,
            now=lambda: context.entered.desk.moment().wall,
            show_error=context.show_error,
        )
        self.desk_card = DeskCard(self.presenter, self._tongue, scenario_name=context.scenario_name, parent=self)
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(
            lambda now, _: self.presenter.choose(self._model.key(now.row()))
        )
        self.inbox.wanted.connect(self._bring)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_EVERY_MS)
        self._look.timeout.connect(self.refresh)
        self.setFocusProxy(self.table)
        self._tongue.changed.connect(self.retranslate)
        self.retranslate()

    def _lay_out(self) -> None:
        self._board_card.add(self._tiles)
        self._board_card.add(self.table, 1)
        self._board_card.add(self.scenarios)
        self.inbox.setMaximumHeight(theme.px(210))
        self.desk_card.setFixedWidth(theme.px(DESK_PX))
        left = QVBoxLayout()
        left.setSpacing(theme.px(10))
        left.addWidget(self._board_card, 1)
        left.addWidget(self.inbox)
        row = QHBoxLayout(self)
        edge = theme.px(10)
        row.setContentsMargins(edge, edge, edge, edge)
        row.setSpacing(edge)
        row.addLayout(left, 1)
        row.addWidget(self.desk_card)

    def place_of(self, staff_number: str) -> int:
        """The row of that agent; -1 where they are not shown."""
        return self._model.place_of(staff_number)

    def refresh(self) -> None:
        self.presenter.load()
        self.inbox.load()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._look.stop()

    def retranslate(self) -> None:
        self._board_card.set_title(self._tongue(words.BOARD))
        self.table.setAccessibleName(self._tongue(words.BOARD))
        self._show()

    def _show(self) -> None:
        """The board anew; whoever goes through it with the arrows stays where they are."""
        p, say = self.presenter, self._tongue
        if p.board is not None and p.board.at != self._told_at:
            self._told_at = p.board.at
            self.inbox.board_read()
        self._tiles.set_tiles(tiles(p.agents, say))
        self._tiles.setVisible(p.board is not None)
        self._model.show(
            [say(head) for head in words.COLUMNS],
            [cells(one, p.now, say) for one in p.agents],
            [one.staff_number for one in p.agents],
            [hint(one, say) for one in p.agents],
        )
        if p.agents and self.table.columnWidth(0) != theme.px(WIDTHS[0]):
            self.table.widen(WIDTHS)
        self.table.say_when_empty(self._empty())
        self._choose_again()
        self._board_card.set_note(*self._note())
        self._show_scenarios()
        self.desk_card.show_desk()

    def _show_scenarios(self) -> None:
        agent = self.presenter.agent
        heads, rows = scenario_table(agent, self._scenario_name, self._tongue) if agent else ([], [])
        self.scenarios.setVisible(bool(rows))
        if rows:
            self.scenarios.setAccessibleName(heads[0])
            self.scenarios.set_table(heads, rows)

    def _choose_again(self) -> None:
        at = self._model.place_of(self.presenter.chosen)
        if at < 0 and self._model.rowCount():
            at = 0
        if at >= 0 and at != self.table.currentIndex().row():
            self.table.selectRow(at)

    def _bring(self, staff_number: str) -> None:
        """That agent's desk, where the task of a refused record can be given to somebody else."""
        at = self.place_of(staff_number)
        if at >= 0:
            self.table.selectRow(at)
            self.table.setFocus()

    def _empty(self) -> str:
        p = self.presenter
        if p.board is not None:
            return self._tongue(words.NOBODY)
        return self._tongue(words.OFFLINE_NEVER if p.reading is Reading.OFFLINE else words.READING)

    def _note(self) -> tuple[str, Tone]:
        p = self.presenter
        if p.board is None:
            return "", Tone.MUTED
        offline = p.reading is Reading.OFFLINE
        words_of_age = words.OFFLINE if offline else words.AS_OF
        return as_of(p.board.at, words_of_age, self._tongue), Tone.WARN if offline else Tone.MUTED
