"""The base: 4G share by district, brand, payment and plan with the targets, and the care that is due in it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.domain.care_class import CareClass
from core.domain.clock import CHINA
from core.domain.text import Text, filled
from core.sync.care import AskCare
from desktop import theme
from desktop.care import words as care_words
from desktop.care.detail import CareDetail
from desktop.keys.caps import cap
from desktop.keys.planning import PLANNING, Plan
from desktop.planning import words
from desktop.planning.base_presenter import BasePresenter
from desktop.planning.care_begin import CareBegin
from desktop.planning.parts import Context
from desktop.widgets.card import Card
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.keyed_rows import KeyedRows
from desktop.widgets.label import Label
from desktop.widgets.line_list import LineList
from desktop.widgets.painted import draw_words, ink
from desktop.widgets.part_tabs import Part
from desktop.widgets.row_table import RowTable
from desktop.widgets.values import Tone

if TYPE_CHECKING:
    from core.offers.base import Place, Share

CARE_WIDTH, DETAIL_WIDTH = 304, 360


class BasePage(Part):
    def __init__(self, context: Context, presenter: BasePresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._tongue, self.presenter = context, context.tongue, presenter
        self._base_card, self._care_card = Card(), Card()
        self.by, self.again, self._model = ChoiceBox(), QPushButton(), KeyedRows()
        self.table = RowTable(self._model)
        self._stands = Label(size=12, tone=Tone.MUTED, wrap=True)
        self.care: LineList[CareClass] = LineList(draw=self._draw, spoken=self._spoken, hint=self._spoken)
        self.detail = CareDetail(self._tongue)
        self.begin = CareBegin(
            AskCare(context.ask),
            self._tongue,
            lane=context.network_lane,
            show_error=context.show_error,
            named=self._area,
        )
        self._lay_out()
        self.by.currentIndexChanged.connect(lambda _: self._show_base())
        self.care.selectionModel().currentChanged.connect(lambda now, _: self._show_class(now.row()))
        self.again.clicked.connect(presenter.again)
        count = QShortcut(QKeySequence(PLANNING[Plan.COUNT][0]), self, presenter.again)
        count.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        presenter.listen(self._follow)
        self.setFocusProxy(self.by)
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.by, 1)
        head.addWidget(self.again)
        self._base_card.add(head)
        self._base_card.add(self.table, 1)
        self._base_card.add(self._stands)
        self._care_card.add(self.care, 1)
        self._care_card.setFixedWidth(theme.px(CARE_WIDTH))
        for part in (self.detail, self.begin):
            part.setFixedWidth(theme.px(DETAIL_WIDTH))
        right = QVBoxLayout()
        right.setSpacing(theme.px(10))
        right.addWidget(self.detail, 1)
        right.addWidget(self.begin)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        row.addWidget(self._base_card, 1)
        row.addWidget(self._care_card)
        row.addLayout(right)

    def _follow(self) -> None:
        """A page of the base makes its figures anew: in the part that is seen alone, the other does so when chosen."""
        if self.isVisible():
            self._show()

    def refresh(self) -> None:
        self.presenter.load()
        self._show()

    def retranslate(self) -> None:
        say, at = self._tongue, max(self.by.currentIndex(), 0)
        self._base_card.set_title(say(words.BASE))
        self._care_card.set_title(say(words.CARE))
        self.table.setAccessibleName(say(words.BASE))
        self.care.setAccessibleName(say(words.CARE))
        self.by.setAccessibleName(say(words.BY))
        self.again.setText(f"{say(words.COUNT_AGAIN)}  {cap(PLANNING[Plan.COUNT][0])}")
        self.again.setAccessibleName(say(words.COUNT_AGAIN))
        self.begin.retranslate()
        self.by.blockSignals(True)
        self.by.clear()
        self.by.addItems([say(filled(words.BY_GROUP, group=say(group))) for group in words.GROUPS])
        self.by.setCurrentIndex(at)
        self.by.blockSignals(False)
        self._show()

    def _show(self) -> None:
        p, say = self.presenter, self._tongue
        self.again.setEnabled(not p.counting)
        if p.unreachable:
            self._stands.set_words(say(words.OFFLINE), Tone.WARN)
        elif p.counting:
            told = filled(words.COUNTING, done=f"{p.done:,}", total=f"{p.total:,}" if p.total else "…")
            self._stands.set_words(say(told), Tone.BRAND)
        elif p.counted_at is not None:
            told = filled(words.COUNTED, total=f"{p.done:,}", time=f"{p.counted_at.astimezone(CHINA):%H:%M}")
            self._stands.set_words(say(told), Tone.MUTED)
        else:
            self._stands.set_words("", Tone.MUTED)
        self._show_base()
        self._show_care()

    def _show_care(self) -> None:
        """The classes, those that most are due for first; the one that is being read stays in view."""
        p, say, read = self.presenter, self._tongue, self._class_at(self.care.currentIndex().row())
        classes = p.classes.classes if p.classes else ()
        due = sorted(classes, key=lambda one: (one.by_notice is not None, -self._due(one)))
        row = next((at for at, one in enumerate(due) if read is not None and one.code == read.code), 0)
        self.care.set_rows(due, empty=say(care_words.LOOKING if p.counting else care_words.NO_CLASSES))
        self._care_card.set_note(f"{sum(p.care.values()):,}" if p.classes else "")
        self.care.setCurrentIndex(self.care.lines.index(row))
        self._show_class(self.care.currentIndex().row())

    def _show_base(self) -> None:
        say = self._tongue
        rows: list[tuple[str, ...]] = []
        if self.presenter.lots:
            from core.offers.base import shares

            label = self._labels()[max(self.by.currentIndex(), 0)]
            everyone = shares(self.presenter.lots, lambda _: words.ALL)
            rows = [self._row(one) for one in (*everyone, *shares(self.presenter.lots, label))]
        self._model.show([say(text) for text in words.BASE_COLUMNS], rows, [row[0] for row in rows])
        self.table.widen((200, 80, 80, 80, 90))

    def _labels(self) -> "tuple[Callable[[Place], Text], ...]":
        names = self.presenter.names
        paid = {True: words.PREPAID, False: words.POSTPAID}
        return (
            lambda one: one.area if one.area.zh else words.UNKNOWN,
            lambda one: one.brand if one.brand.zh else words.UNKNOWN,
            lambda one: paid[one.prepaid] if one.prepaid is not None else words.UNKNOWN,
            lambda one: names.get(one.plan, words.UNKNOWN),
        )

    def _row(self, one: "Share") -> tuple[str, ...]:
        share = one.modern * 1000 // one.customers
        return (
            self._tongue(one.label),
            f"{one.customers:,}",
            f"{one.modern:,}",
            f"{share // 10}.{share % 10}%",
            f"{one.targets:,}",
            f"{one.waiting:,}",
        )

    # Care

    def _area(self, name: str) -> Text:
        """As the base tells it, once customers of it were counted."""
        known = (lot.place.area for lot in self.presenter.lots)
        return next((area for area in known if area.zh == name), Text(name, name))

    def _due(self, care: CareClass) -> int:
        return sum(count for (code, _), count in self.presenter.care.items() if code == care.code)

    def _spoken(self, care: CareClass) -> str:
        told = f"{self._due(care):,}" if care.by_notice is None else self._tongue(care_words.BY_NOTICE)
        return f"{self._tongue(care.label)} · {told}"

    def _draw(self, painter: QPainter, rect: QRectF, care: CareClass) -> None:
        due, room = self._due(care), theme.px(56)
        tone = Tone.NEUTRAL if due else Tone.MUTED
        draw_words(painter, rect.adjusted(0, 0, -room, 0), self._tongue(care.label), theme.font(13), ink(tone))
        figure = f"{due:,}" if care.by_notice is None else self._tongue(care_words.BY_NOTICE)
        face = theme.font(13, bold=bool(due)) if care.by_notice is None else theme.font(12)
        draw_words(painter, rect, figure, face, ink(tone), Qt.AlignmentFlag.AlignRight)

    def _class_at(self, row: int) -> CareClass | None:
        return self.care.lines.row(row) if 0 <= row < self.care.lines.rowCount() else None

    def _show_class(self, row: int) -> None:
        """The class as it is published, with how many it is due for by each channel."""
        lang = self._tongue.lang
        care = self._class_at(row)
        self.begin.show_class(care)
        if care is None:
            self.detail.show_care(None, channel=None, message="", call=())
            return
        from desktop.planning.graph_view import bare_words

        counts = [
            f"{self._tongue(care_words.CHANNELS[channel])} {count:,}"
            for (code, channel), count in sorted(self.presenter.care.items())
            if code == care.code
        ]
        self.detail.show_care(
            care,
            channel=None,
            message=bare_words(care.message.of(lang)),
            call=[bare_words(line.of(lang)) for line in care.call],
            note=" · ".join(counts),
        )
