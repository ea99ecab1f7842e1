"""One side of P10: `written_book.py product|reference ROWS FILE` writes the workbook of the same made rows, and says
how many bytes of memory it took at most.

The rows are calls as a review takes them away: six texts, two counts, an amount and a moment, half of them notes.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

_FIRST = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
_CHINA_S = 8 * 3600
_SCENARIOS = ("broadband-disconnect", "4g-upgrade", "vip-care")
_REASONS = ("price", "network", "service", "moving", "low_use", "")
_NOTES = (
    "客户说月租太贵，想换便宜一点的套餐，约好周五再联系。",
    "Says the line drops every evening; a repair comes first.",
    "搬家后新址不通，问能不能移机。",
    "",
)
TITLES = ("编号", "工号", "班组", "场景", "原因", "备注", "通话秒数", "话后秒数", "优惠成本", "时间")
TEXTS, COUNTS, MONEY, MOMENT = range(6), (6, 7), 8, 9


def made_rows(count: int) -> Iterator[list[Any]]:
    """Always the same rows; fen and an aware moment, as the product is given them."""
    for at in range(count):
        yield [
            f"c{at:07d}", str(2043 + at % 9), f"team-{at % 3}", _SCENARIOS[at % 3], _REASONS[at % 6],
            _NOTES[at % 4], at * 7 % 900, at * 3 % 120, at * 137 % 40_000, _FIRST + timedelta(seconds=at * 61),
        ]  # fmt: skip


def as_read(cells: list[Any]) -> list[Any]:
    """A row as a reader of workbooks gives it: yuan, China's wall clock, an empty cell as an empty text."""
    shown = cells[:]
    shown[MONEY] = cells[MONEY] / 100
    shown[MOMENT] = (cells[MOMENT] + timedelta(seconds=_CHINA_S)).replace(tzinfo=None)
    return shown


def product(path: Path, count: int) -> None:
    from core.domain.text import Lang, Text
    from core.review.taking.sheet import Column, Form, Sheet
    from core.review.taking.workbook import write_workbook

    forms = [Form.TEXT] * len(TEXTS) + [Form.COUNT] * len(COUNTS) + [Form.MONEY, Form.MOMENT]
    columns = [Column(title=Text(title, title), form=form) for title, form in zip(TITLES, forms, strict=True)]
    sheet = Sheet(name=Text("明细", "Calls"), columns=columns, rows=made_rows(count), range_name="calls")
    write_workbook(path, [sheet], lang=Lang.ZH)


def reference(path: Path, count: int) -> None:
    """xlsxwriter by hand, cell by cell; nothing of ours."""
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet()
        whole, money = book.add_format({"num_format": "#,##0"}), book.add_format({"num_format": "#,##0.00"})
        clock = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        for column, title in enumerate(TITLES):
            sheet.write_string(0, column, title)
        for number, cells in enumerate(made_rows(count), start=1):
            for column in TEXTS:
                sheet.write_string(number, column, cells[column])
            for column in COUNTS:
                sheet.write_number(number, column, cells[column], whole)
            sheet.write_number(number, MONEY, cells[MONEY] / 100, money)
            days = (cells[MOMENT] - _EPOCH).total_seconds() + _CHINA_S
            sheet.write_number(number, MOMENT, days / 86_400, clock)


def peak_bytes() -> int:
    """Of this program alone: what `getrusage` tells begins with what the starting process had."""
    status = Path("/proc/self/status").read_text()
    return 1024 * int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")))


if __name__ == "__main__":
    side, rows, file = sys.argv[1:]
    (product if side == "product" else reference)(Path(file), int(rows))
    print(peak_bytes())
