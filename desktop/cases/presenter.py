"""What the page of repair cases does: reads the board, and writes what a key asked for. No widgets."""

from collections.abc import Callable
from typing import NamedTuple

from core.desk import case_acts, casework
from core.desk.casework import Board, CaseRow, LoosePromise
from core.desk.desk import Desk
from core.domain.case import Satisfaction
from core.domain.duty import Roster
from core.domain.errors import InputError
from core.domain.people import Right
from core.domain.promise import Promise, Tally
from core.domain.repair import RepairStep, RepairTemplate
from core.domain.text import Text
from desktop.cases import words
from desktop.cases.composer import Written
from desktop.keys.following import Work
from desktop.lane import Lane
from desktop.widgets.values import Tone

Row = CaseRow | LoosePromise
_EMPTY = Board((), (), (), False)


class Seen(NamedTuple):
    board: Board
    templates: dict[str, RepairTemplate]
    roster: Roster
    tally: Tally
    of_team: bool = False
    """whose promises the tally counts: the team's, or one's own"""


class CasesPresenter:
    """`changed` is told when there is something else to show."""

    def __init__(
        self,
        desk: Desk,
        *,
        lane: Lane,
        changed: Callable[[], None],
        say: Callable[[Text, Tone], None],
        show_error: Callable[[Exception], None],
        logged: Callable[[], None],
    ) -> None:
        self.desk, self._lane, self._changed = desk, lane, changed
        self._say, self._show_error, self._logged = say, show_error, logged
        self.seen = Seen(_EMPTY, {}, Roster(), Tally())
        self.digits = ""
        self.read = False
        self._asked = 0

    def load(self) -> None:
        """An answer that a later one has overtaken is dropped."""
        self._asked += 1
        ticket, digits = self._asked, self.digits

        def work() -> Seen:
            desk = self.desk
            found = {one.id: one for one in casework.templates(desk)}
            return Seen(casework.board(desk, digits), found, desk.store.roster(), *casework.counted(desk))

        def show(seen: Seen) -> None:
            if ticket == self._asked:
                self.seen, self.read = seen, True
                self._changed()

        self._lane(work, show, self._show_error)

    def search(self, text: str) -> None:
        digits = "".join(char for char in text if char.isdigit())
        if digits != self.digits:
            self.digits = digits
            self.load()

    @property
    def rows(self) -> list[Row]:
        board = self.seen.board
        late = [one for one in board.loose if one.promise.is_late(self.desk.moment().wall)]
        rest = [one for one in board.loose if one not in late]
        return [*late, *board.open, *rest, *board.closed]

    @property
    def on_duty(self) -> Text | None:
        """Names of those on duty now; None where nobody is."""
        roster = self.seen.roster
        names = [roster.name(one) for one in roster.on_duty(self.desk.moment().wall)]
        return words.named(names) if names else None

    def steps(self, row: CaseRow) -> tuple[RepairStep, ...]:
        template = self.seen.templates.get(row.case.began.template)
        return template.steps if template else ()

    def colleagues(self, *besides: str) -> tuple[tuple[str, str], ...]:
        """Whom a case can be shared with or handed to."""
        return tuple(
            (one.staff_number, f"{one.name} {one.staff_number}")
            for one in self.seen.roster.colleagues
            if one.staff_number not in besides
        )

    def helpers(self, row: Row) -> tuple[tuple[str, str], ...]:
        """Who can be taken out of the case's team: by its owner and a lead anybody, else oneself."""
        if isinstance(row, LoosePromise):
            return ()
        me, owner = self.desk.agent, row.case.owner.staff_number
        every = owner == me.staff_number or Right.ANSWER_AUTHORITY in me.rights
        shown = [one for one in row.case.team if every or one.staff_number == me.staff_number]
        return tuple((one.staff_number, f"{one.name} {one.staff_number}") for one in shown)

    def owed(self, row: Row) -> Promise | None:
        """The promise that is due first: what "kept", "move" and "not needed" are about."""
        if isinstance(row, LoosePromise):
            return row.promise if row.promise.is_owed else None
        return next((one for one in row.promises if one.is_owed), None)

    def act(
        self,
        row: Row,
        what: Work,
        written: Written,
        *,
        done: Callable[[], None],
        wrong: Callable[[InputError | None], None],
    ) -> None:
        """Keeps it; `wrong` is told what is to be corrected."""
        self._do(lambda: self._write(row, what, written), words.DONE[what], done, wrong)

    def check(
        self,
        row: CaseRow,
        step: RepairStep,
        finding: str,
        *,
        done: Callable[[], None],
        wrong: Callable[[InputError | None], None],
    ) -> None:
        case = row.case.id
        self._do(
            lambda: case_acts.check(self.desk, case, step=step.code, name=step.name, finding=finding),
            words.DONE[Work.NOTE],
            done,
            wrong,
        )

    def _do(
        self,
        work: Callable[[], object],
        told: Text,
        done: Callable[[], None],
        wrong: Callable[[InputError | None], None],
    ) -> None:
        """`wrong` is told what must be written otherwise; None where the same may be tried once more."""

        def kept(_: object) -> None:
            self._logged()
            self._say(told, Tone.OK)
            done()
            self.load()

        def failed(error: Exception) -> None:
            if isinstance(error, InputError):
                wrong(error)
            else:
                wrong(None)
                self._show_error(error)

        self._lane(work, kept, failed)

    def _write(self, row: Row, what: Work, written: Written) -> None:
        desk = self.desk
        owed = self.owed(row)
        if what is Work.PROMISE and written.at is not None:
            made = row.promise.made if isinstance(row, LoosePromise) else None
            customer = made.customer_id if made else row.case.began.customer_id if isinstance(row, CaseRow) else ""
            case = None if isinstance(row, LoosePromise) else row.case.id
            case_acts.promise(desk, customer, row.name, written.words, written.at, case=case)
        elif what is Work.KEEP and owed is not None:
            case_acts.keep(desk, owed.id, written.words)
        elif what is Work.MOVE and owed is not None and written.at is not None:
            case_acts.move(desk, owed, written.at, agreed=written.agreed, why=written.words)
        elif what is Work.RELEASE and owed is not None:
            case_acts.release(desk, owed.id, written.words)
        elif what is Work.HAND_OVER:
            leaves = row.case.owner if isinstance(row, CaseRow) else row.promise.owner
            case_acts.hand_over(desk, written.pick, written.words, leaves=leaves.staff_number)
        elif isinstance(row, CaseRow):
            self._write_case(row, what, written)

    def _write_case(self, row: CaseRow, what: Work, written: Written) -> None:
        desk, case = self.desk, row.case.id
        match what:
            case Work.NOTE:
                case_acts.note(desk, case, written.words)
            case Work.SUPPOSE:
                case_acts.suppose(desk, case, written.words)
            case Work.CAUSE:
                case_acts.find_cause(desk, case, written.words)
            case Work.ALLOW:
                case_acts.allow(desk, case, written.words, written.fen)
            case Work.JOIN:
                case_acts.join(desk, case, written.pick, self.seen.roster.name(written.pick))
            case Work.PART:
                case_acts.part(desk, case, written.pick)
            case Work.CLOSE if row.case.is_open:
                case_acts.close(desk, case, Satisfaction(written.pick), written.words)
            case Work.CLOSE:
                case_acts.reopen(desk, case, written.words)
            case _:
                raise ValueError(what)
