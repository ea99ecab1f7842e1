"""A list that a planner brings in from the desk: looked at first, its columns as the planner says, then kept whole."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import structs

from core.domain.masking import mask_name, mask_text
from core.server.campaigns.list_file import guessed, places_of, read_by
from core.server.campaigns.lists import judged, put_list
from core.server.campaigns.refusing import unusable
from core.server.campaigns.renewing import take_back_unlisted
from core.server.db.engine import Database
from core.server.importing.cells import value_of
from core.server.importing.fields import Field
from core.server.importing.plan import ImportPlan
from core.server.importing.proposing import propose
from core.server.importing.source import rows
from core.wire.campaigns import LIST_ROWS_MOST, FlawedRow, ListReport, ListRow, PutCampaignList
from core.wire.list_files import FILE_MOST, ROWS_SHOWN, BringList, ColumnRole, ListColumn, ListFile, ListLook

_KEYS = frozenset({ColumnRole.CUSTOMER_ID, ColumnRole.NUMBER})


def look(database: Database, asked: ListFile) -> ListLook:
    """Its columns, its rows by them, and what is wrong with which. Raises InputError where the file is no list."""
    plan = _plan_of(asked)
    roles = _roles(plan, asked.roles)
    columns = tuple(
        ListColumn(header=column.column, role=role) for column, role in zip(plan.columns, roles, strict=True)
    )
    names = {column.index for column in plan.of(Field.NAME)}
    first: list[tuple[str, ...]] = []
    for row in rows(plan.source):
        if row.number > plan.header_row and not row.blank:
            cells = [value_of(row.cells[at]) if at < len(row.cells) else "" for at in range(len(columns))]
            first.append(tuple(mask_name(cell) if at in names else mask_text(cell) for at, cell in enumerate(cells)))
        if len(first) == ROWS_SHOWN:
            break
    places, last = places_of(plan)
    found = ListLook(
        columns=columns, rows=plan.rows, first=tuple(first), header_row=plan.header_row, last_row=last
    )  # fmt: skip
    if not _KEYS & set(roles):
        return found
    read = read_by(plan, roles)
    customers, flaws = _checked(database, read.rows, places)
    no_score = tuple(places[at - 1] for at in read.no_score)
    return structs.replace(
        found, read=read.rows, places=places, customers=customers, flaws=flaws, no_score=no_score
    )  # fmt: skip


def _checked(database: Database, read: Sequence[ListRow], places: Sequence[int]) -> tuple[int, tuple[FlawedRow, ...]]:
    """As bringing it in would find; nothing is kept."""
    flaws: list[FlawedRow] = []
    listed = set[str]()
    for start in range(0, len(read), LIST_ROWS_MOST):
        with database.read() as unit:
            _, found = judged(unit, read[start : start + LIST_ROWS_MOST], listed)
        flaws += [FlawedRow(row=places[start + one.row - 1], flaw=one.flaw) for one in found]
    return len(listed), tuple(flaws)


def bring(database: Database, asked: BringList, *, by: str) -> ListReport:
    """Keep the list in one transaction: all of it, or nothing. Raises InputError."""
    plan = _plan_of(asked.file)
    roles = _roles(plan, asked.file.roles)
    if not _KEYS & set(roles):
        raise unusable("请指明哪一列是号码或客户编号。", "Say which column is the number or the customer's id.")
    if plan.rows > LIST_ROWS_MOST:
        raise unusable(
            f"一份名单最多 {LIST_ROWS_MOST:,} 行，这份有 {plan.rows:,} 行；请分成几份，或用命令导入。",
            f"A list has at most {LIST_ROWS_MOST:,} rows, this one {plan.rows:,}: split it, or use the command.",
        )
    found = read_by(plan, roles)
    with database.write() as unit:
        report = put_list(unit, asked.list_id, PutCampaignList(name=asked.name, rows=found.rows), by=by)
    take_back_unlisted(database, asked.list_id)
    return structs.replace(report, no_score=found.no_score)


def _roles(plan: ImportPlan, given: Sequence[ColumnRole]) -> tuple[ColumnRole, ...]:
    if given and len(given) != len(plan.columns):
        raise unusable("名单在读过以后变了，请重新读。", "The file has changed since it was read: read it anew.")
    return tuple(given) or guessed(plan)


def _plan_of(asked: ListFile) -> ImportPlan:
    """Read where it is held: what a killed server leaves on its disk nobody would come to delete."""
    if len(asked.body) > FILE_MOST:
        raise unusable("文件太大。", "The file is too large.")
    return propose(Path(f"list{Path(asked.file_name).suffix[:8]}"), body=asked.body)
