"""The number in hand: which one, shown or masked, and its being dialled, which always asks for a permit first."""

from collections.abc import Callable

from core.calling import Dialler
from core.compliance import Permit, Standing, standing
from core.desk import dialling, opening, quiet_hours
from core.desk.call_session import CallSession
from core.desk.desk import Desk
from core.domain.calendar import Window
from core.domain.errors import DialFailed
from desktop.lane import Lane


class PhoneLine:
    """`logged` is told of each line in the log: the server hears of it soon."""

    def __init__(
        self,
        desk: Desk,
        *,
        lane: Lane,
        dialler: Dialler,
        logged: Callable[[], None],
        show_error: Callable[[Exception], None],
    ) -> None:
        self._desk, self._lane, self.dialler = desk, lane, dialler
        self._logged, self._show_error = logged, show_error
        self._session: CallSession | None = None
        self.number = ""
        self.revealed = False
        self.dialling = False
        """a permit is being asked for: once it is given, the attempt is on record"""

    def take(self, session: CallSession | None) -> None:
        """The number of the customer who is in view now, masked: the one called, else the first."""
        self._session = session
        numbers = session.opened.numbers if session else ()
        self.number = (session.flow.number if session else "") or (numbers[0] if numbers else "")
        self.revealed = False

    def renew(self, session: CallSession) -> None:
        """Newer data of the same customer: the number that was chosen stays while it is one of theirs."""
        if self.number in session.opened.numbers:
            self._session = session
        else:
            self.take(session)

    def choose(self, digits: str) -> None:
        """One of the customer's; another's, out of a list that stayed open, is nobody's here."""
        if self._session is not None and digits in self._session.opened.numbers:
            self.number, self.revealed = digits, False

    def dial(self, session: CallSession, *, wanted: Callable[[], bool], dialled: Callable[[], None]) -> None:
        """Once, however often the key is pressed meanwhile: each permit counts in the caps."""
        if self.dialling:
            return
        self.dialling = True
        number = self.number

        def permitted(permit: Permit) -> None:
            self.dialling = False
            # The attempt counts on every desk: the server hears of it before the outcome.
            self._logged()
            if not wanted():
                return
            try:
                session.flow.dial(self.dialler, permit, self._desk.moment())
            except DialFailed as error:
                self._show_error(error)
                return
            dialled()

        def refused(error: Exception) -> None:
            self.dialling = False
            self._show_error(error)

        self._lane(lambda: dialling.permit_to_dial(self._desk, session.opened, number), permitted, refused)

    def reveal(self, session: CallSession, changed: Callable[[], None]) -> None:
        """Show the number in full, on record, or hide it again; `changed` is told once it is."""
        if not self.number:
            return
        if self.revealed:
            self.revealed = False
            changed()
            return

        number = self.number

        def shown(_: object) -> None:
            self._logged()
            # On record is that number alone: by now another, or another customer, may be in view.
            if self.number == number and self._is_of(session):
                self.revealed = True
                changed()

        self._lane(lambda: dialling.reveal(self._desk, session.opened, number), shown, self._show_error)

    def _is_of(self, session: CallSession) -> bool:
        return self._session is not None and self._session.opened.customer_id == session.opened.customer_id

    def leave_in_peace(self, session: CallSession, quiet: tuple[Window, ...], kept: Callable[[Standing], None]) -> None:
        """Hours of each day in which the customer wants no calls; `kept` is told once they bind this desk, with what
        they say of a call now."""
        number = self.number if self._is_of(session) else next(iter(session.opened.numbers), "")

        def work() -> Standing:
            quiet_hours.keep(self._desk, session.opened, quiet)
            return standing(opening.dial_request(self._desk, session.opened, number))

        def done(stands: Standing) -> None:
            # The server hears of it before the outcome: it holds for every desk.
            self._logged()
            kept(stands)

        self._lane(work, done, self._show_error)
