"""An XLSX of several sheets, row by row: memory does not grow with them. Live sums are formulas of ours alone."""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from core.domain.errors import InputError
from core.domain.text import Lang, Text
from core.review.taking.cells import Writers, formats
from core.review.taking.sheet import Chart, Sheet
from core.review.taking.sums import Sums
from core.review.taking.whole_file import whole_file

SHEET_ROWS = 1_048_576
NAME_CHARACTERS = 31
_TOLD_EVERY = 500
"""rows: a few hundredths of a second"""
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))
_TOTAL = Text("合计", "Total")


def write_workbook(
    path: Path, sheets: Iterable[Sheet], *, lang: Lang, told: Callable[[int], None] = lambda rows: None
) -> int:
    """Write the sheets in their order and give the number of rows in all; `path` is replaced only by a whole file.

    `told` hears how many rows of the sheet at hand are written; what it raises ends the writing. Raises InputError
    where the disk does not take the file or a sheet would not fit.
    """
    from xlsxwriter.exceptions import FileCreateError

    with whole_file(path) as beside:
        try:
            with _book(beside) as book:
                return sum([_Page(book, sheet, lang, told).write() for sheet in sheets])
        except FileCreateError as error:
            # The library wraps what the disk said as it closes the book.
            reason = error.args[0] if error.args else error
            raise (reason if isinstance(reason, OSError) else OSError(str(error))) from error


@contextmanager
def _book(path: Path) -> Iterator[Any]:
    import xlsxwriter

    # What the library puts aside goes where the file goes: a full disk is found before, and nothing stays in between.
    aside = tempfile.mkdtemp(prefix=".stayline-", dir=path.parent if path.is_file() else None)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "tmpdir": aside}
    book = xlsxwriter.Workbook(str(path), options)
    try:
        yield book
        book.close()
    finally:
        _forget(book)
        shutil.rmtree(aside, ignore_errors=True)


def _forget(book: Any) -> None:
    """Close what a book that could not be finished holds open: the library would else complain as it is collected."""
    book.fileclosed = True
    for sheet in book.worksheets():
        with suppress(OSError):
            # What the disk did not take is lost with the book; whoever asked for it is told.
            sheet.row_data_fh.close()


class _Page:
    """One sheet as it is written."""

    def __init__(self, book: Any, sheet: Sheet, lang: Lang, told: Callable[[int], None]) -> None:
        self._sheet, self._lang, self._book, self._told = sheet, lang, book, told
        self._name = sheet.name.of(lang).translate(_NOT_IN_NAMES)[:NAME_CHARACTERS]
        self._to = book.add_worksheet(self._name)
        self._formats = formats(book)

    def write(self) -> int:
        self._head()
        sums = Sums(self._sheet.columns)
        count = self._rows(sums)
        width = len(self._sheet.columns)
        if count:
            self._to.autofilter(0, 0, count, width - 1)
            if self._sheet.has_sums:
                self._totals(count, sums)
        if self._sheet.chart is not None:
            self._draw(self._sheet.chart, below=count + 2)
        if self._sheet.range_name:
            last = self._to_cell(count, width - 1)
            self._book.define_name(self._sheet.range_name, f"='{self._name}'!$A$1:{last}")
        return count

    def _head(self) -> None:
        self._to.freeze_panes(1, 1 if self._sheet.has_sums else 0)
        for at, column in enumerate(self._sheet.columns):
            title = column.title.of(self._lang)
            self._to.set_column(at, at, column.width or max(10, 2 + _wide(title)))
        for at, column in enumerate(self._sheet.columns):
            self._to.write_string(0, at, column.title.of(self._lang), self._formats.head)

    def _rows(self, sums: Sums) -> int:
        writers = Writers(self._to, self._sheet.columns, self._formats)
        watched = sums.watched
        count = 0
        for row in self._sheet.rows:
            count += 1
            if count >= SHEET_ROWS - 1:
                raise _too_many()
            if not count % _TOLD_EVERY:
                self._told(count)
            writers.row(count, row)
            if watched:
                sums.add(row)
        return count

    def _draw(self, chart: Chart, *, below: int) -> None:
        first, last = chart.rows
        drawn = self._book.add_chart({"type": "column"})
        drawn.add_series(
            {
                "name": self._sheet.columns[chart.values].title.of(self._lang),
                "categories": [self._name, first, chart.labels, last, chart.labels],
                "values": [self._name, first, chart.values, last, chart.values],
                "y_error_bars": {
                    "type": "custom", "minus_values": list(chart.below), "plus_values": list(chart.above)
                },
            }
        )  # fmt: skip
        drawn.set_title({"name": chart.title.of(self._lang), "name_font": {"size": 12}})
        drawn.set_x_axis({"name": self._sheet.columns[chart.labels].title.of(self._lang), "label_position": "low"})
        drawn.set_legend({"none": True})
        self._to.insert_chart(below, 0, drawn)

    def _totals(self, count: int, sums: Sums) -> None:
        """Below the rows: sums that follow the filter, with what they are now for a program that reads no formulas."""
        row = count + 1
        for at, (formula, value, form) in enumerate(sums.formulas(count)):
            shown = self._formats.total(form)
            if formula:
                self._to.write_formula(row, at, formula, shown, value)
            else:
                self._to.write_string(row, at, _TOTAL.of(self._lang) if at == 0 else "", shown)

    @staticmethod
    def _to_cell(row: int, column: int) -> str:
        from xlsxwriter.utility import xl_rowcol_to_cell

        return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))


def _wide(title: str) -> int:
    """Columns of a fixed pitch that a title takes: a Chinese character is two."""
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in title)


def _too_many() -> InputError:
    return InputError(
        title=Text("行数太多", "Too many rows"),
        message=Text("一张工作表放不下。", "One sheet cannot hold them."),
        next_step=Text("请缩短时间段，或导出为 CSV。", "Choose a shorter period, or take a CSV."),
    )
