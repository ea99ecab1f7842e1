"""TASK-06: desks take the most that they can between them, first those who come first, against all ways to share."""

from itertools import product

from hypothesis import given as cases
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from server_kit import NOON, agent, task

from core.domain.people import Agent
from core.server.campaigns.dispatching import _Seats
from core.server.desks import Desk, Need, Room, places_of
from core.server.dispatch import Waiting, dispatch

EAST, WEST, NORTH = "东岭区", "西河区", "北港区"
PLACES = st.sampled_from([(), (EAST,), (WEST,), (EAST, WEST), (WEST, NORTH)])


def _given(areas: list[str], *desks: Agent) -> dict[str, str]:
    waiting = [Waiting(task(at, area=area, priority=at)) for at, area in enumerate(areas, 1)]
    done = dispatch(waiting, [Desk(one) for one in desks], NOON)
    return {one.task.id: one.staff_number for one in done.assignments}


def _can(areas: tuple[str, ...], desks: list[Agent]) -> bool:
    """Whether all of them fit, by looking at every way."""
    for way in product(desks, repeat=len(areas)):
        fits = all(not one.areas or area in one.areas for area, one in zip(areas, way, strict=True))
        if fits and all(way.count(one) <= one.daily_target for one in desks):
            return True
    return False


def _best(areas: list[str], desks: list[Agent]) -> list[int]:
    """Places in line of those served: each in turn, if all before still fit with it."""
    taken: list[int] = []
    for at in range(len(areas)):
        if _can(tuple(areas[one] for one in [*taken, at]), desks):
            taken.append(at)
    return taken


def test_who_may_go_elsewhere_makes_room_for_who_may_not() -> None:
    # TASK-06
    anywhere, east = agent("1", areas=(), daily_target=1), agent("2", areas=(EAST,), daily_target=1)
    assert _given([EAST, WEST], anywhere, east) == {"T1": "2", "T2": "1"}


def test_a_chain_of_desks_makes_room() -> None:
    # TASK-06
    desks = [
        agent("1", areas=(EAST, WEST), daily_target=1),
        agent("2", areas=(WEST, NORTH), daily_target=1),
        agent("3", areas=(NORTH,), daily_target=1),
    ]
    assert _given([WEST, NORTH, EAST], *desks) == {"T1": "2", "T2": "3", "T3": "1"}


@cases(
    st.lists(st.sampled_from([EAST, WEST, NORTH]), max_size=6),
    st.lists(st.tuples(PLACES, st.integers(0, 2)), min_size=1, max_size=3),
)
@hypothesis_settings(deadline=None)
def test_no_other_way_to_share_out_serves_more(areas: list[str], told: list[tuple[tuple[str, ...], int]]) -> None:
    # TASK-06: those of greater effect, and more of them
    desks = [agent(str(at), areas=places, daily_target=target) for at, (places, target) in enumerate(told, 1)]
    best = _best(areas, desks)
    found = _given(areas, *desks)
    assert sorted(found) == [f"T{at + 1}" for at in best]
    for one in desks:
        lying = [areas[int(key[1:]) - 1] for key, who in found.items() if who == one.staff_number]
        assert len(lying) <= one.daily_target
        assert all(not one.areas or area in one.areas for area in lying)
    seats, scenario = _Seats(Room([Desk(one) for one in desks])), task(1).scenario
    seated = [at for at, area in enumerate(areas) if seats.take(Need(scenario, places_of(area, "", ""), False, False))]
    assert seated == best, "a campaign makes tasks of as many as find a desk"
