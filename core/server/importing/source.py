"""A list on disk: its form is told from its bytes, not from its name; its rows are read again for each pass."""

import hashlib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from core.domain.text import Text
from core.server.importing import delimited, encoding, sheets
from core.server.importing.failures import not_a_table, not_opened, refuse
from core.server.importing.raw import Raw
from core.server.importing.rows import Row

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_FOREIGN = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"\x1f\x8b", b"7z\xbc\xaf", b"SQLite format 3")
_BOOKS = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".et")
_PAGES = (b"<html", b"<!doctype html", b"<?xml")


class Format(StrEnum):
    TEXT = "text"
    """delimited: CSV, TSV and their kin"""
    SHEET = "sheet"
    """a workbook: XLSX, XLS, ODS"""


class Source(Struct, frozen=True, kw_only=True):
    path: Path
    """where it is, or what it is called"""
    body: bytes | None = None
    """of a list that lies on no disk"""
    format: Format
    digest: str
    """sha256 of the file, in hex"""
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()
    """of the same workbook, which hold something and are not read"""

    @property
    def raw(self) -> Raw:
        return Raw(self.path, self.body)

    @property
    def misnamed(self) -> bool:
        """Text under the name of a workbook, as many systems export it."""
        return self.format is Format.TEXT and self.path.suffix.lower() in _BOOKS


def open_source(path: Path, *, sheet: str = "", body: bytes | None = None) -> Source:
    """What kind of list lies at `path`, or in `body`; raises InputError where it is none, or no workbook with that
    `sheet`."""
    raw = Raw(path, body)
    try:
        with raw.open() as file:
            head = file.read(512)
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise not_opened(path, error) from error
    if not head.strip():
        raise not_a_table(path, "文件是空的", "the file is empty")
    if head.startswith((_ZIP, _OLE)):
        chosen, others = sheets.choose_sheet(raw, sheet)
        return Source(path=path, body=body, format=Format.SHEET, digest=digest, sheet=chosen, other_sheets=others)
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_PAGES):
        raise not_a_table(
            path,
            "这是网页或 XML，只是叫了别的名字",
            "this is a web page or XML under another name",
            how=Text(
                "请用 WPS 或 Excel 打开，另存为 XLSX 后重试。",
                "Open it in a spreadsheet, save it as XLSX and try again.",
            ),
        )
    if head.startswith(_FOREIGN):
        raise not_a_table(path, "这不是表格文件", "this is not a table")
    if sheet:
        raise refuse(
            Text(zh=f"{path.name} 不是工作簿，没有工作表。", en=f"{path.name} is no workbook and has no sheets."),
            Text(zh="请去掉 --sheet。", en="Leave --sheet out."),
        )
    name = encoding.detect(raw)
    delimiter = delimited.sniff_delimiter(raw, name)
    return Source(path=path, body=body, format=Format.TEXT, digest=digest, encoding=name, delimiter=delimiter)


def rows(source: Source) -> Iterator[Row]:
    """Every row, blank ones and the header among them."""
    if source.format is Format.SHEET:
        return sheets.read(source.raw, source.sheet)
    return delimited.read(source.raw, source.encoding, source.delimiter)
