"""A section that is there already and is loaded again: what the new list does not say, and what agents added, stays."""

from typing import Any

import msgspec

from core.domain import decoding
from core.domain.customer import Billing, Care, Contacting, Holdings, Identity, Services, Ticket, Usage

SECTION_TYPES: dict[str, type[msgspec.Struct]] = {
    "identity": Identity,
    "contact": Contacting,
    "billing": Billing,
    "usage": Usage,
    "holdings": Holdings,
    "services": Services,
    "care": Care,
}
_FROM_LISTS = "import:"
"""with which the names begin of indicators that lists brought"""
_encode = msgspec.json.Encoder().encode


def merged_section(name: str, old: bytes, new: Any, *, remarks: frozenset[str] = frozenset()) -> bytes:
    """The section's bytes after loading `new` over `old`; `remarks`: names of indicators that are remarks of a list."""
    if name == "indicators":
        return _encode(_indicators(decoding.plain(old), new, remarks))
    before: Any = decoding.decode(old, SECTION_TYPES[name])
    if name == "care":
        return _encode(_care(before, new))
    merged = _overlay(before, new)
    if name == "contact":
        merged.numbers = _numbers(before, new)
        if before.quiet_at is not None and new.quiet_at is None:
            # What the customer told an agent stands against a list, which does not say of when it is.
            merged.quiet = before.quiet
    return _encode(merged)


def _indicators(before: dict[str, Any], new: dict[str, Any], remarks: frozenset[str]) -> dict[str, Any]:
    """What another list said under the same header is replaced; a remark stays, once where the words are the same."""
    renewed = {_column_of(name) for name in new if name.startswith(_FROM_LISTS) and name not in remarks}
    merged = {
        name: value
        for name, value in before.items()
        if name in new or not name.startswith(_FROM_LISTS) or _column_of(name) not in renewed
    }
    for name, value in new.items():
        others = (one for other, one in merged.items() if other != name and other.startswith(_FROM_LISTS))
        if name in remarks and value in others:
            merged.pop(name, None)
        else:
            merged[name] = value
    return merged


def _column_of(name: str) -> str:
    """`月均消费` of `import:十月:月均消费`."""
    return name.removeprefix(_FROM_LISTS).partition(":")[2]


def _overlay(before: Any, new: Any) -> Any:
    """Field by field: what `new` leaves at its default it does not say."""
    silent = type(new)()
    said = {field: value for field in new.__struct_fields__ if (value := getattr(new, field)) != getattr(silent, field)}
    return msgspec.structs.replace(before, **said)


def _numbers(before: Contacting, new: Contacting) -> list[Any]:
    found_bad = {number.number for number in before.numbers if number.bad}
    listed = {number.number for number in new.numbers}
    kept = [number for number in before.numbers if number.number not in listed]
    fresh = [msgspec.structs.replace(n, bad=n.bad or n.number in found_bad) for n in new.numbers]
    if any(number.main for number in fresh):
        kept = [msgspec.structs.replace(number, main=False) for number in kept]
    return [*fresh, *kept]


def _tickets(before: Care, new: Care) -> list[Ticket]:
    """Those that the list tells of take the place of the same; newest first."""
    told = {ticket.id for ticket in new.tickets}
    kept = [ticket for ticket in before.tickets if ticket.id not in told]
    return sorted([*new.tickets, *kept], key=lambda ticket: ticket.opened_at, reverse=True)


def _care(before: Care, new: Care) -> Care:
    merged: Care = _overlay(before, new)
    told = {call.outcome_id for call in new.calls if call.outcome_id}
    kept = [call for call in before.calls if call.outcome_id and call.outcome_id not in told]
    merged.calls = sorted([*new.calls, *kept], key=lambda call: call.at, reverse=True)
    ours = [order for order in before.orders if order.order_id]
    listed = [order for order in merged.orders if not order.order_id]
    merged.orders = sorted([*listed, *ours], key=lambda order: order.at, reverse=True)
    if not new.whole:
        merged.tickets = _tickets(before, new)
    merged.dials = sorted({*new.dials, *before.dials}, reverse=True)
    merged.opted_out = new.opted_out or before.opted_out
    return merged
