"""TASK-06: room for one more where all who may take it are full, by moving what the same giving out put on their desks
to others who may take that. Pure rules, no I/O.

Who was given a place keeps one: only the desk changes. So those who come first are served first, and of the rest as
many as the desks can take between them (the greedy rule over a transversal matroid; Edmonds 1965).
"""

from collections import deque
from collections.abc import Sequence
from itertools import chain

from msgspec import Struct

from core.domain.people import Agent
from core.server.desks import Need, Room, WaitsFor


class Placed(Struct, gc=False):
    """A task that lies on a desk since this giving out began."""

    need: Need
    desk: str
    not_to: frozenset[str] = frozenset()


_Alike = tuple[Need, frozenset[str]]


def _alike(placed: Placed) -> _Alike:
    return placed.need, placed.not_to


class Placements:
    """What may still change desks."""

    def __init__(self) -> None:
        self._by_desk: dict[str, dict[_Alike, list[Placed]]] = {}
        self._in_vain: set[Need] = set()

    def add(self, placed: Placed) -> Placed:
        self._by_desk.setdefault(placed.desk, {}).setdefault(_alike(placed), []).append(placed)
        return placed

    def copy(self) -> "tuple[Placements, dict[int, Placed]]":
        """A twin, and its tasks by the `id()` of those here."""
        twin, twins = Placements(), dict[int, Placed]()
        twin._in_vain = {*self._in_vain}
        for kinds in self._by_desk.values():
            for one in chain.from_iterable(kinds.values()):
                twins[id(one)] = twin.add(Placed(one.need, one.desk, one.not_to))
        return twin, twins

    def make_room(self, room: Room, need: Need, able: Sequence[Agent]) -> Agent | None:
        """Whichever of `able`, all full, has a place now; None where nothing can be moved."""
        if need in self._in_vain:
            return None
        came: dict[str, tuple[Placed, str] | None] = {one.staff_number: None for one in able}
        desks, asked = deque(came), set[_Alike]()
        while desks:
            desk = desks.popleft()
            for alike, lying in self._by_desk.get(desk, {}).items():
                # Of those who are alike one shows where all could go.
                if not lying or alike in asked:
                    continue
                asked.add(alike)
                wanted, not_to = alike
                others = room.able(wanted)
                for other in () if isinstance(others, WaitsFor) else others:
                    if other.staff_number in came or other.staff_number in not_to:
                        continue
                    came[other.staff_number] = (lying[-1], desk)
                    if room.has(other):
                        freed = self._moved(room, came, other.staff_number)
                        return next(one for one in able if one.staff_number == freed)
                    desks.append(other.staff_number)
        # Desks only fill: what cannot be moved now never can.
        self._in_vain.add(need)
        return None

    def _moved(self, room: Room, came: dict[str, tuple[Placed, str] | None], desk: str) -> str:
        """The desk at the head of the chain, which one place less is taken of."""
        while (step := came[desk]) is not None:
            placed, before = step
            self._by_desk[before][_alike(placed)].remove(placed)
            placed.desk = desk
            self.add(placed)
            room.move(before, desk)
            desk = before
        return desk
