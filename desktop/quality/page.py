"""The page of quality: for a lead what is to be scored, disputed and coached, for everyone their own scores."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QHideEvent, QPainter, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from core.desk.desk import Desk
from core.domain.quality.inspection import Ruling
from core.domain.text import Text
from desktop import theme
from desktop.keys.caps import cap
from desktop.keys.leading import INSPECTING, Inspect
from desktop.lane import Lane
from desktop.quality import saying, words
from desktop.quality.acts import acts_of, field_of
from desktop.quality.bench import Bench, key_of
from desktop.quality.lines import EntryLines
from desktop.quality.presenter import Entry, Part, QualityPresenter
from desktop.quality.sheet import Line, ScoreSheet
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.choice_list import CHOOSE, ChoiceList
from desktop.widgets.values import Tone

LIST_PX = 320
_TITLES = {
    Part.QUEUE: words.QUEUE, Part.DISPUTES: words.DISPUTES, Part.GIVEN: words.GIVEN, Part.COACHING: words.COACHING,
    Part.OWN: words.OWN,
}  # fmt: skip
_EMPTY = {
    Part.QUEUE: words.NO_QUEUE, Part.DISPUTES: words.NO_DISPUTES, Part.GIVEN: words.NO_GIVEN,
    Part.COACHING: words.NO_COACHING, Part.OWN: words.NO_OWN,
}  # fmt: skip


class QualityPage(QWidget):
    def __init__(
        self,
        desk: Desk,
        tongue: Tongue,
        *,
        lane: Lane,
        say: Callable[[Text, Tone], None],
        show_error: Callable[[Exception], None],
        logged: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tongue = tongue
        self.presenter = p = QualityPresenter(
            desk, lane=lane, changed=self._show, opened_changed=self._show_opened, say=say, show_error=show_error,
            logged=logged, written=self._written,
        )  # fmt: skip
        self._said: dict[UUID, str] = {}
        """what was typed for an entry and not sent: it is there again when that is opened"""
        self._said_of: UUID | None = None
        """whose words stand in the line, where they are no card's draft"""
        self.sheet = ScoreSheet(tongue, marked=p.marked, failed=self._failed, mark=p.mark, toggle=p.toggle_fail)
        self.bench = Bench(tongue, self.sheet)
        self._lines = EntryLines(tongue, p)
        self.list: ChoiceList[Entry] = ChoiceList(
            draw=self._draw, spoken=self._lines.spoken, hint=self._lines.spoken, tall=self._lines.tall,
            key=lambda entry: entry.id, opened=self._open,
        )  # fmt: skip
        self.tabs, self.list_card = QTabBar(), Card()
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.list)
        tongue.changed.connect(self.retranslate)
        self.retranslate()

    def _lay_out(self) -> None:
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for _ in self.presenter.parts:
            self.tabs.addTab("")
        self.tabs.setCurrentIndex(self.presenter.parts.index(self.presenter.part))
        self.list_card.add(self.list, 1)
        self.list_card.setFixedWidth(theme.px(LIST_PX))
        edge = theme.px(10)
        row = QHBoxLayout()
        row.setSpacing(edge)
        row.addWidget(self.list_card)
        row.addWidget(self.bench, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(edge, theme.px(6), edge, edge)
        column.setSpacing(theme.px(6))
        column.addWidget(self.tabs)
        column.addLayout(row, 1)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._turn)
        self.list.activated.connect(lambda _: self.sheet.setFocus())
        self.bench.acted.connect(self.act)
        self.bench.remark_typed.connect(self._typed)
        self.bench.item_words_typed.connect(self._say_of_item)
        self.sheet.chosen_changed.connect(self._show_item)
        keys = {act: self._shortcut(act) for act in (*self.bench.buttons, Inspect.ITEM_WORDS, Inspect.PART)}
        for act in self.bench.buttons:
            keys[act].activated.connect(lambda a=act: self.act(a))
        keys[Inspect.ITEM_WORDS].activated.connect(self.bench.item_words.setFocus)
        keys[Inspect.PART].activated.connect(
            lambda: self.tabs.setCurrentIndex((self.tabs.currentIndex() + 1) % self.tabs.count())
        )
        self.bench.remark.returnPressed.connect(self.list.setFocus)
        self.bench.item_words.returnPressed.connect(self.sheet.setFocus)

    def _shortcut(self, act: Inspect) -> QShortcut:
        shortcut = QShortcut(key_of(act), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        # A key held down acts once: repeated, it would meet the next entry.
        shortcut.setAutoRepeat(False)
        return shortcut

    def refresh(self) -> None:
        self.presenter.load()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.list.begin()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.bench.flush()

    def retranslate(self) -> None:
        say = self._tongue
        self.tabs.setAccessibleName(say(words.QUALITY))
        self.tabs.setToolTip(cap(INSPECTING[Inspect.PART][0]))
        self.sheet.setAccessibleName(say(words.CARD))
        self.bench.path.setAccessibleName(say(words.PATH))
        self.bench.path_title.set_words(say(words.PATH))
        self.bench.item_words.setPlaceholderText(f"{say(words.ITEM_WORDS)}  {cap(INSPECTING[Inspect.ITEM_WORDS][0])}")
        self.bench.item_words.setAccessibleName(say(words.ITEM_WORDS))
        self.sheet.set_card(None)
        self._show()
        self._show_opened()

    def choose(self, part: Part) -> None:
        """Turns to that list, where this person has it."""
        if part in self.presenter.parts:
            self.tabs.setCurrentIndex(self.presenter.parts.index(part))

    def _turn(self, at: int) -> None:
        self.bench.flush()
        self.list.set_rows([])
        self.presenter.turn(self.presenter.parts[at])
        self.list.begin()
        if self.isVisible():
            self.list.setFocus()

    # The lists

    def _show(self) -> None:
        say, p = self._tongue, self.presenter
        for at, part in enumerate(p.parts):
            count = p.count(part)
            self.tabs.setTabText(at, f"  {say(_TITLES[part])}{f' {count}' if count else ''}  ")
        title = say(_TITLES[p.part])
        self.list_card.set_title(title)
        self.list.setAccessibleName(title)
        note = say(saying.summary(p.seen)) if p.seen is not None and p.part is Part.GIVEN else ""
        self.list_card.set_note(note)
        self.list.set_rows(p.entries(), empty=say(words.READING if p.seen is None else _EMPTY[p.part]))

    def _open(self, entry: Entry | None) -> None:
        self.bench.flush()
        self.bench.show_lack("")
        self.presenter.open(entry)

    def _draw(self, painter: QPainter, rect: QRectF, entry: Entry) -> None:
        self._lines.draw(painter, rect, entry)

    # What is in view

    def _show_opened(self) -> None:
        with self._keys_kept():
            self._show_what_is_opened()

    @contextmanager
    def _keys_kept(self) -> Iterator[None]:
        """What had the keys may go out of sight; they are the list's then, and not of whatever Qt finds next."""
        had = self._in_bench()
        yield
        if had and not self._in_bench():
            self.list.setFocus()

    def _in_bench(self) -> bool:
        focus = self.window().focusWidget()
        return focus is not None and self.bench.isAncestorOf(focus)

    def _show_what_is_opened(self) -> None:
        say, p, bench = self._tongue, self.presenter, self.bench
        opened = p.opened
        none = say(CHOOSE) if self.list.lines.rowCount() else ""
        bench.story.set_words(self._lines.story(opened.entry) if opened else none)
        bench.story.setVisible(bool(bench.story.text()))
        bench.chips.set_chips(saying.chips(say, opened.entry.call) if opened and opened.entry.call else [])
        bench.facts.set_rows(self._lines.facts(opened.entry) if opened else ())
        path = opened.path if opened else ()
        bench.path_title.setVisible(bool(path))
        bench.path.setVisible(bool(path))
        bench.path.show_path(path, empty=say(words.NO_PATH))
        card = opened.card if opened else None
        self.sheet.may_mark = p.may_mark
        self.sheet.set_card(card, empty=say(words.NO_CARD) if opened and opened.entry.note is None else "")
        self.sheet.setVisible(opened is None or opened.entry.note is None)
        coaching = p.part is Part.COACHING
        bench.call_card.set_title(say(words.COACHED_ON if coaching else words.CALL))
        bench.score_card.set_title(say(card.title) if card else say(words.LOOKING if coaching else words.CARD))
        bench.put(bench.remark, self._remark())
        self._show_acts()
        self._show_item()
        self._show_standing()

    def _remark(self) -> str:
        """Of a card it stands in the draft; else what was typed for the entry in view, and for no other."""
        opened, now = self.presenter.opened, self.bench.remark.text()
        drafted = opened is not None and self.presenter.may_mark
        subject = opened.entry.id if opened is not None and not drafted else None
        if subject != self._said_of:
            if self._said_of is not None:
                self._said[self._said_of] = now
            self._said_of = subject
            now = self._said.pop(subject, "") if subject is not None else ""
        return opened.draft.remark if opened is not None and drafted else now

    def _written(self, subject: UUID) -> None:
        """What was said of it is on its way: it is not said twice."""
        self._said.pop(subject, None)
        if self._said_of == subject:
            self.bench.remark.clear()

    def _show_acts(self) -> None:
        say, p = self._tongue, self.presenter
        acts, primary = acts_of(p)
        self.bench.set_acts({act: say(text) for act, text in acts.items()}, primary=primary)
        field = field_of(p)
        self.bench.remark.setVisible(field is not None)
        if field is not None:
            self.bench.remark.setPlaceholderText(say(field))
            self.bench.remark.setAccessibleName(say(field))

    def _show_item(self) -> None:
        line, bench = self.sheet.chosen, self.bench
        shown = line is not None and not self.sheet.isHidden()
        bench.help.set_words(self._help(line) if line is not None and shown else "")
        bench.help.setVisible(shown)
        known = self.presenter.marked(line.id) if line is not None else None
        may = shown and self.presenter.may_mark and line is not None and not line.fail
        bench.item_words.setVisible(may or bool(shown and known and known.words))
        bench.item_words.setEnabled(may and known is not None)
        bench.put(bench.item_words, known.words if known else "")

    def _help(self, line: Line) -> str:
        """What is right, and what the digits say while they may be pressed."""
        digits = "   ".join(self._tongue(text) for text in words.MARKS.values())
        return f"{self._tongue(line.help)}\n{digits}" if self.presenter.may_mark else self._tongue(line.help)

    def _show_standing(self) -> None:
        say, p = self._tongue, self.presenter
        result, opened = p.result, p.opened
        if result is None or opened is None:
            self.bench.standing.set_words("")
            self.bench.score_card.set_note("")
            return
        told, tone = saying.points(result)
        left = p.unmarked if p.may_mark else 0
        note = say(words.UNMARKED).format(n=left) if left else say(told)
        self.bench.score_card.set_note(note, Tone.WARN if left else tone)
        if left and not result.failed_by:
            # No verdict stands over a card that is half filled in.
            self.bench.standing.set_words(say(saying.counts(result)), Tone.MUTED)
        else:
            self.bench.standing.set_words(f"{say(told)} · {say(saying.counts(result))}" if p.may_mark else "", tone)

    def _failed(self, fail: str) -> bool:
        opened = self.presenter.opened
        return opened is not None and fail in opened.draft.fails

    # What is typed and pressed

    def _typed(self, text: str) -> None:
        self.presenter.set_remark(text)

    def _say_of_item(self, text: str) -> None:
        line = self.sheet.chosen
        if line is not None:
            self.presenter.say_of_item(line.id, text)

    def act(self, act: Inspect) -> None:
        """What the key or button means for what is in view; what is lacking is said by the message line."""
        acts, _ = acts_of(self.presenter)
        if act not in acts:
            return
        self.bench.flush()
        p, said = self.presenter, self.bench.remark.text()
        match (p.part, act):
            case (Part.QUEUE, Inspect.FIRST):
                p.claim()
            case (Part.QUEUE, Inspect.SECOND):
                p.claim(release=True)
            case (Part.QUEUE, Inspect.SEND):
                p.send()
            case (Part.DISPUTES, _):
                rulings = {Inspect.FIRST: Ruling.UPHELD, Inspect.SECOND: Ruling.AMENDED, Inspect.THIRD: Ruling.VOIDED}
                p.decide(rulings[act])
            case (Part.GIVEN, Inspect.THIRD):
                p.coach(said)
            case (Part.COACHING, _):
                p.look(said, better=act is Inspect.FIRST)
            case (Part.OWN, Inspect.FIRST):
                p.sign()
            case (Part.OWN, Inspect.SECOND):
                p.dispute(said)
