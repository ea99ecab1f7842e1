"""A planner switches types of task by keys, and makes lists of a campaign's members."""

from datetime import UTC, datetime

from campaigning_kit import Campaigning
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.domain.campaign import CampaignState
from core.domain.task import TaskType
from core.wire.campaigns import MemberCounts, ModelTold
from desktop.campaigning.campaigns import CampaignsPart
from desktop.campaigning.task_types import TaskTypesPart

ALT = Qt.KeyboardModifier.AltModifier


def test_a_type_is_switched_by_keys_from_the_whole_site_down_to_a_grid(planner: Campaigning) -> None:
    # TASK-17
    part = planner.part(4)
    assert isinstance(part, TaskTypesPart)
    p = part.presenter
    planner.until(lambda: bool(p.rows))
    assert len(part.types.words()) == len(TaskType)
    area = next(at for at, one in enumerate(p.places) if one.area and not one.grid)
    grid = next((at for at, one in enumerate(p.places) if one.area == p.places[area].area and one.grid), None)
    part.types.setFocus()
    first = p.rows[0].type

    def pressed(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(part.types, key, modifier)
        planner.until(lambda: not p.turning)

    pressed(Qt.Key.Key_Space)
    assert not p.rows[0].on
    assert "未开通 · 在此设定" in part.types.words()[0]
    assert planner.said[-1][0].zh.endswith("全站 未开通")
    assert part.types.currentIndex().row() == 0, "the row in hand stays"
    QTest.keyClick(part, Qt.Key.Key_N, ALT)
    assert part.places.hasFocus()
    for _ in range(area):
        QTest.keyClick(part.places, Qt.Key.Key_Down)
    assert p.place == p.places[area]
    assert "未开通 · 随全站" in part.types.words()[0]
    assert not part.unsay.isEnabled()
    pressed(Qt.Key.Key_1, ALT)
    assert p.rows[0].on
    assert p.rows[0].type is first
    if grid is not None:
        part.places.setCurrentIndex(part.places.lines.index(grid))
        assert f"开通 · 随{p.places[area].area}" in part.types.words()[0]
        part.places.setCurrentIndex(part.places.lines.index(area))
    pressed(Qt.Key.Key_2, ALT)
    assert "未开通 · 随全站" in part.types.words()[0]
    part.places.setCurrentIndex(part.places.lines.index(0))
    pressed(Qt.Key.Key_2, ALT)
    assert p.rows[0].on
    assert p.found is not None
    assert p.found.switches == ()


def _started(planner: Campaigning) -> CampaignsPart:
    part = planner.part(1)
    assert isinstance(part, CampaignsPart)
    p = part.presenter
    planner.until(lambda: bool(p.rules))
    part.begin()
    part.form.name.insert("余额关怀")
    part.form.rules.choose("low-balance-on-net")
    part._settle.stop()
    p.keep()
    planner.until(lambda: p.preview is not None)
    part._start()
    planner.until(lambda: p.state is CampaignState.RUNNING and not p.counting)
    return part


def test_a_list_is_made_of_a_campaigns_members_and_a_stopped_one_says_what_became_of_them(
    planner: Campaigning,
) -> None:
    # TASK-14, TASK-18
    part = _started(planner)
    p = part.presenter
    part.whom.setCurrentIndex(3)
    planner.said.clear()
    QTest.keyClick(part, Qt.Key.Key_L, ALT)
    planner.until(lambda: bool(planner.said))
    assert p.told is not None
    assert planner.said[0][0].zh.startswith("名单“余额关怀 · 抽中的全部”有")
    planner.until(lambda: any(one.name == "余额关怀 · 抽中的全部" for one in p.lists))
    part._stop()
    part._stop()
    planner.until(lambda: p.state is CampaignState.STOPPED and not p.counting)
    members = MemberCounts(chosen=20, treated=16, control=4, ready=7, held=2, blocked=1, dispatched=3, recalled=3)
    p.told = structs.replace(p.told, members=members, state=CampaignState.STOPPED)
    part.figures.show_figures()
    told = planner.read()
    assert "就绪" not in told, "nobody is ready for what is over"
    assert "没有派出" in told
    assert "已收回" in told


def test_a_model_is_chosen_from_those_that_the_server_keeps(planner: Campaigning) -> None:
    # ID-04
    part = planner.part(1)
    assert isinstance(part, CampaignsPart)
    p = part.presenter
    planner.until(lambda: bool(p.rules))
    at = datetime(2026, 11, 1, tzinfo=UTC)
    p.models = (
        ModelTold(id="20261102-030000", made_at=at, by="9001"),
        ModelTold(id="20261101-030000", made_at=at, by="9001", published=True),
    )  # fmt: skip
    part.begin()
    box = part.form.model
    assert [box.itemText(at) for at in range(box.count())][2:] == [
        "模型 20261102-030000", "模型 20261101-030000（已发布）",
    ]  # fmt: skip
    box.setCurrentIndex(2)
    box.activated.emit(2)
    assert p.draft is not None
    assert p.draft.model == "20261102-030000"
    assert part.form.seldom.fields["at_least"].isEnabled()
