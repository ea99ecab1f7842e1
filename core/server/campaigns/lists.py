"""Lists that planners bring: checked, kept, taken away again (ID-06, 07)."""

from collections.abc import Iterator, Sequence, Set

from sqlalchemy import delete, func, select

from core.compliance import is_line, normalise
from core.server.campaigns.lists_kept import name_of
from core.server.campaigns.refusing import unusable
from core.server.db import audit, customers, refusals
from core.server.db.audit import Action
from core.server.db.campaigns import chunks
from core.server.db.engine import Unit
from core.server.db.schema import campaign_list, campaign_list_entry, contact_number
from core.server.db.upsert import upsert
from core.wire.campaigns import FlawedRow, ListFlaw, ListReport, ListRow, PutCampaignList

_LONGEST_NAME, _LONGEST_REASON = 80, 200


def put_list(unit: Unit, list_id: str, asked: PutCampaignList, *, by: str) -> ListReport:
    """Keep the rows, each customer once; whoever is not here, or cannot be told apart, is reported by row.

    Raises InputError where the name is none, or nobody of the list is here."""
    _check_name(list_id, asked.name)
    found = _found(unit, asked.rows)
    flaws: list[FlawedRow] = []
    new: dict[str, ListRow] = {}
    before = _there(unit, list_id) if asked.append else set[str]()
    for at, (row, ids) in enumerate(zip(asked.rows, found, strict=True), 1):
        flaw = _flaw(row, ids, new.keys() | before)
        if flaw is not None:
            flaws.append(FlawedRow(row=at, flaw=flaw))
        else:
            new[ids[0]] = row
    refused = refusals.met(unit, refusals.numbers_of(unit, list(new)))
    rows_of = {ids[0]: at for at, ids in enumerate(found, 1) if len(ids) == 1}
    flaws += [FlawedRow(row=rows_of[one], flaw=ListFlaw.OPTED_OUT) for one in refused]
    if not new and not before:
        raise unusable("名单里没有一位是库里的客户。", "Nobody on the list is a customer here.")
    _keep(unit, list_id, asked, new, by=by)
    audit.write(
        unit, writer=by, action=Action.CAMPAIGN_LIST_TAKEN, object_=list_id, rows=len(asked.rows), customers=len(new),
        append=asked.append,
    )  # fmt: skip
    return ListReport(
        list_id=list_id, name=asked.name, rows=len(asked.rows), customers=_count(unit, list_id),
        flaws=tuple(sorted(flaws, key=lambda one: one.row)),
    )  # fmt: skip


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
    """Of each row whom it may mean."""
    known = customers.known(unit, [row.customer_id for row in rows if row.customer_id])
    # Where a list has one column it may hold ids or numbers.
    lines = {row: _line(row.number or row.customer_id) for row in set(rows)}
    by_number: dict[str, list[str]] = {}
    for chunk in chunks(sorted(set(lines.values()) - {""})):
        statement = select(contact_number.c.number, contact_number.c.customer_id).where(
            contact_number.c.tenant_id == unit.tenant, contact_number.c.number.in_(chunk)
        )
        for number, customer_id in unit.conn.execute(statement):
            by_number.setdefault(number, []).append(customer_id)
    return [
        [row.customer_id] if row.customer_id in known else sorted(set(by_number.get(lines[row], ()))) for row in rows
    ]


def _line(written: str) -> str:
    return line if is_line(line := normalise(written)) else written


def _flaw(row: ListRow, ids: Sequence[str], before: Set[str]) -> ListFlaw | None:
    if not row.customer_id and not row.number:
        return ListFlaw.EMPTY
    if not ids:
        return ListFlaw.UNKNOWN
    if len(ids) > 1:
        return ListFlaw.SHARED_NUMBER
    return ListFlaw.DOUBLE if ids[0] in before else None


def _keep(unit: Unit, list_id: str, asked: PutCampaignList, new: dict[str, ListRow], *, by: str) -> None:
    entry = campaign_list_entry
    if not asked.append:
        unit.conn.execute(delete(entry).where(entry.c.tenant_id == unit.tenant, entry.c.list_id == list_id))
    start = _count(unit, list_id) if asked.append else 0
    head = {"tenant_id": unit.tenant, "id": list_id, "name": asked.name, "owner": by[:60], "made_at": unit.now}
    upsert(unit, campaign_list, [head], keys=("tenant_id", "id"), keep=("made_at",))
    rows = [
        {"tenant_id": unit.tenant, "list_id": list_id, "customer_id": key, "place": at, "score": row.score,
         "reason": row.reason.replace("\0", "")[:_LONGEST_REASON]}
        for at, (key, row) in enumerate(new.items(), start + 1)
    ]  # fmt: skip
    if rows:
        unit.conn.execute(entry.insert(), rows)


def _there(unit: Unit, list_id: str) -> set[str]:
    entry = campaign_list_entry
    statement = select(entry.c.customer_id).where(entry.c.tenant_id == unit.tenant, entry.c.list_id == list_id)
    return set(unit.conn.execute(statement).scalars())


def _count(unit: Unit, list_id: str) -> int:
    entry = campaign_list_entry
    mine = (entry.c.tenant_id == unit.tenant) & (entry.c.list_id == list_id)
    return unit.conn.execute(select(func.count()).select_from(entry).where(mine)).scalar_one()


def pages(rows: Sequence[ListRow], size: int) -> Iterator[Sequence[ListRow]]:
    """As many requests as a long list needs."""
    return (rows[start : start + size] for start in range(0, len(rows), size))


def known_list(unit: Unit, list_id: str) -> str:
    """Its name. Raises InputError where there is none."""
    name = name_of(unit, list_id)
    if name is None:
        raise unusable(f"没有名单“{list_id}”。", f"There is no list “{list_id}”.")
    return name
