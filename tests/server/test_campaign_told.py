"""What a planner is told of a campaign: before anybody was called, as it runs, and once it is over."""

from datetime import timedelta
from pathlib import Path

import pytest
from campaign_kit import Centre
from msgspec import structs
from server_kit import StillClock, document

from core.demo.city import AREAS
from core.domain.campaign import Audience, CampaignState, Forecast
from core.domain.clock import local_day, utc_now
from core.domain.errors import InputError
from core.domain.running_dry import RateFrom
from core.server.campaigns import life, lists
from core.server.campaigns.terms_file import read_terms
from core.server.cli import main
from core.server.commands.told_campaign import tell_begun
from core.server.db.engine import Database
from core.server.loading import load
from core.wire.campaigns import CampaignDone, ListRow, PutCampaignList

K = "silent-november"
pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
"""ibis 12 asks DuckDB 2 in the older way"""


@pytest.fixture
def centre(sqlite: Database, tmp_path: Path, clock: StillClock) -> Centre:
    return Centre(sqlite, tmp_path, clock)


def test_before_anybody_was_called_the_forecast_tells_whether_a_list_suffices(
    centre: Centre, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # TASK-07, EVAL-08: as its preview said
    centre.listed(20, target_agreed=5, forecast=Forecast(reached_percent=60.0, agreed_percent=30.0))
    centre.start()
    dry = centre.told().runs_dry
    assert dry is not None
    assert (dry.rate_from, dry.rate, dry.expected) == (RateFrom.FORECAST, pytest.approx(0.18), 4)
    assert (dry.likely, dry.dry) == (True, False), "it may be enough all the same"
    assert main(["campaign", "show", K, "--data", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "it may run dry" in said
    assert "18.0%" in said
    assert "forecast" in said


def test_with_nothing_to_go_by_it_is_not_said_that_a_list_suffices(
    centre: Centre, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # TASK-07
    centre.listed(20, target_agreed=5)
    centre.start()
    assert main(["campaign", "dry", K, "--here", "--data", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "cannot be told yet" in said
    assert "the list suffices:" not in said
    assert "0.0%" not in said


def test_without_a_target_it_is_said_that_nothing_is_told_of_the_list(
    centre: Centre, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # TASK-07
    centre.listed(2)
    centre.start()
    assert main(["campaign", "dry", K, "--here", "--data", str(tmp_path)]) == 0
    assert "It states no target, or is over" in capsys.readouterr().out


def test_a_list_shorter_than_its_target_runs_dry_whatever_comes(
    centre: Centre, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # TASK-07
    centre.listed(6, target_agreed=50)
    centre.start()
    assert main(["campaign", "show", K, "--data", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "the list runs dry: target 50, 6 left" in said
    assert "0.0%" not in said


def test_the_campaign_of_the_readme_fits_the_demonstrations_city(tmp_path: Path) -> None:
    # TASK-03
    lines = (Path(__file__).parents[2] / "README.md").read_text("utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.strip() == "# winter.yaml")
    file = tmp_path / "winter.yaml"
    file.write_text("\n".join(line[4:] for line in lines[at : at + 8]) + "\n", encoding="utf-8")
    found = read_terms(file)
    assert found.audience.areas
    assert set(found.audience.areas) <= set(AREAS)


def test_a_preview_names_its_strata_and_leaves_none_out(
    centre: Centre, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # EVAL-08, TASK-06
    made = [document(at, area=f"第{at % 10}区") for at in range(1, 41)]
    load(centre.database, [(one, None) for one in made])
    rows = tuple(ListRow(customer_id=f"C{at}") for at in range(1, 41))
    with centre.database.write() as unit:
        lists.put_list(unit, "all", PutCampaignList(name="全部", rows=rows), by="9001")
    centre.draft(audience=Audience(list_id="all"), control_percent=25.0, strata=("tier", "area"))
    assert main(["campaign", "preview", K, "--here", "--data", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "none|" not in said
    assert "普通 · 第1区 / Standard · 第1区\t4，对照 control 1" in said
    assert "其余各层 / other strata\t8，对照 control 2" in said


def test_where_nobody_would_be_called_no_room_is_told(
    centre: Centre, clock: StillClock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # TASK-06: all were called by another campaign, and agents have room all the same
    clock.now = utc_now()
    today = local_day(clock.now)
    bounds = {"starts_on": today, "ends_on": today + timedelta(days=9)}
    centre.listed(3, **bounds)
    centre.start()
    centre.draft(id="more", audience=Audience(list_id="all"), **bounds)
    assert main(["campaign", "preview", "more", "--here", "--data", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "Room at desks now 0" not in said
    assert "Nobody would be called now" in said


def test_a_start_says_who_waits_for_a_desk(centre: Centre, capsys: pytest.CaptureFixture[str]) -> None:
    # TASK-18: a task that nobody was given lies on no desk
    centre.listed(3)
    begun = centre.start()
    sent = structs.replace(begun, members=structs.replace(begun.members, ready=0, dispatched=3))
    tell_begun(sent)
    tell_begun(structs.replace(sent, done=CampaignDone(tasks=3, open=3, waiting=1)))
    some = structs.replace(sent, members=structs.replace(begun.members, ready=2, dispatched=1))
    tell_begun(some)
    tell_begun(structs.replace(some, a_day=1))
    whole, part, _begun, no_room, _again, bound = capsys.readouterr().out.splitlines()
    assert "2 more are ready: the desks certified for them, in their areas, have no room" in no_room
    assert "2 more are ready: its bound for today is reached" in bound
    assert whole.endswith("3 customers dispatched.")
    assert part.endswith("3 customers dispatched, 1 of them wait for room at a desk.")


def test_a_campaign_that_was_stopped_has_nobody_left_to_call(
    centre: Centre, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # TASK-07: five go to the desk, the others wait
    centre.listed(20, target_agreed=50)
    centre.start()
    centre.keep()
    life.set_state(centre.database, K, CampaignState.STOPPED, by="9001")
    assert centre.told().runs_dry is None
    assert main(["campaign", "show", K, "--data", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "Ready" not in said
    assert "Not dispatched, and will not be" in said
    with pytest.raises(InputError, match="over"):
        centre.engine.next_segments(K)
