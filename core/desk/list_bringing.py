"""A list that was looked at goes to the server part by part; what is wrong with its rows goes into a file."""

import csv
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from core.domain.errors import StaylineError
from core.domain.text import Text
from core.review.taking.whole_file import whole_file
from core.sync.campaigns import AskCampaigns
from core.wire.campaigns import FlawedRow, ListFlaw, ListReport, PutCampaignList
from core.wire.list_files import ListLook

PART = 5_000
"""rows in one request: a second or two, so that stopping is soon heard"""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
_HEAD = ("行号 row", "原因", "reason", "客户编号 customer id", "号码 number", "得分 score", "理由 as listed")


def bring(
    ask: AskCampaigns, look: ListLook, *, list_id: str, name: str, step: Callable[[int, int], None]
) -> ListReport:
    """The whole list, or nothing of it: nobody sees it before its last part. `step` hears rows done and all, and stops
    it by raising. Raises what it raised and what `Ask` does; what was sent by then is let go."""
    flaws: list[FlawedRow] = []
    report: ListReport | None = None
    whole = len(look.read)
    try:
        for start in range(0, whole, PART):
            step(start, whole)
            rows, last = look.read[start : start + PART], start + PART >= whole
            report = ask.put_list(list_id, PutCampaignList(name=name, rows=rows, append=start > 0, part=not last))
            flaws += [FlawedRow(row=look.places[start + one.row - 1], flaw=one.flaw) for one in report.flaws]
    except BaseException:
        if report is not None:
            with suppress(StaylineError):
                ask.put_list(list_id, PutCampaignList(name=name, rows=(), part=True))
        raise
    customers = report.customers if report else 0
    return ListReport(
        list_id=list_id, name=name, rows=whole, customers=customers, flaws=tuple(flaws), no_score=look.no_score
    )  # fmt: skip


def flaws_path(listed: Path) -> Path:
    """`list.csv` → `list.csv.rejected.csv`, beside it, as the import's."""
    return listed.with_name(f"{listed.name}.rejected.csv")


def write_flaws(look: ListLook, path: Path, why: Mapping[ListFlaw, Text], *, no_score: Text) -> int:
    """The rows of the file with something wrong, each with what it is; gives how many. Raises InputError where it
    cannot be written."""
    row_at = dict(zip(look.places, look.read, strict=True))
    wrong = [(one.row, why[one.flaw]) for one in look.flaws] + [(row, no_score) for row in look.no_score]
    with whole_file(path) as beside, beside.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEAD)
        for at, told in sorted(wrong, key=lambda one: one[0]):
            row = row_at[at]
            score = "" if row.score is None else f"{row.score:g}"
            cells = (row.customer_id, row.number, score, row.reason)
            writer.writerow([at, told.zh, told.en, *map(_harmless, cells)])
    return len(wrong)


def _harmless(cell: str) -> str:
    """Text that no spreadsheet computes."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell
