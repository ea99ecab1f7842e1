"""The scenarios by name, as the scripts on this machine title them."""

from PySide6.QtCore import QObject, Signal

from core.desk.desk import Desk
from core.domain.text import Text
from desktop.lane import Lane

NOT_YET = Text("…", "…")


class ScenarioNames(QObject):
    learnt = Signal()

    def __init__(self, desk: Desk, *, lane: Lane, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._lane = desk, lane
        self._names: dict[str, Text] = {}

    def __call__(self, scenario: str) -> Text:
        """Its title; no word before any script has come, and the id of a scenario that has none here."""
        return self._names.get(scenario, Text(scenario, scenario) if self._names else NOT_YET)

    @property
    def scenarios(self) -> list[str]:
        return sorted(self._names)

    def learn(self) -> None:
        """Read them anew; `learnt` is told when they stand."""
        desk = self._desk

        def read() -> dict[str, Text]:
            return {name: desk.script(name).title for name in desk.store.content_names("script")}

        self._lane(read, self._take)

    def _take(self, names: dict[str, Text]) -> None:
        self._names = names
        self.learnt.emit()
