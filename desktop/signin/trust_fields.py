"""Asked only where the server's certificate will not do: the centre's certificate file, or the check code of a new one.

Left empty after the trouble was told, signing in again goes on offline where there are data of one's own.
"""

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from core.desk.server_word import ServerWord
from core.domain.errors import CertificateUnknown, ServerKeyChanged, ServerUntrusted
from desktop import theme
from desktop.signin import words
from desktop.tongue import Tongue
from desktop.widgets.label import Label
from desktop.widgets.values import Tone

LONGEST_CODE = 40
"""a check code with spaces typed between all of its letters"""


class TrustFields(QWidget):
    submitted = Signal()

    def __init__(self, tongue: Tongue) -> None:
        super().__init__()
        self._tongue = tongue
        self._told = False
        self.certificates, self.code = QLineEdit(), QLineEdit()
        self.code.setMaxLength(LONGEST_CODE)
        self._labels = {field: Label(size=12, tone=Tone.MUTED) for field in (self.certificates, self.code)}
        self._offline = Label(size=12, tone=Tone.WARN, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for field, label in self._labels.items():
            field.setMinimumHeight(theme.px(34))
            field.returnPressed.connect(self.submitted)
            column.addWidget(label)
            column.addWidget(field)
        column.addWidget(self._offline)
        self.forget()

    def ask_after(self, error: ServerUntrusted, *, here: bool) -> None:
        """What would help after that; `here`: this agent has data here and can go on offline."""
        self._told = here
        self._show(self.certificates, isinstance(error, CertificateUnknown))
        self._show(self.code, isinstance(error, ServerKeyChanged))
        self._offline.setVisible(here)
        self.setVisible(here or self.asked is not None)

    def forget(self) -> None:
        """Another server, or another agent: nothing has been told yet."""
        self._told = False
        for field in self._labels:
            field.clear()
            self._show(field, False)
        self._offline.hide()
        self.hide()

    @property
    def asked(self) -> QLineEdit | None:
        """The field that waits to be filled in."""
        return next((field for field in self._labels if not field.isHidden()), None)

    @property
    def word(self) -> ServerWord:
        file, code = _path(self.certificates.text()), self.code.text().strip()
        return ServerWord(certificates=file, code=code, offline=self._told and file is None and not code)

    def retranslate(self) -> None:
        say = self._tongue
        for field, text in ((self.certificates, words.CERTIFICATES), (self.code, words.CHECK_CODE)):
            self._labels[field].set_words(say(text))
            field.setAccessibleName(say(text))
        self.certificates.setPlaceholderText(say(words.CERTIFICATES_HINT))
        self.code.setPlaceholderText(say(words.CHECK_CODE_HINT))
        self._offline.set_words(say(words.OR_OFFLINE))

    def _show(self, field: QLineEdit, shown: bool) -> None:
        field.setVisible(shown)
        self._labels[field].setVisible(shown)


def _path(text: str) -> Path | None:
    """A path as typed, pasted with quotation marks, or dropped as a file."""
    given = text.strip().strip('"“”')
    if given.startswith("file://"):
        given = QUrl(given).toLocalFile()
    return Path(given).expanduser() if given else None
