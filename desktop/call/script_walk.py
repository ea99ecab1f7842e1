"""The way through the script of the call in view: answers, steps back and on, who it is, what was said. No widgets."""

from collections.abc import Callable

from core.desk.call_session import CallSession
from core.desk.sayable import walk
from core.domain.errors import ScriptUnsayable
from core.domain.outcome import Verification
from desktop.call.part import Part


class ScriptWalk:
    """`in_view` gives the customer's session, `in_hand` the one whom a key acts on; `touched` is told of each step that
    is to be kept, `kept_on` keeps it without anything being drawn anew."""

    def __init__(
        self,
        *,
        in_view: Callable[[], CallSession | None],
        in_hand: Callable[[], CallSession | None],
        changed: Callable[[Part], None],
        touched: Callable[[Part], None],
        kept_on: Callable[[], None],
        show_error: Callable[[Exception], None],
    ) -> None:
        self._in_view, self._in_hand = in_view, in_hand
        self._changed, self._touched, self._kept_on = changed, touched, kept_on
        self._show_error = show_error
        self._answered: CallSession | None = None
        """whose last answer is not taken over yet"""

    def answer(self, digit: int) -> None:
        session = self._in_hand()
        if session is None:
            return
        offered = session.conversation.view().answers
        if not 1 <= digit <= len(offered) or not offered[digit - 1].enabled:
            return
        if self.walk(session, lambda: session.conversation.answer(digit)):
            session.suggest(note_later=True)
            # The words to say next are painted before the note is written and the draft kept.
            self._answered = session
            self._changed(Part.SCRIPT | Part.OUTCOME)

    def take_over(self) -> None:
        """What the last answer led to is noted, and kept in the draft."""
        session, self._answered = self._answered, None
        if session is None or session is not self._in_view():
            return
        session.write_note()
        self._kept_on()

    def step(self, back: bool) -> None:
        session = self._in_hand()
        if session and self.walk(session, session.conversation.back if back else session.conversation.forward):
            self._touched(Part.SCRIPT)

    def go_stage(self, index: int) -> None:
        session = self._in_hand()
        if session is None:
            return
        stage = session.conversation.view().stages[index].id
        if self.walk(session, lambda: session.conversation.go(stage)):
            self._touched(Part.SCRIPT)

    def verify(self, who: Verification) -> None:
        session = self._in_hand()
        if session and self.walk(session, lambda: session.conversation.verify(who)):
            self._touched(Part.SCRIPT | Part.OUTCOME)

    def walk(self, session: CallSession, move: Callable[[], object]) -> bool:
        """False where the words there cannot be said, which is told."""
        try:
            walk(session, move)
        except ScriptUnsayable as error:
            self._show_error(error)
            return False
        return True

    def tick(self, position: int) -> None:
        session = self._in_hand()
        if session is None:
            return
        items = session.conversation.checklist()
        if position < len(items):
            session.tick(items[position].item.id, not items[position].ticked)
            self._touched(Part.SCRIPT | Part.OUTCOME)

    def objection_raised(self) -> None:
        """An objection was opened: it may point to a reason or a result."""
        session = self._in_view()
        if session:
            session.suggest()
            self._touched(Part.OUTCOME)
