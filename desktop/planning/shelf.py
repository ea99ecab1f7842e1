"""The monthly shelf (4G-03) as a picture, and the plans to name in the stretch in view, with what each is."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.desk.shelf_look import FeaturedPlan, ShelfLook, ShelfRow, ShelfWindow, read_shelf
from core.domain.money import yuan_short
from core.domain.text import filled
from desktop import theme
from desktop.planning import catalogue_words as words
from desktop.planning.month_strip import Line, MonthStrip, Stretch
from desktop.planning.parts import Context
from desktop.planning.plan_facts import by_phone, ease
from desktop.widgets.card import Card
from desktop.widgets.card_scroll import CardScroll
from desktop.widgets.key_values import KeyValues
from desktop.widgets.label import Label
from desktop.widgets.part_tabs import Part
from desktop.widgets.values import Row, Tone


class ShelfPage(Part):
    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._tongue = context, context.tongue
        self._look: ShelfLook | None = None
        self._card, self._detail = Card(), Card()
        self.strip, self._told = MonthStrip(), Label(tone=Tone.MUTED, wrap=True)
        self._window, self.plans = Label(bold=True, wrap=True), KeyValues()
        self._only = Label(size=12, tone=Tone.MUTED, wrap=True)
        self._card.add(self.strip)
        self._card.add(self._told)
        self._card.stand_by_content()
        for part in (self._window, self.plans, self._only):
            self._detail.add(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self._card)
        column.addWidget(CardScroll(self._detail), 1)
        self.strip.chosen.connect(lambda _line, _box: self._show_window())
        self.setFocusProxy(self.strip)
        self.retranslate()

    def refresh(self) -> None:
        desk = self._context.desk
        self._context.network_lane(lambda: read_shelf(desk), self._take, self._context.show_error)

    def _take(self, found: ShelfLook) -> None:
        first, self._look = self._look is None, found
        self._show()
        if first:
            self.strip.go_to_today()

    def retranslate(self) -> None:
        say = self._tongue
        self._card.set_title(say(words.SHELF))
        self._card.set_note(say(words.SHELF_KEYS))
        self.strip.setAccessibleName(say(words.SHELF))
        self._detail.set_title(say(words.FEATURED))
        self.plans.setAccessibleName(say(words.FEATURED))
        self._only.set_words(say(words.FEATURED_ONLY))
        self._show()

    def _show(self) -> None:
        found, say = self._look, self._tongue
        rows = found.rows if found else ()
        self._told.set_words(say(words.NO_SHELF) if found and not rows else "")
        self._told.setVisible(bool(found and not rows))
        self.strip.setVisible(bool(rows))
        self._detail.setVisible(bool(rows))
        if found is not None:
            today = say(filled(words.TODAY, day=str(found.today)))
            self.strip.show_lines([self._line(row) for row in rows], today=found.today, today_words=today)
            self._show_window()

    def _line(self, row: ShelfRow) -> Line:
        label = row.shelf.label
        stretches = tuple(self._stretch(one) for one in row.windows)
        return Line(label=self._tongue(label) if label else row.shelf.id, stretches=stretches)

    def _stretch(self, one: ShelfWindow) -> Stretch:
        say, window = self._tongue, one.window
        return Stretch(
            first=window.from_day,
            last=window.until_day,
            days=self._days(one),
            does=say(window.behaviour),
            asks=say(words.ASKED).format(words=say(window.enquiry)),
            names=tuple(self._named(plan) for plan in one.plans),
        )

    def _days(self, one: ShelfWindow) -> str:
        return self._tongue(filled(words.DAYS, first=str(one.window.from_day), last=str(one.window.until_day)))

    def _named(self, one: FeaturedPlan) -> str:
        say = self._tongue
        if one.plan is None:
            return say(filled(words.NOT_THERE, code=one.code))
        if not one.on_sale:
            return say(words.NOT_SOLD).format(name=say(one.plan.name))
        return say(words.NAMED).format(name=say(one.plan.name), yuan=yuan_short(one.plan.fee_fen))

    def _show_window(self) -> None:
        line, box = self.strip.at
        if self._look is None or line >= len(self._look.rows):
            return
        say, row = self._tongue, self._look.rows[line]
        one = row.windows[box]
        asked = say(words.ASKED).format(words=say(one.window.enquiry))
        self._detail.set_note(f"{say(row.shelf.label) if row.shelf.label else row.shelf.id} · {self._days(one)}")
        self._window.set_words(f"{say(one.window.behaviour)} · {asked}")
        self.plans.set_rows([self._row(plan) for plan in one.plans])

    def _row(self, one: FeaturedPlan) -> Row:
        """A plan with what a planner weighs before naming it: ease, open to calls, for whom, why."""
        say, plan = self._tongue, one.plan
        if plan is None or not one.on_sale:
            return Row(one.code, self._named(one), Tone.WARN)
        phone = f"{say(words.COLUMNS[3])} {by_phone(plan, say)}"
        return Row(self._named(one), " · ".join((ease(plan), phone, say(plan.audience), say(plan.advantage))))
