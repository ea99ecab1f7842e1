"""The lead's board, the tasks of one desk, and what becomes of them. No widgets; the server on the network's lane."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from core.desk.desk import Desk
from core.desk.leading import fresh_board, keep_board, known_board
from core.domain.errors import ServerUnreachable
from core.domain.moving import STAYS_WORDS
from core.domain.text import Text, filled
from core.sync.ask import Ask
from core.wire.team import AgentToday, DeskTask, DeskTasks, Moved, MoveTasks, SetTarget, TeamBoard
from desktop.lane import Lane
from desktop.team import words
from desktop.widgets.values import Tone


class Reading(StrEnum):
    """How the board stands."""

    BEGUN = "begun"
    READ = "read"
    OFFLINE = "offline"


class TeamPresenter:
    """`changed` is told when the board or the tasks are other than before. What is asked later wins."""

    def __init__(
        self,
        desk: Desk,
        ask: Ask,
        *,
        lane: Lane,
        store_lane: Lane,
        changed: Callable[[], None],
        say: Callable[[Text, Tone], None],
        show_error: Callable[[Exception], None],
    ) -> None:
        self._desk, self._ask, self._lane, self._store_lane = desk, ask, lane, store_lane
        self._changed, self._say, self._show_error = changed, say, show_error
        self.board: TeamBoard | None = None
        self.reading = Reading.BEGUN
        self.chosen = ""
        """staff number of the agent whose desk is in view"""
        self.tasks: tuple[DeskTask, ...] | None = None
        """None until they are read"""
        self.tasks_away = False
        """they were asked for, and the server did not answer"""
        self.moving = False
        self._asked = self._asked_tasks = 0

    @property
    def agents(self) -> tuple[AgentToday, ...]:
        return self.board.agents if self.board else ()

    @property
    def agent(self) -> AgentToday | None:
        """The one whose desk is in view."""
        return next((one for one in self.agents if one.staff_number == self.chosen), None)

    @property
    def now(self) -> datetime:
        """The moment that ages are counted to: the present, or that of the board where it is all there is."""
        offline = self.reading is Reading.OFFLINE and self.board is not None
        return self.board.at if offline and self.board else self._desk.moment().wall

    def load(self) -> None:
        """The last known board at once where none is shown yet, the server's as soon as it answers."""
        if self.board is None:
            self._store_lane(lambda: known_board(self._desk), self._show_known)
        self._asked += 1
        ticket = self._asked

        def show(found: TeamBoard) -> None:
            if ticket == self._asked:
                self._put(found, Reading.READ)

        def failed(error: Exception) -> None:
            if not isinstance(error, ServerUnreachable):
                self._show_error(error)
            elif ticket == self._asked:
                self._put(self.board, Reading.OFFLINE)

        self._lane(lambda: fresh_board(self._desk, self._ask), show, failed)
        if self.chosen:
            self._load_tasks()

    def choose(self, staff_number: str) -> None:
        """Brings that agent's desk into view."""
        if staff_number != self.chosen:
            self.chosen, self.tasks, self.tasks_away = staff_number, None, False
            self._changed()
            if staff_number:
                self._load_tasks()

    def move(self, task_ids: tuple[str, ...], to: str, *, absent: bool = False) -> Text | None:
        """To that desk, or to the pool where it is empty; what is lacking, None where it is on its way.

        `absent`: everything on the desk, which gets nothing more today.
        """
        if not absent and not task_ids:
            return words.CHOOSE_TASKS
        if self.moving or not self.chosen:
            return None
        self.moving = True
        asked = MoveTasks(holder=self.chosen, task_ids=() if absent else task_ids, to=to, away=absent)

        def done(found: Moved) -> None:
            self.moving = False
            self._say(_told(found), Tone.WARN if found.left or found.held else Tone.OK)
            self.load()

        def failed(error: Exception) -> None:
            self.moving = False
            self._show_error(error)
            self.load()

        self._lane(lambda: self._ask.move_tasks(asked), done, failed)
        return None

    def set_target(self, scenario: str, calls: int, successes: int) -> None:
        """Of the agent in view, for a day; zero and zero take it back."""
        asked = SetTarget(staff_number=self.chosen, scenario=scenario, calls=calls, successes=successes)

        def work() -> TeamBoard:
            board = self._ask.set_target(asked)
            keep_board(self._desk, board)
            return board

        def done(found: TeamBoard) -> None:
            self._asked += 1
            self._put(found, Reading.READ)
            self._say(words.TARGET_SET, Tone.OK)

        self._lane(work, done, self._show_error)

    def _load_tasks(self) -> None:
        self._asked_tasks += 1
        ticket, staff_number = self._asked_tasks, self.chosen

        def show(found: DeskTasks) -> None:
            if ticket != self._asked_tasks:
                return
            other = found.tasks != self.tasks
            self.tasks, self.tasks_away = found.tasks, False
            if other:
                self._changed()

        def failed(error: Exception) -> None:
            if not isinstance(error, ServerUnreachable):
                self._show_error(error)
            elif ticket == self._asked_tasks and not self.tasks_away:
                self.tasks_away = True
                self._changed()

        self._lane(lambda: self._ask.desk_tasks(staff_number), show, failed)

    def _show_known(self, found: TeamBoard | None) -> None:
        if self.board is None and found is not None:
            self._put(found, self.reading)

    def _put(self, board: TeamBoard | None, reading: Reading) -> None:
        self.board, self.reading = board, reading
        self._changed()


def _told(found: Moved) -> Text:
    count = str(len(found.moved))
    said = filled(words.MOVED, count=count)
    if found.left:
        why, _ = Counter(one.why for one in found.left).most_common(1)[0]
        said = filled(words.LEFT, count=count, left=str(len(found.left)), why=STAYS_WORDS[why])
    if not found.held:
        return said
    holds, _ = Counter(one.why for one in found.held).most_common(1)[0]
    return filled(words.HELD, first=said, held=str(len(found.held)), why=holds)
