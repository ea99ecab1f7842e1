"""The one message surface: a calm line for what is known, one dialog with details for what is not."""

import traceback
from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from core.domain.errors import CallForbidden, StaylineError
from core.domain.masking import mask_text
from core.domain.text import Lang, Text
from desktop.tongue import Tongue
from desktop.widgets.banner import Banner
from desktop.widgets.values import Tone

CALM_MS = 6_000
"""how long a line that asks nothing of anyone stays"""
MOST_BENEATH = 8
"""lines that come back one after another; each of them also stands where it is about"""
_SAVE = "save"
UNKNOWN = Text("程序出了意外错误", "Something unexpected went wrong")
SAFE = Text(
    "已保存的结果和草稿都在。可复制详情发给管理员。",
    "Saved results and drafts are safe. Copy the details for your administrator.",
)
COPY = Text("复制详情", "Copy details")
CLOSE = Text("关闭", "Close")


class Topic(StrEnum):
    """What an offer tells of the task or request that it is about."""

    CALLBACK = "callback"
    ANSWER = "answer"
    REQUEST = "request"


class _Line(NamedTuple):
    words: Text
    tone: Tone
    action: Text | None = None
    act: Callable[[], None] | None = None
    of_customer: bool = False
    """it is about the customer on the desk"""
    about: str = ""
    topic: Topic | None = None

    @property
    def is_calm(self) -> bool:
        return self.tone in (Tone.NEUTRAL, Tone.OK)

    def is_settled_by(self, key: str) -> bool:
        """Why the last customer could not be called, or the offer to open the one who is open now."""
        return self.of_customer or bool(key and self.about == key)


class Notify(QObject):
    def __init__(self, banner: Banner, tongue: Tongue, parent: QWidget) -> None:
        super().__init__(parent)
        self._banner, self._tongue, self._window = banner, tongue, parent
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM_MS)
        self._calm.timeout.connect(banner.clear)
        self._line: _Line | None = None
        self._beneath: list[_Line] = []
        """stood there when another came, and come back after it, the latest first; one about each thing"""
        banner.acted.connect(self._on_acted)
        banner.closed.connect(self._on_closed)
        tongue.changed.connect(self._retranslate)
        self._retranslate()

    def say(self, text: Text, tone: Tone = Tone.NEUTRAL) -> None:
        """A line; one that needs no attention goes away by itself. An offer that it covers comes back after it."""
        self._keep_offer()
        self._put(_Line(text, tone))

    def lacks(self, text: Text | None) -> None:
        """What keeps the outcome from being saved; None once something was changed: the line goes, as with the
        customer."""
        if text is None:
            self.settled(_SAVE)
            return
        self._keep_offer()
        self._put(_Line(text, Tone.WARN, of_customer=True, about=_SAVE))

    def offer(
        self,
        text: Text,
        tone: Tone,
        action: Text,
        act: Callable[[], None],
        *,
        about: str = "",
        topic: Topic | None = None,
    ) -> None:
        """A line with one thing to do about it. One that needs attention stands there again afterwards.

        `about` names the task that it is about: once that is on the desk there is nothing to offer. A newer line of
        the same topic takes the place of the earlier one about it.
        """
        line = self._line
        if line is not None and (line.act is not None or not line.is_calm):
            self._lay_beneath(line)
        if about:
            self._beneath = [one for one in self._beneath if (one.about, one.topic) != (about, topic)]
        self._put(_Line(text, tone, action, act, about=about, topic=topic))

    def show_error(self, error: Exception, *, about: str = "") -> None:
        """A known error as a line, another in the dialog with its details.

        One `about` something in this call goes when that is settled, or with the customer."""
        if not isinstance(error, StaylineError):
            self._unknown(error)
            return
        of_customer = isinstance(error, CallForbidden)
        self._keep_offer()
        words = Text(error.spoken(Lang.ZH), error.spoken(Lang.EN))
        tone = Tone.WARN if of_customer else Tone.BAD
        self._put(_Line(words, tone, of_customer=of_customer or bool(about), about=about))

    def customer_left(self, key: str = "") -> None:
        """Another customer, the one of `key`, is on the desk: what is settled by that is no longer said."""
        self._beneath = [one for one in self._beneath if not one.is_settled_by(key)]
        if self._line is not None and self._line.is_settled_by(key):
            self._banner.clear()

    def settled(self, about: str) -> None:
        """What was offered about that is done, here or elsewhere."""
        self._beneath = [one for one in self._beneath if one.about != about]
        if self._line is not None and self._line.about == about:
            self._banner.clear()

    def _keep_offer(self) -> None:
        """An offer comes back after the line that is to stand there; what was only said does not."""
        self._beneath = [one for one in self._beneath if one.act is not None]
        if self._line is not None and self._line.act is not None:
            self._lay_beneath(self._line)

    def _lay_beneath(self, line: _Line) -> None:
        self._beneath = [*self._beneath, line][-MOST_BENEATH:]

    def _put(self, line: _Line) -> None:
        self._line = line
        self._draw(line)
        if line.is_calm:
            self._calm.start()
        else:
            self._calm.stop()

    def _draw(self, line: _Line) -> None:
        action = self._tongue(line.action) if line.action is not None else ""
        self._banner.show_message(self._tongue(line.words), tone=line.tone, action=action)

    def _on_acted(self) -> None:
        act = self._line.act if self._line is not None else None
        self._banner.clear()
        if act is not None:
            act()

    def _on_closed(self) -> None:
        self._line = None
        if self._beneath:
            self._put(self._beneath.pop())

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

    def _retranslate(self) -> None:
        self._banner.set_close_name(self._tongue(CLOSE))
        if self._line is not None:
            self._draw(self._line)
