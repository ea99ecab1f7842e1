"""Workbooks by calamine: the sheet asked for, or the first visible one that holds anything.

Formulas come as their last computed values.
"""

import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from core.domain.errors import InputError
from core.domain.text import Text
from core.server.importing.cells import sheet_text
from core.server.importing.failures import not_a_table, refuse
from core.server.importing.numbers import is_mobile, read_number
from core.server.importing.raw import Raw
from core.server.importing.rows import Row

_LARGEST_PARTS = 2 << 30
_LARGEST_GRID = 40_000_000
_CELL = re.compile(rb'<c [^>]{0,40}?\br="([A-Z]{1,3})(\d{1,7})"')
_BOOK_PARTS = ("xl/", "content.xml")
"""one of which every XLSX, XLSM, XLSB and ODS holds, in small letters; some writers spell them `XL\\WORKBOOK.XML`"""
_CHUNK = 1 << 20
_FIRST_ROWS = 50
"""in which a list shows itself"""
_BROKEN_ARCHIVE = (
    zipfile.BadZipFile,  # its directory or a checksum
    EOFError,  # a part ends too soon
    zlib.error,  # a part cannot be unpacked
    lzma.LZMAError,  # nor by its own, rare, compression
    OSError,  # a part is said to begin before the file; bzip2 that cannot be unpacked
    UnicodeDecodeError,  # a part's name
    RuntimeError,  # a part is encrypted; as NotImplementedError, in a compression or version that is not known
)
"""what zipfile raises while a broken file is read"""


def choose_sheet(raw: Raw, wanted: str = "") -> tuple[str, tuple[str, ...]]:
    """The sheet that holds the list, the `wanted` one or else the first that is one; and the other visible ones that
    hold anything.

    Raises InputError on a locked, broken or empty workbook, and where none is called so.
    """
    _refuse_bombs(raw)
    with _workbook(raw) as book:
        held = [meta.name for meta in book.sheets_metadata if _holds_anything(book, meta, raw, wanted)]
        lists = () if wanted else (name for name in held if _is_list(_sheet(book, name, raw)))
        first = next(iter(lists), held[0] if held else "")
    if not held:
        raise not_a_table(raw, "工作簿里没有数据", "the workbook holds no data")
    if wanted and wanted not in held:
        raise refuse(
            Text(
                zh=f"{raw.name} 里没有名为“{wanted}”且有数据的工作表。",
                en=f"{raw.name} holds no sheet “{wanted}” with anything in it.",
            ),
            Text(zh=f"有数据的工作表：{'、'.join(held)}。", en=f"Sheets that hold something: {', '.join(held)}."),
        )
    chosen = wanted or first
    return chosen, tuple(name for name in held if name != chosen)


def _holds_anything(book: CalamineWorkbook, meta: SheetMetadata, raw: Raw, wanted: str) -> bool:
    """A hidden sheet counts where it is asked for by name."""
    if meta.typ != SheetTypeEnum.WorkSheet:
        return False
    if meta.visible != SheetVisibleEnum.Visible and meta.name != wanted:
        return False
    sheet = _sheet(book, meta.name, raw)
    return bool(sheet.height and sheet.width)


def _is_list(sheet: CalamineSheet) -> bool:
    """Not a front sheet with a few sentences: two rows of several cells, or a column of numbers to call."""
    wide = 0
    for cells in islice(sheet.iter_rows(), _FIRST_ROWS):
        texts = [text for cell in cells if (text := sheet_text(cell).strip())]
        wide += len(texts) > 1
        if wide > 1 or (len(texts) == 1 and is_mobile(read_number(texts[0]))):
            return True
    return False


def read(raw: Raw, sheet: str) -> Iterator[Row]:
    """Every row of the sheet, blank ones too."""
    with _workbook(raw) as book:
        for number, cells in enumerate(_sheet(book, sheet, raw).iter_rows(), 1):
            yield Row(number, [sheet_text(cell) for cell in cells])


def _workbook(raw: Raw) -> CalamineWorkbook:
    try:
        return load_workbook(raw.whole())
    except PasswordError as error:
        raise not_a_table(raw, "工作簿有密码", "the workbook has a password") from error
    except CalamineError as error:
        raise _damaged(raw) from error


def _sheet(book: CalamineWorkbook, name: str, raw: Raw) -> CalamineSheet:
    try:
        return book.get_sheet_by_name(name)
    except CalamineError as error:
        raise _damaged(raw) from error


def _damaged(raw: Raw) -> InputError:
    return not_a_table(raw, "工作簿已损坏", "the workbook is damaged")


def _refuse_bombs(raw: Raw) -> None:
    """Refuses a small file that would unpack into memory without bounds: huge parts, or one cell far out."""
    with raw.open() as file:
        if not zipfile.is_zipfile(file):
            return
    try:
        with raw.open() as file, zipfile.ZipFile(file) as archive:
            spelt = {part: part.replace("\\", "/").lower() for part in archive.namelist()}
            if not any(name.startswith(_BOOK_PARTS) for name in spelt.values()):
                raise not_a_table(
                    raw, "这是压缩包或别的文档，不是工作簿", "this is an archive or another document, no workbook"
                )
            if sum(part.file_size for part in archive.infolist()) > _LARGEST_PARTS:
                raise _too_large(raw)
            for part, name in spelt.items():
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    _refuse_far_cells(raw, archive, part)
    except _BROKEN_ARCHIVE as error:
        raise _damaged(raw) from error


def _refuse_far_cells(raw: Raw, archive: zipfile.ZipFile, part: str) -> None:
    last_row = last_column = 1
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            text = tail + chunk
            for column, row in _CELL.findall(text):
                last_row, last_column = max(last_row, int(row)), max(last_column, _column(column))
            if last_row * last_column > _LARGEST_GRID:
                raise _too_large(raw)
            tail = text[-80:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _too_large(raw: Raw) -> InputError:
    return not_a_table(raw, "工作簿过大", "the workbook is too large")
