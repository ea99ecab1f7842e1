"""Scripts while they are written: files and mistakes at the left, the graph in the middle, the walk at the right."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from core.desk.script_files import Mistake, ScriptFile
from core.domain.clock import CHINA
from core.domain.text import filled
from desktop import theme
from desktop.keys.planning import PLANNING, Plan
from desktop.planning import words
from desktop.planning.graph_view import GraphView, counted
from desktop.planning.parts import Context
from desktop.planning.scripts_presenter import ScriptsPresenter
from desktop.planning.walk_card import WalkCard
from desktop.planning.watcher import FilesWatcher
from desktop.widgets.card import Card
from desktop.widgets.label import Label
from desktop.widgets.line_list import LineList
from desktop.widgets.painted import draw_words, ink
from desktop.widgets.part_tabs import Part
from desktop.widgets.values import Tone

LEFT, RIGHT = 264, 372
MOST_MISTAKES = 6
"""of a script that are shown at once: the rest is told as soon as these are mended"""
PLAIN = Qt.KeyboardModifier.KeypadModifier


class ScriptsPage(Part):
    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._tongue = context, context.tongue
        self.presenter = ScriptsPresenter(
            context.desk,
            context.ask,
            lane=context.network_lane,
            store_lane=context.store_lane,
            lang=lambda: self._tongue.lang,
            changed=self._show,
            walked=self._show_walk,
            show_error=context.show_error,
        )
        self._watcher = FilesWatcher(self)
        self._files_card, self._graph_card = Card(), Card()
        self.folder = QLineEdit()
        self.list: LineList[ScriptFile] = LineList(draw=self._draw, spoken=self._spoken, hint=self._spoken)
        self._told = Label(wrap=True)
        self.graph, self.walk = GraphView(self._tongue), WalkCard(self._tongue)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.list)
        self.retranslate()

    def _lay_out(self) -> None:
        self._files_card.add(self.folder)
        self._files_card.add(self.list, 1)
        self._files_card.add(self._told)
        self._files_card.setFixedWidth(theme.px(LEFT))
        self.walk.setFixedWidth(theme.px(RIGHT))
        self._graph_card.add(self.graph, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        row.addWidget(self._files_card)
        row.addWidget(self._graph_card, 1)
        row.addWidget(self.walk)

    def _connect(self) -> None:
        p = self.presenter
        self.folder.returnPressed.connect(lambda: p.name_folder(self.folder.text()))
        self.list.selectionModel().currentChanged.connect(lambda now, _: self._choose(now.row()))
        self.list.installEventFilter(self)
        self.graph.chosen.connect(p.go)
        self.walk.answered.connect(p.answer)
        self.walk.walker_chosen.connect(p.choose_walker)
        self.walk.walkers_wanted.connect(p.find_walkers)
        find = QShortcut(QKeySequence(PLANNING[Plan.FIND][0]), self, self.walk.sought.setFocus)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.walk.back_wanted.connect(p.back)
        self.walk.again_wanted.connect(p.begin_again)
        self._watcher.changed.connect(p.read)

    def refresh(self) -> None:
        self.presenter.load()

    def retranslate(self) -> None:
        say = self._tongue
        self._files_card.set_title(say(words.SCRIPTS))
        self.folder.setPlaceholderText(say(words.SHIPPED))
        self.folder.setAccessibleName(say(words.FOLDER))
        self.folder.setToolTip(say(words.FOLDER))
        self.list.setAccessibleName(say(words.SCRIPTS))
        self.presenter.speak(say.lang)
        self.walk.retranslate()
        self.graph.retranslate()
        self._show()

    def _show(self) -> None:
        """Files, mistakes, graph and walk as they are now."""
        p = self.presenter
        self._watcher.watch(p.folder.watched if p.folder else ())
        self.list.blockSignals(True)
        self.list.selectionModel().blockSignals(True)
        self.list.set_rows(p.files, empty=self._tongue(words.READING) if p.reading else "")
        at = next((at for at, one in enumerate(p.files) if one is p.file), -1)
        self.list.setCurrentIndex(self.list.lines.index(at))
        self.list.selectionModel().blockSignals(False)
        self.list.blockSignals(False)
        self._show_mistakes()
        file = p.file
        self.graph.show_graph(file.script if file else None, file.graph if file else None)
        self._graph_card.set_title(
            self._tongue(file.script.title) if file and file.script else (file.id if file else "")
        )
        self._graph_card.set_note(counted(file.graph, self._tongue.lang) if file and file.graph else "")
        self._show_walk()

    def _show_mistakes(self) -> None:
        say, p = self._tongue, self.presenter
        if p.trouble is not None:
            self._told.set_words(
                say(words.mistake(p.trouble.file, p.trouble.line, p.trouble.reason)),
                Tone.BAD,
            )
            return
        if p.reading or p.file is None:
            # A list without files says itself that they are being read.
            self._told.set_words(say(words.READING) if p.files else "", Tone.MUTED)
            return
        mistakes = p.file.mistakes
        if mistakes:
            told = [self._mistake(one) for one in mistakes[:MOST_MISTAKES]]
            left = len(mistakes) - len(told)
            told += [say(filled(words.MORE_MISTAKES, count=str(left)))] if left else []
            self._told.set_words("\n".join(told), Tone.BAD)
        else:
            at = self._context.desk.moment().wall.astimezone(CHINA)
            read = say(filled(words.READ_AT, time=f"{at:%H:%M:%S}"))
            self._told.set_words(f"{say(words.SOUND)} · {read}", Tone.OK)

    def _mistake(self, one: Mistake) -> str:
        return self._tongue(words.mistake(one.file, one.line, one.reason))

    def _show_walk(self) -> None:
        walk = self.presenter.walk
        self.walk.show_walk(self.presenter)
        if walk is not None:
            steps = walk.steps
            self.graph.show_way(steps, steps[-1])

    def _choose(self, row: int) -> None:
        if 0 <= row < self.list.lines.rowCount():
            self.presenter.choose(self.list.lines.row(row).id)

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Digits answer also while the list has the keys."""
        pressed = watched is self.list and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.text().isdigit() and not event.modifiers() & ~PLAIN:
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text, p = event.text(), self.presenter
        if event.key() == Qt.Key.Key_Escape:
            self.list.setFocus()
        elif event.key() == Qt.Key.Key_Left and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            p.back()
        elif event.key() == Qt.Key.Key_Home and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            p.begin_again()
        elif text.isdigit() and text != "0" and not event.modifiers() & ~PLAIN and not self.folder.hasFocus():
            p.answer(int(text))
        else:
            super().keyPressEvent(event)

    # Painting a file

    def _spoken(self, file: ScriptFile) -> str:
        title = self._tongue(file.script.title) if file.script else file.id
        return " · ".join([title, *(self._mistake(one) for one in file.mistakes)])

    def _draw(self, painter: QPainter, rect: QRectF, file: ScriptFile) -> None:
        title = self._tongue(file.script.title) if file.script else file.id
        mark = theme.px(18)
        face = theme.font(13, bold=bool(file.mistakes))
        draw_words(
            painter, rect.adjusted(0, 0, -mark, 0), title, face, ink(Tone.BAD if file.mistakes else Tone.NEUTRAL)
        )
        if file.mistakes:
            draw_words(painter, rect, "✗", theme.font(13, bold=True), ink(Tone.BAD), Qt.AlignmentFlag.AlignRight)
