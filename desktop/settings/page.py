"""Settings: look, dialling, the state of store and sync, diagnostics. What is changed acts at once."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core import __version__
from core.domain.text import Lang, Text
from desktop import theme
from desktop.config import Config, Phone
from desktop.settings import words
from desktop.theme import Theme
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.flow import FlowLayout
from desktop.widgets.key_values import KeyValues
from desktop.widgets.label import Label
from desktop.widgets.values import Row, Tone

WIDEST_PX = 1280
SCALES = (0.9, 1.0, 1.1, 1.25, 1.5)


class SettingsPage(QWidget):
    changed = Signal()
    """something of the config is new: apply and keep it"""
    sync_wanted = Signal()
    sign_out_wanted = Signal()
    diagnostics_wanted = Signal()

    def __init__(self, config: Config, tongue: Tongue, *, facts: Callable[[], list[tuple[Text, str]]]) -> None:
        super().__init__()
        self._config, self._tongue, self._facts = config, tongue, facts
        self._look, self._phone, self._store = Card(), Card(), Card()
        self.language, self.theme_box, self.scale, self.phone = ChoiceBox(), ChoiceBox(), ChoiceBox(), ChoiceBox()
        self.prefix, self.domain = QLineEdit(config.phone_prefix), QLineEdit(config.sip_domain)
        self._values = KeyValues()
        self.sync_button, self.copy_button, self.sign_out = QPushButton(), QPushButton(), QPushButton()
        self._labels: list[tuple[Label, QWidget, Text]] = []
        self._fill_boxes()
        self._lay_out()
        for box in (self.language, self.theme_box, self.scale, self.phone):
            box.activated.connect(self._take)
        for field in (self.prefix, self.domain):
            field.editingFinished.connect(self._take)
        self.sync_button.clicked.connect(self.sync_wanted)
        self.copy_button.clicked.connect(self.diagnostics_wanted)
        self.sign_out.clicked.connect(self.sign_out_wanted)
        self.setFocusProxy(self.language)
        tongue.changed.connect(self.retranslate)
        self.retranslate()

    def _fill_boxes(self) -> None:
        say = self._tongue
        choices: tuple[tuple[QComboBox, list[tuple[str, object]], object], ...] = (
            (self.language, [(say(words.CHINESE), Lang.ZH), (say(words.ENGLISH), Lang.EN)], self._config.lang),
            (self.theme_box, [(say(words.LIGHT), Theme.LIGHT), (say(words.DARK), Theme.DARK)], self._config.theme),
            (self.scale, [(f"{round(s * 100)}%", s) for s in SCALES], self._config.scale),
            (self.phone, [(say(words.TEL), Phone.TEL), (say(words.SIP), Phone.SIP)], self._config.phone),
        )
        for box, items, chosen in choices:
            box.clear()
            for label, value in items:
                box.addItem(label, value)
            box.setCurrentIndex(max(box.findData(chosen), 0))

    def _lay_out(self) -> None:
        self._form(
            self._look, (words.LANGUAGE, self.language), (words.THEME, self.theme_box), (words.TEXT_SIZE, self.scale)
        )
        self._form(self._phone, (words.PHONE, self.phone), (words.PREFIX, self.prefix), (words.SIP_DOMAIN, self.domain))
        self._store.add(self._values)
        buttons = QWidget()
        row = FlowLayout(buttons)
        for button in (self.sync_button, self.copy_button, self.sign_out):
            row.addWidget(button)
        self._store.add(buttons)
        columns = QHBoxLayout()
        columns.setSpacing(theme.px(10))
        for cards in ((self._look, self._phone), (self._store,)):
            column = QVBoxLayout()
            column.setSpacing(theme.px(10))
            for card in cards:
                card.stand_by_content()
                column.addWidget(card)
            column.addStretch(1)
            columns.addLayout(column, 1)
        self._show_scrolling(columns)

    def _show_scrolling(self, columns: QHBoxLayout) -> None:
        """In the middle of a wide window; scrolled in a low one, which it must not make higher."""
        inner = QWidget()
        inner.setLayout(columns)
        inner.setMaximumWidth(theme.px(WIDEST_PX))
        scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        scroll.setWidget(inner)
        outer = QVBoxLayout(self)
        edge = theme.px(10)
        outer.setContentsMargins(edge, edge, edge, edge)
        outer.addWidget(scroll)

    def _form(self, card: Card, *rows: tuple[Text, QWidget]) -> None:
        form = QFormLayout()
        for text, field in rows:
            label = Label(tone=Tone.MUTED)
            self._labels.append((label, field, text))
            form.addRow(label, field)
        card.add(form)

    def retranslate(self) -> None:
        say = self._tongue
        for card, text in ((self._look, words.LOOK), (self._phone, words.PHONE), (self._store, words.STORE)):
            card.set_title(say(text))
        for label, field, text in self._labels:
            label.set_words(say(text))
            field.setAccessibleName(say(text))
        self._fill_boxes()
        self.sync_button.setText(say(words.SYNC_NOW))
        self.copy_button.setText(say(words.COPY))
        self.sign_out.setText(say(words.SIGN_OUT))
        self.refresh()

    def refresh(self) -> None:
        """The state of store and sync as the shell knows it."""
        say = self._tongue
        rows = [Row(say(label), value) for label, value in self._facts()]
        self._values.set_rows([*rows, Row(say(words.VERSION), __version__)])

    def _take(self) -> None:
        config = self._config
        # Qt hands a StrEnum back as a plain string.
        config.lang, config.theme = Lang(self.language.currentData()), Theme(self.theme_box.currentData())
        config.scale, config.phone = float(self.scale.currentData()), Phone(self.phone.currentData())
        config.phone_prefix, config.sip_domain = self.prefix.text().strip(), self.domain.text().strip()
        self.changed.emit()
