"""Stayline's data folder: whose it is, what lies in it, and that one start at a time works in it."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MARKER = ".stayline"
LOCK = ".lock"
LOG = "server.log"
_OURS = {MARKER, LOCK, LOG, "server", "desktop"}


class FolderProblem(Exception):
    """The data folder cannot be used; the text says what to do."""


class DataFolder:
    """One folder with a marker that says it is Stayline's and whether its demo data are complete."""

    def __init__(self, path: Path, *, chosen: bool = True) -> None:
        """`chosen`: a person named it, so it may be anything; the usual one is Stayline's by its place."""
        self.path, self._chosen = path, chosen
        self.server, self.desktop, self.log = path / "server", path / "desktop", path / LOG
        self._marker = path / MARKER

    @classmethod
    def default(cls) -> "DataFolder":
        """STAYLINE_DATA, else the user's data folder."""
        chosen = os.environ.get("STAYLINE_DATA")
        if chosen:
            return cls(Path(chosen).expanduser().resolve())
        from platformdirs import user_data_path

        return cls(user_data_path("stayline", appauthor=False), chosen=False)

    @contextmanager
    def held(self) -> Iterator["DataFolder"]:
        """The folder, made if need be, for this start alone; raises FolderProblem where it is another's or in use."""
        self._check_ours()
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = (self.path / LOCK).open("w")
        except OSError as error:
            raise FolderProblem(
                f"{self.path} cannot be written ({error.strerror}). Choose another: STAYLINE_DATA=DIR"
            ) from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise FolderProblem(
                    f"Stayline is already running with {self.path}. Use its window, or close it first."
                ) from error
            if not self._marker.exists():
                self._mark(demo="none")
            yield self

    def clear(self) -> None:
        """Remove what Stayline keeps here; the folder, its marker and its lock stay."""
        for name in sorted(_OURS - {MARKER, LOCK}):
            _remove(self.path / name)
        self._mark(demo="none")

    @property
    def demo_ready(self) -> bool:
        return bool(self._read().get("demo") == "ready")

    def begin_demo(self) -> None:
        """Before demo data are made: what an interrupted start has left is removed, the desktop's store with it."""
        self.clear()
        self._mark(demo="making")
        self.server.mkdir(mode=0o700)

    def finish_demo(self) -> None:
        self._mark(demo="ready")

    def _check_ours(self) -> None:
        if self.path.exists() and not self.path.is_dir():
            raise FolderProblem(f"{self.path} is a file, not a folder. Choose another: STAYLINE_DATA=DIR")
        if not self._chosen or self._marker.exists() or not self.path.exists():
            return
        foreign = sorted(entry.name for entry in self.path.iterdir() if entry.name not in _OURS)
        if foreign:
            raise FolderProblem(
                f"{self.path} holds other things ({foreign[0]} …) and is left alone. Choose another: STAYLINE_DATA=DIR"
            )

    def _read(self) -> dict[str, object]:
        try:
            read = json.loads(self._marker.read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            # A marker that a crash cut short says nothing about the demo data: they are made again.
            return {}
        return read if isinstance(read, dict) else {}

    def _mark(self, *, demo: str) -> None:
        new = self._marker.with_suffix(".new")
        with new.open("w", encoding="utf-8") as file:
            json.dump({"product": "stayline", "demo": demo}, file)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._marker)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
