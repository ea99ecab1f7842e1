"""A list's bytes: in a file, or held in memory alone, so that what somebody sent lies on no disk at any time."""

from dataclasses import dataclass
from io import BufferedReader, BytesIO, TextIOWrapper
from pathlib import Path
from typing import TextIO


@dataclass(frozen=True, slots=True)
class Raw:
    path: Path
    """where it is, or what it is called"""
    body: bytes | None = None
    """None: it lies at `path`"""

    @property
    def name(self) -> str:
        return self.path.name

    def open(self) -> BufferedReader | BytesIO:
        """Raises OSError."""
        return self.path.open("rb") if self.body is None else BytesIO(self.body)

    def text(self, encoding: str) -> TextIO:
        """With the ends of its lines as they are, and a mark for what cannot be read."""
        return TextIOWrapper(self.open(), encoding=encoding, errors="replace", newline="")

    def whole(self) -> Path | BytesIO:
        """For who opens files by their names, or takes their bytes."""
        return self.path if self.body is None else BytesIO(self.body)
