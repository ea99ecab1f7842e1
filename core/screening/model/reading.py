"""A labelled list from a file: CSV of any separator in UTF-8, UTF-16 or GB 18030, or Parquet; or the rows of a sheet.
Cells stay as written, but for figures and days that are written otherwise elsewhere."""

import codecs
import csv
import hashlib
import io
import re
import warnings
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from msgspec import Struct

from core.domain.clock import local_day
from core.domain.errors import InputError
from core.domain.text import Text
from core.screening.model.elsewhere import written_here
from core.screening.model.heads import behind_titles, plain_head, without_titles

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
_SEPARATORS = ",\t;|"
_TOO_MANY = Text("数据行比表头多出单元格", "its rows have more cells than the line of headers")
BLANK = frozenset({"", "na", "n/a", "nan", "null", "none", "\\n", "#n/a", "-", "--"})


class Listed(Struct, frozen=True):
    """A list as it was read."""

    frame: pd.DataFrame
    file: str
    """its name, without its folder"""
    sha256: str
    of: int = 0
    """rows that there were, where these are a sample of them; else 0"""


def read_list(path: Path) -> Listed:
    """Raises InputError for what cannot be read, is empty, or has two columns of one name."""
    try:
        with path.open("rb") as file:
            columnar = file.read(4) == b"PAR1"
        frame = _parquet(path) if columnar else _delimited(path, path.read_bytes())
        return _listed(path, frame)
    except OSError as error:
        raise _unreadable(path, Text("打不开", error.strerror or "it cannot be opened")) from error


def listed_rows(path: Path, rows: Iterable[Sequence[str]]) -> Listed:
    """Of that workbook's sheet: the first row that holds anything names the columns, or the one behind its title.
    Raises InputError as `read_list` does."""
    filled = without_titles(row for row in rows if any(cell.strip() for cell in row))
    head = [plain_head(one) for one in next(filled, [])]
    named = max((at for at, one in enumerate(head, 1) if one), default=0)
    _refuse_twice(path, [one for one in head if one])
    table = []
    for row in filled:
        if any(cell.strip() for cell in row[named:]):
            raise _unreadable(path, _TOO_MANY)
        table.append([*row[:named], *[""] * (named - len(row))])
    names = [one or f"Unnamed: {at}" for at, one in enumerate(head[:named])]
    return _listed(path, written_here(pd.DataFrame(table, columns=names, dtype=str)))


def _listed(path: Path, frame: pd.DataFrame) -> Listed:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    frame.columns = [plain_head(str(one)) for one in frame.columns]
    _refuse_twice(path, list(frame.columns))
    if frame.empty or len(frame.columns) < 2:
        raise _unreadable(path, Text("没有数据行，或只有一列", "it has no rows, or a single column"))
    return Listed(frame.reset_index(drop=True), path.name, digest)


def _parquet(path: Path) -> pd.DataFrame:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(path, Text("Parquet 文件已损坏", "the Parquet file is damaged")) from error
    frame: pd.DataFrame = table.to_pandas(ignore_metadata=True)
    taken_at = (table.schema.metadata or {}).get(b"taken_at")
    if taken_at is not None and "taken_at" not in frame:
        frame["taken_at"] = _day_of(taken_at.decode())
    return frame


def _day_of(moment: str) -> str:
    """A snapshot's day, as its score goes by it: a night's is taken before midnight of UTC."""
    try:
        return local_day(datetime.fromisoformat(moment)).isoformat()
    except ValueError:
        return moment


def _delimited(path: Path, blob: bytes) -> pd.DataFrame:
    text = _decoded(path, blob)
    head = text[:20_000].rsplit("\n", 1)[0] or text
    try:
        separator = csv.Sniffer().sniff(head, delimiters=_SEPARATORS).delimiter
    except csv.Error:
        first = next((line for line in head.split("\n") if any(one in line for one in _SEPARATORS)), "")
        separator = max(_SEPARATORS, key=first.count)
    text = behind_titles(text, separator)
    _refuse_doubled(path, text, separator)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)
            # Else a row longer than the line of headers moves every cell under the header before its own.
            frame = pd.read_csv(
                io.StringIO(text), sep=separator, dtype=str, keep_default_na=False, skipinitialspace=True,
                index_col=False,
            )  # fmt: skip
        return written_here(frame)
    except pd.errors.ParserWarning as error:
        raise _unreadable(path, _TOO_MANY) from error
    except pd.errors.EmptyDataError as error:
        raise _unreadable(path, Text("文件是空的", "it is empty")) from error
    except pd.errors.ParserError as error:
        raise _unreadable(path, _irregular(str(error))) from error


def _irregular(said: str) -> Text:
    """What the reader of tables found, in words."""
    if found := re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", said):
        wanted, line, seen = found.groups()
        return Text(
            f"第 {line} 行有 {seen} 个单元格，别的行只有 {wanted} 个",
            f"line {line} has {seen} cells, others have {wanted}",
        )
    if "EOF inside string" in said:
        return Text("有引号没有闭合", "a quotation mark is never closed")
    return Text("不是规整的表格", "it is no regular table")


def _refuse_doubled(path: Path, text: str, separator: str) -> None:
    """As they stand in the file: what reads the table would give the second another name."""
    rows = csv.reader(io.StringIO(text), delimiter=separator, skipinitialspace=True)
    try:
        names = [plain_head(one) for one in next((row for row in rows if row), [])]
    except csv.Error:
        return
    _refuse_twice(path, [one for one in names if one])


def _refuse_twice(path: Path, names: list[str]) -> None:
    doubled = next((one for one in names if names.count(one) > 1), None)
    if doubled is not None:
        raise _unreadable(path, Text(f"列“{doubled}”有两个", f"column “{doubled}” is there twice"))


def _decoded(path: Path, blob: bytes) -> str:
    marked = blob.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return blob.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable(
        path, Text("不是 UTF-8、UTF-16 也不是 GB 18030 编码", "it is neither UTF-8 nor UTF-16 nor GB 18030")
    )


def blank(values: "pd.Series[str]") -> Flags:
    """Which cells say nothing."""
    missing = values.isna().to_numpy(dtype=bool)
    if values.dtype.kind in "OTU" or isinstance(values.dtype, pd.StringDtype):
        plain = values.astype(str).str.strip().str.casefold()
        missing = missing | plain.isin(BLANK).to_numpy(dtype=bool)
    return missing


def _unreadable(path: Path, why: Text) -> InputError:
    return InputError(
        title=Text("名单读不出", "The list cannot be read"),
        message=Text(f"{path.name}：{why.zh}。", f"{path.name}: {why.en}."),
        next_step=Text(
            "请给出带表头的 CSV、工作簿或 Parquet。", "Give a CSV or workbook with a line of headers, or Parquet."
        ),
    )
