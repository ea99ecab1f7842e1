"""Who of those who ask gets what of the tasks that wait. Pure rules, no I/O.

Tasks go out in dispatch's order, VIPs first (VIP-05), each to the first who asked and may take it: skill, place and
tier as `core.server.desks` has them. What dispatch would give to one certain person is kept for them: a VIP for the
specialist who had them before (VIP-06), a portfolio's customer for its manager while they have room (TASK-05). What a
lead took from a desk today stays away from it. Promised callbacks are not asked for: they come to a desk by themselves.
"""

from collections.abc import Iterable, Mapping, Sequence

from core.domain.people import Agent
from core.domain.task import Task
from core.server.desks import Desk, Need, Room, WaitsFor
from core.server.dispatch import Waiting, need_of


class Sharing:
    """One giving out among `asking`, staff numbers in the order of asking; who asks twice may get two."""

    def __init__(self, asking: Sequence[str]) -> None:
        self._left = list(enumerate(asking))
        self.given: dict[int, Task] = {}
        """by place among those who asked"""

    @property
    def left(self) -> list[str]:
        """Those who have nothing yet, in the order of asking."""
        return [who for _place, who in self._left]

    def share(self, entries: Iterable[Waiting], desks: Sequence[Desk]) -> None:
        """`entries` in the order in which they go out; `desks` of those who ask and of those whom entries name."""
        room = _Able(desks)
        for entry in entries:
            if not self._left:
                return
            self._give(entry, room)

    def _give(self, entry: Waiting, room: "_Able") -> None:
        able = room.of(entry)
        kept_for = _kept_for(entry, able, room)
        for place, who in self._left:
            if kept_for and who != kept_for:
                continue
            if who in able and who not in entry.not_to and room.has(who):
                room.put(who)
                self.given[place] = entry.task
                self._left.remove((place, who))
                return


def _kept_for(entry: Waiting, able: Mapping[str, Agent], room: "_Able") -> str:
    """Who alone is to have it; empty: whoever may."""
    if need_of(entry).vip and entry.last_holder in able and entry.last_holder not in entry.not_to:
        return entry.last_holder
    may = entry.manager in able and entry.manager not in entry.not_to
    return entry.manager if may and room.has(entry.manager) else ""


class _Able:
    """Who may take what, by staff number."""

    def __init__(self, desks: Sequence[Desk]) -> None:
        self._room, self._agents = Room(desks), {desk.agent.staff_number: desk.agent for desk in desks}
        self._found: dict[Need, Mapping[str, Agent]] = {}

    def of(self, entry: Waiting) -> Mapping[str, Agent]:
        need = need_of(entry)
        if need not in self._found:
            able = self._room.able(need)
            agents = [] if isinstance(able, WaitsFor) else able
            self._found[need] = {agent.staff_number: agent for agent in agents}
        return self._found[need]

    def has(self, who: str) -> bool:
        return self._room.has(self._agents[who])

    def put(self, who: str) -> None:
        self._room.put(self._agents[who])
