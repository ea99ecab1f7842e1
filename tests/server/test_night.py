"""The night's chain: what comes in by evening lies on desks by morning; whatever of it is unsound waits and says so."""

import random
from pathlib import Path

import pandas as pd
import pytest
from server_kit import StillClock, document
from sqlalchemy import select

from core.domain.customer import Care
from core.domain.task import Task
from core.screening.model.keeping import Models
from core.screening.model.naming import load_naming
from core.screening.model.preparing import Asked
from core.screening.model.reading import Listed
from core.screening.model.training import train
from core.screening.snapshots.keeping import Shelf
from core.screening.snapshots.record import FaultKind
from core.server import cli
from core.server.campaigns.models import PUBLISHED, scored_model
from core.server.db import customers, tasks
from core.server.db.engine import Database
from core.server.db.schema import audit, task, written_file
from core.server.loading import load
from core.server.screening.goes_by import WHY
from core.server.screening.running import Desk

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
"""ibis 12 asks DuckDB 2 in the older way"""
PEOPLE = 40


class Centre:
    def __init__(self, database: Database, folder: Path) -> None:
        self.database, self.data = database, folder / "data"
        self.place = ["--data", str(self.data), "--database", f"sqlite:///{folder / 'stayline.db'}", "--here"]

    def run(self, *words: str) -> int:
        return cli.main([*words, *self.place])

    def tasks(self) -> list[Task]:
        with self.database.read() as unit:
            ids = unit.conn.execute(select(task.c.id).order_by(task.c.customer_id)).scalars().all()
            return [found for one in ids if (found := tasks.get(unit, one))]

    def on_record(self) -> list[str]:
        with self.database.read() as unit:
            return list(unit.conn.execute(select(audit.c.action).order_by(audit.c.seq)).scalars())

    def publish_model(self, *, tenure: str = "tenure") -> None:
        """Who is new complains and leaves."""
        rng = random.Random(3)
        rows = [(rng.randint(1, 60), rng.choice(["是", "否"])) for _ in range(300)]
        frame = pd.DataFrame(
            {
                tenure: [str(one) for one, _ in rows],
                "complaints_repeat": [word == "是" for _, word in rows],
                "是否离网": ["是" if rng.random() < (0.9 if one < 12 else 0.05) else "否" for one, _ in rows],
            }
        )
        models = Models(self.data)
        made = train(
            Listed(frame.astype(object), "l", "0"), load_naming(), Asked(), costs=None, by_segment=(),
            model_id=f"by-{tenure}", at=self.database.clock(), by="planner", step=lambda _done, _all: None,
        )  # fmt: skip
        models.folder.mkdir(parents=True, exist_ok=True)
        models.keep(made.record, made.trees, {})
        models.publish(made.record, at=self.database.clock(), by="planner")


@pytest.fixture
def centre(sqlite: Database, tmp_path: Path, clock: StillClock) -> Centre:
    load(sqlite, [(document(at, indicators={"tenure": 3 if at <= 2 else 50}), None) for at in range(1, PEOPLE + 1)])
    return Centre(sqlite, tmp_path)


def delivered(folder: Path, *, tenure: str = "tenure") -> Path:
    """What the warehouse knows: more than the centre's own documents."""
    path = folder / "evening.csv"
    lines = [f"customer_id,{tenure},complaints_repeat,voice_trend_base,voice_last_month,data_last_month,sms_last_month"]
    lines += [f"C{at},{3 if at <= 2 else 50},否,100,0,0,0" for at in range(1, PEOPLE + 1)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_the_model_that_counts_has_people_called_and_says_why(
    centre: Centre, capsys: pytest.CaptureFixture[str]
) -> None:
    # ID-01, ID-04, ID-05, ID-09
    centre.publish_model()
    assert centre.run("night", "--rule", "flagged-by-model") == 0
    said = capsys.readouterr().out
    for phase in ("snapshot 40", "model 40", "rules 2", "campaigns 0", "dispatch"):
        assert f"/ {phase}" in said, phase
    assert "2 new tasks" in said
    found = centre.tasks()
    assert [one.customer_id for one in found] == ["C1", "C2"]
    (first,) = [use for use in found[0].in_use if use.name == f"{WHY}1"]
    assert "为 3 个月，低于中位数" in first.value.zh
    assert not any(use.name.startswith(WHY) for use in found[0].in_use[:1])
    with centre.database.read() as unit:
        care = customers.section(unit, "C1", "care", Care)
    assert care is not None
    assert care.warnings[0].risk is not None
    assert care.warnings[0].risk > 0.6
    assert {"snapshot_taken", "snapshot_scored", "screened"} <= set(centre.on_record())


def test_the_night_says_how_far_customers_have_moved_since_the_model_learnt(
    centre: Centre, capsys: pytest.CaptureFixture[str]
) -> None:
    # ID-04, ID-09: nearly everybody is on net for 50 months, and was for 1 to 60 as it learnt
    centre.publish_model()
    assert centre.run("night", "--rule", "flagged-by-model") == 0
    said = capsys.readouterr().out
    assert "Customers have moved since model by-tenure learnt, by 40 of snapshot" in said
    assert "“tenure” is far from what it was (PSI" in said
    assert "“tenure”已大不同（PSI" in said
    # The last line is what is kept of a job.
    assert "Customers moved since the model: complaints_repeat, tenure" in said.splitlines()[-1]
    # Where sources' health is told, and before a campaign of the model is begun.
    assert cli.main(["snapshot", "health", *centre.place[:-1]]) == 0
    assert "“tenure” is far from what it was (PSI" in capsys.readouterr().out
    assert centre.run("model", "score") == 0
    assert "“tenure” is far from what it was (PSI" in capsys.readouterr().err


def test_a_model_of_another_schema_holds_what_hangs_on_it_and_nothing_else(
    centre: Centre, capsys: pytest.CaptureFixture[str]
) -> None:
    # ID-04, ID-10
    centre.publish_model(tenure="months_here")
    assert centre.run("night", "--rule", "flagged-by-model", "--rule", "zero-usage", "--confirm") == 0
    said = capsys.readouterr().out
    assert "Model by-months_here scored nobody: “months_here” is missing" in said
    assert "模型 by-months_here 没有给任何人评分" in said
    assert "has not scored it: run stayline-server model score" in said
    assert "zero-usage: nobody matches" in said
    assert centre.tasks() == []
    assert centre.run("screen", "run", "flagged-by-model") == 1
    assert centre.run("model", "score") == 1
    assert "No model" not in capsys.readouterr().err


def test_a_model_that_the_newest_snapshot_cannot_feed_is_not_published_unawares(
    centre: Centre, capsys: pytest.CaptureFixture[str]
) -> None:
    # ID-04, ID-10
    centre.publish_model(tenure="months_here")
    assert centre.run("model", "publish", "--accept") == 0, "of snapshots nothing is known yet"
    assert "newest snapshot" not in capsys.readouterr().err
    assert centre.run("snapshot", "take") == 0
    capsys.readouterr()
    why = "lacks what it asks for, so it would score nobody at night: “months_here” is missing"
    assert centre.run("model", "publish") == 1
    said = capsys.readouterr().err
    assert why in said
    assert "fewer than" in said, "whatever else is grave is told with it"
    for words in (("publish", "--accept"), ("rollback", "1")):
        assert centre.run("model", *words) == 0
        assert why in capsys.readouterr().err


def test_what_a_campaign_has_scored_is_on_record_and_goes_when_its_period_is_over(centre: Centre) -> None:
    # ID-04, DATA-02: who may leave, with their ids
    assert centre.run("snapshot", "take") == 0
    centre.publish_model()
    scored_model(Desk(centre.database, centre.data), centre.data, PUBLISHED)
    assert "snapshot_scored" in centre.on_record()
    with centre.database.read() as unit:
        noted = set(unit.conn.execute(select(written_file.c.path)).scalars())
    assert {str(one) for one in (centre.data / "scores").rglob("*.*")} <= noted


def test_files_of_the_warehouse_stand_in_for_the_database(
    centre: Centre, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # DATA-01, ID-09, ID-10, INTEG-01
    path = delivered(tmp_path)
    assert centre.run("night", "--load", str(path), "--rule", "zero-usage", "--confirm") == 0
    said = capsys.readouterr().out
    assert "40 customers" in said
    assert "? Is" not in said
    (snapshot,) = Shelf(centre.data).all()
    assert all(one.kind is FaultKind.ABSENT for one in snapshot.faults)
    made = len(centre.tasks())
    assert made in (0, PEOPLE), "by whether all that the rule asks for was delivered"
    assert centre.run("night", "--load", str(delivered(tmp_path, tenure="tenures")), "--rule", "zero-usage") == 0
    said = capsys.readouterr().out
    assert "Is “tenures” the factor tenure? --map tenures=tenure" in said
    assert "was not delivered" in said
    path.write_text(path.read_text("utf-8") + "C1,1,否,1,1,1,1\n", "utf-8")
    assert centre.run("snapshot", "load", str(path)) == 1
    assert "stands more than once" in capsys.readouterr().err
    assert len(Shelf(centre.data).all()) == 2
    assert centre.run("snapshot", "load", str(path), "--map", "tenure=") == 1
    assert centre.run("snapshot", "load", str(tmp_path / "nowhere.csv")) == 1
