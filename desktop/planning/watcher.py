"""Tells when files were saved: also where an editor puts a new file in the place of the old one."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

SETTLED_MS = 120
"""an editor that saves touches a file several times"""


class FilesWatcher(QObject):
    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._watcher = QFileSystemWatcher(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLED_MS)
        self._soon.timeout.connect(self.changed)
        self._watcher.fileChanged.connect(lambda _: self._soon.start())
        self._watcher.directoryChanged.connect(lambda _: self._soon.start())

    def watch(self, paths: Iterable[Path]) -> None:
        """These from now on; a file that was replaced has to be named anew."""
        wanted = {str(path) for path in paths}
        present = {*self._watcher.files(), *self._watcher.directories()}
        if gone := sorted(present - wanted):
            self._watcher.removePaths(gone)
        if new := sorted(wanted - present):
            self._watcher.addPaths(new)
