"""DuckDB reads CSV in UTF-8 alone: a file of an older system, in GB 18030, is written anew beside the snapshots."""

import codecs
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

from core.screening.snapshots.delivered_errors import empty, unreadable

_AT_ONCE = 1 << 22
"""bytes"""
_BLANK = b"\xef\xbb\xbf \t\r\n"


class InUtf8:
    """Files as DuckDB can read them; close it once they were read."""

    def __init__(self, spill: Path) -> None:
        self._spill = spill
        self._folder: Path | None = None
        self._made = 0

    def close(self) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def of(self, file: Path) -> Path:
        """The file itself where it is UTF-8, else a copy of the same name that is.

        Raises InputError where nothing is in it, or it is neither of the encodings."""
        if not any(chunk.strip(_BLANK) for chunk in _chunks(file)):
            raise empty(file)
        if _reads(file, "utf-8"):
            return file
        if not _reads(file, "gb18030"):
            raise unreadable(file)
        return self._anew(file)

    def _anew(self, file: Path) -> Path:
        if self._folder is None:
            self._spill.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._folder = Path(mkdtemp(dir=self._spill))
        self._made += 1
        copy = self._folder / str(self._made) / file.name
        copy.parent.mkdir()
        read = codecs.getincrementaldecoder("gb18030")()
        with copy.open("wb") as out:
            for chunk in _chunks(file):
                out.write(read.decode(chunk).encode())
        return copy


def _chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while chunk := opened.read(_AT_ONCE):
            yield chunk


def _reads(file: Path, encoding: str) -> bool:
    read = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in _chunks(file):
            read.decode(chunk)
        read.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
