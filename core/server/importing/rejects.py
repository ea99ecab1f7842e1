"""The file of rejected rows beside the input: row number, reason, the cells as they were, formulas made harmless."""

import csv
import os
import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from core.domain.content_reasons import in_chinese
from core.domain.text import Text
from core.server.importing.failures import refuse

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
_HARMLESS = re.compile(r"[+-]?\d+(?:\.\d+)?")
_COLUMNS = ("行号 row", "拒绝原因", "reject reason")


def rejected_path(source: Path) -> Path:
    """`list.csv` → `list.csv.rejected.csv`."""
    return source.with_name(f"{source.name}.rejected.csv")


def neutralise(cell: str) -> str:
    """The cell as text that no spreadsheet computes; plain numbers stay as they are."""
    text = cell.replace("\0", "")
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) and not _HARMLESS.fullmatch(text) else text


class Rejects(AbstractContextManager["Rejects"]):
    """Written under another name and put in place at the end, so that it always speaks of one whole run.

    Opened before the first row is stored: a folder that cannot be written is no surprise half-way. Without any
    rejected row an earlier run's file is taken away.
    """

    def __init__(self, source: Path, header: Sequence[str]) -> None:
        self.path = rejected_path(source)
        self.count = 0
        self._header = header
        self._partial = self.path.with_name(f".{self.path.name}.part")
        self._file: IO[str] | None = None
        self._writer: Any = None

    def add(self, number: int, reason: Text, cells: Sequence[str]) -> None:
        self.count += 1
        self._writer.writerow([number, reason.zh, reason.en, *map(neutralise, cells)])

    def __enter__(self) -> Self:
        """Raises InputError where the folder cannot be written."""
        try:
            descriptor = os.open(self._partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        except OSError as error:
            raise refuse(
                Text(
                    zh=f"无法在名单旁写入 {self.path.name}（{in_chinese(error.strerror or type(error).__name__)}）。",
                    en=f"{self.path.name} cannot be written beside the list ({error.strerror}).",
                ),
                Text(
                    zh="没有导入任何客户。请把名单放到可写的文件夹后重试。",
                    en="Nothing was imported. Move the list to a folder that can be written and run again.",
                ),
            ) from error
        self._file = os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="", errors="replace")
        self._writer = csv.writer(self._file)
        self._writer.writerow([*_COLUMNS, *map(neutralise, self._header)])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()
        if kind is None and self.count:
            self._partial.replace(self.path)
            return
        self._partial.unlink()
        if kind is None:
            self.path.unlink(missing_ok=True)
