"""The status line: connection and what waits, calling hours and counts, the tabs, who is signed in."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from core.compliance import Standing
from core.desk.session_ended import refusal_in, session_ended
from core.domain.errors import StoreDisk
from core.domain.people import ROLE_NAMES, Agent
from core.domain.text import Text, filled
from core.sync.status import SyncState, SyncStatus
from desktop import theme
from desktop.keys.call import BOUND, Act
from desktop.keys.caps import cap
from desktop.shell import words
from desktop.shell.page import ShellPage
from desktop.tongue import Tongue
from desktop.widgets.label import Label
from desktop.widgets.painted import Painted, ink, smooth
from desktop.widgets.values import Tone

STATE_PX = 360
"""room for the state of the sync at the left, also while one is offline"""
STATE_ENOUGH_PX, STATE_LEAST_PX, WHO_LEAST_PX = 170, 90, 44
"""from when on there is room for who is signed in; so far the words at both sides are cut where the tabs need theirs"""
TAB_EDGES_PX = 28
"""around the words of a tab, with the gap to the next"""
HOURS_FROM_MIN = 120
"""from here on the time offline is told in hours"""


class Footer(Painted):
    page_chosen = Signal(object)
    sign_in_wanted = Signal()
    laid_out = Signal()
    """words or sizes have changed, and all stands where it belongs"""

    def __init__(
        self, tongue: Tongue, agent: Agent, pages: dict[str, ShellPage[Any]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tongue, self._agent, self._pages = tongue, agent, pages
        self._dot, self._state = Dot(), Label(size=12, tone=Tone.MUTED)
        self.sign_in = QPushButton()
        self.sign_in.setProperty("kind", "plain")
        self.sign_in.clicked.connect(self.sign_in_wanted)
        self.sign_in.hide()
        self._standing = Label(size=12, tone=Tone.MUTED)
        self._who = Label(size=12, tone=Tone.MUTED)
        self._pause: Text | None = None
        self._all_well = False
        for whole in (self._state, self._who):
            # As wide as their words up to a bound: a long verdict on the customer is cut first, it stands in full above
            # the line when it is asked.
            whole.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._tabs = [QPushButton() for _ in pages]
        self._keys_shown, self._keys_px = False, 0
        self._group = QButtonGroup(self)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(2), theme.px(16), theme.px(2))
        row.setSpacing(theme.px(10))
        for widget in (self._dot, self._state, self.sign_in, self._standing):
            row.addWidget(widget)
        row.addStretch(1)
        for index, tab in enumerate(self._tabs):
            tab.setProperty("kind", "plain")
            tab.setCheckable(True)
            tab.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._group.addButton(tab, index)
            row.addWidget(tab)
        row.addWidget(self._who)
        self._tabs[0].setChecked(True)
        self._group.idClicked.connect(self._on_clicked)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def retranslate(self) -> None:
        say = self._tongue
        for tab, (key, page) in zip(self._tabs, self._pages.items(), strict=True):
            tab.setToolTip(key)
            tab.setAccessibleName(say(page.title))
        self.sign_in.setText(f"{say(words.SIGN_IN_AGAIN)}  {cap(BOUND[Act.SIGN_IN][0])}")
        self.sign_in.setAccessibleName(say(words.SIGN_IN_AGAIN))
        self._show_who()
        self._fit_tabs()

    def show_pause(self, pause: Text | None) -> None:
        """The break or training that runs, in the place of number and role: the tabs stay where they are."""
        self._pause = pause
        self._show_who()
        self._share_words()

    def _show_who(self) -> None:
        say = self._tongue
        who = say(words.WHO).format(number=self._agent.staff_number, role=say(ROLE_NAMES[self._agent.role]))
        if self._pause is not None:
            who = say(self._pause)
        self._who.set_words(f"{self._agent.name} · {who}", Tone.WARN if self._pause is not None else Tone.MUTED)

    def show_page(self, page: ShellPage[Any]) -> None:
        self._tabs[list(self._pages.values()).index(page)].setChecked(True)

    def _on_clicked(self, index: int) -> None:
        self.page_chosen.emit(list(self._pages.values())[index])

    def show_sync(self, status: SyncStatus, now: datetime) -> None:
        text, tone = sync_words(status, now)
        spoken = self._tongue(text)
        self._state.set_words(spoken)
        why = status.last_error.spoken(self._tongue.lang) if status.last_error else ""
        # The words may be cut: whoever asks why reads them whole, too.
        self._state.setToolTip(f"{spoken}\n{why}" if why else "")
        self._dot.set_tone(tone)
        self._all_well = tone in (Tone.OK, Tone.BRAND)
        out = status.state is SyncState.SIGNED_OUT
        if out is self.sign_in.isHidden():
            self.sign_in.setVisible(out)
            self._fit_tabs()

    def show_standing(self, standing: Standing | None) -> None:
        if standing is None:
            self._standing.set_words("")
            return
        say = self._tongue
        self._standing.set_words(f"{say(standing.hours)} · {say(standing.counts)}")
        tone = Tone.MUTED if standing.allowed else Tone.WARN
        if not standing.allowed:
            self._standing.set_words(say(standing.verdict))
        self._standing.set_words(self._standing.text(), tone)

    @property
    def state_right(self) -> int:
        """Where the words on the sync end, in pixels from the left."""
        return self._state.x() + min(self._state.sizeHint().width(), self._state.maximumWidth())

    @property
    def dot_right(self) -> int:
        """Where the mark of the sync's state ends, in pixels from the left."""
        return self._dot.geometry().right() + 1

    @property
    def all_well(self) -> bool:
        """The server is there and nothing is wrong: words on the sync may be covered for a while."""
        return self._all_well

    @property
    def tabs_left(self) -> int:
        return self._tabs[0].x()

    @property
    def sync_text(self) -> str:
        return self._state.text()

    @property
    def sync_hint(self) -> str:
        """The same words whole, and what went wrong."""
        return self._state.toolTip()

    @property
    def who_text(self) -> str:
        return self._who.text()

    @property
    def tabs(self) -> list[QPushButton]:
        return self._tabs

    def minimumSizeHint(self) -> QSize:
        """With the keys left out and the words at both sides cut: neither pages nor messages widen the window."""
        least = self._beside_words() + theme.px(STATE_LEAST_PX + WHO_LEAST_PX)
        return QSize(least - (self._keys_px if self._keys_shown else 0), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_tabs()

    def restyled(self) -> None:
        super().restyled()
        self._fit_tabs()

    def _fit_tabs(self) -> None:
        """Each tab with its key where the width allows it for all of them, else with its title alone.

        The width of the window decides, not the words on sync and customer: tabs do not move from call to call.
        """
        titles = [(self._tongue(page.title), f" {key}") for key, page in self._pages.items()]
        measure = self._tabs[0].fontMetrics().horizontalAdvance
        self._keys_px = sum(measure(key) for _, key in titles)
        whole = self._who.sizeHint().width() + theme.px(STATE_PX + TAB_EDGES_PX * len(titles))
        whole += sum(measure(title) for title, _ in titles) + self._keys_px
        if not self.sign_in.isHidden():
            # The one exception: how to come back is read before the keys of pages are.
            whole += self.sign_in.sizeHint().width() + self._row.spacing()
        self._keys_shown = self.width() >= whole
        for tab, (title, key) in zip(self._tabs, titles, strict=True):
            tab.setText(title + key if self._keys_shown else title)
        self._share_words()

    def _share_words(self) -> None:
        """The tabs are never squeezed: what they leave goes to who is signed in, then to the state of the sync."""
        room = self.width() - self._beside_words()
        who = min(self._who.sizeHint().width(), max(room - theme.px(STATE_ENOUGH_PX), theme.px(WHO_LEAST_PX)))
        self._who.setMaximumWidth(who)
        self._state.setMaximumWidth(max(room - who, theme.px(STATE_LEAST_PX)))

    def _beside_words(self) -> int:
        """What everything takes that is never cut, in pixels, and the least of the verdict."""
        edges = self._row.contentsMargins()
        whole = sum(widget.sizeHint().width() for widget in (self._dot, *self._tabs))
        shown = self._row.count()
        if self.sign_in.isHidden():
            shown -= 1
        else:
            whole += self.sign_in.sizeHint().width()
        gaps = self._row.spacing() * (shown - 1)
        return edges.left() + edges.right() + gaps + whole + self._standing.minimumSizeHint().width()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self.laid_out.emit()
        return done

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        t = theme.tokens()
        painter.fillRect(self.rect(), theme.colour(t.card))
        painter.setPen(theme.colour(t.line))
        painter.drawLine(0, 0, self.width(), 0)
        painter.end()


class Dot(Painted):
    def __init__(self) -> None:
        super().__init__()
        self._tone = Tone.MUTED
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_tone(self, tone: Tone) -> None:
        self._tone = tone
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(10), theme.px(10))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink(self._tone))
        painter.drawEllipse(QRectF(1, 1, self.width() - 2, self.height() - 2))
        painter.end()


def sync_words(status: SyncStatus, now: datetime) -> tuple[Text, Tone]:
    """One line that says whether one is connected and whether everything is uploaded."""
    waits = _waiting(status)
    if status.state is SyncState.SIGNED_OUT:
        refusal = refusal_in(status)
        if refusal is None:
            return (filled(words.SIGNED_OUT, what=waits) if waits else words.SIGNED_OUT_NONE), Tone.BAD
        why = session_ended(refusal).title
        return (filled(words.ENDED, why=why, what=waits) if waits else filled(words.ENDED_NONE, why=why)), Tone.BAD
    if status.state is SyncState.OFFLINE:
        since = _since(int((now - status.since).total_seconds() // 60))
        if waits:
            return filled(words.OFFLINE, since=since, what=waits), Tone.WARN
        return filled(words.OFFLINE_NONE, since=since), Tone.WARN
    if status.state is SyncState.SYNCING:
        done = status.progress[0] if status.progress else 0
        return (filled(words.SYNCING_COUNT, done=f"{done:,}") if done else words.SYNCING), Tone.BRAND
    if isinstance(status.last_error, StoreDisk):
        return words.ONLINE_NOT_KEPT, Tone.BAD
    if waits:
        return filled(words.ONLINE_WAITING, what=waits), Tone.BRAND
    if status.refused:
        return filled(words.ONLINE_REFUSED, n=str(status.refused)), Tone.WARN
    return words.ONLINE, Tone.OK


def _waiting(status: SyncStatus) -> Text | None:
    """Results as an agent counts them: that each brings a dial and texts along is no matter of theirs."""
    if status.results:
        return filled(words.RESULTS, n=str(status.results))
    return words.RECORDS if status.waiting else None


def _since(minutes: int) -> Text:
    if minutes < 1:
        return words.JUST_NOW
    if minutes < HOURS_FROM_MIN:
        return filled(words.MINUTES, n=str(minutes))
    return filled(words.HOURS, n=str(minutes // 60))
