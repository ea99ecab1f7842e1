"""The facts of a customer's document that are factors, read from the sections as they are kept."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from msgspec import Struct

from core.domain import decoding
from core.domain.clock import local_day
from core.domain.factor import Fact, Library

NOTHING: Mapping[Fact, object] = MappingProxyType({})
SECTIONS = ("identity", "billing", "services", "care", "indicators")


class _Identity(Struct):
    prepaid: bool | None = None
    area: str = ""
    grid: str = ""
    branch: str = ""
    manager_staff_number: str = ""
    points_expire_on: date | None = None


class _Billing(Struct):
    balance_fen: int | None = None
    arrears_fen: int | None = None


class _Contract(Struct):
    starts_on: date | None = None
    ends_on: date | None = None
    renewal_from: date | None = None


class _Broadband(Struct):
    ends_on: date | None = None
    installed_on: date | None = None


class _Services(Struct):
    contracts: list[_Contract] = []
    broadband: _Broadband | None = None
    whole: bool = False


class _Ticket(Struct):
    opened_at: datetime
    closed_at: datetime | None = None
    satisfied: bool | None = None
    complaint: bool = False


class _Warning(Struct):
    at: datetime


class _Care(Struct):
    tickets: list[_Ticket] = []
    warnings: list[_Warning] = []
    opted_out: bool = False


_identity = decoding.decoder(_Identity).decode
_billing = decoding.decoder(_Billing).decode
_services = decoding.decoder(_Services).decode
_care = decoding.decoder(_Care).decode
_indicators = decoding.decoder(dict[str, float | int | str | bool | None]).decode


class Facts:
    """Reads customers for the factors of one library."""

    def __init__(self, library: Library) -> None:
        self._names = {one.fact: one.name for one in library.factors.values() if one.fact is not None}

    def row(self, sections: Mapping[str, bytes], beside: Mapping[Fact, object] = NOTHING) -> dict[str, object]:
        """What is known, by name of the factor. `sections`: the bodies as they are kept, by section; `beside`: facts
        that no section says."""
        known = {**_facts(sections), **beside}
        row: dict[str, object] = dict(_indicators(sections["indicators"])) if "indicators" in sections else {}
        for fact, name in self._names.items():
            row[name] = known.get(fact)
        return row


def _facts(sections: Mapping[str, bytes]) -> dict[Fact, object]:
    found: dict[Fact, object] = {Fact.OPTED_OUT: False, Fact.WARNINGS: 0}
    if "identity" in sections:
        found |= _who(_identity(sections["identity"]))
    if "billing" in sections:
        money = _billing(sections["billing"])
        if money.balance_fen is not None or money.arrears_fen is not None:
            found[Fact.ARREARS_AND_BALANCE] = (money.balance_fen or 0) - (money.arrears_fen or 0)
    if "services" in sections:
        found |= _held(_services(sections["services"]))
    if "care" in sections:
        found |= _told(_care(sections["care"]))
    return found


def _who(one: _Identity) -> dict[Fact, object]:
    return {
        Fact.PREPAID: one.prepaid,
        Fact.AREA: one.area or None,
        Fact.GRID: one.grid or None,
        Fact.BRANCH: one.branch or None,
        Fact.NAMED_MANAGER: bool(one.manager_staff_number),
        Fact.POINTS_EXPIRE_ON: one.points_expire_on,
    }


def _held(one: _Services) -> dict[Fact, object]:
    line, last = one.broadband, max(one.contracts, key=lambda c: c.ends_on or date.min, default=None)
    return {
        Fact.HAS_BROADBAND: True if line else False if one.whole else None,
        Fact.BROADBAND_ENDS_ON: line.ends_on if line else None,
        Fact.BROADBAND_INSTALLED_ON: line.installed_on if line else None,
        Fact.CONTRACT_STARTS_ON: last.starts_on if last else None,
        Fact.CONTRACT_ENDS_ON: last.ends_on if last else None,
        Fact.RENEWAL_FROM: last.renewal_from if last else None,
    }


def _told(one: _Care) -> dict[Fact, object]:
    complaints = [ticket for ticket in one.tickets if ticket.complaint]
    unhappy = [ticket.closed_at for ticket in complaints if ticket.closed_at and ticket.satisfied is False]
    return {
        Fact.OPTED_OUT: one.opted_out,
        Fact.WARNINGS: len(one.warnings),
        Fact.WARNED_ON: local_day(max(warning.at for warning in one.warnings)) if one.warnings else None,
        Fact.COMPLAINT_ON: local_day(max(ticket.opened_at for ticket in complaints)) if complaints else None,
        Fact.DISSATISFIED_ON: local_day(max(unhappy)) if unhappy else None,
    }
