"""A list on its way in: read, looked at, its columns said, brought whole or not at all. No widgets; all on workers."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from msgspec import structs

from core.desk.desk import Desk
from core.desk.list_bringing import bring, flaws_path, write_flaws
from core.desk.list_reading import look_over, path_of, read_list_file
from core.domain.clock import moment_id
from core.domain.errors import StaylineError
from core.domain.text import Text, filled
from core.sync.ask import Ask
from core.sync.campaigns import AskCampaigns
from core.wire.campaigns import CampaignLists, ListReport, ListTold
from core.wire.list_files import ColumnRole, ListFile, ListLook
from desktop.campaigning import list_words as words
from desktop.effort import Effort, Stopped
from desktop.lane import HeavyLane, Lane
from desktop.widgets.values import Tone

_KEYS = frozenset({ColumnRole.CUSTOMER_ID, ColumnRole.NUMBER})
_LONGEST_NAME = 80
_T = TypeVar("_T")


class ListsPresenter:
    """`changed` is told when something else stands to be shown; how far it is, `effort` says."""

    def __init__(
        self,
        desk: Desk,
        ask: Ask,
        *,
        lane: Lane,
        heavy: HeavyLane,
        changed: Callable[[], None],
        show_error: Callable[[Exception], None],
        say: Callable[[Text, Tone], None],
    ) -> None:
        self._desk, self._ask, self._lane, self._heavy = desk, AskCampaigns(ask), lane, heavy
        self._changed, self._show_error, self._say = changed, show_error, say
        self.lists: tuple[ListTold, ...] = ()
        self.path: Path | None = None
        self.file: ListFile | None = None
        self.look: ListLook | None = None
        self.report: ListReport | None = None
        self.busy: Text | None = None
        """what is under way"""
        self.effort: Effort | None = None
        self.trouble: StaylineError | None = None
        self.bringing = False

    def load(self) -> None:
        self._lane(self._ask.lists, self._take_lists, self._failed)

    def _take_lists(self, found: CampaignLists) -> None:
        self.lists = found.lists
        self._changed()

    @property
    def keyed(self) -> bool:
        """Some column says which customer a row means."""
        return self.look is not None and any(one.role in _KEYS for one in self.look.columns)

    @property
    def ready(self) -> bool:
        return self.keyed and self.busy is None and bool(self.look and self.look.customers)

    @property
    def flaws(self) -> tuple[tuple[int, Text], ...]:
        """What bringing it in would find, or has found, by the rows of the file."""
        found = self.look or self.report
        if found is None:
            return ()
        told = [(one.row, words.WHY[one.flaw]) for one in found.flaws]
        return tuple(sorted([*told, *((row, words.NO_SCORE) for row in found.no_score)], key=lambda one: one[0]))

    # Reading

    def read(self, typed: str) -> None:
        """The file as it is now; nothing is kept."""
        self._let_go()

        def work(effort: Effort) -> tuple[ListFile, ListLook]:
            file = read_list_file(typed)
            return file, look_over(self._ask, file, step=effort.step)

        self.path = path_of(typed)
        self._begin(words.READING, work, self._take_look)

    def say_columns(self, roles: Sequence[ColumnRole]) -> None:
        """Other columns: what is wrong with the rows may be another, too."""
        if self.file is None or self.look is None or self.bringing:
            return
        file = structs.replace(self.file, roles=tuple(roles))
        columns = tuple(structs.replace(one, role=role) for one, role in zip(self.look.columns, roles, strict=True))
        self.look = structs.replace(self.look, columns=columns, read=(), places=(), customers=0, flaws=(), no_score=())
        self._stop_effort()

        def work(effort: Effort) -> tuple[ListFile, ListLook]:
            return file, look_over(self._ask, file, step=effort.step)

        self._begin(words.CHECKING, work, self._take_look)

    def _take_look(self, found: tuple[ListFile, ListLook]) -> None:
        self.file, self.look = found

    # Bringing in

    def bring(self, name: str) -> None:
        look = self.look
        if look is None or not self.ready:
            return
        list_id, called = f"l-{moment_id(self._desk.moment().wall)}", name.strip()[:_LONGEST_NAME]

        def work(effort: Effort) -> ListReport:
            return bring(self._ask, look, list_id=list_id, name=called, step=effort.step)

        self.bringing = True
        self._begin(words.BRINGING, work, self._take_report)

    def _take_report(self, report: ListReport) -> None:
        self._let_go()
        self.report = report
        self.load()

    def stop(self) -> None:
        """What is under way; of a list half brought in nothing stays. Where nothing is, what was read is let go."""
        if self.bringing and self.effort is not None:
            self.busy = words.STOPPING
            self.effort.stop()
        else:
            self._let_go()
        self._changed()

    def _let_go(self) -> None:
        self._stop_effort()
        self.path = self.file = self.look = self.report = self.trouble = self.busy = None
        self.bringing = False

    # The rows left out

    def save_flaws(self) -> None:
        """Beside the list, each with its reason."""
        look, path = self.look, self.path
        if look is None or path is None or not self.flaws:
            return
        target = flaws_path(path)
        self._lane(
            lambda: write_flaws(look, target, words.WHY, no_score=words.NO_SCORE),
            lambda rows: self._say(filled(words.FLAWS_SAVED, rows=f"{rows:,}", path=str(target)), Tone.OK),
            self._show_error,
        )

    # Under way

    def _begin(self, told: Text, work: Callable[[Effort], _T], take: Callable[[_T], None]) -> None:
        """One at a time: an answer to what was stopped meanwhile is dropped."""

        def done(found: _T) -> None:
            if self.effort is effort:
                self._ended()
                take(found)
                self._changed()

        def failed(error: Exception) -> None:
            if self.effort is effort:
                self._ended()
                self._failed(error)

        self.busy, self.trouble = told, None
        self.effort = effort = self._heavy(work, done, failed)
        self._changed()

    def _ended(self) -> None:
        self.busy, self.effort, self.bringing = None, None, False

    def _stop_effort(self) -> None:
        if self.effort is not None:
            self.effort.stop()
        self.effort = None

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Stopped):
            self._say(words.STOPPED, Tone.NEUTRAL)
        elif isinstance(error, StaylineError):
            self.trouble = error
        else:
            self._show_error(error)
        self._changed()
