"""A record without its words: numbers, moments, states and codes stay, what a person wrote or is called goes.

By type: every text goes that is not named here as a code, so that a field which a later program adds goes as well.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Any, Final, TypeVar

from msgspec import Struct
from msgspec.structs import fields, replace

from core.domain.text import Text

_T = TypeVar("_T", bound=Struct)
_NOTHING: Final = Text("", "")
CODES: Final[Mapping[str, frozenset[str]]] = {
    "*": frozenset(
        {
            "agent", "by", "by_name", "case", "customer_id", "department", "offer", "offer_id", "owner", "owner_name",
            "scenario", "staff_number", "task_id", "team", "template",
        }
    ),
    "Answered": frozenset({"question", "answer"}),
    "CallRecord": frozenset({"dialler"}),
    "Disconnect": frozenset({"reason", "next_brand"}),
    "Errand": frozenset({"opens"}),
    "FalseData": frozenset({"field", "dealer"}),
    "LaterEvent": frozenset({"id", "what", "name", "channel"}),
    "OfferMade": frozenset({"kind", "name", "benefit", "card", "granted_by"}),
    "Order": frozenset({"product", "code", "name"}),
    "Outcome": frozenset({"result", "reason"}),
    "PathStep": frozenset({"step", "answer"}),
    "PlacedErrand": frozenset({"reference"}),
    "PlacedOrder": frozenset({"name", "reference"}),
    "Score": frozenset({"card", "fails"}),
    "ScoreCase": frozenset({"agent_name", "scenario_label", "decided_by_name", "deciders"}),
    "Task": frozenset({"id", "area", "assigned_to"}),
    "Ticked": frozenset({"item"}),
    "Trial": frozenset({"back_to", "back_to_name"}),
    "ChosenStep": frozenset({"code", "name"}),
    "Allowed": frozenset({"what"}),
    "Checked": frozenset({"step", "name"}),
    "Joined": frozenset({"name"}),
    "Passed": frozenset({"to", "to_name"}),
    "TakenOver": frozenset({"to", "to_name"}),
    "HotlineTicket": frozenset({"id"}),
    "IncomingEvent": frozenset({"id", "kind"}),
    "OutgoingContact": frozenset({"campaign_id"}),
}  # fmt: skip
"""by the name of a Struct its fields that hold codes, or names of what is sold and of who works here; `*`: of all"""


def stripped(value: _T, *, also: frozenset[str] = frozenset(), only: frozenset[str] | None = None) -> _T:
    """The same record without words; `also` are more fields that stay, `only` those alone that go."""
    kept = CODES["*"] | CODES.get(type(value).__name__, frozenset()) | also
    changed: dict[str, Any] = {}
    for field in fields(value):
        before = getattr(value, field.name)
        if field.name in kept or (only is not None and field.name not in only and not _holds_structs(before)):
            continue
        # Where there need be no words, there are none rather than empty ones.
        after = None if isinstance(before, Text) and field.default is None else _bare(before, also, only)
        if after != before:
            changed[field.name] = after
    return replace(value, **changed) if changed else value


def _bare(value: Any, also: frozenset[str], only: frozenset[str] | None) -> Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return ""
    if isinstance(value, Text):
        return _NOTHING
    if isinstance(value, Struct):
        return stripped(value, also=also, only=only)
    if isinstance(value, tuple):
        bare = tuple(_bare(one, also, only) for one in value if not isinstance(one, str) or isinstance(one, Enum))
        return value if bare == value else bare
    if isinstance(value, dict):
        return {}
    return value


def _holds_structs(value: Any) -> bool:
    return (isinstance(value, Struct) and not isinstance(value, Text)) or (
        isinstance(value, tuple) and any(_holds_structs(one) for one in value)
    )
