"""One list of all that waits for the lead, the oldest first; Enter opens the page where it is decided."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from core.domain.errors import Refused, ServerUnreachable
from desktop import theme
from desktop.lane import Lane
from desktop.shell.page import PageContext
from desktop.team import words
from desktop.team.ages import ago
from desktop.team.inbox import REFUSED, SOURCES, Found, Waiting
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.line_list import LineList
from desktop.widgets.painted import draw_words, ink
from desktop.widgets.values import Tone

_KIND_PX, _AGE_PX = 84, 84


class InboxCard(Card):
    """Each source is asked by itself: one that cannot be read keeps none of the others from being seen."""

    wanted = Signal(str)
    """staff number of the agent whose desk is to come into view"""

    def __init__(
        self,
        context: PageContext,
        tongue: Tongue,
        *,
        lane: Lane,
        now: Callable[[], datetime],
        show_error: Callable[[Exception], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._context, self._tongue, self._lane = context, tongue, lane
        self._now, self._show_error = now, show_error
        self._found: dict[int, Sequence[Waiting]] = {}
        self._unread: set[int] = set()
        self._asked = 0
        self.list: LineList[Waiting] = LineList(draw=self._draw, spoken=self._spoken, hint=lambda one: one.what)
        self.add(self.list, 1)
        self.list.activated.connect(lambda index: self.open(index.row()))
        tongue.changed.connect(self.retranslate)
        self.retranslate()

    @property
    def rows(self) -> list[Waiting]:
        """Oldest first."""
        return sorted((one for found in self._found.values() for one in found), key=lambda one: (one.since, one.what))

    def load(self) -> None:
        """Asks every source; an answer that a later asking has overtaken is dropped."""
        self._asked += 1
        for place in range(len(SOURCES)):
            self._ask(place)

    def board_read(self) -> None:
        """What the board tells of is read once more: it has just been told anew."""
        self._ask(SOURCES.index(REFUSED))

    def _ask(self, place: int) -> None:
        self._lane(
            SOURCES[place].ask(self._context),
            partial(self._take, self._asked, place),
            partial(self._missed, self._asked, place),
        )

    def open(self, row: int) -> None:
        if 0 <= row < self.list.lines.rowCount():
            one = self.list.lines.row(row)
            if one.agent:
                self.wanted.emit(one.agent)
            else:
                self._context.show_page(SOURCES[one.source].page())

    def retranslate(self) -> None:
        self.set_title(self._tongue(words.INBOX))
        self.list.setAccessibleName(self._tongue(words.INBOX))
        self._show()

    def _take(self, ticket: int, place: int, found: Sequence[Found]) -> None:
        if ticket == self._asked:
            self._unread.discard(place)
            self._found[place] = [
                Waiting(source=place, what=one.what, who=one.who, since=one.since, agent=one.agent) for one in found
            ]
            self._show()

    def _missed(self, ticket: int, place: int, error: Exception) -> None:
        if ticket != self._asked:
            return
        if isinstance(error, ServerUnreachable):
            self._unread.add(place)
        elif isinstance(error, Refused):
            # Nothing of this kind waits for somebody of this role.
            self._found.pop(place, None)
        else:
            self._show_error(error)
        self._show()

    def _show(self) -> None:
        rows, at = self.rows, self.list.currentIndex().row()
        # What is chosen stays chosen, though older things came before it.
        chosen = self.list.lines.row(at) if 0 <= at < self.list.lines.rowCount() else None
        at = rows.index(chosen) if chosen is not None and chosen in rows else at
        self.list.set_rows(rows, empty=self._tongue(words.INBOX_UNREAD if self._unread else words.INBOX_EMPTY))
        if 0 <= at < len(rows):
            self.list.setCurrentIndex(self.list.lines.index(at))
        unread = self._tongue(words.INBOX_UNREAD) if self._unread and rows else ""
        self.set_note(unread or (str(len(rows)) if rows else ""), Tone.WARN if unread else Tone.MUTED)

    def _kind(self, one: Waiting) -> str:
        return self._tongue(SOURCES[one.source].name)

    def _age(self, one: Waiting) -> str:
        return self._tongue(ago(one.since, self._now()))

    def _spoken(self, one: Waiting) -> str:
        return " · ".join((self._kind(one), one.what, one.who, self._age(one)))

    def _draw(self, painter: QPainter, rect: QRectF, one: Waiting) -> None:
        """Kind, what and who, how long."""
        kind, age, face = theme.px(_KIND_PX), theme.px(_AGE_PX), theme.font(13)
        left = QRectF(rect.left() + theme.px(4), rect.top(), kind, rect.height())
        right = QRectF(rect.right() - age, rect.top(), age - theme.px(4), rect.height())
        middle = QRectF(left.right(), rect.top(), right.left() - left.right(), rect.height())
        draw_words(painter, left, self._kind(one), theme.font(13, bold=True), ink(Tone.BRAND))
        draw_words(painter, middle, f"{one.what} · {one.who}", face, ink(Tone.NEUTRAL))
        draw_words(painter, right, self._age(one), theme.font(12), ink(Tone.MUTED), Qt.AlignmentFlag.AlignRight)
