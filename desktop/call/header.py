"""The dark bar above the call: who it is, what must not be missed, the number, the call's state and its button."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from core.calling import Action
from core.domain.call import CallState, Direction
from core.domain.masking import mask_number
from core.domain.task import TIER_NAMES, Tier
from desktop import theme
from desktop.call import words
from desktop.call.header_button import HeaderButton
from desktop.call.presenter import CallPresenter
from desktop.keys.call import BOUND, Act
from desktop.keys.caps import cap
from desktop.tongue import Tongue
from desktop.widgets.chip import Chip
from desktop.widgets.kbd import Kbd
from desktop.widgets.label import Label
from desktop.widgets.painted import Painted, draw_words
from desktop.widgets.values import Tone

NEED_CHIPS = 2
"""special needs that get a chip of their own; further ones are joined into the second"""
NAME_MOST_PX = 220
"""that of a firm may be long"""


class CallHeader(Painted):
    dial_pressed = Signal()
    end_pressed = Signal()
    reveal_pressed = Signal()
    number_chosen = Signal(str)

    def __init__(self, tongue: Tongue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tongue = tongue
        self._name = Label(size=18, bold=True, on_header=True)
        self._tier = Chip(clickable=False)
        self._best = Chip(clickable=False, tone=Tone.VIP)
        self._needs = [SolidChip() for _ in range(NEED_CHIPS)]
        self._complaint = Chip(clickable=False, tone=Tone.BAD)
        self._number = Label(on_header=True)
        self._reveal = QPushButton()
        self._reveal.setProperty("kind", "header")
        self._reveal_key = Kbd(cap(BOUND[Act.REVEAL][0]))
        self._reveal_key.set_on_header(True)
        self._others = QPushButton("▾")
        self._others.setProperty("kind", "header")
        self._state = CallStateLabel()
        self._source = Label(size=12, tone=Tone.MUTED, on_header=True)
        self._end = HeaderButton(cap(BOUND[Act.END][0]))
        self._dial = HeaderButton(cap(BOUND[Act.DIAL][0]))
        for whole in (self._name, self._number):
            # Who it is and what is dialled are read first: chips and remarks are cut before them.
            whole.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self._name.setMaximumWidth(theme.px(NAME_MOST_PX))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        row.setSpacing(theme.px(10))
        for widget in (self._name, self._tier, *self._needs, self._complaint, self._best):
            row.addWidget(widget)
        for widget in (self._number, self._others, self._reveal, self._reveal_key):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (self._state, self._source, self._end, self._dial):
            row.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(theme.px(56))
        self._dial.clicked.connect(self.dial_pressed)
        self._end.clicked.connect(self.end_pressed)
        self._reveal.clicked.connect(self.reveal_pressed)
        self._others.clicked.connect(self._choose_number)
        self._numbers: tuple[str, ...] = ()

    @property
    def name(self) -> Label:
        """Who is open."""
        return self._name

    @property
    def number(self) -> Label:
        """The number that is dialled, masked or not."""
        return self._number

    def show_customer(self, presenter: CallPresenter) -> None:
        """Name, tier, what must not be missed."""
        session, say = presenter.session, self._tongue
        self._name.set_words(session.opened.name if session else say(words.NOBODY))
        document = session.opened.document if session else None
        identity, contact = (document.identity, document.contact) if document else (None, None)
        tier = identity.tier if identity else Tier.NONE
        _chip(self._tier, say(TIER_NAMES[tier]) if session else "", Tone.NEUTRAL if tier is Tier.NONE else Tone.VIP)
        best = contact.best_time if contact else None
        _chip(self._best, say(words.BEST_TIME).format(time=say(best)) if best else "", Tone.VIP)
        needs = contact.special_needs if contact else []
        colon, semicolon = say(words.COLON), say(words.SEMICOLON)
        spoken = [f"{say(need.label)}{colon}{say(need.service)}" for need in needs]
        spoken = [*spoken[: NEED_CHIPS - 1], semicolon.join(spoken[NEED_CHIPS - 1 :])] if spoken else []
        for index, chip in enumerate(self._needs):
            _chip(chip, spoken[index] if index < len(spoken) else "", Tone.WARN)
        tickets = document.care.tickets if document and document.care else []
        open_complaint = any(t.complaint and t.closed_at is None for t in tickets)
        _chip(self._complaint, say(words.OPEN_COMPLAINT) if open_complaint else "", Tone.BAD)
        self._numbers = session.opened.numbers if session else ()

    def show_call(self, presenter: CallPresenter) -> None:
        """Number, state, timer and what the state offers."""
        session, say = presenter.session, self._tongue
        number = presenter.call.number
        shown = number if presenter.call.revealed else mask_number(number)
        self._number.set_words(shown or (say(words.NO_NUMBER) if session else ""))
        for widget in (self._reveal, self._reveal_key):
            widget.setVisible(bool(number))
        self._reveal.setText(say(words.HIDE if presenter.call.revealed else words.SHOW))
        self._others.setVisible(len(self._numbers) > 1)
        self._others.setAccessibleName(say(words.OTHER_NUMBERS))
        self._others.setToolTip(say(words.OTHER_NUMBERS))
        actions = session.flow.actions if session else frozenset()
        state = presenter.call.state
        # When to call has served its turn, and the wrap-up's words need the room.
        self._best.setVisible(bool(self._best.words) and state is not CallState.WRAP_UP)
        self._dial.setVisible(Action.DIAL in actions or Action.ANSWERED in actions)
        self._dial.setEnabled(bool(number))
        ringing = state is CallState.DIALLING
        label = words.ANSWERED if ringing else words.REDIAL if state is CallState.WRAP_UP else words.DIAL
        self._dial.set_action(say(label), Tone.NEUTRAL if state is CallState.WRAP_UP else Tone.BRAND)
        late = Action.ANSWERED in actions and not ringing
        self._end.setVisible(late or Action.ENDED in actions or Action.REOPEN in actions)
        ending = words.END_CALL if Action.ENDED in actions else words.ANSWERED_AFTER_ALL if late else words.REOPEN
        self._end.set_action(say(ending), Tone.BAD if Action.ENDED in actions else Tone.NEUTRAL)
        self.tick(presenter)

    def tick(self, presenter: CallPresenter) -> None:
        """The timer, each second."""
        session, say = presenter.session, self._tongue
        state = presenter.call.state
        names = {
            CallState.PREVIEW: words.PREVIEW,
            CallState.DIALLING: words.DIALLING,
            CallState.IN_CALL: words.IN_CALL,
            CallState.WRAP_UP: words.WRAP_UP,
            CallState.SAVED: words.WRAP_UP,
        }
        talk = session.talk_s() if session else 0
        shown, clock = say(names[state]), f"{talk // 60:02d}:{talk % 60:02d}"
        if state is CallState.IN_CALL:
            shown = f"{shown} {clock}"
        elif talk:
            # The wrap-up has a clock of its own beside the save: this one says whose it is.
            shown = say(words.TALKED).format(state=shown, time=clock)
        self._state.set_state(shown if session else "", live=state is CallState.IN_CALL)
        inbound = session is not None and session.flow.direction is Direction.INBOUND
        source = say(words.AGENT_STATED) if talk or state is CallState.IN_CALL else ""
        # Before the call its reason counts; from then on the clock's words need the room.
        checked = say(presenter.call.checked) if presenter.call.checked is not None and not source else ""
        told = (say(words.INBOUND) if inbound else "", source, checked)
        self._source.set_words(" · ".join(part for part in told if part))
        self._source.setToolTip(say(presenter.call.checked) if presenter.call.checked is not None else "")

    def _choose_number(self) -> None:
        menu = QMenu(self)
        for number in self._numbers:
            menu.addAction(mask_number(number)).setData(number)
        menu.triggered.connect(lambda action: self.number_chosen.emit(action.data()))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._others.mapToGlobal(self._others.rect().bottomLeft()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(theme.tokens().header))
        painter.end()


class SolidChip(Chip):
    """A chip on a filled ground: for what must not be missed on the dark bar."""

    def __init__(self) -> None:
        super().__init__(clickable=False, tone=Tone.WARN)

    def _colours(self) -> tuple[QColor, QColor | None, QColor]:
        return QColor("#b25e00"), None, QColor("#ffffff")


class CallStateLabel(Painted):
    """The state in large type, with a dot while the line is open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._live = "", False

    def set_state(self, text: str, *, live: bool) -> None:
        self._text, self._live = text, live
        self.setAccessibleName(text)
        width = self.fontMetrics().horizontalAdvance(text) * 20 // 14 + theme.px(32)
        if width != self.minimumWidth():
            self.setMinimumWidth(width)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        t = theme.tokens()
        colour = theme.colour(t.live if self._live else t.header_mut)
        text = f"● {self._text}" if self._live else self._text
        draw_words(painter, QRectF(self.rect()), text, theme.font(18), colour, Qt.AlignmentFlag.AlignRight)
        painter.end()


def _chip(chip: Chip, text: str, tone: Tone) -> None:
    chip.set_chip(text, tone=tone)
    chip.setVisible(bool(text))
