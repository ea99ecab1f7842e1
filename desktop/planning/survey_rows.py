"""A question of a survey with its answers as bars: what each is, how many gave it, and which part of the answers."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.widgets.painted import Painted, draw_box, draw_words, draw_wrapped, height_of, ink, smooth, wrapped_height
from desktop.widgets.values import Tone

LABEL_PX, FIGURE_PX = 260, 110


class AnswerBar(Struct, frozen=True):
    label: str
    count: int


class QuestionBars(Painted):
    def __init__(self, question: str, answers: Sequence[AnswerBar], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question, self.answers = question, tuple(answers)
        self._sum = sum(one.count for one in answers)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(question)
        self.setAccessibleDescription("; ".join(f"{one.label} {self._figure(one)}" for one in self.answers))

    def _figure(self, one: AnswerBar) -> str:
        part = one.count * 1000 // self._sum if self._sum else 0
        return f"{one.count:,} · {part // 10}.{part % 10}%"

    def _head(self, width: float) -> float:
        return wrapped_height(self._question, theme.font(14, bold=True), width - theme.px(16)) + theme.px(10)

    def _line(self) -> int:
        return round(height_of(theme.font(13))) + theme.px(6)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self._head(width)) + self._line() * len(self.answers) + theme.px(10)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(520), self.heightForWidth(theme.px(520)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        t, width = theme.tokens(), float(self.width())
        if self.hasFocus():
            draw_box(painter, QRectF(self.rect()), fill=None, edge=theme.colour(t.brand), radius=theme.px(4))
        edge, top = theme.px(8), theme.px(4)
        face = theme.font(14, bold=True)
        draw_wrapped(
            painter, QRectF(edge, top, width - 2 * edge, self._head(width)), self._question, face, ink(Tone.NEUTRAL)
        )
        most, y = max((one.count for one in self.answers), default=0), self._head(width)
        label, figure, line = min(theme.px(LABEL_PX), width * 0.4), theme.px(FIGURE_PX), self._line()
        room = width - label - figure - 3 * edge
        for one in self.answers:
            draw_words(painter, QRectF(edge, y, label - edge, line), one.label, theme.font(13), ink(Tone.NEUTRAL))
            long = room * one.count / most if most else 0
            bar = QRectF(label + edge, y + theme.px(5), max(long, 1), line - theme.px(10))
            draw_box(
                painter,
                bar,
                fill=theme.colour(t.bar_on if one.count == most and most else t.bar),
                edge=None,
                radius=theme.px(2),
            )
            right = QRectF(width - figure - edge, y, figure, line)
            draw_words(painter, right, self._figure(one), theme.font(13), ink(Tone.MUTED), Qt.AlignmentFlag.AlignRight)
            y += line
        painter.end()
