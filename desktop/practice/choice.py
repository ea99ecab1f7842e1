"""Something that might be said: its key, its words in full on as many lines as they take, and how it was judged."""

from enum import StrEnum
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.widgets.kbd import draw_key, key_width
from desktop.widgets.painted import (
    PaintedButton,
    draw_box,
    draw_focus,
    draw_words,
    draw_wrapped,
    ground,
    ink,
    smooth,
    wrapped_height,
)
from desktop.widgets.values import Tone

EDGE_PX = 9
MARK_PX = 18
"""room at the right for the mark"""


class Judged(StrEnum):
    OPEN = "open"
    RIGHT = "right"
    WRONG = "wrong"
    PASSED = "passed"
    """neither chosen nor right"""


_LOOKS: dict[Judged, tuple[Tone, str]] = {
    Judged.OPEN: (Tone.NEUTRAL, ""),
    Judged.RIGHT: (Tone.OK, "✓"),
    Judged.WRONG: (Tone.BAD, "✗"),
    Judged.PASSED: (Tone.MUTED, ""),
}


class Choice(PaintedButton):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key, self._words, self._judged = "", "", Judged.OPEN
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_choice(self, key: str, words: str, judged: Judged, judgement: str = "") -> None:
        """`judgement` is the verdict in words, for a screen reader."""
        self._key, self._words, self._judged = key, words, judged
        self.setText(words)
        self.setAccessibleName(words)
        self.setAccessibleDescription(" · ".join(part for part in (key, judgement) if part))
        self.updateGeometry()
        self.update()

    @property
    def judged(self) -> Judged:
        return self._judged

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = width - self._left() - theme.px(EDGE_PX + MARK_PX)
        return ceil(wrapped_height(self._words, theme.font(), room)) + theme.px(2 * EDGE_PX)

    def sizeHint(self) -> QSize:
        width = theme.px(420)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(36))

    def _left(self) -> int:
        return int(theme.px(EDGE_PX + 3) + key_width(self._key) + theme.px(9))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        t, rect = theme.tokens(), QRectF(self.rect())
        tone, mark = _LOOKS[self._judged]
        live = self._judged is Judged.OPEN
        edge = theme.colour(t.brand if self.underMouse() else t.edge) if live else ink(tone)
        if self._judged is Judged.PASSED:
            edge = theme.colour(t.line)
        draw_box(painter, rect, fill=ground(tone), edge=edge, radius=theme.px(6))
        draw_key(painter, theme.px(EDGE_PX + 3) + key_width(self._key), rect.center().y(), self._key)
        face = theme.font()
        room = QRectF(self._left(), 0, rect.width() - self._left() - theme.px(EDGE_PX + MARK_PX), rect.height())
        spare = room.height() - wrapped_height(self._words, face, room.width())
        room.setTop(max(spare, 0) / 2)
        draw_wrapped(
            painter, room, self._words, face, ink(Tone.MUTED if self._judged is Judged.PASSED else Tone.NEUTRAL)
        )
        if mark:
            at = QRectF(rect.right() - theme.px(EDGE_PX + MARK_PX), 0, theme.px(MARK_PX), rect.height())
            draw_words(painter, at, mark, theme.font(16, bold=True), ink(tone), Qt.AlignmentFlag.AlignRight)
        if self.hasFocus():
            draw_focus(painter, rect, theme.px(6))
        painter.end()
