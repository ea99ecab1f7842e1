"""Lists that planners bring: checked, kept, taken away again (ID-06, 07)."""

from collections.abc import Sequence, Set

from sqlalchemy import delete, func, select

from core.compliance import is_line, normalise
from core.server.campaigns.heeding import heed
from core.server.campaigns.lists_kept import name_of
from core.server.campaigns.refusing import unusable
from core.server.campaigns.renewing import choosing_from, renew, take_back_unlisted
from core.server.campaigns.sifting import left_among
from core.server.db import audit, refusals
from core.server.db.audit import Action
from core.server.db.chunks import chunks
from core.server.db.engine import Database, Unit
from core.server.db.schema import campaign_list, campaign_list_entry, contact_number
from core.server.db.upsert import upsert
from core.server.known_as import kept_ids
from core.server.screening.progress import Progress, unheard
from core.wire.campaigns import LIST_ROWS_MOST, FlawedRow, ListFlaw, ListReport, ListRow, PutCampaignList

_LONGEST_NAME, _LONGEST_REASON = 80, 200
_HEEDED = 2_000
"""rows in one transaction: nobody who saves waits for all of them"""


def put_list(unit: Unit, list_id: str, asked: PutCampaignList, *, by: str) -> ListReport:
    """Keep the rows, each customer once; whoever is not here, or cannot be told apart, is reported by row.

    Raises InputError where the name is none, or nobody of the list is here."""
    _check_name(list_id, asked.name)
    if asked.part and name_of(unit, list_id) is not None:
        raise unusable("已有这个编号的名单，不能分段换掉。", "A list of that id is there: parts do not replace it.")
    listed = _there(unit, list_id) if asked.append else set[str]()
    new, flaws = judged(unit, asked.rows, listed)
    if not listed and not asked.part:
        raise unusable("名单里没有一位是库里的客户。", "Nobody on the list is a customer here.")
    _heed(unit, asked.rows, by=by)
    _keep(unit, list_id, asked, new, by=by)
    audit.write(
        unit, writer=by, action=Action.CAMPAIGN_LIST_TAKEN, object_=list_id, rows=len(asked.rows), customers=len(new),
        append=asked.append,
    )  # fmt: skip
    return ListReport(
        list_id=list_id, name=asked.name, rows=len(asked.rows), customers=_count(unit, list_id),
        flaws=flaws,
    )  # fmt: skip


def judged(unit: Unit, rows: Sequence[ListRow], listed: set[str]) -> tuple[dict[str, ListRow], tuple[FlawedRow, ...]]:
    """Customers by id with their rows, and what is wrong with which row; `listed` knows those before, and takes them
    in."""
    flaws: list[FlawedRow] = []
    new: dict[str, ListRow] = {}
    row_of: dict[str, int] = {}
    found = _found(unit, rows)
    for at, (row, ids) in enumerate(zip(rows, found, strict=True), 1):
        flaw = _flaw(row, ids, listed)
        if flaw is not None:
            flaws.append(FlawedRow(row=at, flaw=flaw))
        else:
            new[ids[0]], row_of[ids[0]] = row, at
            listed.add(ids[0])
    told = [(row, ids[0]) for row, ids in zip(rows, found, strict=True) if len(ids) == 1]
    saying = {one for row, one in told if row.wants_no_calls}
    withheld = {one for row, one in told if row.withholds_consent} & new.keys()
    refused = {*refusals.met(unit, refusals.numbers_of(unit, list(new))), *(saying & new.keys())}
    flaws += [FlawedRow(row=row_of[one], flaw=ListFlaw.OPTED_OUT) for one in refused]
    flaws += [FlawedRow(row=row_of[one], flaw=ListFlaw.NO_CONSENT) for one in withheld - refused]
    left = left_among(unit, list(new))
    # Of a list of those who left it is no flaw.
    if left != new.keys():
        flaws += [FlawedRow(row=row_of[one], flaw=ListFlaw.LEFT) for one in left - refused]
    return new, tuple(sorted(flaws, key=lambda one: one.row))


def _check_name(list_id: str, name: str) -> None:
    plain = list_id.replace("-", "").replace("_", "").replace(".", "")
    if not plain.isalnum() or len(list_id) > 80:
        raise unusable(
            "名单编号只能用字母、数字和 . _ -，最多 80 个。", "A list's id is of letters, digits and . _ - alone."
        )
    if not name.strip() or len(name) > _LONGEST_NAME or "\0" in name:
        raise unusable(
            f"名单要有名称，不超过 {_LONGEST_NAME} 个字。", f"A list needs a name of {_LONGEST_NAME} letters at most."
        )


def _found(unit: Unit, rows: Sequence[ListRow]) -> list[list[str]]:
    """Of each row whom it may mean: by the id as it is kept here, by that of the source whose list brought them, or by
    the number."""
    known = kept_ids(unit, {row.customer_id for row in rows if row.customer_id})
    # Where a list has one column it may hold ids or numbers.
    lines = {row: _line(row.number or row.customer_id) for row in set(rows)}
    by_number: dict[str, list[str]] = {}
    for chunk in chunks(sorted(set(lines.values()) - {""})):
        statement = select(contact_number.c.number, contact_number.c.customer_id).where(
            contact_number.c.tenant_id == unit.tenant, contact_number.c.number.in_(chunk)
        )
        for number, whose in unit.conn.execute(statement):
            by_number.setdefault(number, []).append(whose)
    return [
        [known[row.customer_id]] if row.customer_id in known else sorted(set(by_number.get(lines[row], ())))
        for row in rows
    ]


def _line(written: str) -> str:
    return line if is_line(line := normalise(written)) else written


def _flaw(row: ListRow, ids: Sequence[str], before: Set[str]) -> ListFlaw | None:
    if not row.customer_id and not row.number:
        return ListFlaw.EMPTY
    if row.unclear:
        return ListFlaw.UNCLEAR
    if not ids:
        return ListFlaw.UNKNOWN
    if len(ids) > 1:
        return ListFlaw.SHARED_NUMBER
    return ListFlaw.DOUBLE if ids[0] in before else None


def _heed(unit: Unit, rows: Sequence[ListRow], *, by: str) -> None:
    wanting = [row for row in rows if row.wants_no_calls or row.withholds_consent]
    heed(unit, wanting, _found(unit, wanting), by=by)


def _keep(unit: Unit, list_id: str, asked: PutCampaignList, new: dict[str, ListRow], *, by: str) -> None:
    entry = campaign_list_entry
    if not asked.append:
        unit.conn.execute(delete(entry).where(entry.c.tenant_id == unit.tenant, entry.c.list_id == list_id))
    start = _count(unit, list_id) if asked.append else 0
    if not asked.part:
        head = {"tenant_id": unit.tenant, "id": list_id, "name": asked.name, "owner": by[:60], "made_at": unit.now}
        upsert(unit, campaign_list, [head], keys=("tenant_id", "id"), keep=("made_at",))
    rows = [
        {"tenant_id": unit.tenant, "list_id": list_id, "customer_id": key, "place": at, "score": row.score,
         "reason": row.reason.replace("\0", "")[:_LONGEST_REASON]}
        for at, (key, row) in enumerate(new.items(), start + 1)
    ]  # fmt: skip
    if rows:
        unit.conn.execute(entry.insert(), rows)
    if not asked.part:
        renew(unit, list_id)


def _there(unit: Unit, list_id: str) -> set[str]:
    entry = campaign_list_entry
    statement = select(entry.c.customer_id).where(entry.c.tenant_id == unit.tenant, entry.c.list_id == list_id)
    return set(unit.conn.execute(statement).scalars())


def _count(unit: Unit, list_id: str) -> int:
    entry = campaign_list_entry
    mine = (entry.c.tenant_id == unit.tenant) & (entry.c.list_id == list_id)
    return unit.conn.execute(select(func.count()).select_from(entry).where(mine)).scalar_one()


def put_whole(
    database: Database, list_id: str, rows: Sequence[ListRow], *, name: str, append: bool, by: str,
    told: Progress = unheard,
) -> ListReport:  # fmt: skip
    """A list of any length, all of it or nothing: a campaign never chooses from a half. Rows are counted through;
    `told` hears how many were looked at, and of how many.

    They are judged before anything is written, so that nobody who saves waits for it. Raises InputError."""
    if not rows:
        raise unusable("名单是空的。", "The list is empty.")
    _check_name(list_id, name)
    flaws: list[FlawedRow] = []
    new: dict[str, ListRow] = {}
    with database.read() as unit:
        listed = _there(unit, list_id) if append else set[str]()
        for start in range(0, len(rows), LIST_ROWS_MOST):
            found, wrong = judged(unit, rows[start : start + LIST_ROWS_MOST], listed)
            new |= found
            told(start, len(rows))
            flaws += [FlawedRow(row=one.row + start, flaw=one.flaw) for one in wrong]
    if not listed:
        raise unusable("名单里没有一位是库里的客户。", "Nobody on the list is a customer here.")
    for start in range(0, len(rows), _HEEDED):
        if any(row.wants_no_calls or row.withholds_consent for row in rows[start : start + _HEEDED]):
            with database.write() as unit:
                _heed(unit, rows[start : start + _HEEDED], by=by)
    with database.write() as unit:
        # Somebody may have appended to it meanwhile.
        there = _there(unit, list_id) if append else set[str]()
        fresh = {key: row for key, row in new.items() if key not in there}
        _keep(unit, list_id, PutCampaignList(name=name, rows=(), append=append), fresh, by=by)
        audit.write(
            unit, writer=by, action=Action.CAMPAIGN_LIST_TAKEN, object_=list_id, rows=len(rows), customers=len(fresh),
            append=append,
        )  # fmt: skip
        held, names = _count(unit, list_id), choosing_from(unit, list_id)
    return ListReport(
        list_id=list_id, name=name, rows=len(rows), customers=held, flaws=tuple(flaws), campaigns=names,
        taken_back=take_back_unlisted(database, list_id),
    )  # fmt: skip
