"""The state of server, sync and store in words: shown in the settings, copied for whoever helps."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from core.desk.entering import Entered
from core.domain.errors import StaylineError
from core.domain.text import Text, filled
from core.sync.status import SyncStatus
from desktop.config import Config
from desktop.settings import words
from desktop.shell.footer import sync_words
from desktop.tongue import Tongue
from desktop.widgets.values import Tone


class Diagnostics:
    def __init__(
        self,
        entered: Entered,
        config: Config,
        tongue: Tongue,
        *,
        status: Callable[[], SyncStatus],
        say: Callable[[Text, Tone], None],
    ) -> None:
        self._entered, self._config, self._tongue = entered, config, tongue
        self._status, self._say = status, say

    def facts(self) -> list[tuple[Text, str]]:
        status, say, now = self._status(), self._tongue, self._entered.desk.moment().wall
        return [
            (words.SERVER, self._config.server),
            (words.CERTIFICATE, self._entered.ask.check_code or say(words.NO_CERTIFICATE)),
            (words.SYNC_STATE, say(sync_words(status, now)[0])),
            (words.WAITING, say(filled(words.WAITING_OF, n=str(status.results), all=str(status.waiting)))),
            (words.FOLDER, f"{self._entered.store.folder} · {say(words.ENCRYPTED)}"),
        ]

    def copy(self) -> None:
        """The facts and the kind of the last error to the clipboard: nothing personal."""
        lines = [f"{label.en}: {value}" for label, value in self.facts()]
        error = self._status().last_error
        lines.append(f"Last error: {type(error).__name__ if isinstance(error, StaylineError) else 'none'}")
        QApplication.clipboard().setText("\n".join(lines))
        self._say(words.COPIED, Tone.OK)
