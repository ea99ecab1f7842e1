"""What is watched for beside the call: looked at after each pull, and now and then by itself."""

from abc import abstractmethod
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from core.desk.desk import Desk
from core.domain.text import Text
from desktop.lane import Lane
from desktop.shell.tray import Tray
from desktop.tongue import Tongue
from desktop.widgets.values import Tone


class Watch(QObject):
    """Its news stand in the banner, the first of them in the tray too, where a click opens the page."""

    every_ms: int
    """between two looks by itself"""

    def __init__(
        self,
        desk: Desk,
        tongue: Tongue,
        *,
        lane: Lane,
        tray: Tray,
        say: Callable[[Text, Tone], None],
        open_page: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk, self._lane = desk, lane
        self._tongue, self._tray, self._say, self._open_page = tongue, tray, say, open_page
        self._timer = QTimer(self)
        self._timer.setInterval(self.every_ms)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @abstractmethod
    def look(self) -> None:
        """Reads on the lane, and tells what is new."""

    def _tell_all(self, title: Text, news: list[tuple[Text, Tone]]) -> None:
        for text, tone in news:
            self._say(text, tone)
        if news:
            self._tray.tell(self._tongue(title), self._tongue(news[0][0]), self._open_page)
