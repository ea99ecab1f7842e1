"""The knowledge panel: a search field, what it finds, the article below. It takes no decisions."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.domain.knowledge import KIND_NAMES, LINE_NAMES, Article, ArticleKind, TipAnswer, TipState
from core.domain.text import Text, filled
from core.store.knowledge import ArticleHit
from desktop import theme
from desktop.keys.call import BOUND, Act
from desktop.keys.caps import cap
from desktop.knowledge import words
from desktop.knowledge.presenter import Found
from desktop.knowledge.reader import ArticleView
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.label import Label
from desktop.widgets.line_list import LineList, line_height
from desktop.widgets.painted import draw_words, ink, width_of
from desktop.widgets.values import Tone

ROWS = 7
MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down)
PAGES = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class KnowledgePanel(QWidget):
    searched = Signal(str)
    chosen = Signal(str, str)
    """kind and name of an article"""
    link_followed = Signal(str)
    write_wanted = Signal()
    rework_wanted = Signal(object)
    """TipAnswer of a tip that came back"""
    closed = Signal()

    def __init__(self, tongue: Tongue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tongue = tongue
        self._article: Article | None = None
        self._answers: list[TipAnswer] = []
        self._refused: list[Text] = []
        self._card = Card()
        self.field = QLineEdit()
        self.field.setClearButtonEnabled(True)
        self.list: LineList[ArticleHit] = LineList(draw=self._draw, spoken=self._spoken, hint=lambda hit: hit.excerpt)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFixedHeight(line_height() * ROWS + theme.px(4))
        self.reader = ArticleView()
        self.reader.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._told = Label(size=12, tone=Tone.MUTED, wrap=True)
        self.write, self.rework, self.close_button = QPushButton(), QPushButton(), QPushButton()
        self._lay_out()
        self.field.textChanged.connect(self.searched)
        self.field.installEventFilter(self)
        self.list.selectionModel().currentChanged.connect(lambda now, _: self._choose(now.row()))
        self.reader.link_followed.connect(self.link_followed)
        self.write.clicked.connect(self.write_wanted)
        self.rework.clicked.connect(self._take_up)
        self.close_button.clicked.connect(self.closed)
        tongue.changed.connect(self.retranslate)
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.field, 1)
        for button in (self.write, self.close_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            head.addWidget(button)
        self._card.add(head)
        self._card.add(self.list)
        told = QHBoxLayout()
        told.addWidget(self._told, 1)
        told.addWidget(self.rework)
        self._card.add(told)
        self._card.add(self.reader, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)

    def retranslate(self) -> None:
        say = self._tongue
        self._card.set_title(say(words.KNOWLEDGE))
        self._card.set_key(cap(BOUND[Act.KNOWLEDGE][0]))
        self.field.setPlaceholderText(say(words.SEARCH))
        self.field.setAccessibleName(say(words.SEARCH))
        self.list.setAccessibleName(say(words.RESULTS))
        self.reader.setAccessibleName(say(words.ARTICLE))
        self.write.setText(f"{say(words.WRITE)}  {cap(BOUND[Act.TIP][0])}")
        self.rework.setText(say(words.REWORK))
        self.close_button.setText(f"{say(words.CLOSE)}  Esc")
        self.list.viewport().update()
        self._tell_answers()
        if self._article is not None:
            self.show_article(self._article)

    def show_found(self, found: Found) -> None:
        """The first one is opened at once; what is being read stays where it is among them."""
        say, typed = self._tongue, self.field.text().strip()
        kept = self._article
        self.list.set_rows(found.hits, empty=say(words.NOTHING if typed else words.EMPTY))
        self._card.set_note(str(len(found.hits)))
        self._answers, self._refused = found.answers, found.refused
        self._tell_answers()
        names = [hit.name for hit in found.hits]
        if names:
            self._select(names.index(kept.id) if kept is not None and kept.id in names and not typed else 0)
        else:
            self._article = None
            self.reader.clear()

    def show_article(self, article: Article) -> None:
        say, lang = self._tongue, self._tongue.lang
        self._article = article
        version = say(filled(words.VERSION, version=str(article.version)))
        by = say(filled(words.BY, author=article.author)) if article.author else say(KIND_NAMES[article.kind])
        note = " · ".join((say(LINE_NAMES[article.line]), by, version))
        self.reader.show_markdown(article.title.of(lang), note, article.body.of(lang))

    def _tell_answers(self) -> None:
        """What became of one's own tips, newest first."""
        say = self._tongue
        lines = [say(words.NOT_TAKEN) + say(why) for why in self._refused]
        lines += [
            say(filled(words.ANSWER, title=one.title, state=say(words.STATES[_state(one)]), reason=one.reason)).rstrip()
            for one in self._answers
        ]
        self._told.set_words("\n".join([say(words.MINE), *lines]) if lines else "")
        self._told.setVisible(bool(lines))
        self.rework.setVisible(any(one.again for one in self._answers))

    def _take_up(self) -> None:
        """The newest of those that came back."""
        self.rework_wanted.emit(next(one for one in self._answers if one.again))

    def _select(self, row: int) -> None:
        index = self.list.lines.index(row)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)

    def _choose(self, row: int) -> None:
        if row >= 0:
            hit = self.list.lines.row(row)
            self.chosen.emit(hit.kind, hit.name)

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the search field: up and down go through the list, the page keys through the article."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in MOVES and self.list.lines.rowCount():
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self._select(min(max(self.list.currentIndex().row() + step, 0), self.list.lines.rowCount() - 1))
                return True
            if event.key() in PAGES:
                self.reader.event(event)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        # Digits and letters are the page's: here they would answer the script.
        event.accept()

    # Painting a line

    def _spoken(self, hit: ArticleHit) -> str:
        say = self._tongue
        parts = [hit.title.of(say.lang), say(LINE_NAMES[hit.line])]
        if hit.form is ArticleKind.TIP:
            parts.append(say(KIND_NAMES[hit.form]))
        if hit.linked:
            parts.append(say(words.AT_STEP))
        return " · ".join(parts)

    def _draw(self, painter: QPainter, rect: QRectF, hit: ArticleHit) -> None:
        """Title at the left; at the right where the words were found, else step, kind and line of work."""
        say = self._tongue
        title, face = hit.title.of(say.lang), theme.font(13, bold=hit.linked)
        rest = hit.excerpt or self._spoken(hit).removeprefix(title).removeprefix(" · ")
        small = theme.font(12)
        room = min(width_of(rest, small) + 1, max(rect.width() * 0.5, rect.width() - width_of(title, face) - 14))
        draw_words(painter, rect.adjusted(0, 0, -room - theme.px(8), 0), title, face, ink(Tone.NEUTRAL))
        tone = ink(Tone.BRAND if hit.linked else Tone.MUTED)
        right = QRectF(rect.right() - room, rect.top(), room, rect.height())
        draw_words(painter, right, rest, small, tone, Qt.AlignmentFlag.AlignRight)


def _state(answer: TipAnswer) -> TipState:
    if answer.again:
        return TipState.RETURNED
    return TipState.WITHDRAWN if answer.withdrawn else answer.state
