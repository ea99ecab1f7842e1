"""`stayline-server content`: what a planner types to look, compare, publish and go back."""

import io
import re
import shutil
from pathlib import Path

import pytest
from server_kit import a_tip
from sqlalchemy import select

from core.content import folder, knowledge
from core.domain.knowledge import TIP
from core.server.cli import main
from core.server.db import published, schema, tips
from core.server.db.engine import Database, open_engine, sqlite_url
from core.server.tips import decide


@pytest.fixture
def data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["init", "--data", str(tmp_path / "data")]) == 0
    capsys.readouterr()
    return tmp_path / "data"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder(), tmp_path / "content"))


def run(data: Path, *words: str) -> int:
    return main(["content", *words, "--data", str(data)])


def retold(root: Path, *, version: bool = True) -> None:
    """The title of one article reads otherwise."""
    path = root / "knowledge" / "sim-swap.md"
    text = path.read_text("utf-8").replace("zh: 补换 SIM 卡", "zh: 换卡")
    path.write_text(text.replace("version: 1", "version: 2", 1) if version else text, "utf-8")


def added(root: Path, name: str) -> None:
    """One more scenario is one more pair of files."""
    for kind in ("scripts", "dispositions"):
        text = (root / kind / "win-back.yaml").read_text("utf-8")
        (root / kind / f"{name}.yaml").write_text(re.sub("(?m)^(id|scenario): win-back", rf"\1: {name}", text), "utf-8")


def test_a_folder_is_checked_without_a_database(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # SCRIPT-01
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert main(["content", "check", str(root)]) == 0
    assert f"knowledge {len(knowledge())}," in capsys.readouterr().out
    (root / "knowledge" / "sim-swap.md").write_text("---\nid: sim-swap\nversion: x\n---\n", "utf-8")
    assert main(["content", "check", str(root)]) == 1
    error = capsys.readouterr().err
    assert "knowledge/sim-swap.md:" in error
    assert "Traceback" not in error


def test_look_publish_and_go_back(data: Path, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data, "diff", str(root)) == 0
    assert "与已发布的内容相同" in capsys.readouterr().out
    retold(root)
    assert run(data, "diff", str(root)) == 0
    told = capsys.readouterr().out.splitlines()
    assert told == [
        "修改 changed\tknowledge/sim-swap\t1 → 2",
        "    - title.zh: 补换 SIM 卡",
        "    + title.zh: 换卡",
    ]
    assert run(data, "publish", str(root)) == 0
    assert "第 2 号发布：新增 0，修改 1，撤下 0。" in capsys.readouterr().out
    assert run(data, "publish", str(root)) == 0
    assert "未发布" in capsys.readouterr().out
    assert run(data, "rollback", "1") == 0
    assert "第 3 号发布" in capsys.readouterr().out
    assert run(data, "rollback", "1") == 0
    assert run(data, "list") == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()[1:]]
    assert [(row[0], row[2]) for row in rows] == [("3", "rollback"), ("2", "folder"), ("1", "shipped")]
    assert main(["audit", "--data", str(data)]) == 0


def test_a_tip_outlives_a_rollback_and_the_planner_is_told(
    data: Path, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # KB-02
    retold(root)
    assert run(data, "publish", str(root)) == 0
    database = Database(open_engine(sqlite_url(data)))
    tip = a_tip("1")
    with database.write() as unit:
        tips.add(unit, tip, team="north")
    decide(database, str(tip.id), approve=True, by="cli")
    capsys.readouterr()
    assert run(data, "rollback", "1") == 0
    assert "坐席写的 1 条经验不随发布回退，照旧公开" in capsys.readouterr().out
    with database.read() as unit:
        assert published.body(unit, TIP, str(tip.id)) is not None
    assert main(["tips", "list", "--standing", "--data", str(data)]) == 0
    assert str(tip.id) in capsys.readouterr().out
    database.close()


def test_a_version_that_was_not_raised_is_told_with_its_line(
    data: Path, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    retold(root, version=False)
    assert run(data, "publish", str(root)) == 1
    assert (
        f"{root / 'knowledge' / 'sim-swap.md'}:3: version 1 was published with other words" in capsys.readouterr().err
    )


def test_a_check_tells_of_a_version_that_was_not_raised_where_there_is_a_database(
    data: Path, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # SCRIPT-01
    retold(root, version=False)
    assert run(data, "check", str(root)) == 1
    assert (
        f"{root / 'knowledge' / 'sim-swap.md'}:3: version 1 was published with other words" in capsys.readouterr().err
    )
    assert run(tmp_path / "nowhere", "check", str(root)) == 0
    assert "versions were not compared" in capsys.readouterr().out
    assert not (tmp_path / "nowhere").exists()


def test_a_publication_that_is_not_there_is_said_plainly(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data, "rollback", "9") == 1
    assert run(data, "diff", "--against", "9") == 1
    assert "没有第 9 号发布" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_said_plainly(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for verb in ("check", "diff", "publish"):
        assert run(data, verb, str(tmp_path / "nowhere")) == 1
        error = capsys.readouterr().err
        assert "There is no such folder" in error
        assert error.count("nowhere") == 2
        assert "Traceback" not in error


def test_a_scenario_of_the_sites_own_is_known_to_the_other_commands(
    data: Path, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a-long-password\n" * 2))
    words = ["user", "add", "2099", "--name", "何静", "--role", "outbound_representative", "--team", "n",
             "--skill", "own-scenario", "--password-stdin", "--data", str(data)]  # fmt: skip
    assert main(words) == 1
    added(root, "own-scenario")
    assert run(data, "publish", str(root)) == 0
    assert main(words) == 0, capsys.readouterr().err


def stating(root: Path, name: str, kind: str) -> None:
    path = root / "scripts" / f"{name}.yaml"
    path.write_text(path.read_text("utf-8").replace("\nstart:", f"\ntask_type: {kind}\nstart:", 1), "utf-8")


# TASK-01
def test_a_script_of_a_sites_own_states_what_kind_of_task_it_is_for(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    added(root, "pilot")
    assert main(["content", "check", str(root)]) == 0
    told = capsys.readouterr().out
    assert "Hint: scripts/pilot.yaml states no task_type" in told
    assert told.count("Hint:") == 1
    stating(root, "pilot", "market_survey")
    assert main(["content", "check", str(root)]) == 0
    assert "Hint:" not in capsys.readouterr().out
    added(root, "pilot")
    stating(root, "pilot", "survey_of_markets")
    assert main(["content", "check", str(root)]) == 1
    error = capsys.readouterr().err
    assert re.search(r"scripts/pilot\.yaml:\d+: .*survey_of_markets", error)


# TASK-01, TASK-14
@pytest.mark.parametrize(("stated", "taken"), [("market_survey", "market_survey"), ("", "churn_inclined_visit")])
def test_a_list_for_a_sites_own_scenario_becomes_tasks_of_the_kind_it_states(
    data: Path, root: Path, tmp_path: Path, stated: str, taken: str
) -> None:
    added(root, "pilot")
    if stated:
        stating(root, "pilot", stated)
    assert run(data, "publish", str(root)) == 0
    listed = tmp_path / "list.csv"
    listed.write_text("手机号码,客户姓名\n10000000001,吴文静\n", "utf-8")
    assert main(["import", str(listed), "--scenario", "pilot", "--data", str(data)]) == 0
    database = Database(open_engine(sqlite_url(data)))
    with database.read() as unit:
        assert unit.conn.execute(select(schema.task.c.type)).scalars().all() == [taken]
    database.close()
