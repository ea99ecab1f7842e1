"""What stands at the head of the customer's view: why this call is made, then what its script needs."""

from datetime import UTC, datetime

import pytest

from core.content.load import load_script
from core.content.resources import folder
from core.desk.call_figures import MOST, MOST_OF_THE_RULE, call_figures
from core.domain.script import Script
from core.domain.task import InUse, Task, TaskCustomer, TaskState, TaskType
from core.domain.text import Lang, Text


@pytest.fixture(scope="module")
def script() -> Script:
    return load_script(folder() / "scripts/zero-usage.yaml")


def task(*in_use: tuple[str, str]) -> Task:
    return Task(
        id="T", customer_id="C", type=TaskType.ZERO_USAGE_VISIT, scenario="zero-usage", state=TaskState.ASSIGNED,
        priority=1, reason=Text("零次户", "Zero usage"), customer=TaskCustomer(name="测试"),
        created_at=datetime(2026, 11, 23, tzinfo=UTC),
        in_use=tuple(InUse(name=zh, label=Text(zh, zh), value=Text(value, value)) for zh, value in in_use),
    )  # fmt: skip


def test_what_the_rule_went_by_stands_first_and_nothing_twice(script: Script) -> None:
    # ID-08
    own = call_figures(None, script, {}, Lang.ZH)
    assert own
    known = own[0][0].zh
    shown = call_figures(task(("上月通话", "0 分钟"), (known, "别说两遍")), script, {}, Lang.ZH)
    assert [(label.zh, value) for label, value in shown][:2] == [("上月通话", "0 分钟"), (known, "")]
    assert [label.zh for label, _ in shown].count(known) == 1


def test_many_factors_leave_room_for_the_scripts_own(script: Script) -> None:
    shown = call_figures(task(*((f"因子{at}", "1") for at in range(9))), script, {}, Lang.ZH)
    assert sum(label.zh.startswith("因子") for label, _ in shown) == MOST_OF_THE_RULE
    assert len(shown) <= MOST
