"""What stands beside the overview: packages and points, problems met, and taking it all away.

The page gives it what is in view; all reading, reckoning and writing runs on a worker, and an answer that another
question has overtaken is dropped. Grouping and writing take seconds: they run beside all else, say how far they are,
and stop when asked.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from core.desk.causing import Causes, Group, causes, departments, rename, send_on
from core.desk.desk import Desk
from core.desk.reviewing import ListedCall, Loaded, Look, Reviewer
from core.desk.rewarding import Rewards, rewards
from core.desk.taking_away import may_export, take_away, take_picture
from core.domain.department import Department
from core.domain.takeaway import TakenAs
from core.domain.text import Text, filled
from core.review.choice import Choice
from core.review.taking.labels import Labels
from desktop import theme
from desktop.effort import Effort, Stopped
from desktop.keys.caps import cap
from desktop.keys.leading import TAKING, Take
from desktop.lane import HeavyLane, Lane
from desktop.review import take_words as words
from desktop.review.causes_view import CausesView
from desktop.review.handout import write_handout
from desktop.review.rewards_view import Name, RewardsView
from desktop.review.takeaway import file_name, handout, write_book
from desktop.review.under_way import UnderWay
from desktop.tongue import Tongue
from desktop.widgets.label import Label
from desktop.widgets.values import Tone

_OVERVIEW, _REWARDS, _CAUSES = range(3)
_WHAT = {_OVERVIEW: "figures", _REWARDS: "packages", _CAUSES: "causes"}
FOLDER = "Stayline"
T = TypeVar("T")


class InView(NamedTuple):
    """What the page shows now."""

    loaded: Loaded
    look: Look
    labels: Labels


class _Kept(NamedTuple, Generic[T]):
    """What was reckoned, with the calls and the choice that it is of."""

    loaded: Loaded
    choice: Choice
    found: T

    def is_of(self, seen: InView) -> bool:
        return self.loaded is seen.loaded and self.choice == seen.look.choice


class Extras(QWidget):
    """The row with the parts' tabs and what takes away; its views stand in the page's stack."""

    def __init__(
        self,
        desk: Desk,
        reviewer: Reviewer,
        tongue: Tongue,
        *,
        lane: Lane,
        heavy: HeavyLane,
        stack: QStackedWidget,
        overview: QWidget,
        in_view: Callable[[], InView | None],
        name: Name,
        open_calls: Callable[[list[ListedCall], str], None],
        show_error: Callable[[Exception], None],
        stop_reading: Callable[[], None],
        logged: Callable[[], None],
    ) -> None:
        super().__init__()
        self._desk, self._reviewer, self._tongue, self._lane, self._heavy = desk, reviewer, tongue, lane, heavy
        self._stack, self._overview, self._in_view = stack, overview, in_view
        self._show_error, self._stop_reading, self._logged = show_error, stop_reading, logged
        self.rewards_view, self.causes_view = RewardsView(tongue, name), CausesView(tongue)
        self._rewards: _Kept[Rewards] | None = None
        self._causes: _Kept[Causes] | None = None
        self._ticket = 0
        self._grouping: Effort | None = None
        self.tabs, self.folder, self.told = QTabBar(), QLineEdit(), Label(size=12, tone=Tone.MUTED)
        self.xlsx, self.pdf, self.picture = QPushButton(), QPushButton(), QPushButton()
        self.under_way = UnderWay(tongue, self.told)
        for view in (self.rewards_view, self.causes_view):
            stack.addWidget(view)
        self._lay_out()
        self._connect(open_calls)
        self.retranslate()

    def _lay_out(self) -> None:
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for _ in words.PARTS:
            self.tabs.addTab("")
        self.folder.setText(_usual_folder())
        self.folder.setMinimumWidth(theme.px(190))
        self.folder.setMaximumWidth(theme.px(260))
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.tabs)
        row.addWidget(self.told, 1)
        row.addWidget(self.under_way)
        for part in (self.folder, self.xlsx, self.pdf, self.picture):
            row.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)

    def _connect(self, open_calls: Callable[[list[ListedCall], str], None]) -> None:
        self.tabs.currentChanged.connect(self._turn)
        self.xlsx.clicked.connect(lambda: self.take_xlsx())
        self.pdf.clicked.connect(lambda: self.take_pdf())
        self.picture.clicked.connect(lambda: self.take_picture())
        self.causes_view.opened.connect(open_calls)
        self.causes_view.renamed.connect(self._rename)
        self.causes_view.sent.connect(self._send)
        self._stack.currentChanged.connect(self._turned)

    def bind_keys(self, page: QWidget) -> None:
        """The keys act anywhere on the page."""
        acts: dict[Take, Callable[[], None]] = {
            Take.PART: self.next_part,
            Take.XLSX: self.take_xlsx,
            Take.PDF: self.take_pdf,
            Take.PICTURE: self.take_picture,
            Take.RENAME: lambda: self.causes_view.name.setFocus() if self._part == _CAUSES else None,
            Take.SEND: lambda: self.causes_view.send_on() if self._part == _CAUSES else None,
            Take.STOP: self.stop,
        }
        for take, act in acts.items():
            bound = QShortcut(QKeySequence(TAKING[take][0]), page, act)
            bound.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # Parts

    @property
    def _part(self) -> int:
        return self.tabs.currentIndex()

    @property
    def view(self) -> QWidget:
        """The part in view, or that whose calls are looked at."""
        return (self._overview, self.rewards_view, self.causes_view)[self._part]

    def next_part(self) -> None:
        self.tabs.setCurrentIndex((self._part + 1) % self.tabs.count())

    def _turn(self, _at: int) -> None:
        if self._in_view() is None:
            return
        self._stack.setCurrentWidget(self.view)
        self.told.set_words("")
        self.view.setFocus()
        self.looked()

    def _turned(self, _at: int) -> None:
        """Somebody left the calls for the overview: the tab says so, too."""
        if self._stack.currentWidget() is self._overview and self._part != _OVERVIEW:
            self.tabs.setCurrentIndex(_OVERVIEW)

    def looked(self) -> None:
        """Another choice is in view, or another part: what belongs to it is reckoned where it is not there yet."""
        seen = self._in_view()
        if seen is None or self._part == _OVERVIEW:
            return
        kept = self._rewards if self._part == _REWARDS else self._causes
        if kept is not None and kept.is_of(seen):
            return
        self._ticket += 1
        if self._grouping is not None:
            self._grouping.stop()
        if self._part == _REWARDS:
            self._ask_rewards(seen, self._ticket)
        else:
            self._ask_causes(seen, self._ticket)

    def _ask_rewards(self, seen: InView, ticket: int) -> None:
        choice = seen.look.choice

        def done(found: Rewards) -> None:
            if ticket == self._ticket:
                self._rewards = _Kept(seen.loaded, choice, found)
                self.rewards_view.show_rewards(found)

        self._lane(lambda: rewards(self._desk, seen.loaded.frame, choice), done, self._show_error)

    def _ask_causes(self, seen: InView, ticket: int) -> None:
        choice = seen.look.choice
        self.causes_view.show_grouping()

        def read(effort: Effort) -> tuple[Causes, list[Department]]:
            found = causes(self._desk, self._reviewer, seen.loaded, choice, told=effort.step)
            return found, departments(self._desk)

        def done(found: tuple[Causes, list[Department]]) -> None:
            self.under_way.ended(effort)
            if ticket == self._ticket:
                self._causes = _Kept(seen.loaded, choice, found[0])
                self.causes_view.show_causes(*found, choice)

        def failed(error: Exception) -> None:
            self.under_way.ended(effort)
            if not isinstance(error, Stopped):
                self._show_error(error)
            elif ticket == self._ticket:
                self.causes_view.show_stopped()

        effort = self._grouping = self._heavy(read, done, failed)
        self.under_way.follow(effort, words.GROUPING_AT)

    def stop(self) -> None:
        """What is being grouped or written; where that is nothing, what is being read or pulled."""
        if self.under_way.busy:
            self.under_way.stop()
        else:
            self._stop_reading()

    def _rename(self, group: Group, name: str) -> None:
        def done(given: Text) -> None:
            if self._causes is not None:
                # By its new name at once: nothing else of the groups has changed.
                self._causes = self._causes._replace(found=self._causes.found.named(group.cluster.key, given))
                self.causes_view.show_names(self._causes.found)
            self._say(words.RENAMED)
            self._logged()

        self._lane(lambda: rename(self._desk, group.cluster, name), done, self._fail)

    def _send(self, group: Group, department: Department, told: str) -> None:
        seen = self._in_view()
        if seen is None:
            return
        choice = seen.look.choice

        def done(_: object) -> None:
            self._say(filled(words.SENT, name=self._tongue(department.name)))
            self._logged()

        self._lane(lambda: send_on(self._desk, group, choice, department.id, words=told), done, self._fail)

    # Taking away

    def take_xlsx(self) -> None:
        """The figures and every call of what is in view, as a workbook."""
        seen = self._seen()
        if seen is None:
            return
        # Of the moment of the key: the window may speak another language before the last row is written.
        path, lang = self._path(seen, ".xlsx"), self._tongue.lang

        def write(effort: Effort, beside: Path) -> int:
            return write_book(
                beside, self._desk, seen.loaded, seen.look.choice, seen.labels, lang,
                told=lambda rows: effort.step(rows, seen.look.calls),
            )  # fmt: skip

        def told(rows: int) -> Text:
            return filled(words.WRITTEN, path=str(path), n=f"{rows:,}")

        self._write(seen, write, path, TakenAs.XLSX, told)

    def take_pdf(self) -> None:
        """The figures on paper, with the picture that is in view."""
        seen = self._seen()
        if seen is None:
            return
        path, picture = self._path(seen, ".pdf"), self._overview.grab().toImage()
        made = handout(
            self._desk, seen.loaded, seen.look, seen.labels, self._tongue, family=theme.font(10).family(),
            rewards=self._rewards.found if self._rewards and self._rewards.is_of(seen) else None,
            causes=self._causes.found if self._causes and self._causes.is_of(seen) else None,
        )  # fmt: skip
        page = self._tongue(words.PAGE)

        def write(_: Effort, beside: Path) -> int:
            return write_handout(beside, made, picture, page=page)

        self._write(seen, write, path, TakenAs.PDF, lambda _: filled(words.PDF_WRITTEN, path=str(path)))

    def take_picture(self) -> None:
        """What is in view to the clipboard; never the list of calls, which names customers."""
        seen = self._seen()
        if seen is None:
            return
        view = self._stack.currentWidget()
        if view not in (self._overview, self.rewards_view):
            self._say(words.NOT_CALLS, Tone.WARN)
            return
        picture = view.grab()

        what, choice = _WHAT[self._part], seen.look.choice

        def work() -> None:
            take_picture(self._desk, what=what, first=choice.first, last=choice.last, teams=choice.team)

        def done(_: None) -> None:
            QGuiApplication.clipboard().setPixmap(picture)
            self._say(words.COPIED, Tone.OK)
            self._logged()

        self._lane(work, done, self._fail)

    def _seen(self) -> InView | None:
        seen = self._in_view()
        if seen is None:
            self._say(words.NOTHING, Tone.WARN)
        return seen

    def _path(self, seen: InView, suffix: str) -> Path:
        folder = Path(self.folder.text().strip() or _usual_folder()).expanduser()
        return folder / file_name(seen.look.choice, suffix, self._tongue)

    def _write(
        self,
        seen: InView,
        write: Callable[[Effort, Path], int],
        path: Path,
        form: TakenAs,
        told: Callable[[int], Text],
    ) -> None:
        self._say(words.WRITING)
        what, choice = _WHAT[self._part], seen.look.choice

        def work(effort: Effort) -> int:
            return take_away(
                self._desk, lambda beside: write(effort, beside), path, form=form, what=what,
                first=choice.first, last=choice.last, teams=choice.team,
            )  # fmt: skip

        def done(rows: int) -> None:
            self.under_way.ended(effort)
            self._say(told(rows), Tone.OK)
            self._logged()

        def failed(error: Exception) -> None:
            self.under_way.ended(effort)
            if isinstance(error, Stopped):
                self._say(words.NOT_WRITTEN, Tone.WARN)
            else:
                self._fail(error)

        effort = self._heavy(work, done, failed)
        self.under_way.follow(effort, words.WRITING_AT)

    def _fail(self, error: Exception) -> None:
        self.told.set_words("")
        self._show_error(error)

    def _say(self, text: Text, tone: Tone = Tone.MUTED) -> None:
        self.told.set_words(self._tongue(text), tone)

    def retranslate(self) -> None:
        say = self._tongue
        self.tabs.setAccessibleName(say(words.PARTS_NAME))
        for at, name in enumerate(words.PARTS):
            self.tabs.setTabText(at, f"  {say(name)}  ")
        self.tabs.setToolTip(cap(TAKING[Take.PART][0]))
        allowed = may_export(self._desk)
        for button, text, take in (
            (self.xlsx, words.XLSX, Take.XLSX),
            (self.pdf, words.PDF, Take.PDF),
            (self.picture, words.PICTURE, Take.PICTURE),
        ):
            button.setText(say(text))
            button.setEnabled(allowed)
            button.setToolTip(cap(TAKING[take][0]) if allowed else say(words.NO_RIGHT))
        self.under_way.retranslate()
        self.under_way.setToolTip(cap(TAKING[Take.STOP][0]))
        self.folder.setAccessibleName(say(words.FOLDER))
        self.folder.setToolTip(say(words.FOLDER_HINT))
        self.folder.setPlaceholderText(say(words.FOLDER))
        self.rewards_view.retranslate()
        self.causes_view.retranslate()


def _usual_folder() -> str:
    """In the person's documents; `~` for their home, so that it fits its field."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(found or str(Path.home())) / FOLDER
    return f"~/{folder.relative_to(Path.home())}" if folder.is_relative_to(Path.home()) else str(folder)
