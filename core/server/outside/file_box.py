"""A system that takes files: what leaves is a file in `out`, each answer a file of the same name in `in`.

For systems that load files by night. A file appears whole or not at all, and what is in `out` is never written again.
"""

import os
from pathlib import Path

from core.server.folders import sync_folder
from core.server.outside.down import PortDown


class FileBox:
    """Over a folder; it is made when the first file leaves."""

    def __init__(self, folder: Path) -> None:
        self._out, self._in = folder / "out", folder / "in"

    def put(self, name: str, body: bytes) -> None:
        """The file in `out`, where there is none yet. Raises PortDown where the folder does not take it."""
        path = self._out / name
        try:
            if path.exists():
                return
            for folder in (self._out, self._in):
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            new = path.with_suffix(".new")
            with open(new, "wb", opener=lambda where, flags: os.open(where, flags, 0o600)) as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            new.replace(path)
            sync_folder(self._out)
        except OSError as error:
            raise PortDown(type(error).__name__) from error

    def has_left(self, name: str) -> bool:
        return self._there(self._out / name)

    def answer(self, name: str) -> bytes | None:
        """The file of that name in `in`; None where there is none. Raises PortDown where it cannot be read."""
        path = self._in / name
        try:
            return path.read_bytes() if path.exists() else None
        except OSError as error:
            raise PortDown(f"{name}: {type(error).__name__}") from error

    def _there(self, path: Path) -> bool:
        try:
            return path.exists()
        except OSError as error:
            raise PortDown(f"{path.name}: {type(error).__name__}") from error
