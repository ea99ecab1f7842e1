"""An import from end to end: what is taken, what is not and why, and that a second run changes nothing."""

import csv
from pathlib import Path

import msgspec
import pytest
from import_kit import NOW, MemorySink, bring_in, name_of, sheet_list, text_list

from core.content import scripts
from core.domain.errors import InputError
from core.domain.task import Block, TaskState, TaskType, Tier
from core.domain.task_types import USUAL_TYPES
from core.server.importing import Certainty, Field, propose, rejected_path, run_import

HEADER = "客户编号,手机号码,客户姓名,套餐费,合约到期时间,备注"

FIELDS = (Field.CUSTOMER_ID, Field.NUMBER, Field.NAME, Field.PLAN_FEE, Field.CONTRACT_END, Field.REMARK)


def rejected(path: Path) -> list[list[str]]:
    with rejected_path(path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]


# ID-06, TASK-14
def test_each_row_becomes_a_task_or_a_line_that_says_why_not(tmp_path: Path) -> None:
    path = text_list(
        tmp_path / "l.csv",
        HEADER,
        "C01,10000000001,吴文静,59,2027-01-01,好客户",
        "C02,,张强,59,2027-01-01,",
        "C03,坏号码,李明,59,2027-01-01,",
        ",,无名,59,2027-01-01,",
        "C05,10000000005,王芳,很贵,2027-01-01,",
        "C06,10000000006,王敏,59,某天,=cmd|'/c calc'!A0",
        "C01,10000000001,吴文静,59,2027-01-01,again",
        ",,,,,",
        "客户编号,手机号码,客户姓名,套餐费,合约到期时间,备注",
        "合计,9,,,,",
        *(f"C1{at},1000000010{at},李{at},79,2027-05-01," for at in range(10)),
    )
    sink = MemorySink()
    plan = propose(path)
    # the sample is small and dirty on purpose; what the columns are is not in question here
    columns = tuple(
        msgspec.structs.replace(column, field=field, certainty=Certainty.SURE)
        for column, field in zip(plan.columns, FIELDS, strict=True)
    )
    plan = msgspec.structs.replace(plan, columns=columns)
    report = run_import(plan, scenario="vip-care", sink=sink, now=NOW)
    assert (report.rows, report.accepted, report.rejected) == (19, 13, 6)
    assert (report.blank_rows, report.without_number) == (1, 2)
    lines = rejected(path)
    assert [line[0] for line in lines] == ["5", "6", "7", "8", "10", "11"]
    assert all(line[1] and line[2] for line in lines)
    assert lines[2][-1] == "'=cmd|'/c calc'!A0"
    blocks = [task.block for task in sink.tasks.values()]
    assert blocks.count(Block.NO_NUMBER) == 2
    first = next(iter(sink.tasks.values()))
    assert (first.type, first.state, first.reason.zh) == (TaskType.KEY_CUSTOMER_CALL, TaskState.WAITING, "好客户")


def simple(path: Path, count: int = 30, *, extra: str = "") -> Path:
    rows = [f"100{at:08d},{name_of(at)},59" for at in range(count)]
    return text_list(path, "手机号码,客户姓名,套餐费", *rows, *([extra] if extra else []))


# TASK-01, TASK-14
@pytest.mark.parametrize(
    ("scenario", "kind"),
    [
        ("satisfaction-survey", TaskType.SATISFACTION_SURVEY),
        ("market-survey", TaskType.MARKET_SURVEY),
        ("complaint-revisit", TaskType.COMPLAINT_REVISIT),
        ("new-customer-welcome", TaskType.NEW_JOINER_VISIT),
        ("zero-usage", TaskType.ZERO_USAGE_VISIT),
        ("new-service", TaskType.NEW_SERVICE_PROMOTION),
        ("vip-care", TaskType.KEY_CUSTOMER_CALL),
        ("win-back", TaskType.CHURN_INCLINED_VISIT),
    ],
)
def test_a_list_for_a_scenario_becomes_tasks_of_its_kind(tmp_path: Path, scenario: str, kind: TaskType) -> None:
    sink = MemorySink()
    bring_in(simple(tmp_path / "gifts.csv", extra="10000009999,何静,59"), sink, scenario=scenario)
    assert {(task.scenario, task.type) for task in sink.tasks.values()} == {(scenario, kind)}
    assert len(sink.tasks) == 31


def test_each_scenario_that_is_shipped_says_what_kind_of_task_it_is_for() -> None:
    assert set(USUAL_TYPES) == set(scripts())


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("100****0001", "号码中间被遮住了"),
        ("1.00E+10", "后几位已丢失"),
        ("1000000001", "号码有 10 位数字"),
        ("无", "客户编号"),
    ],
)
def test_a_number_that_cannot_be_called_says_what_is_wrong_with_it(cell: str, why: str, tmp_path: Path) -> None:
    path = text_list(tmp_path / "l.csv", "手机号码,客户姓名", "10000000001,吴文静", f"{cell},张强")
    assert bring_in(path, MemorySink()).rejected == 1
    line = rejected_path(path).read_text("utf-8-sig").splitlines()[1]
    assert why in line.split(",")[1]


def test_running_it_again_changes_nothing(tmp_path: Path) -> None:
    path = simple(tmp_path / "l.csv", extra="坏,李明,59")
    sink = MemorySink()
    first = bring_in(path, sink)
    bodies, tasks, lines = dict(sink.bodies), dict(sink.tasks), rejected(path)
    second = bring_in(path, sink)
    assert (first.added, second.added, second.changed, second.unchanged) == (30, 0, 0, 30)
    assert (sink.bodies, sink.tasks, rejected(path)) == (bodies, tasks, lines)


def test_a_finished_task_of_the_list_is_not_made_again(tmp_path: Path) -> None:
    path = simple(tmp_path / "l.csv")
    sink = MemorySink()
    bring_in(path, sink)
    sink.tasks = {key: msgspec.structs.replace(task, state=TaskState.DONE) for key, task in sink.tasks.items()}
    bring_in(path, sink)
    assert {task.state for task in sink.tasks.values()} == {TaskState.DONE}


def test_a_named_list_is_one_list_although_its_file_was_mended(tmp_path: Path) -> None:
    sink = MemorySink()
    ids = []
    for extra in ("坏,李明,59", "10099999999,李明,59"):
        plan = propose(simple(tmp_path / "l.csv", extra=extra))
        run_import(plan, scenario="4g-upgrade", sink=sink, now=NOW, list_name="十一月")
        ids.append(set(sink.tasks))
    assert len(ids[0]) == 30
    assert ids[0] < ids[1]
    assert len(ids[1]) == 31


def test_a_clean_run_takes_the_old_rejects_away(tmp_path: Path) -> None:
    path = simple(tmp_path / "l.csv", extra="坏,李明,59")
    report = bring_in(path, MemorySink())
    assert report.rejected_file == rejected_path(path)
    assert rejected_path(path).stat().st_mode & 0o077 == 0
    report = bring_in(simple(path), MemorySink())
    assert report.rejected_file is None
    assert not rejected_path(path).exists()


def test_mended_rejects_can_be_imported_themselves(tmp_path: Path) -> None:
    path = simple(tmp_path / "l.csv", extra="坏,李明,59")
    bring_in(path, MemorySink())
    mended = rejected_path(path)
    mended.write_text(mended.read_text("utf-8-sig").replace("坏", "10077778888"), "utf-8-sig")
    sink = MemorySink()
    assert bring_in(mended, sink).accepted == 1
    assert [one.label.zh for one in sink.catalogue] == []


def test_customers_of_a_tier_come_first_and_those_who_want_no_calls_are_blocked(tmp_path: Path) -> None:
    path = text_list(
        tmp_path / "l.csv",
        "手机号码,客户姓名,VIP等级,是否免扰",
        "10000000001,吴文静,钻卡,否",
        "10000000002,张强,普通,是",
        "10000000003,李明,金卡,",
    )
    sink = MemorySink()
    bring_in(path, sink)
    tasks = list(sink.tasks.values())
    assert [task.customer.tier for task in tasks] == [Tier.DIAMOND, Tier.NONE, Tier.GOLD]
    assert tasks[0].priority < tasks[2].priority < tasks[1].priority
    assert [task.block for task in tasks] == [None, Block.OPTED_OUT, None]


def test_identity_documents_and_open_numbers_are_kept_masked(tmp_path: Path) -> None:
    path = text_list(
        tmp_path / "l.csv",
        "手机号码,身份证号,客户经理电话",
        "10000000001,420100199001011234,10055556666",
        "10000000002,42010019900101567X,10055556667",
    )
    sink = MemorySink()
    bring_in(path, sink)
    document = sink.documents[0]
    assert sink.indicator(document, "身份证号") == "**************1234"
    assert sink.indicator(document, "客户经理电话") == "100 **** 6666"
    assert b"19900101" not in b"".join(sink.bodies.values())


def test_demo_numbers_replace_every_number_and_name_and_stay_the_same(tmp_path: Path) -> None:
    path = text_list(
        tmp_path / "l.csv",
        "手机号码,客户姓名,备用号码,性别",
        *(f"139{at:08d},真名{at % 10},138{at:08d},{'男女'[at % 2]}" for at in range(50)),
    )
    runs = []
    for _ in range(2):
        sink = MemorySink()
        bring_in(path, sink, demo_numbers=True)
        runs.append(sink)
    tasks = list(runs[0].tasks.values())
    assert len({task.customer.numbers for task in tasks}) == 50
    assert all(len(n) == 1 and len(n[0]) == 11 and n[0].startswith("100") for n in (t.customer.numbers for t in tasks))
    assert not any("真名" in task.customer.name for task in tasks)
    assert runs[0].bodies == runs[1].bodies


MEASURED_HEADER = "手机号码,客户姓名,套餐费,网龄(月),合约到期时间,入网时间,账户余额"


def measured(path: Path, *odd: str) -> Path:
    """Fifteen sound rows, and the odd ones after them."""
    good = [
        f"100{at:08d},李{'明芳强'[at % 3]}{'一二三四五'[at % 5]},59,{at + 20},2027-01-{at + 1:02d},2019-05-01,12.5"
        for at in range(15)
    ]
    return text_list(path, MEASURED_HEADER, *good, *odd)


# ID-06
@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ("1e9,30,2027-01-01,2019-05-01,1", "“套餐费”无法识别"),
        ("-59,30,2027-01-01,2019-05-01,1", "“套餐费”超出合理范围"),
        ("59,9999,2027-01-01,2019-05-01,1", "“网龄(月)”超出合理范围"),
        ("59,30,2026-02-30,2019-05-01,1", "“合约到期时间”无法识别"),
        ("59,30,0027-01-01,2019-05-01,1", "“合约到期时间”无法识别"),
        ("59,30,1989-01-01,2019-05-01,1", "“合约到期时间”超出合理范围"),
        ("59,30,2027-01-01,2031-05-01,1", "“入网时间”超出合理范围"),
        ("59,30,2027-01-01,2019-05-01,1e9", "“账户余额”无法识别"),
        ("59,30,2027-01-01,2019-05-01,1000000000", "“账户余额”超出合理范围"),
    ],
)
def test_a_figure_or_day_that_cannot_be_true_costs_its_row_and_says_why(cells: str, why: str, tmp_path: Path) -> None:
    path = measured(tmp_path / "l.csv", f"10099999999,王芳,{cells}")
    report = bring_in(path, MemorySink())
    assert (report.accepted, report.rejected) == (15, 1)
    assert rejected(path)[0][1] == why


def test_figures_of_a_workbook_are_held_to_the_same(tmp_path: Path) -> None:
    good: list[list[object]] = [[f"100{at:08d}", f"李{'明芳强丽'[at % 4]}", 59, 30] for at in range(10)]
    odd: list[list[object]] = [["10000000091", "王芳", 1e9, 30], ["10000000092", "王明", -59.0, 30]]
    path = sheet_list(tmp_path / "l.xlsx", [["手机号码", "客户姓名", "套餐费", "网龄(月)"], *good, *odd])
    report = bring_in(path, MemorySink())
    assert [line[1] for line in rejected(path)] == ["“套餐费”超出合理范围"] * 2
    assert (report.accepted, report.rejected) == (10, 2)


def test_words_for_nothing_in_the_place_of_figures_and_days_are_counted(tmp_path: Path) -> None:
    path = measured(
        tmp_path / "l.csv",
        "10000000091,王芳,不详,无,-,N/A,无",
        "10000000092,王明,无,30,2027-01-01,2019-05-01,",
    )
    sink = MemorySink()
    report = bring_in(path, sink)
    assert (report.accepted, report.rejected) == (17, 0)
    assert [(one.column, one.cells, one.example) for one in report.absent] == [
        ("套餐费", 2, "不详"),
        ("网龄(月)", 1, "无"),
        ("合约到期时间", 1, "-"),
        ("入网时间", 1, "N/A"),
        ("账户余额", 1, "无"),
    ]
    fang = next(one for one in sink.documents if one.identity and one.identity.name == "王芳")
    assert fang.identity is not None
    assert (fang.identity.plan_fee_fen, fang.identity.tenure_months, fang.billing) == (None, None, None)


def test_a_rejected_row_of_a_known_customer_says_that_the_earlier_record_stays(tmp_path: Path) -> None:
    sink = MemorySink()
    bring_in(measured(tmp_path / "l.csv"), sink)
    before = dict(sink.bodies)
    good = measured(tmp_path / "l.csv").read_text("utf-8").splitlines()[1:]
    good[3] = good[3].replace(",59,", ",-59,")
    path = text_list(tmp_path / "l.csv", MEASURED_HEADER, *good, "10099999999,王芳,-59,30,,,")
    report = bring_in(path, sink)
    assert (report.rejected, report.earlier_kept) == (2, 1)
    assert [line[1] for line in rejected(path)] == [
        "“套餐费”超出合理范围；该客户此前已导入，其记录保持原样",
        "“套餐费”超出合理范围",
    ]
    assert sink.bodies == before


def test_batches_and_progress_are_bounded(tmp_path: Path) -> None:
    seen: list[tuple[int, int | None]] = []
    plan = propose(simple(tmp_path / "l.csv", 2_500))
    sink = MemorySink()
    sink._put_task = lambda task: None  # type: ignore[method-assign]
    run_import(plan, scenario="4g-upgrade", sink=sink, now=NOW, progress=lambda done, total: seen.append((done, total)))
    assert sink.batches == [1000, 1000, 500]
    assert seen[-1] == (2500, 2500)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_a_list_changed_since_its_plan_is_refused(tmp_path: Path) -> None:
    path = simple(tmp_path / "l.csv")
    plan = propose(path)
    simple(path, 31)
    with pytest.raises(InputError, match="changed after the plan"):
        run_import(plan, scenario="4g-upgrade", sink=MemorySink(), now=NOW)


def test_a_sink_that_fails_leaves_no_half_written_rejects(tmp_path: Path) -> None:
    class Broken(MemorySink):
        def put(self, batch: object) -> object:  # type: ignore[override]
            raise OSError("gone")

    path = simple(tmp_path / "l.csv", extra="坏,李明,59")
    with pytest.raises(OSError, match="gone"):
        bring_in(path, Broken())
    assert list(tmp_path.iterdir()) == [path]


# ID-06
@pytest.mark.parametrize("extra", ["", "坏,李明,59"])
def test_where_rejected_rows_cannot_be_written_nothing_is_stored(extra: str, tmp_path: Path) -> None:
    path = simple(tmp_path / "l.csv", extra=extra)
    # A folder of that name stands in the way, whoever runs the test: permissions do not bind an administrator.
    (tmp_path / f".{rejected_path(path).name}.part").mkdir()
    sink = MemorySink()
    with pytest.raises(InputError, match="cannot be written beside the list") as refused:
        bring_in(path, sink)
    assert "Nothing was imported. Move the list to a folder that can be written" in str(refused.value.next_step.en)
    assert (sink.bodies, sink.tasks, sink.catalogue) == ({}, {}, [])


def test_a_clean_run_leaves_no_file_behind(tmp_path: Path) -> None:
    path = simple(tmp_path / "l.csv")
    bring_in(path, MemorySink())
    assert list(tmp_path.iterdir()) == [path]
