"""Incentive points with their double deduction, and contests: each by hand."""

from datetime import date
from pathlib import Path

import msgspec
import pytest
from pay_kit import frame_of

from core.content.incentives import contests, incentives, load_contests, load_incentives
from core.domain.errors import ContentError
from core.domain.incentive import ContestMeasure, FaultFound, PointKind, Qualifying, Side
from core.review.frame import LEFT, NOT_DUE, ON_NET, UNKNOWN
from core.review.pay.contests import board
from core.review.pay.points import AgentPoints, points

RULE = incentives()[0]
OPEN_TO_ALL = msgspec.structs.replace(RULE, stores=Qualifying())
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
SAVE = {
    "scenario": "broadband-disconnect", "agent": "2043", "team": "spring", "area": "东", "owner": True, "success": True,
    "on_net_30": ON_NET, "result": "retained",
}  # fmt: skip
LEAVES = {**SAVE, "success": False, "on_net_30": LEFT, "result": "disconnected"}
UPGRADE, SAVES = contests()[1], contests()[0]


def fault(kind: PointKind, *, day: date = FIRST, customer: int = 7) -> FaultFound:
    return FaultFound(kind=kind, agent="2043", day=day, customer=customer, scenario="broadband-disconnect")


def of_one(*rows: dict[str, object], faults: tuple[FaultFound, ...] = ()) -> AgentPoints:
    (found,) = points(frame_of(*rows), OPEN_TO_ALL, FIRST, LAST, faults=faults)
    return found


def test_a_save_that_stays_brings_thirty_and_a_disconnect_properly_taken_two() -> None:
    # BB-11
    found = of_one(SAVE, SAVE, LEAVES, {**LEAVES, "result": "suspended", "order": "accepted"})
    assert (found.saves, found.orders, found.points) == (2, 2, 2 * 30 + 2 * 2)


@pytest.mark.parametrize(("state", "open_"), [(LEFT, 0), (NOT_DUE, 1), (UNKNOWN, 1)])
def test_a_save_counts_only_once_the_line_is_known_to_have_stayed(state: int, open_: int) -> None:
    found = of_one({**SAVE, "on_net_30": state})
    assert (found.saves, found.saves_open, found.points, found.open_points) == (0, open_, 0, 30 * open_)


def test_a_faked_save_costs_sixty_and_earns_nothing() -> None:
    # BB-12
    denied = {**SAVE, "customer": 7}
    assert of_one(denied, SAVE, faults=(fault(PointKind.FAKED),)).points == 30 - 60
    assert of_one(LEAVES, faults=(fault(PointKind.STONEWALLED),)).points == 2 - 60


def test_a_fault_of_another_period_is_not_taken_twice() -> None:
    faked = fault(PointKind.FAKED, day=date(2026, 9, 30))
    assert of_one(SAVE, faults=(faked,)).points == 30


def test_an_order_that_failed_and_a_task_that_had_gone_elsewhere_bring_nothing() -> None:
    assert of_one(LEAVES, {**LEAVES, "order": "failed"}).points == 2
    assert points(frame_of({**SAVE, "superseded": True}), OPEN_TO_ALL, FIRST, LAST) == []


def test_stores_qualify_by_their_district_and_by_not_disconnecting_everybody() -> None:
    # BB-12: disconnecting must stay possible, and must not be the way to points.
    west = {"area": "西"}
    rows = [SAVE, *[LEAVES] * 4, *[{**LEAVES, **west}] * 5, {**LEAVES, "area": ""}]
    rule = msgspec.structs.replace(RULE, stores=Qualifying(cases_at_least=5, saved_percent_at_least=20))
    (found,) = points(frame_of(*rows), rule, FIRST, LAST)
    assert found.orders == 4
    named = msgspec.structs.replace(RULE, stores=Qualifying(areas=("西",)))
    (found,) = points(frame_of(*rows), named, FIRST, LAST)
    assert found.orders == 5


def test_a_period_without_calls_has_no_points_and_a_contest_no_places() -> None:
    assert points(frame_of(), RULE, FIRST, LAST) == []
    assert board(frame_of(), UPGRADE, as_of=LAST).places == ()


def test_equal_sides_share_a_place_and_the_pace_is_that_of_the_days_gone() -> None:
    # 4G-10
    win = {"scenario": "4g-upgrade", "team": "spring", "success": True, "owner": True, "day": date(2026, 10, 30)}
    rows = [{**win, "agent": agent} for agent, times in (("a", 3), ("b", 2), ("c", 2), ("d", 1)) for _ in range(times)]
    rows += [{**rows[0], "day": date(2026, 9, 30)}, {**rows[0], "scenario": "vip-care"}]
    contest = msgspec.structs.replace(UPGRADE, benchmark=6)
    found = board(frame_of(*rows), contest, as_of=date(2026, 11, 15))
    assert [(one.side, one.rank, one.value) for one in found.places] == [
        ("a", 1, 3),
        ("b", 2, 2),
        ("c", 2, 2),
        ("d", 4, 1),
    ]
    assert (found.day, found.days, found.over) == (46, 92, False)
    assert [found.on_pace(one) for one in found.places] == [True, False, False, False]
    assert [one.lately for one in found.places] == [0, 0, 0, 0]
    assert board(frame_of(*rows), contest, as_of=date(2026, 10, 31)).places[0].lately == 3


def test_of_a_rate_too_few_contacts_are_shown_and_not_ranked() -> None:
    many = [{**SAVE, "success": at < 9} for at in range(20)]
    lucky = {**SAVE, "team": "lucky", "agent": "1"}
    found = board(frame_of(*many, lucky), SAVES, as_of=LAST)
    assert SAVES.measure is ContestMeasure.SUCCESS_RATE
    assert SAVES.between is Side.TEAM
    assert [(one.side, one.rank, one.value, one.of) for one in found.places] == [
        ("spring", 1, 4_500, 20),
        ("lucky", None, 10_000, 1),
    ]


@pytest.mark.parametrize(
    ("folder", "text", "reason"),
    [
        ("incentives", "deduction: -30", "takes back what a save brings doubly"),
        ("incentives", "on_net_days: 20", "7, 14 and 30"),
        ("contests", "benchmark: 0", "above zero"),
        ("contests", "least: 0", "one lucky call"),
    ],
)
def test_rules_that_cannot_be_meant_are_refused(tmp_path: Path, folder: str, text: str, reason: str) -> None:
    shipped = Path(__file__).parents[2] / "resources" / folder
    name = {"incentives": "disconnect-saves.yaml", "contests": "q4-saves.yaml"}[folder]
    key = text.split(":")[0] + ":"
    lines = [text if line.startswith(key) else line for line in (shipped / name).read_text("utf-8").splitlines()]
    (tmp_path / folder).mkdir()
    (tmp_path / folder / name).write_text("\n".join(lines))
    load = load_incentives if folder == "incentives" else load_contests
    with pytest.raises(ContentError, match=reason) as refused:
        load(tmp_path)
    assert refused.value.line == lines.index(text) + 1
