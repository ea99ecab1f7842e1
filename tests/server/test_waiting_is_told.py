"""What waits is counted truly and told in words: how many no agent can be given, why, and what to do."""

from datetime import timedelta
from pathlib import Path

import pytest
from server_kit import NOON, add_agent, agent, document, number_of, stored, task

from core.domain.people import Role, SkillLevel
from core.domain.task import Block, Task, TaskCustomer, Tier
from core.server import dispatching
from core.server.cli import main
from core.server.commands.dispatch import dispatch_and_tell
from core.server.db.engine import Database, open_engine, sqlite_url
from core.server.dispatching import desks, dispatch_waiting
from core.server.loading import load
from core.server.outstanding import outstanding


def vip_task(index: int) -> Task:
    return task(index, customer=TaskCustomer(name="客", numbers=(number_of(index),), tier=Tier.DIAMOND))


def test_tasks_that_nobody_can_be_given_do_not_keep_others_waiting(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    # TASK-03: VIPs come first in line, and there is no desk for them
    monkeypatch.setattr(dispatching, "PAGE", 3)
    add_agent(database, agent("2043"))
    load(database, [(document(n, tier=Tier.DIAMOND), vip_task(n)) for n in range(1, 9)])
    load(database, [(document(n), task(n)) for n in range(11, 16)])
    assert {one.task.id for one in dispatch_waiting(database, actor="test").assignments} == {
        f"T{n}" for n in range(11, 16)
    }
    assert stored(database, "T15").assigned_to == "2043"


def test_what_is_due_first_goes_out_first_however_long_the_line(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Beyond a page of the line as within it.
    monkeypatch.setattr(dispatching, "PAGE", 1)
    add_agent(database, agent("2043", daily_target=1))
    due = {1: None, 2: NOON + timedelta(days=3), 3: NOON + timedelta(days=1)}
    load(database, [(document(n), task(n, due_at=at)) for n, at in due.items()])
    assert [one.task.id for one in dispatch_waiting(database, actor="test").assignments] == ["T3"]


def test_what_waits_is_counted_over_all_tasks(
    database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # TASK-03, ROLE-03, VIP-05, OUTCOME-11
    monkeypatch.setattr(dispatching, "PAGE", 3)
    add_agent(database, agent("2043", daily_target=1, areas=("东岭区",)))
    load(database, [(document(n), task(n)) for n in range(1, 8)])
    load(database, [(document(n, area="西河区"), task(n, area="西河区")) for n in range(11, 16)])
    load(database, [(document(n), task(n, scenario="vip-care")) for n in range(21, 25)])
    load(database, [(document(n, tier=Tier.GOLD), vip_task(n)) for n in range(31, 34)])
    load(database, [(document(n), task(n, block=Block.OPTED_OUT)) for n in range(41, 43)])
    dispatch_and_tell(database)
    said = capsys.readouterr().out
    assert "派出任务 1 个，等待 20 个。 / 1 task given out, 20 wait." in said
    assert "6 个：能接的人今天都排满了" in said
    assert "5 个：会“4g-upgrade”的人都不负责这些区域、网格或支局：西河区 5 个。" in said
    assert "stayline-server user change STAFF --area 西河区" in said
    assert "4: nobody is certified for vip-care." in said
    assert "3 个：VIP 客户，没有会“4g-upgrade”的 VIP 专席可接：东岭区 3 个。" in said
    assert "2: the customer wants no calls" in said
    assert "opted_out" not in said


def test_the_count_of_a_list_speaks_of_that_list_alone(database: Database) -> None:
    add_agent(database, agent("1", role=Role.VIP_SPECIALIST, level=SkillLevel.VIP, areas=("东岭区",)))
    load(database, [(document(1, area="西河区"), task(1, area="西河区"))], list_id="import:a")
    load(database, [(document(2, area="南山区"), task(2, area="南山区"))], list_id="import:b")
    with database.read() as unit:
        found = outstanding(unit, desks(unit), list_id="import:b")
    assert [(one.places, one.tasks) for one in found] == [(("南山区",), 1)]


def test_an_import_warns_of_grids_that_no_agent_serves(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # ID-06, TASK-03
    data = ("--data", str(tmp_path / "data"))
    assert main(["init", *data]) == 0
    database = Database(open_engine(sqlite_url(tmp_path / "data")))
    add_agent(database, agent("2043", areas=("北苑网格",)))
    database.close()
    listed = tmp_path / "名单.csv"
    listed.write_text(
        "手机号码,客户姓名,网格,支局\n10000000001,吴文静,北苑网格,城北支局\n10000000002,单芳,南湖网格,城南支局\n",
        "utf-8",
    )
    assert main(["import", str(listed), "--scenario", "4g-upgrade", *data]) == 0
    said = capsys.readouterr().out
    assert "本名单有 1 个任务没有人可以接" in said
    assert "南湖网格 · 城南支局 1 个" in said
    assert main(["dispatch", *data]) == 0
    assert "1 task given out, 1 waits" in capsys.readouterr().out
