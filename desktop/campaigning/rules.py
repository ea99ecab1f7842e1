"""Rules built without code: all of them at the left, the one in hand in the middle, whom it matches at the right."""

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from core.desk.rule_draft import Group
from core.domain.clock import CHINA
from core.domain.text import Text, filled
from core.wire.screening import FactorRow, JudgedRule, RuleRow, RuleStanding, RuleVersion, SavedRule
from desktop import theme
from desktop.campaigning import rule_words as words
from desktop.campaigning.condition_rows import ConditionRows
from desktop.campaigning.factor_picker import FactorPicker
from desktop.campaigning.parts import CampaigningContext, three_cards, within_card
from desktop.campaigning.rule_figures import RuleFigures
from desktop.campaigning.rule_file import RuleFile
from desktop.campaigning.rule_form import RuleForm
from desktop.campaigning.rule_history import RuleHistoryView
from desktop.campaigning.rules_presenter import RulesPresenter
from desktop.keys.caps import cap
from desktop.keys.planning import RULING, Ruling
from desktop.widgets.card import Card
from desktop.widgets.keyed import keyed
from desktop.widgets.label import Label
from desktop.widgets.line_list import LineList
from desktop.widgets.painted import draw_words, ink
from desktop.widgets.part_tabs import Part
from desktop.widgets.values import Tone

LEFT, RIGHT, FIGURE = 268, 348, 44
SETTLE_MS = 350
"""after the last key: then it is counted"""
_STANDING_TONES = {
    RuleStanding.OWN: Tone.BRAND, RuleStanding.DRAFT: Tone.WARN, RuleStanding.WITHDRAWN: Tone.MUTED,
    RuleStanding.BROKEN: Tone.BAD,
}  # fmt: skip


class RulesPart(Part):
    def __init__(self, context: CampaigningContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._tongue = context, context.tongue
        self.presenter = RulesPresenter(
            context.desk, context.ask, lane=context.network_lane, changed=self._show, counted=self._show_figures,
            show_error=context.show_error, saved=self._told_saved,
        )  # fmt: skip
        p = self.presenter
        self._list_card, self._rule_card, self._side_card = Card(), Card(), Card()
        self.sought, self.list = QLineEdit(), LineList[RuleRow](draw=self._draw, spoken=self._spoken, hint=self._hint)
        self.new, self._stands = QPushButton(), Label(size=12, tone=Tone.MUTED, wrap=True)
        self.form = RuleForm(self._tongue, context.scenario_name)
        self.conditions = ConditionRows(self._tongue)
        self.conditions.before = self.form.bound
        self.picker = FactorPicker(self._tongue, p.found, lambda: p.snapshot.customers if p.snapshot else 0)
        self.reason, self.reason_en, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self.save, self.publish = QPushButton(), QPushButton()
        self.publish.setProperty("kind", "primary")
        self.figures, self.history = RuleFigures(self._tongue, p), RuleHistoryView(self._tongue)
        self.file = RuleFile(self._tongue)
        self.tabs, self._stack = QTabBar(), QStackedWidget()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._lay_out()
        self._connect()
        self._bind()
        self.setFocusProxy(self.list)
        self.retranslate()

    def _lay_out(self) -> None:
        for part in (self.sought, self.list, self._stands, self.new):
            self._list_card.add(part, 1 if part is self.list else 0)
        self._rule_card.add(self.form)
        self._rule_card.add(within_card(self.conditions), 3)
        self._rule_card.add(self.picker, 2)
        self._rule_card.add(self.form.missing)
        reasons = QHBoxLayout()
        reasons.addWidget(self.reason, 3)
        reasons.addWidget(self.reason_en, 2)
        self._rule_card.add(reasons)
        last = QHBoxLayout()
        last.addWidget(self.note, 1)
        last.addWidget(self.save)
        last.addWidget(self.publish)
        self._rule_card.add(last)
        for view in (self.figures, self.history, self.file):
            self._stack.addWidget(view)
            self.tabs.addTab("")
        self.tabs.setExpanding(False)
        side = QVBoxLayout()
        side.addWidget(self.tabs)
        side.addWidget(self._stack, 1)
        self._side_card.add(side, 1)
        three_cards(self, self._list_card, self._rule_card, self._side_card, widths=(LEFT, RIGHT))

    def _connect(self) -> None:
        p = self.presenter
        self.sought.textChanged.connect(lambda _: self._show_list())
        self.list.selectionModel().currentChanged.connect(lambda now, _: self._choose(now.row()))
        self.new.clicked.connect(self.begin)
        self.form.edited.connect(self._edited)
        self.conditions.changed.connect(self._changed_tree)
        self.conditions.reshaped.connect(self._reshaped)
        self.picker.picked.connect(self._picked)
        self.reason.textEdited.connect(lambda text: self._worded(text, english=False))
        self.reason_en.textEdited.connect(lambda text: self._worded(text, english=True))
        self.note.textChanged.connect(lambda _: self._show_saving())
        self.save.clicked.connect(lambda: self._save(publish=False))
        self.publish.clicked.connect(lambda: self._save(publish=True))
        self.history.use_wanted.connect(self._use)
        self.history.open_wanted.connect(self._go_on)
        self.file.read_wanted.connect(lambda text: p.judge(text, self._read_in))
        self.tabs.currentChanged.connect(self._turn)
        self._settle.timeout.connect(p.count)

    def _bind(self) -> None:
        acts = {
            Ruling.NEW: self.begin, Ruling.SAVE: lambda: self._save(publish=False), Ruling.FACTOR: self._to_factors,
            Ruling.PUBLISH: lambda: self._save(publish=True), Ruling.STOP: self.presenter.stop,
            Ruling.SIDE: lambda: self.tabs.setCurrentIndex((self.tabs.currentIndex() + 1) % self.tabs.count()),
            Ruling.FIND: self.sought.setFocus, Ruling.GROUP: self.conditions.nest,
            Ruling.REMOVE: self.conditions.remove_in_hand,
        }  # fmt: skip
        for ruling, act in acts.items():
            keyed(self, RULING[ruling][0], act)

    def refresh(self) -> None:
        if not self.presenter.dirty:
            self.presenter.load()

    def retranslate(self) -> None:
        say = self._tongue
        self._list_card.set_title(say(words.RULES))
        self.list.setAccessibleName(say(words.RULES))
        for field, text in (
            (self.sought, words.FIND_RULE), (self.reason, words.REASON), (self.reason_en, words.REASON_EN),
            (self.note, words.NOTE),
        ):  # fmt: skip
            field.setPlaceholderText(say(text))
            field.setAccessibleName(say(text))
        self.reason.setToolTip(say(words.REASON_TOLD))
        for button, text, key in (
            (self.new, words.NEW, Ruling.NEW), (self.save, words.SAVE, Ruling.SAVE),
            (self.publish, words.PUBLISH, Ruling.PUBLISH),
        ):  # fmt: skip
            button.setText(f"{say(text)}  {cap(RULING[key][0])}")
            button.setAccessibleName(say(text))
        self.tabs.setAccessibleName(say(words.RULES))
        for at, title in enumerate(words.TABS):
            self.tabs.setTabText(at, f" {say(title)} ")
        self.tabs.setToolTip(cap(RULING[Ruling.SIDE][0]))
        for part in (self.form, self.picker, self.history, self.file):
            part.retranslate()
        self._show()

    # Showing

    def _show(self) -> None:
        p = self.presenter
        self._show_list()
        rule = p.rule
        self._rule_card.set_title(self._tongue(rule.name) or self._tongue(words.NEW) if rule else "")
        self.form.show_rule(rule, self._context.desk_scenarios())
        self._show_tree()
        if rule is not None:
            for field, text in ((self.reason, rule.reason.zh), (self.reason_en, rule.reason.en)):
                if field.text() != text:
                    field.setText(text)
                    field.setCursorPosition(0)
        self.picker.show_found()
        self.history.show_history(p.history)
        self._show_saving()
        self._show_figures()

    def _show_tree(self) -> None:
        p = self.presenter
        self.conditions.show_tree(p.tree, p.into, self._take_into)

    def _show_list(self) -> None:
        p, say, asked = self.presenter, self._tongue, self.sought.text().lower()
        rows = [one for one in p.rows if asked in f"{one.rule.name.zh}{one.rule.name.en}{one.rule.id}".lower()]
        model = self.list.selectionModel()
        model.blockSignals(True)
        self.list.set_rows(rows, empty=say(words.READING if p.reading else words.NO_RULES))
        at = next((at for at, one in enumerate(rows) if p.rule and one.rule.id == p.rule.id), -1)
        self.list.setCurrentIndex(self.list.lines.index(at))
        model.blockSignals(False)
        self._list_card.set_note(f"{len(p.rows):,}" if p.rows else "")
        if p.unreachable:
            self._stands.set_words(say(words.OFFLINE), Tone.WARN)
        elif p.snapshot is None:
            self._stands.set_words("" if p.reading else say(words.NO_SNAPSHOT), Tone.WARN)
        else:
            time = f"{p.snapshot.taken_at.astimezone(CHINA):%m-%d %H:%M}"
            told = filled(words.SNAPSHOT, time=time, customers=f"{p.snapshot.customers:,}")
            self._stands.set_words(say(told), Tone.MUTED)

    def _show_figures(self) -> None:
        self.figures.show_figures()

    def _show_saving(self) -> None:
        p, said = self.presenter, bool(self.note.text().strip())
        for button in (self.save, self.publish):
            button.setEnabled(p.can_save and said and p.dirty)
            button.setToolTip("" if p.can_save else self._tongue(words.INCOMPLETE))
        self._rule_card.set_note(self._tongue(words.CHANGED) if p.dirty else "", Tone.WARN)

    # Acting

    def begin(self) -> None:
        scenarios = self._context.desk_scenarios()
        self.presenter.begin(scenarios[0] if scenarios else "")
        self.note.clear()
        self.form.name.setFocus()

    def _choose(self, row: int) -> None:
        if 0 <= row < self.list.lines.rowCount():
            self.note.clear()
            self.presenter.open(self.list.lines.row(row).rule.id)

    def _edited(self, fields: dict[str, object]) -> None:
        self.presenter.edit(**fields)
        self._show_saving()
        self._settle.start()

    def _worded(self, text: str, *, english: bool) -> None:
        rule = self.presenter.rule
        if rule is not None:
            old = rule.reason
            self._edited({"reason": Text(old.zh, text) if english else Text(text, old.en)})

    def _changed_tree(self) -> None:
        self.presenter.restructured()
        self._show_saving()
        self._settle.start()

    def _reshaped(self) -> None:
        self._show_tree()
        self._changed_tree()

    def _take_into(self, group: Group) -> None:
        self.presenter.into = group

    def _picked(self, factor: FactorRow) -> None:
        leaf = self.presenter.add(factor)
        self._show_tree()
        self._changed_tree()
        self.conditions.focus(leaf)

    def _to_factors(self) -> None:
        self.picker.asked.setFocus()
        self.picker.asked.selectAll()

    def _save(self, *, publish: bool) -> None:
        if self.publish.isEnabled():
            self.presenter.save(self.note.text(), publish=publish)

    def _use(self, version: int) -> None:
        note = self.note.text().strip()
        if not note:
            self._context.say(words.NOTE, Tone.WARN)
            self.note.setFocus()
            return
        self.presenter.use(version, note)

    def _go_on(self, version: RuleVersion) -> None:
        self.presenter.copy(version.rule)
        self.tabs.setCurrentIndex(0)

    def _told_saved(self, saved: SavedRule) -> None:
        self.note.clear()
        told = words.PUBLISHED if saved.published else words.SAVED if saved.version else words.TAKEN_OUT
        self._context.say(filled(told, version=str(saved.version)), Tone.OK)

    def _read_in(self, judged: JudgedRule) -> None:
        self.file.show_judged(judged, typed=True)
        if judged.rule is not None and not judged.flaws:
            self.presenter.copy(judged.rule)

    def _turn(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        if self._stack.currentWidget() is self.file:
            self.presenter.judge("", lambda judged: self.file.show_judged(judged, typed=False))

    # Painting a rule

    def _spoken(self, row: RuleRow) -> str:
        count = self.presenter.counts.get(row.rule.id)
        told = [self._tongue(row.rule.name), self._tongue(words.STANDINGS[row.standing])]
        return " · ".join([*told, *([f"{count:,}"] if count is not None else [])])

    def _hint(self, row: RuleRow) -> str:
        held = [self._tongue(filled(words.HELD, why=one)) for one in row.held]
        return "\n".join([self._spoken(row), self._tongue(row.asks), *held])

    def _draw(self, painter: QPainter, rect: QRectF, row: RuleRow) -> None:
        room, count = theme.px(FIGURE), self.presenter.counts.get(row.rule.id)
        tone = Tone.WARN if row.held else _STANDING_TONES.get(row.standing, Tone.NEUTRAL)
        face = theme.font(13, bold=row.standing is RuleStanding.OWN)
        draw_words(painter, rect.adjusted(0, 0, -room, 0), self._tongue(row.rule.name), face, ink(tone))
        told = f"{count:,}" if count is not None else self._tongue(words.STANDINGS[row.standing])
        beside = theme.font(13) if count is not None else theme.font(12)
        draw_words(painter, rect, told if count is not None or row.standing is not RuleStanding.SHIPPED else "", beside,
                   ink(Tone.MUTED), Qt.AlignmentFlag.AlignRight)  # fmt: skip
