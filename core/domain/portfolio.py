"""A phone account manager's named customers (TASK-05): what the list of them knows of each, made from the document."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from msgspec import Struct

from core.domain import decoding
from core.domain.customer import Bill, Contacting, Identity, PastCall, Services, Value, Warning_
from core.domain.task import Tier
from core.domain.text import Text

ENDS_SOON = timedelta(days=60)
"""a contract that ends within this is to be spoken of"""
_MONTHS = 6


class PortfolioRow(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One customer of the portfolio; small, as thousands of them are read at once."""

    customer_id: str
    name: str = ""
    tier: Tier = Tier.NONE
    value: Value | None = None
    plan: Text | None = None
    numbers: tuple[str, ...] = ()
    """digits, the main one first"""
    warning: Text | None = None
    """the newest"""
    warned_at: datetime | None = None
    reached_at: datetime | None = None
    """when somebody of the centre last spoke with the customer"""
    reached_result: Text | None = None
    ends_on: tuple[date, ...] = ()
    """ends of contracts and of broadband, soonest first"""
    spend_fen: int | None = None
    """mean bill of the last six months, or as a list states it"""
    opted_out: bool = False


class _Billing(Struct):
    arpu_fen: int | None = None
    bills: list[Bill] = []


class _Care(Struct):
    calls: list[PastCall] = []
    warnings: list[Warning_] = []
    opted_out: bool = False


class _Seen(Struct):
    """Of a customer's document, what the list shows."""

    id: str
    identity: Identity | None = None
    contact: Contacting | None = None
    billing: _Billing | None = None
    services: Services | None = None
    care: _Care | None = None


_decode = decoding.decoder(_Seen).decode


def portfolio_row(body: bytes) -> PortfolioRow:
    """Of a document as it came over the wire; raises msgspec.DecodeError on others."""
    seen = _decode(body)
    who, care = seen.identity or Identity(), seen.care or _Care()
    warning = max(care.warnings, key=lambda one: one.at, default=None)
    spoken = max((call for call in care.calls if call.talk_time_s), key=lambda call: call.at, default=None)
    return PortfolioRow(
        customer_id=seen.id,
        name=who.name,
        tier=who.tier,
        value=who.value,
        plan=who.plan_name,
        numbers=_numbers(seen.contact),
        warning=warning.label if warning else None,
        warned_at=warning.at if warning else None,
        reached_at=spoken.at if spoken else None,
        reached_result=spoken.result if spoken else None,
        ends_on=tuple(sorted(_ends(seen.services))),
        spend_fen=_spend(seen.billing),
        opted_out=care.opted_out,
    )


def next_end(row: PortfolioRow, today: date) -> date | None:
    """The next day on which a contract ends; None where none is ahead."""
    return next((day for day in row.ends_on if day >= today), None)


def coverage(reached: Iterable[datetime | None], month_start: datetime) -> tuple[int, int]:
    """Customers spoken with since the month began, and how many there are: contacted ÷ portfolio."""
    moments = list(reached)
    return sum(at is not None and at >= month_start for at in moments), len(moments)


def _numbers(contact: Contacting | None) -> tuple[str, ...]:
    known = sorted(contact.numbers, key=lambda one: (one.bad, not one.main)) if contact else []
    return tuple(one.number for one in known if one.number)


def _ends(services: Services | None) -> list[date]:
    if services is None:
        return []
    days = [one.ends_on for one in services.contracts]
    days.append(services.broadband.ends_on if services.broadband else None)
    return [day for day in days if day is not None]


def _spend(billing: _Billing | None) -> int | None:
    if billing is None:
        return None
    last = billing.bills[-_MONTHS:]
    return sum(bill.total_fen for bill in last) // len(last) if last else billing.arpu_fen
