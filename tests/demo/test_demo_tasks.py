"""Tasks: why each customer is called agrees with the customer; the morning's desks are prepared."""

import re
from collections import Counter
from datetime import timedelta

from demo_day import AS_OF

from core.content import scripts
from core.demo.world import World
from core.domain.customer import Document
from core.domain.money import yuan
from core.domain.quality.save_check import SCENARIO
from core.domain.task import Block, Task, TaskState, TaskType, Tier
from core.guidance.facts_money import billing_facts


def test_six_hundred_tasks_over_all_scenarios_and_types() -> None:
    # TASK-01, TASK-15
    made = list(World(customers=2_000, as_of=AS_OF).tasks())
    assert len(made) == 600
    assert len({task.customer_id for task in made}) == 600
    by_scenario = Counter(task.scenario for task in made)
    assert min(by_scenario[name] for name in ("4g-upgrade", "broadband-disconnect", "vip-care")) >= 70
    assert set(by_scenario) == set(scripts()) - {SCENARIO, "care-call"}, "of saves, FOLLOW-02, and of notices"
    assert min(by_scenario.values()) >= 5
    assert len({task.type for task in made}) == 8
    assert all(task.grid and task.branch and task.area for task in made)
    assert Counter(task.assigned_to for task in made)["1027"] == 51
    assert Counter(task.assigned_to for task in made)["2043"] == 54


def test_each_scenario_has_the_kind_of_task_that_it_is_for() -> None:
    # TASK-01
    kinds = {task.scenario: task.type for task in World(customers=2_000, as_of=AS_OF).tasks()}
    assert kinds["new-customer-welcome"] is TaskType.NEW_JOINER_VISIT
    assert kinds["complaint-revisit"] is TaskType.COMPLAINT_REVISIT
    assert kinds["high-arpu-risk"] is TaskType.CHURN_INCLINED_VISIT
    assert kinds["zero-usage"] is TaskType.ZERO_USAGE_VISIT
    assert kinds["new-service"] is TaskType.NEW_SERVICE_PROMOTION
    assert kinds["new-high-end"] is TaskType.KEY_CUSTOMER_CALL
    assert kinds["market-survey"] is TaskType.MARKET_SURVEY
    assert kinds["satisfaction-survey"] is TaskType.SATISFACTION_SURVEY


def test_the_specialists_desk_is_prepared(tasks: list[Task]) -> None:
    mine = [task for task in tasks if task.assigned_to == "1027"]
    by_scenario = Counter(task.scenario for task in mine)
    assert min(by_scenario[s] for s in ("vip-care", "broadband-disconnect", "4g-upgrade")) >= 10
    due = [task for task in mine if task.callback_at and task.callback_at <= AS_OF]
    assert len(due) >= 2
    assert all(AS_OF - timedelta(minutes=60) < task.callback_at for task in due if task.callback_at)
    assert any(task.callback_at and task.callback_at > AS_OF for task in mine)
    first = mine[0]
    assert first.customer.tier is Tier.DIAMOND
    assert first.priority == 0


def test_the_representatives_desk_is_prepared(tasks: list[Task]) -> None:
    mine = [task for task in tasks if task.assigned_to == "2043"]
    assert {task.scenario for task in mine} >= {"4g-upgrade", "broadband-disconnect"}
    assert "vip-care" not in {task.scenario for task in mine}
    assert sum(task.callback_at is not None and task.callback_at <= AS_OF for task in mine) >= 2
    assert {task.block for task in mine} == {None, Block.NO_NUMBER, Block.OPTED_OUT}


def test_states_and_leases_agree(tasks: list[Task]) -> None:
    for task in tasks:
        assert task.created_at < AS_OF
        if task.assigned_to:
            assert task.state is (TaskState.FOLLOW_UP if task.callback_at else TaskState.ASSIGNED)
            assert task.lease_epoch == 1
            assert task.lease_expires_at is not None
        else:
            assert task.state is TaskState.WAITING
            assert task.callback_at is None


def test_reasons_agree_with_the_customer(tasks: list[Task], documents: list[Document]) -> None:
    known = {document.id: document for document in documents}
    checked = 0
    for task in tasks:
        document = known[task.customer_id]
        assert document.usage is not None
        assert document.services is not None
        assert document.identity is not None
        assert task.reason.zh
        assert task.reason.en
        assert task.customer.name == document.identity.name
        assert task.customer.tier is document.identity.tier
        assert task.area == document.identity.area
        if found := re.search(r"(\d) 个月流量超套|流量连续 (\d) 个月超套", task.reason.zh):
            assert document.usage.months_over_data == int(found.group(1) or found.group(2))
            checked += 1
        if found := re.fullmatch(r"宽带 (\d+) 天后到期", task.reason.zh):
            line = document.services.broadband
            assert line is not None
            assert line.ends_on is not None
            assert (line.ends_on - AS_OF.date()).days == int(found.group(1))
            checked += 1
        if task.figure and task.figure.zh == "协议期内":
            assert any(contract.locked for contract in document.services.contracts)
            checked += 1
        if task.figure and task.figure.zh.startswith("月超 ¥"):
            # What the queue says of the money is what the call then says; a saving is left to the calculator.
            facts = billing_facts(document.billing, document.identity, AS_OF.date())
            assert task.figure.zh == f"月超 ¥{yuan(facts['above_fee_fen'])}"  # type: ignore[arg-type]
            checked += 1
        assert not (task.figure and "省" in task.figure.zh)
        if task.scenario == "vip-care":
            assert task.customer.tier is not Tier.NONE
        if task.scenario == "broadband-disconnect":
            assert document.services.broadband is not None
    assert checked > 20


def test_blocked_tasks_say_why(tasks: list[Task], documents: list[Document]) -> None:
    known = {document.id: document for document in documents}
    assert {task.block for task in tasks} >= {None, Block.NO_NUMBER, Block.OPTED_OUT}
    for task in tasks:
        care, contact = known[task.customer_id].care, known[task.customer_id].contact
        assert care is not None
        assert contact is not None
        assert (task.block is Block.NO_NUMBER) == (not contact.numbers) == (not task.customer.numbers)
        assert (task.block is Block.OPTED_OUT) == care.opted_out


def test_a_customer_dialled_three_times_today_is_among_them(tasks: list[Task], documents: list[Document]) -> None:
    # TASK-16
    day_ago = AS_OF - timedelta(hours=24)
    dials = [sum(at > day_ago for at in document.care.dials) for document in documents if document.care]
    assert max(dials) == 3
    assert dials.count(3) == 1
