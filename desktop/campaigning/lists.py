"""Lists brought in from a file: read, its columns said, each row checked, then kept whole or not at all."""

from collections import Counter
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from core.domain.errors import ServerUnreachable
from core.domain.text import Text, filled
from core.wire.campaigns import ListTold
from core.wire.list_files import ColumnRole
from desktop import theme
from desktop.campaigning import campaign_words
from desktop.campaigning import list_words as words
from desktop.campaigning.lists_presenter import ListsPresenter
from desktop.campaigning.parts import CampaigningContext, within_card
from desktop.effort import Effort
from desktop.keys.caps import cap
from desktop.keys.planning import LISTING, Listing
from desktop.widgets.card import Card
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.keyed import keyed
from desktop.widgets.label import Label
from desktop.widgets.line_list import LineList
from desktop.widgets.painted import draw_words, ink
from desktop.widgets.part_tabs import Part
from desktop.widgets.progress_line import ProgressLine
from desktop.widgets.small_table import SmallTable
from desktop.widgets.values import Cell, TableRow, Tone

LEFT, FIGURE, MOST_FLAWS, A_ROW = 300, 72, 12, 4
LOOK_MS = 250
"""how often it is asked how far the list is; what is done sooner shows no line"""


class ListsPart(Part):
    def __init__(self, context: CampaigningContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tongue = context.tongue
        self.presenter = ListsPresenter(
            context.desk, context.ask, lane=context.network_lane, heavy=context.heavy_lane, changed=self._show,
            show_error=context.show_error, say=context.say,
        )  # fmt: skip
        self._list_card, self._card = Card(), Card()
        self.list: LineList[ListTold] = LineList(draw=self._draw, spoken=self._spoken, hint=self._spoken)
        self.path, self.name = QLineEdit(), QLineEdit()
        self.told, self._head = Label(size=13, wrap=True), Label(size=13, bold=True, tone=Tone.MUTED)
        self.progress = ProgressLine()
        self.roles: list[ChoiceBox] = []
        self._captions: list[Label] = []
        self._grid_holder = QWidget()
        self._grid = QGridLayout(self._grid_holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._flaw_head, self.flaws = Label(size=13, bold=True, tone=Tone.MUTED), Label(size=13, wrap=True)
        self.first, self._first_head = SmallTable(), Label(size=13, bold=True, tone=Tone.MUTED)
        self.bring, self.leave, self.save = QPushButton(), QPushButton(), QPushButton()
        self.bring.setProperty("kind", "primary")
        self._named: Path | None = None
        """the file after which the list was called"""
        self._watch = QTimer(self)
        self._watch.setInterval(LOOK_MS)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.path)
        self.retranslate()

    def _lay_out(self) -> None:
        self._list_card.add(self.list, 1)
        self._list_card.setFixedWidth(theme.px(LEFT))
        inner = QWidget()
        column = QGridLayout(inner)
        column.setContentsMargins(0, 0, theme.px(6), 0)
        column.setVerticalSpacing(theme.px(8))
        parts = (self._head, self._grid_holder, self._flaw_head, self.flaws, self._first_head, self.first)
        for at, part in enumerate(parts):
            column.addWidget(part, at, 0)
        column.setRowStretch(len(parts), 1)
        head = QHBoxLayout()
        head.addWidget(self.path, 3)
        head.addWidget(self.name, 2)
        self._card.add(head)
        self._card.add(self.told)
        self._card.add(self.progress)
        self._card.add(within_card(inner), 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.leave)
        buttons.addWidget(self.save)
        buttons.addStretch(1)
        buttons.addWidget(self.bring)
        self._card.add(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        row.addWidget(self._list_card)
        row.addWidget(self._card, 1)

    def _connect(self) -> None:
        self.path.returnPressed.connect(self.read)
        self.name.textChanged.connect(lambda _: self._show_ready())
        self.bring.clicked.connect(self.keep)
        self.leave.clicked.connect(self.drop)
        self.save.clicked.connect(self.presenter.save_flaws)
        self._watch.timeout.connect(self._show_progress)
        acts = {
            Listing.FILE: self.path.setFocus, Listing.BRING: self.keep, Listing.STOP: self.drop,
            Listing.SAVE: self.presenter.save_flaws,
        }  # fmt: skip
        for listing, act in acts.items():
            keyed(self, LISTING[listing][0], act)

    def refresh(self) -> None:
        self.presenter.load()

    def retranslate(self) -> None:
        say = self._tongue
        self._list_card.set_title(say(words.LISTS))
        self.list.setAccessibleName(say(words.LISTS))
        self._card.set_title(say(words.BRING_IN))
        for field, text in ((self.path, words.FILE), (self.name, words.NAME)):
            field.setPlaceholderText(say(text))
            field.setAccessibleName(say(text))
        self.path.setToolTip(cap(LISTING[Listing.FILE][0]))
        for button, text, key in (
            (self.bring, words.BRING, Listing.BRING), (self.leave, words.STOP, Listing.STOP),
            (self.save, words.SAVE_FLAWS, Listing.SAVE),
        ):  # fmt: skip
            button.setText(f"{say(text)}  {cap(LISTING[key][0])}")
            button.setAccessibleName(say(text))
        self._head.set_words(say(words.COLUMNS_TOLD))
        self._flaw_head.set_words(say(words.FLAWS))
        self._first_head.set_words(say(words.FIRST_ROWS))
        self._show()

    # Acting

    def read(self) -> None:
        self.presenter.read(self.path.text())

    def keep(self) -> None:
        if self.bring.isEnabled():
            self.presenter.bring(self.name.text())

    def drop(self) -> None:
        """What is under way is stopped; else what was read is let go, and nothing of it is anywhere."""
        bringing = self.presenter.bringing
        self.presenter.stop()
        if not bringing:
            self._clear()
            self.path.setFocus()

    def _clear(self) -> None:
        self.path.clear()
        self.name.clear()
        self._named = None

    # Showing

    def _show(self) -> None:
        p, look = self.presenter, self.presenter.look
        self.list.set_rows(p.lists, empty=self._tongue(words.NONE_YET))
        self._list_card.set_note(f"{len(p.lists):,}" if p.lists else "")
        if p.report is not None and self._named is not None:
            self._clear()
        self._name_list()
        self._name_columns()
        for part in (self._head, self._grid_holder, self._first_head, self.first):
            part.setVisible(look is not None)
        self._show_ready()
        self.leave.setEnabled(look is not None or p.busy is not None)
        self.save.setEnabled(look is not None and bool(p.flaws))
        self._tell()
        self._show_flaws()
        self._show_progress()
        if p.busy is None:
            self._watch.stop()
        elif not self._watch.isActive():
            self._watch.start()
        if look is not None:
            self.first.setAccessibleName(self._tongue(words.FIRST_ROWS))
            rows = [TableRow(tuple(Cell(cell) for cell in row)) for row in look.first]
            self.first.set_table([column.header for column in look.columns], rows)

    def _show_ready(self) -> None:
        self.bring.setEnabled(self.presenter.ready and bool(self.name.text().strip()))

    def _name_list(self) -> None:
        """As the file, until somebody says otherwise."""
        p = self.presenter
        if p.look is not None and p.path != self._named:
            self._named = p.path
            if p.path is not None and not self.name.text().strip():
                self.name.setText(p.path.stem)

    def _tell(self) -> None:
        p, say, look = self.presenter, self._tongue, self.presenter.look
        tone = Tone.MUTED
        if p.busy is not None:
            told = say(p.busy)
        elif isinstance(p.trouble, ServerUnreachable):
            told, tone = say(campaign_words.OFFLINE), Tone.WARN
        elif p.trouble is not None:
            told, tone = say(p.trouble.message), Tone.BAD
        elif look is not None:
            fits = filled(words.FITS, customers=f"{look.customers:,}") if look.customers else words.NOBODY
            told = f"{say(filled(words.ROWS, rows=f'{look.rows:,}'))} · {say(fits if p.keyed else words.NO_KEY)}"
            tone = Tone.MUTED if p.ready else Tone.WARN
        elif p.report is not None:
            brought = filled(words.BROUGHT, rows=f"{p.report.rows:,}", customers=f"{p.report.customers:,}")
            told, tone = say(brought), Tone.OK
        else:
            told = ""
        self.told.set_words(told, tone)

    def _show_progress(self) -> None:
        p, say = self.presenter, self._tongue
        effort = p.effort
        counted = effort is not None and effort.of > 0
        self.progress.setVisible(counted)
        if counted and effort is not None:
            how_far = say(self._how_far(effort))
            self.progress.set_progress(effort.done, effort.of, spoken=how_far)
            if p.busy in (words.BRINGING, words.READING, words.CHECKING):
                self.told.set_words(how_far, Tone.MUTED)

    def _how_far(self, effort: Effort) -> Text:
        if self.presenter.bringing:
            return filled(words.HOW_FAR, done=f"{effort.done:,}", all=f"{effort.of:,}")
        return filled(words.HOW_FAR_READ, percent=f"{100 * effort.done // effort.of}")

    def _name_columns(self) -> None:
        """A choice for each column of the file; boxes that stand keep the keys."""
        say, columns = self._tongue, self.presenter.look.columns if self.presenter.look else ()
        if [one.text() for one in self._captions] != [one.header for one in columns]:
            self._make_columns([one.header for one in columns])
        for column, box in zip(columns, self.roles, strict=True):
            box.setAccessibleName(say(filled(words.ROLE_OF, header=column.header)))
            for at, role in enumerate(ColumnRole):
                box.setItemText(at, say(words.ROLES[role]))
            box.setCurrentIndex(list(ColumnRole).index(column.role))
            box.setEnabled(not self.presenter.bringing)

    def _make_columns(self, headers: list[str]) -> None:
        for part in (*self.roles, *self._captions):
            self._grid.removeWidget(part)
            part.hide()
            part.deleteLater()
        self.roles, self._captions = [], []
        for at, header in enumerate(headers):
            caption, box = Label(header, size=12, tone=Tone.MUTED), ChoiceBox()
            box.addItems([""] * len(ColumnRole))
            box.activated.connect(lambda _: self.presenter.say_columns(self._chosen()))
            self._grid.addWidget(caption, 2 * (at // A_ROW), at % A_ROW)
            self._grid.addWidget(box, 2 * (at // A_ROW) + 1, at % A_ROW)
            self.roles.append(box)
            self._captions.append(caption)
        before: QWidget = self.name
        for box in self.roles:
            self.setTabOrder(before, box)
            before = box

    def _chosen(self) -> tuple[ColumnRole, ...]:
        return tuple(list(ColumnRole)[box.currentIndex()] for box in self.roles)

    def _show_flaws(self) -> None:
        """How many rows have what, then the first of them."""
        say, flaws = self._tongue, self.presenter.flaws
        counts = Counter(why for _row, why in flaws).most_common()
        told = [say(filled(words.FLAWS_OF, why=why, rows=f"{rows:,}")) for why, rows in counts]
        first = [say(filled(words.FLAW, row=str(row), why=why)) for row, why in flaws[:MOST_FLAWS]]
        left = len(flaws) - len(first)
        more = [say(filled(words.MORE, count=f"{left:,}"))] if left else []
        self.flaws.set_words("\n".join([*told, *first, *more]))
        for part in (self._flaw_head, self.flaws):
            part.setVisible(bool(flaws))

    # Painting a list

    def _spoken(self, one: ListTold) -> str:
        return f"{one.name} · {self._tongue(filled(words.CUSTOMERS, customers=f'{one.customers:,}'))}"

    def _draw(self, painter: QPainter, rect: QRectF, one: ListTold) -> None:
        room = theme.px(FIGURE)
        draw_words(painter, rect.adjusted(0, 0, -room, 0), one.name, theme.font(13), ink(Tone.NEUTRAL))
        count = self._tongue(filled(words.CUSTOMERS, customers=f"{one.customers:,}"))
        draw_words(painter, rect, count, theme.font(13), ink(Tone.MUTED), Qt.AlignmentFlag.AlignRight)
