"""The tour's pictures: the window with what floats above it, as it would be seen on a screen."""

from pathlib import Path

from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from desktop.tour.waiting import settle


class Album:
    def __init__(self, folder: Path) -> None:
        self._folder, self._count = folder, 0
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("[0-9][0-9]-*.png"):
            old.unlink()

    def take(self, window: QWidget, name: str) -> str:
        """Keep the picture of a window; gives its file name."""
        settle()
        self._count += 1
        file = f"{self._count:02d}-{name}.png"
        picture = window.grab()
        painter = QPainter(picture)
        for above in _floating(window):
            at = window.mapFromGlobal(above.mapToGlobal(above.rect().topLeft()))
            shown = above.grab()
            painter.setPen(QColor("#808080"))
            painter.drawPixmap(at, shown)
            painter.drawRect(at.x() - 1, at.y() - 1, above.width() + 1, above.height() + 1)
        painter.end()
        _save(picture, self._folder / file)
        return file


def _floating(window: QWidget) -> list[QWidget]:
    """Dialogs, menus and lists that are open above the window."""
    return [one for one in QApplication.topLevelWidgets() if one is not window and one.isVisible()]


def _save(picture: QPixmap, path: Path) -> None:
    if not picture.save(str(path), "PNG"):
        raise OSError(f"{path} cannot be written")
