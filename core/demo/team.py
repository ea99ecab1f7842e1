"""What the demonstration's agents were doing when one looks, and what their leads set them as targets."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid5

from msgspec import Struct

from core.demo.people import DISCONNECT, UPGRADE, VIP
from core.demo.today import Today
from core.domain.presence import AgentState, StateChange

_NAMESPACE = UUID("0f3c6d0a-8b6e-5d8e-9a43-6f1f2a7c5b11")
_READY, _CALL, _WRAP, _BREAK, _OFF = (
    AgentState.READY, AgentState.IN_CALL, AgentState.WRAP_UP, AgentState.BREAK, AgentState.OFF,
)  # fmt: skip


class Sitting(Struct, frozen=True, kw_only=True):
    """One agent's last half hour; the desk has said nothing since."""

    staff_number: str
    states: tuple[tuple[int, AgentState], ...]
    """minutes before the present, oldest first"""
    signed_in: bool = True
    """the session is open: a desk that fell silent, and was not left"""


class Goal(Struct, frozen=True, kw_only=True):
    staff_number: str
    scenario: str
    calls: int
    successes: int
    lead: str


SITTINGS = (
    Sitting(staff_number="2044", states=((34, _READY), (31, _CALL), (26, _WRAP), (25, _READY), (22, _CALL))),
    Sitting(staff_number="2045", states=((58, _READY), (52, _CALL), (47, _WRAP), (46, _BREAK))),
    Sitting(staff_number="2046", states=((41, _READY), (38, _CALL), (33, _WRAP), (32, _OFF)), signed_in=False),
    Sitting(staff_number="1028", states=((90, _READY), (80, AgentState.TRAINING))),
)
GOALS = (
    Goal(staff_number="2043", scenario=UPGRADE, calls=40, successes=6, lead="3001"),
    Goal(staff_number="2043", scenario=DISCONNECT, calls=30, successes=8, lead="3001"),
    Goal(staff_number="2044", scenario=UPGRADE, calls=40, successes=5, lead="3001"),
    Goal(staff_number="2045", scenario=UPGRADE, calls=60, successes=6, lead="3001"),
    Goal(staff_number="2046", scenario=DISCONNECT, calls=40, successes=9, lead="3002"),
    Goal(staff_number="2047", scenario=DISCONNECT, calls=70, successes=10, lead="3002"),
    Goal(staff_number="1027", scenario=VIP, calls=15, successes=6, lead="3003"),
    Goal(staff_number="1028", scenario=VIP, calls=15, successes=5, lead="3003"),
)


def states(today: Today) -> Iterator[StateChange]:
    """The same world gives the same changes."""
    for sitting in SITTINGS:
        for minutes, state in sitting.states:
            at = today.as_of - timedelta(minutes=minutes)
            name = f"{sitting.staff_number} {at.isoformat()}"
            yield StateChange(id=uuid5(_NAMESPACE, name), agent=sitting.staff_number, state=state, at=at)
