"""Lists brought in from a file: read, its columns said, its first rows looked at, then kept whole or not at all."""

from msgspec import structs
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from core.desk.list_reading import read_list_file
from core.domain.clock import CHINA
from core.domain.errors import ServerUnreachable, StaylineError
from core.domain.text import Text, filled
from core.sync.campaigns import AskCampaigns
from core.wire.campaigns import CampaignLists, ListReport, ListTold
from core.wire.list_files import BringList, ColumnRole, ListFile, ListLook
from desktop import theme
from desktop.campaigning import campaign_words
from desktop.campaigning import list_words as words
from desktop.campaigning.parts import CampaigningContext, within_card
from desktop.keys import CONDUCTING, Conduct, cap
from desktop.widgets.card import Card
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.label import Label
from desktop.widgets.line_list import LineList
from desktop.widgets.painted import draw_words, ink
from desktop.widgets.part_tabs import Part
from desktop.widgets.small_table import SmallTable
from desktop.widgets.values import Cell, TableRow, Tone

LEFT, FIGURE, MOST_FLAWS, A_ROW = 300, 72, 12, 4
_KEYS = frozenset({ColumnRole.CUSTOMER_ID, ColumnRole.NUMBER})


class ListsPart(Part):
    def __init__(self, context: CampaigningContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._tongue, self._ask = context, context.tongue, AskCampaigns(context.ask)
        self._file: ListFile | None = None
        self.look: ListLook | None = None
        self.report: ListReport | None = None
        self._busy: Text | None = None
        self._ticket = 0
        self._list_card, self._card = Card(), Card()
        self.list: LineList[ListTold] = LineList(draw=self._draw, spoken=self._spoken, hint=self._spoken)
        self.path, self.name = QLineEdit(), QLineEdit()
        self._told, self._head = Label(size=13, wrap=True), Label(size=13, bold=True, tone=Tone.MUTED)
        self.roles: list[ChoiceBox] = []
        self._captions: list[Label] = []
        self._grid_holder = QWidget()
        self._grid = QGridLayout(self._grid_holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.first, self._first_head = SmallTable(), Label(size=13, bold=True, tone=Tone.MUTED)
        self._flaws = Label(size=13, wrap=True)
        self.bring, self.leave = QPushButton(), QPushButton()
        self.bring.setProperty("kind", "primary")
        self._lay_out()
        self.path.returnPressed.connect(self.read)
        self.bring.clicked.connect(self.keep)
        self.leave.clicked.connect(self.drop)
        for conduct, act in ((Conduct.START, self.keep), (Conduct.STOP, self.drop), (Conduct.NEW, self.path.setFocus)):
            shortcut = QShortcut(QKeySequence(CONDUCTING[conduct][0]), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.setFocusProxy(self.path)
        self.retranslate()

    def _lay_out(self) -> None:
        self._list_card.add(self.list, 1)
        self._list_card.setFixedWidth(theme.px(LEFT))
        inner = QWidget()
        column = QGridLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setVerticalSpacing(theme.px(8))
        for at, part in enumerate((self._head, self._grid_holder, self._first_head, self.first, self._flaws)):
            column.addWidget(part, at, 0)
        head = QHBoxLayout()
        head.addWidget(self.path, 3)
        head.addWidget(self.name, 2)
        self._card.add(head)
        self._card.add(self._told)
        self._card.add(within_card(inner), 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.leave)
        buttons.addStretch(1)
        buttons.addWidget(self.bring)
        self._card.add(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        row.addWidget(self._list_card)
        row.addWidget(self._card, 1)

    def refresh(self) -> None:
        self._context.network_lane(self._ask.lists, self._take_lists, self._failed)

    def retranslate(self) -> None:
        say = self._tongue
        self._list_card.set_title(say(words.LISTS))
        self.list.setAccessibleName(say(words.LISTS))
        self._card.set_title(say(words.BRING_IN))
        for field, text in ((self.path, words.FILE), (self.name, words.NAME)):
            field.setPlaceholderText(say(text))
            field.setAccessibleName(say(text))
        for button, text, key in ((self.bring, words.BRING, Conduct.START), (self.leave, words.STOP, Conduct.STOP)):
            button.setText(f"{say(text)}  {cap(CONDUCTING[key][0])}")
            button.setAccessibleName(say(text))
        self._head.set_words(say(words.COLUMNS_TOLD))
        self._first_head.set_words(say(words.FIRST_ROWS))
        self._name_columns()
        self._show()

    # Reading and keeping

    def read(self) -> None:
        """The file as it is now; nothing is kept."""
        typed = self.path.text()
        self._ticket += 1
        ticket = self._ticket

        def work() -> tuple[ListFile, ListLook]:
            file = read_list_file(typed)
            return file, self._ask.look_at(file)

        def done(found: tuple[ListFile, ListLook]) -> None:
            if ticket == self._ticket:
                self._file, self.look, self._busy = *found, None
                if not self.name.text().strip():
                    self.name.setText(found[0].file_name.rsplit(".", 1)[0])
                self._name_columns()
                self._show()

        self.look = self.report = None
        self._wait(words.READING)
        self._context.network_lane(work, done, self._failed)

    def keep(self) -> None:
        """All of it, or nothing."""
        if self._file is None or not self.bring.isEnabled():
            return
        now = self._context.desk.moment().wall.astimezone(CHINA)
        file = structs.replace(self._file, roles=self._chosen())
        asked = BringList(list_id=f"l-{now:%Y%m%d-%H%M%S}", name=self.name.text().strip()[:80], file=file)
        self._wait(words.BRINGING)
        self._context.network_lane(lambda: self._ask.bring(asked), self._take_report, self._failed)

    def drop(self) -> None:
        """What was read is let go; nothing of it is anywhere."""
        self._ticket += 1
        self._file = self.look = self.report = self._busy = None
        self.path.clear()
        self.name.clear()
        self._name_columns()
        self._show()
        self.path.setFocus()

    def _wait(self, for_: Text) -> None:
        self._busy = for_
        self._show()

    def _take_report(self, report: ListReport) -> None:
        self.drop()
        self.report = report
        self._show()
        self.refresh()

    def _take_lists(self, found: CampaignLists) -> None:
        self.list.set_rows(found.lists, empty=self._tongue(words.NONE_YET))
        self._list_card.set_note(f"{len(found.lists):,}" if found.lists else "")

    def _failed(self, error: Exception) -> None:
        self._busy = None
        self._show()
        if isinstance(error, ServerUnreachable):
            self._told.set_words(self._tongue(campaign_words.OFFLINE), Tone.WARN)
        elif isinstance(error, StaylineError):
            self._told.set_words(self._tongue(error.message), Tone.BAD)
        else:
            self._context.show_error(error)

    # Showing

    def _chosen(self) -> tuple[ColumnRole, ...]:
        return tuple(list(ColumnRole)[box.currentIndex()] for box in self.roles)

    def _name_columns(self) -> None:
        """A choice for each column of the file; what the planner has chosen stays where it is the same file."""
        say, columns = self._tongue, self.look.columns if self.look else ()
        before = self._chosen() if len(self.roles) == len(columns) else ()
        for part in (*self.roles, *self._captions):
            self._grid.removeWidget(part)
            part.hide()
            part.deleteLater()
        self.roles, self._captions = [], []
        for at, column in enumerate(columns):
            caption, box = Label(column.header, size=12, tone=Tone.MUTED), ChoiceBox()
            box.addItems([say(words.ROLES[role]) for role in ColumnRole])
            box.setCurrentIndex(list(ColumnRole).index(before[at] if before else column.role))
            box.setAccessibleName(say(filled(words.ROLE_OF, header=column.header)))
            box.activated.connect(lambda _: self._show())
            self._grid.addWidget(caption, 2 * (at // A_ROW), at % A_ROW)
            self._grid.addWidget(box, 2 * (at // A_ROW) + 1, at % A_ROW)
            self.roles.append(box)
            self._captions.append(caption)

    def _show(self) -> None:
        say, look, report = self._tongue, self.look, self.report
        for part in (self._head, self._grid_holder, self._first_head, self.first):
            part.setVisible(look is not None)
        keyed = bool(_KEYS & set(self._chosen()))
        self.bring.setEnabled(look is not None and keyed and self._busy is None)
        self.leave.setEnabled(look is not None or self._busy is not None)
        if self._busy is not None:
            self._told.set_words(say(self._busy), Tone.MUTED)
        elif look is not None:
            rows = say(filled(words.ROWS, rows=f"{look.rows:,}"))
            self._told.set_words(rows if keyed else f"{rows} · {say(words.NO_KEY)}", Tone.MUTED if keyed else Tone.WARN)
        elif report is not None:
            told = filled(words.BROUGHT, rows=f"{report.rows:,}", customers=f"{report.customers:,}")
            self._told.set_words(say(told), Tone.OK)
        else:
            self._told.set_words("")
        if look is not None:
            heads = [column.header for column in look.columns]
            self.first.setAccessibleName(say(words.FIRST_ROWS))
            self.first.set_table(heads, [TableRow(tuple(Cell(cell) for cell in row)) for row in look.first])
        self._flaws.set_words(self._flaw_words(report) if look is None else "")

    def _flaw_words(self, report: ListReport | None) -> str:
        say = self._tongue
        if report is None or not report.flaws:
            return ""
        told = [say(filled(words.FLAW, row=str(one.row), why=words.WHY[one.flaw])) for one in report.flaws[:MOST_FLAWS]]
        left = len(report.flaws) - len(told)
        more = [say(filled(words.MORE, count=f"{left:,}"))] if left else []
        return "\n".join([say(words.FLAWS), *told, *more])

    # Painting a list

    def _spoken(self, one: ListTold) -> str:
        return f"{one.name} · {self._tongue(filled(words.CUSTOMERS, customers=f'{one.customers:,}'))}"

    def _draw(self, painter: QPainter, rect: QRectF, one: ListTold) -> None:
        room = theme.px(FIGURE)
        draw_words(painter, rect.adjusted(0, 0, -room, 0), one.name, theme.font(13), ink(Tone.NEUTRAL))
        count = self._tongue(filled(words.CUSTOMERS, customers=f"{one.customers:,}"))
        draw_words(painter, rect, count, theme.font(13), ink(Tone.MUTED), Qt.AlignmentFlag.AlignRight)
