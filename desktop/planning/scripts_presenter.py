"""Scripts as files: read, read again as they are saved, walked with a customer. No widgets; files on a worker."""

from collections.abc import Callable, Mapping
from pathlib import Path

from core.desk.desk import Desk
from core.desk.plans import PlanDesk
from core.desk.script_files import ScriptFile, ScriptFolder, ScriptReader, shipped_folder
from core.desk.script_walk import Walk, Walker, facts_for, walkers
from core.domain.errors import ContentError, ServerUnreachable
from core.domain.text import Lang
from core.store.settings import CONTENT_FOLDER
from core.sync.ask import Ask
from desktop.lane import Lane


class ScriptsPresenter:
    """`lane` reads files and the server, `store_lane` the folder that was named last.

    `changed` is told when files were read or another one was chosen, `walked` when the walk has moved."""

    def __init__(
        self,
        desk: Desk,
        ask: Ask,
        *,
        lane: Lane,
        store_lane: Lane,
        lang: Callable[[], Lang],
        changed: Callable[[], None],
        walked: Callable[[], None],
        show_error: Callable[[Exception], None],
    ) -> None:
        self._desk, self._ask, self._lane, self._store_lane, self._lang = desk, ask, lane, store_lane, lang
        self._changed, self._walked, self._show_error = changed, walked, show_error
        self._reader, self._plans = ScriptReader(), PlanDesk(desk)
        self.root: Path | None = None
        self.folder: ScriptFolder | None = None
        self.trouble: ContentError | None = None
        """why the folder as a whole cannot be read"""
        self.reading = True
        """the first folder, or one just named: what was found in the last one says nothing about it"""
        self.walkers: list[Walker] = []
        self.sought = ""
        """what customers are looked for by"""
        self.unreachable = False
        """the base was asked for, and the server did not answer"""
        self.walk: Walk | None = None
        self._id = ""
        self._walker = 0
        self._facts: Mapping[str, object] = {}
        self._asked = 0

    # Files

    def load(self) -> None:
        """The folder named last, and customers to walk with."""
        if self.root is None:
            self._store_lane(lambda: self._desk.store.setting(CONTENT_FOLDER) or "", self._named, self._show_error)
        else:
            self.read()
        if not self.walkers and not self.sought:
            self.find_walkers("")

    def name_folder(self, text: str) -> None:
        """Another folder to read; empty for the content that came with the program."""
        text = text.strip()
        self._store_lane(lambda: self._desk.store.put_setting(CONTENT_FOLDER, text), None, self._show_error)
        self._named(text)

    def _named(self, text: str) -> None:
        root = Path(text).expanduser() if text else shipped_folder()
        if root != self.root:
            self.folder, self.walk = None, None
        self.root, self.trouble, self.reading = root, None, True
        self._changed()
        self.read()

    def read(self) -> None:
        """The files as they are now; an answer that a later reading has overtaken is dropped."""
        root = self.root
        if root is None:
            return
        self._asked += 1
        ticket = self._asked

        def done(found: ScriptFolder) -> None:
            if ticket == self._asked:
                self.folder, self.trouble, self.reading = found, None, False
                self._choose(self._id)

        def failed(error: Exception) -> None:
            if ticket != self._asked:
                return
            if not isinstance(error, ContentError):
                self.reading = False
                self._changed()
                self._show_error(error)
                return
            self.folder, self.trouble, self.walk, self.reading = None, error, None, False
            self._changed()

        self._lane(lambda: self._reader.read(root), done, failed)

    @property
    def files(self) -> tuple[ScriptFile, ...]:
        return self.folder.files if self.folder else ()

    @property
    def file(self) -> ScriptFile | None:
        """The one in view."""
        return next((one for one in self.files if one.id == self._id), None)

    def choose(self, scenario: str) -> None:
        if scenario != self._id:
            self.walk = None
            self._choose(scenario)

    def _choose(self, scenario: str) -> None:
        """That one, else the first; the walk goes on as far as the steps still lead there."""
        ids = [one.id for one in self.files]
        if scenario not in ids:
            scenario, self.walk = (ids[0] if ids else ""), None
        self._id = scenario
        script = self.file.script if self.file else None
        if script is not None and self.walk is not None:
            self.walk.reload(script)
        else:
            self._set_out()
        self._changed()

    def _set_out(self) -> None:
        """From the start of the script in view; without a customer its words have no figures, and nobody walks."""
        script = self.file.script if self.file else None
        self.walk = Walk(self._desk, script, self._facts, self._lang()) if script is not None and self._facts else None

    # Walking

    def find_walkers(self, text: str) -> None:
        """Customers to walk with; an answer that another search has overtaken is dropped."""
        self.sought = text = text.strip()

        def done(found: list[Walker]) -> None:
            if text == self.sought:
                self._take_walkers(found)

        def failed(error: Exception) -> None:
            if text == self.sought:
                self._no_walkers(error)

        self._lane(lambda: walkers(self._desk, self._ask, text), done, failed)

    def _take_walkers(self, found: list[Walker]) -> None:
        self.walkers, self.unreachable = found, False
        if found:
            self.choose_walker(0)
        self._changed()

    def _no_walkers(self, error: Exception) -> None:
        if not isinstance(error, ServerUnreachable):
            self._show_error(error)
            return
        self.unreachable = True
        self._changed()

    @property
    def walker_at(self) -> int:
        """The one that is walked with, among `walkers`."""
        return self._walker

    def choose_walker(self, at: int) -> None:
        """The walk begins again with another customer's figures."""
        if not 0 <= at < len(self.walkers):
            return
        self._walker = at
        walker = self.walkers[at]

        def done(facts: Mapping[str, object]) -> None:
            # At the same place another search may have put somebody else.
            if self._walker < len(self.walkers) and self.walkers[self._walker] is walker:
                self._facts = facts
                if self.walk is not None:
                    self.walk.with_facts(facts)
                else:
                    self._set_out()
                self._walked()

        self._lane(lambda: facts_for(self._desk, self._plans, walker.document), done, self._show_error)

    def answer(self, digit: int) -> None:
        if self.walk is not None:
            self.walk.answer(digit)
            self._walked()

    def back(self) -> None:
        if self.walk is not None:
            self.walk.back()
            self._walked()

    def begin_again(self) -> None:
        if self.walk is not None:
            self.walk.begin_again()
            self._walked()

    def go(self, step: str) -> None:
        """To a step of the way walked."""
        if self.walk is not None:
            self.walk.go(step)
            self._walked()

    def speak(self, lang: Lang) -> None:
        if self.walk is not None:
            self.walk.set_lang(lang)
