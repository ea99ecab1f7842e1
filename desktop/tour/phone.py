"""A phone program that stands in for the system's: it takes `tel:` addresses and keeps count. The tour's alone."""

from datetime import datetime

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from core.domain.clock import utc_now
from core.domain.masking import mask_number


class StandInPhone(QObject):
    def __init__(self) -> None:
        super().__init__()
        self._taken: list[tuple[str, datetime]] = []
        QDesktopServices.setUrlHandler("tel", self, "take")  # type: ignore[arg-type]

    @Slot(QUrl)
    def take(self, address: QUrl) -> None:
        self._taken.append((address.path(), utc_now()))

    def put_away(self) -> None:
        QDesktopServices.unsetUrlHandler("tel")

    @property
    def calls(self) -> int:
        return len(self._taken)

    def calls_since(self, start: datetime) -> int:
        """How many numbers were handed over from then on."""
        return sum(at >= start for _, at in self._taken)

    @property
    def last(self) -> str:
        """The number handed over last, masked."""
        return mask_number(self._taken[-1][0]) if self._taken else ""
