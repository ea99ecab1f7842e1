"""One person's mouse and keyboard, at the windows as the window system sees them.

Events go to the window, not to the widget: what is covered, hidden or closed cannot be pressed here either.
"""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QCheckBox, QRadioButton, QScrollArea, QWidget

from desktop.tour.waiting import expect, settle, until

W = TypeVar("W", bound=QWidget)
Key, Mod = Qt.Key, Qt.KeyboardModifier


class Hand:
    def __init__(self) -> None:
        self.keys_pressed = 0
        self.clicks = 0
        self._home: QWidget | None = None

    # Finding

    def named(self, within: QWidget, kind: type[W], name: str) -> W:
        """The visible widget of a kind that a screen reader would call by this name."""
        return self.where(within, kind, lambda widget: widget.accessibleName() == name, name)

    def where(self, within: QWidget, kind: type[W], fits: Callable[[W], object], what: str) -> W:
        found = [one for one in within.findChildren(kind) if one.isVisibleTo(within.window()) and fits(one)]
        expect(found, f"no {kind.__name__} “{what}” in sight")
        return found[0]

    # Mouse

    def click(self, widget: QWidget) -> None:
        """Press a widget in its middle, a box to tick on its mark; scrolled into sight first."""
        self._scroll_to(widget)
        at = widget.rect().center()
        if isinstance(widget, (QCheckBox, QRadioButton)):
            at.setX(widget.rect().left() + widget.rect().height() // 2)
        self._click_at(widget, at)

    def click_row(self, view: QAbstractItemView, row: Callable[[], int]) -> None:
        """Press a row of a list, scrolled into sight first; asked anew, as a list may change while one looks at it."""

        def spot() -> QPoint | None:
            index = view.model().index(row(), 0)
            view.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
            box = view.visualRect(index)
            return box.center() if box.isValid() and view.viewport().rect().contains(box.center()) else None

        until(lambda: row() >= 0, "the row is in the list")
        settle()
        until(spot, "the row is in sight")
        at = spot()
        assert at is not None
        self._click_at(view.viewport(), at)

    def _click_at(self, widget: QWidget, at: QPoint) -> None:
        window = widget.window()
        until(lambda: widget.isVisibleTo(window) and widget.isEnabled(), f"{_name(widget)} can be pressed")
        spot = widget.mapTo(window, at)
        hit = window.childAt(spot)
        expect(hit is not None and (hit is widget or widget.isAncestorOf(hit)), f"{_name(widget)} is covered by {hit}")
        QTest.mouseClick(_handle(window), Qt.MouseButton.LeftButton, Mod.NoModifier, spot)
        self.clicks += 1
        settle()

    def _scroll_to(self, widget: QWidget) -> None:
        parent = widget.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(widget)
                settle()
            parent = parent.parentWidget()

    # Keyboard

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Mod.NoModifier, *, times: int = 1) -> None:
        """Strike a key at the window that has the keyboard."""
        for _ in range(times):
            QTest.keyClick(_handle(self._with_keyboard()), key, modifiers)
            self.keys_pressed += 1
        settle()

    def at(self, window: QWidget) -> None:
        """Sit down at a window: it has the keyboard, and gets it back when a panel above it closes."""
        self._home = window
        window.activateWindow()

    def _with_keyboard(self) -> QWidget:
        """Without a window manager nobody hands the keyboard back after a panel has closed: then it is done here."""
        if QApplication.activeWindow() is None:
            expect(self._home, "no window is open")
            assert self._home is not None
            self._home.activateWindow()
            until(lambda: QApplication.activeWindow() is not None, "a window has the keyboard")
        window = QApplication.activeWindow()
        assert window is not None
        return window

    def letter(self, letter: str) -> None:
        """A plain letter or digit."""
        self.key(Key(ord(letter.upper())))

    def type(self, text: str) -> None:
        """Type into the field that has the keyboard: keys for ASCII, an input method's commit for Chinese."""
        self._with_keyboard()
        field = QApplication.focusWidget()
        expect(field, "no field has the keyboard")
        assert field is not None
        if text.isascii():
            for character in text:
                QTest.keyClick(_handle(field.window()), character)  # type: ignore[call-overload]
            self.keys_pressed += len(text)
        else:
            event = QInputMethodEvent("", [])
            event.setCommitString(text)
            QApplication.sendEvent(field, event)
            self.keys_pressed += 1
        settle()

    def fill(self, field: QWidget, text: str) -> None:
        """Click a field and replace what stands in it."""
        self.click(field)
        self.key(Key.Key_A, Mod.ControlModifier)
        self.type(text)

    def choose(self, box: QWidget, steps: int) -> None:
        """Move in a closed list of choices by the arrow keys; below zero is up."""
        box.setFocus(Qt.FocusReason.TabFocusReason)
        self.key(Key.Key_Down if steps > 0 else Key.Key_Up, times=abs(steps))


def _handle(window: QWidget) -> QWindow:
    handle = window.windowHandle()
    assert handle is not None
    return handle


def _name(widget: QWidget) -> str:
    return widget.accessibleName() or type(widget).__name__
