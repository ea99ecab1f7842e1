"""Those who compete are told how the contest stands, and each agent the own account of points."""

from datetime import timedelta

import msgspec
import pytest
from quality_desk_kit import SAVE, Centre
from server_kit import StillClock, add_agent, agent

from core.domain import decoding
from core.domain.clock import local_day
from core.domain.contest_board import CONTEST_BOARD, OWN_POINTS, ContestBoard, OwnPoints
from core.domain.incentive import CONTEST, INCENTIVE, Contest, ContestMeasure, Incentive, Qualifying, Side
from core.domain.text import Text
from core.server.access.caller import Caller
from core.server.db import published
from core.server.db.engine import Database
from core.server.packages.boards import Boards, tell_boards
from core.wire.pull import ContentDocument


@pytest.fixture
def centre(sqlite: Database, clock: StillClock) -> Centre:
    """Team A competes for successes; team B does not take part."""
    made, today = Centre(sqlite, clock), local_day(clock.now)
    contest = Contest(
        id="saves", version=1, title=Text("挽留赛", "Saves"), begins=today - timedelta(days=1),
        ends=today + timedelta(days=8), between=Side.AGENT, measure=ContestMeasure.SUCCESSES, teams=("A",), benchmark=5,
    )  # fmt: skip
    points = Incentive(
        id="points", version=1, title=Text("积分", "Points"), scenarios=(SAVE,), save=30, on_net_days=0, order=2,
        order_results=("disconnected",), stores=Qualifying(), deduction=-60,
    )  # fmt: skip
    with sqlite.write() as unit:
        for kind, value in ((CONTEST, contest), (INCENTIVE, points)):
            body = msgspec.Raw(msgspec.json.encode(value))
            published.put(unit, [ContentDocument(kind=kind, name=value.id, version=1, body=body)])
    return made


def board(centre: Centre, who: Caller) -> ContestBoard | None:
    body = centre.on_desk(who, CONTEST_BOARD).get("saves")
    return None if body is None else decoding.decode(body, ContestBoard)


def test_who_competes_sees_the_board_and_the_own_account_and_nobody_elses(centre: Centre) -> None:
    # 4G-10, BB-11
    rival = add_agent(centre.database, agent("2044", name="对手", skills=(SAVE,)))
    outside = add_agent(centre.database, agent("2045", team="B", team_name="二班", skills=(SAVE,)))
    for index in (1, 2):
        centre.call(index)
    assert tell_boards(centre.database) == 2
    seen = board(centre, rival)
    assert seen is not None
    assert [(one.side, one.rank, one.value, one.on_pace) for one in seen.places] == [("2043", 1, 2, True)]
    assert (seen.day, seen.days) == (2, 10)
    assert board(centre, outside) is None
    (mine,) = centre.on_desk(centre.agent, OWN_POINTS).values()
    account = decoding.decode(mine, OwnPoints)
    assert (account.saves, account.points, account.open_points) == (2, 60, 0)
    assert centre.on_desk(rival, OWN_POINTS) == {}
    # What stands as before is not sent again; a call more is.
    assert tell_boards(centre.database) == 0
    centre.call(3)
    assert tell_boards(centre.database) == 2


def test_points_taken_back_stand_in_the_own_account(centre: Centre) -> None:
    # BB-12
    item = centre.score(centre.lead, centre.sampled(), remark="客户说了三遍要拆。", fails=("blocked",))
    assert centre.push(centre.lead, item) == ["accepted"]
    tell_boards(centre.database)
    (mine,) = centre.on_desk(centre.agent, OWN_POINTS).values()
    account = decoding.decode(mine, OwnPoints)
    assert (account.stonewalled, account.points) == (1, 30 - 60)


def test_boards_wait_until_the_desks_of_a_starting_server_are_answered(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = [1_000.0]
    monkeypatch.setattr("core.server.packages.boards.monotonic", lambda: seconds[0])
    boards = Boards()
    centre.call(1)
    assert boards.keep(centre.database) == 0
    seconds[0] += 180
    assert boards.keep(centre.database) == 2
    centre.call(2)
    assert boards.keep(centre.database) == 0
    seconds[0] += 700
    assert boards.keep(centre.database) == 2
