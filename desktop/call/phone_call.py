"""The call with the customer in view: dialled once its reason was looked at again, answered, ended, gone on with."""

from collections.abc import Callable

from core.calling import Action, Dialler
from core.compliance import Standing
from core.desk.call_session import CallSession
from core.desk.desk import Desk
from core.domain.calendar import Window
from core.domain.call import CallState
from core.domain.text import Text
from desktop.call import quiet_words, words
from desktop.call.part import Part
from desktop.call.phone_line import PhoneLine
from desktop.call.rechecking import Rechecking
from desktop.lane import Lane
from desktop.widgets.values import Tone


class PhoneCall:
    """`in_view` gives the customer's session, `in_hand` the one whom a key acts on; `touched` is told of what is to be
    drawn and kept, `changed` of what is only drawn. `rechecking`: None where nobody is asked before a dial."""

    def __init__(
        self,
        desk: Desk,
        *,
        lane: Lane,
        dialler: Dialler,
        rechecking: Rechecking | None,
        in_view: Callable[[], CallSession | None],
        in_hand: Callable[[], CallSession | None],
        saving: Callable[[], bool],
        changed: Callable[[Part], None],
        touched: Callable[[Part], None],
        say: Callable[[Text, Tone], None],
        show_error: Callable[[Exception], None],
        logged: Callable[[], None],
    ) -> None:
        self._desk, self._rechecking = desk, rechecking
        self._in_view, self._in_hand, self._saving = in_view, in_hand, saving
        self._changed, self._touched, self._say = changed, touched, say
        self._line = PhoneLine(desk, lane=lane, dialler=dialler, logged=logged, show_error=show_error)
        self._asks_first: CallSession | None = None
        """who is dialled once their reason was looked at again"""

    @property
    def dialler(self) -> Dialler:
        return self._line.dialler

    @dialler.setter
    def dialler(self, dialler: Dialler) -> None:
        self._line.dialler = dialler

    @property
    def number(self) -> str:
        return self._line.number

    @property
    def revealed(self) -> bool:
        return self._line.revealed

    @property
    def checked(self) -> Text | None:
        """What the other systems said of the customer in view, and when; None where nothing was asked."""
        return self._rechecking.line if self._rechecking is not None else None

    @property
    def state(self) -> CallState:
        session = self._in_view()
        return session.flow.state if session else CallState.PREVIEW

    def take(self, session: CallSession | None) -> None:
        """Another customer is in view, or none."""
        self._line.take(session)

    def renew(self, session: CallSession) -> None:
        """Newer data of the same customer."""
        self._line.renew(session)

    def look_again(self, session: CallSession | None) -> None:
        """The reason may be gone since the task was made; asked once who is in view has been drawn."""
        if self._rechecking is not None:
            self._rechecking.opened(session, self.number)

    def at_rest(self, session: CallSession) -> bool:
        """Nothing was begun with the customer, nor is a dial on its way: the attempt is on record already."""
        return session.untouched and not self._line.dialling and self._asks_first is not session

    # What keys do

    def dial_or_answered(self) -> None:
        """The one key before and while it rings: dial, then "answered"; after nobody answered, dial again."""
        session = self._in_hand()
        if session is None:
            return
        if session.flow.state is CallState.DIALLING:
            session.flow.answered(self._desk.moment())
            self._touched(Part.CALL | Part.OUTCOME)
        elif session.flow.state is CallState.PREVIEW or Action.DIAL in session.flow.actions:
            self._dial(session)

    def _dial(self, session: CallSession) -> None:
        if self._rechecking is None:
            self._dial_now(session)
            return
        if self._asks_first is session:
            return
        self._asks_first = session

        def go() -> None:
            if self._asks_first is not session:
                return
            self._asks_first = None
            if self._in_view() is session and not self._saving():
                self._dial_now(session)

        self._rechecking.before_dial(session, self.number, go)

    def dial_no_more(self, session: CallSession) -> None:
        """What was asked before the dial closed the task: no answer to it comes any more."""
        if self._asks_first is session:
            self._asks_first = None

    def _dial_now(self, session: CallSession) -> None:
        def dialled() -> None:
            self._say(words.DIALLED_ELSEWHERE, Tone.NEUTRAL)
            self._touched(Part.CALL | Part.OUTCOME)

        def wanted() -> bool:
            # An outcome saved meanwhile says how the call went: it is not dialled once more behind its back.
            return self._in_view() is session and not self._saving()

        self._line.dial(session, wanted=wanted, dialled=dialled)

    def end(self) -> None:
        """The talk is over; said again by mistake, it goes on. After "unanswered": it was answered after all."""
        session = self._in_hand()
        if session is None:
            return
        now, actions = self._desk.moment(), session.flow.actions
        if Action.ENDED in actions:
            session.flow.ended(now)
        elif Action.REOPEN in actions:
            session.flow.reopen(now)
        elif Action.ANSWERED in actions and session.flow.state is CallState.WRAP_UP:
            session.flow.answered(now)
        else:
            if session.flow.state is CallState.DIALLING:
                self._say(words.STILL_RINGING, Tone.NEUTRAL)
            return
        self._touched(Part.CALL | Part.OUTCOME)

    def extend(self, by_s: int = 30) -> None:
        if session := self._in_hand():
            session.flow.extend(by_s)
            self._touched(Part.CALL)

    def choose_number(self, digits: str) -> None:
        if self._in_hand() is not None:
            self._line.choose(digits)
            self._changed(Part.CALL)

    def reveal(self) -> None:
        """Show the number in full, on record, or hide it again."""
        if session := self._in_hand():
            self._line.reveal(session, lambda: self._changed(Part.CALL))

    def leave_in_peace(self, session: CallSession, quiet: tuple[Window, ...]) -> None:
        """They want no calls in these hours of each day: kept at once, whatever becomes of the call."""

        def kept(stands: Standing) -> None:
            now = self._in_view()
            # Newer data of the same customer may have taken its place.
            there = now is not None and now.opened.key == session.opened.key
            fell = (now if now is not None and there else session).left_in_peace(quiet, stands)
            self._say(quiet_words.kept(quiet, fell), Tone.OK)
            if there:
                self._touched(Part.CALL | Part.OUTCOME)

        self._line.leave_in_peace(session, quiet, kept)
