"""Refusals of further calls: kept by customer and by each of their numbers, so that no other id gets around them.

A refusal by number lies under the id that a list gives to whom it knows by that number alone, be there such a customer
or not. It carries the outcome it was heard in, and is released with it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import or_, select, update

from core.compliance import is_line, normalise
from core.server.customer_ids import number_id
from core.server.db.chunks import chunks
from core.server.db.engine import Unit
from core.server.db.schema import contact_number, opt_out
from core.server.db.upsert import upsert

_KEYS = ("tenant_id", "customer_id")


def is_opted_out(unit: Unit, customer_id: str) -> bool:
    """Whether a refusal stands for that customer."""
    return bool(_standing(unit, [customer_id]))


def stood_at(unit: Unit, customer_id: str, at: datetime) -> bool:
    """Whether one that was heard before that moment stood then."""
    statement = select(opt_out.c.customer_id).where(
        opt_out.c.tenant_id == unit.tenant,
        opt_out.c.customer_id == customer_id,
        opt_out.c.at < at,
        or_(opt_out.c.released_at.is_(None), opt_out.c.released_at > at),
    )
    return unit.conn.execute(statement).first() is not None


def ever_refused(unit: Unit, customer_ids: Sequence[str]) -> frozenset[str]:
    """Of which of these customers a refusal of calls was heard, released since or not."""
    found: set[str] = set()
    for chunk in chunks(customer_ids):
        statement = select(opt_out.c.customer_id).where(
            opt_out.c.tenant_id == unit.tenant, opt_out.c.customer_id.in_(chunk)
        )
        found |= set(unit.conn.execute(statement).scalars())
    return frozenset(found)


def met(unit: Unit, asked: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Of these customers with their numbers, those for whom a refusal stands, their own or one of a number; with the
    outcome that it was heard in, empty where a list said so."""
    known_as = {one: (one, *_by_number(numbers)) for one, numbers in asked.items()}
    standing = _standing(unit, sorted({id_ for ids in known_as.values() for id_ in ids}))
    found = ((one, next((id_ for id_ in ids if id_ in standing), "")) for one, ids in known_as.items())
    return {one: standing[id_] for one, id_ in found if id_}


class Standing:
    """All refusals that stand, read once: for whoever asks about more customers than a few hundred."""

    def __init__(self, unit: Unit) -> None:
        standing = select(opt_out.c.customer_id).where(
            opt_out.c.tenant_id == unit.tenant, opt_out.c.released_at.is_(None)
        )
        self._ids = frozenset(unit.conn.execute(standing).scalars())

    def met(self, customer_id: str, numbers: Iterable[str]) -> bool:
        """As the function of that name: the customer's own, or one of a number."""
        if not self._ids:
            return False
        return customer_id in self._ids or any(one in self._ids for one in _by_number(numbers))


def keep(unit: Unit, customer_ids: Iterable[str], numbers: Iterable[str] = ()) -> None:
    """These want no calls, be they there or not; what was heard of one before stays as it is."""
    ids = {*customer_ids, *_by_number(numbers)}
    rows = [_row(unit, one, outcome_id="", staff_number="") for one in sorted(ids)]
    upsert(unit, opt_out, rows, keys=_KEYS, keep=tuple(rows[0]) if rows else ())


def hear(unit: Unit, customer_id: str, numbers: Iterable[str], *, outcome_id: str, staff_number: str) -> None:
    """The customer said so in a call: it stands anew, for each of the numbers where nobody else's stands."""
    own = _row(unit, customer_id, outcome_id=outcome_id, staff_number=staff_number)
    by_number = sorted(set(_by_number(numbers)) - {customer_id})
    standing = _standing(unit, by_number)
    fresh = [one for one in by_number if one not in standing]
    rows = [own, *(_row(unit, one, outcome_id=outcome_id, staff_number=staff_number) for one in fresh)]
    upsert(unit, opt_out, rows, keys=_KEYS)


def release(unit: Unit, outcome_id: str, *, by: str) -> list[str]:
    """What that call bound is free again; gives the ids that it stood under."""
    where = (
        opt_out.c.tenant_id == unit.tenant,
        opt_out.c.outcome_id == outcome_id,
        opt_out.c.released_at.is_(None),
    )
    released = list(unit.conn.execute(select(opt_out.c.customer_id).where(*where)).scalars())
    unit.conn.execute(update(opt_out).where(*where).values(released_at=unit.now, released_by=by))
    return sorted(released)


def numbers_of(unit: Unit, customer_ids: Sequence[str]) -> dict[str, list[str]]:
    """Each customer's numbers, but for those found to be empty, suspended or another's."""
    found: dict[str, list[str]] = {one: [] for one in customer_ids}
    for chunk in chunks(customer_ids):
        statement = select(contact_number.c.customer_id, contact_number.c.number).where(
            contact_number.c.tenant_id == unit.tenant,
            contact_number.c.customer_id.in_(chunk),
            contact_number.c.bad.is_(False),
        )
        for customer_id, number in unit.conn.execute(statement):
            found[customer_id].append(number)
    return found


def having(unit: Unit, numbers: Collection[str]) -> list[str]:
    """Ids of the customers who have one of these numbers, in a lasting order."""
    found: set[str] = set()
    for chunk in chunks(sorted({*numbers, *_lines(numbers)})):
        statement = select(contact_number.c.customer_id).where(
            contact_number.c.tenant_id == unit.tenant,
            contact_number.c.number.in_(chunk),
            contact_number.c.bad.is_(False),
        )
        found |= set(unit.conn.execute(statement).scalars())
    return sorted(found)


def _by_number(numbers: Iterable[str]) -> list[str]:
    return [number_id(line) for line in _lines(numbers)]


def _lines(numbers: Iterable[str]) -> list[str]:
    """As compliance spells them; what names no line of a customer's refuses nothing."""
    return [line for number in numbers if is_line(line := normalise(number))]


def _standing(unit: Unit, ids: Sequence[str]) -> dict[str, str]:
    """Those that stand, with the outcome that each was heard in."""
    found: dict[str, str] = {}
    for chunk in chunks(ids):
        statement = select(opt_out.c.customer_id, opt_out.c.outcome_id).where(
            opt_out.c.tenant_id == unit.tenant, opt_out.c.customer_id.in_(chunk), opt_out.c.released_at.is_(None)
        )
        found |= {row[0]: row[1] for row in unit.conn.execute(statement)}
    return found


def _row(unit: Unit, customer_id: str, *, outcome_id: str, staff_number: str) -> dict[str, object]:
    return {
        "tenant_id": unit.tenant,
        "customer_id": customer_id,
        "outcome_id": outcome_id,
        "staff_number": staff_number,
        "at": unit.now,
        "released_at": None,
        "released_by": "",
    }
