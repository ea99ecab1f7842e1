"""The language of the windows: one object that every view is given, which tells when it changes.

A view keeps its words as `Text` constants in its feature's `words.py`, puts them in place in `retranslate()`, calls
that at the end of its constructor and connects it to `changed`.
"""

from PySide6.QtCore import QObject, Signal

from core.domain.text import Lang, Text


class Tongue(QObject):
    changed = Signal()

    def __init__(self, lang: Lang = Lang.ZH, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lang = lang

    @property
    def lang(self) -> Lang:
        return self._lang

    def set_lang(self, lang: Lang) -> None:
        """Switches while running; says `changed` only if something did."""
        if lang is not self._lang:
            self._lang = lang
            self.changed.emit()

    def __call__(self, text: Text) -> str:
        """The words in the present language."""
        return text.of(self._lang)
