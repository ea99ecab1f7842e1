"""The one message surface: a calm line for what is known, one dialog with details for what is not."""

import traceback
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from core.domain.errors import CallForbidden, StaylineError
from core.domain.masking import mask_text
from core.domain.text import Text
from desktop.tongue import Tongue
from desktop.widgets.banner import Banner
from desktop.widgets.values import Tone

CALM_MS = 6_000
"""how long a line that asks nothing of anyone stays"""
UNKNOWN = Text("程序出了意外错误", "Something unexpected went wrong")
SAFE = Text(
    "已保存的结果和草稿都在。可复制详情发给管理员。",
    "Saved results and drafts are safe. Copy the details for your administrator.",
)
COPY = Text("复制详情", "Copy details")
CLOSE = Text("关闭", "Close")


class Notify(QObject):
    def __init__(self, banner: Banner, tongue: Tongue, parent: QWidget) -> None:
        super().__init__(parent)
        self._banner, self._tongue, self._window = banner, tongue, parent
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM_MS)
        self._calm.timeout.connect(banner.clear)
        self._act: Callable[[], None] | None = None
        banner.acted.connect(self._on_acted)
        tongue.changed.connect(self._rename)
        self._rename()

    def say(self, text: Text, tone: Tone = Tone.NEUTRAL) -> None:
        """A line; one that needs no attention goes away by itself."""
        self._banner.show_message(self._tongue(text), tone=tone)
        if tone in (Tone.NEUTRAL, Tone.OK):
            self._calm.start()
        else:
            self._calm.stop()

    def offer(self, text: Text, tone: Tone, action: Text, act: Callable[[], None]) -> None:
        """A line with one thing to do about it."""
        self._calm.stop()
        self._act = act
        self._banner.show_message(self._tongue(text), tone=tone, action=self._tongue(action))

    def _on_acted(self) -> None:
        act, self._act = self._act, None
        self._banner.clear()
        if act is not None:
            act()

    def show_error(self, error: Exception) -> None:
        """A known error as a line, another in the dialog with its details."""
        if isinstance(error, StaylineError):
            tone = Tone.WARN if isinstance(error, CallForbidden) else Tone.BAD
            self._calm.stop()
            self._banner.show_message(error.spoken(self._tongue.lang), tone=tone)
            return
        self._unknown(error)

    def _unknown(self, error: Exception) -> None:
        details = mask_text("".join(traceback.format_exception(error)))
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setText(self._tongue(UNKNOWN))
        box.setInformativeText(self._tongue(SAFE))
        box.setDetailedText(details)
        copy = box.addButton(self._tongue(COPY), QMessageBox.ButtonRole.ActionRole)
        box.addButton(self._tongue(CLOSE), QMessageBox.ButtonRole.RejectRole)
        copy.clicked.connect(lambda: QApplication.clipboard().setText(details))
        box.finished.connect(box.deleteLater)
        box.open()

    def _rename(self) -> None:
        self._banner.set_close_name(self._tongue(CLOSE))
