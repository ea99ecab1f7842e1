"""A customer whose remark says "do not call" is not called, whatever column the words stand in."""

from pathlib import Path

import pytest
from import_kit import MemorySink, bring_in, fields, name_of, text_list

from core.domain.task import Block, Task
from core.server.importing.refusals import refuses_calls

FOLDER = Path(__file__).parent / "remarks"


def remarks(name: str) -> list[str]:
    return [line for line in (FOLDER / f"{name}.txt").read_text("utf-8").splitlines() if line[:1] != "#"]


# ID-06, OUTCOME-11
@pytest.mark.parametrize("words", remarks("refusals"))
def test_words_that_refuse_calls_are_understood(words: str) -> None:
    assert refuses_calls(words)


@pytest.mark.parametrize("words", remarks("others"))
def test_words_about_other_things_or_hours_are_no_refusal(words: str) -> None:
    assert not refuses_calls(words)


def by_name(sink: MemorySink) -> dict[str, Task]:
    return {task.customer.name: task for task in sink.tasks.values()}


def test_a_remark_that_refuses_blocks_the_task_and_is_not_its_reason(tmp_path: Path) -> None:
    path = text_list(
        tmp_path / "名单.csv",
        "手机号码,客户姓名,备注",
        "10000000001,吴文静,请勿致电",
        "10000000002,张强,流量不够用",
        "10000000003,李明,Do not call",
    )
    sink = MemorySink()
    report = bring_in(path, sink)
    tasks = by_name(sink)
    assert [tasks[name].block for name in ("吴文静", "张强", "李明")] == [Block.OPTED_OUT, None, Block.OPTED_OUT]
    assert [tasks[name].reason.zh for name in ("吴文静", "张强")] == ["名单“名单”", "流量不够用"]
    assert (report.do_not_call, report.do_not_call_by_words) == (2, 2)
    document = next(one for one in sink.documents if one.identity and one.identity.name == "吴文静")
    assert document.care is not None
    assert document.care.opted_out
    assert sink.indicator(document, "备注") == "请勿致电", "what was written is kept"


def test_the_words_count_in_any_column_of_free_text_and_against_a_flag_that_says_no(tmp_path: Path) -> None:
    path = text_list(
        tmp_path / "l.csv",
        "手机号码,客户姓名,是否免扰,客户意向,派单原因,宽带套餐",
        "10000000001,吴文静,否,不要再打,合约到期,免打扰套餐",
        "10000000002,张强,否,可以联系,合约到期,免打扰套餐",
        "10000000003,李明,是,,合约到期,",
        "10000000004,王芳,,,客户投诉后要求勿扰,",
    )
    sink = MemorySink()
    report = bring_in(path, sink)
    blocks = {name: task.block for name, task in by_name(sink).items()}
    assert blocks == {"吴文静": Block.OPTED_OUT, "张强": None, "李明": Block.OPTED_OUT, "王芳": Block.OPTED_OUT}
    assert (report.do_not_call, report.do_not_call_by_words) == (3, 2)


def test_a_flag_column_may_say_it_in_words(tmp_path: Path) -> None:
    path = text_list(
        tmp_path / "l.csv", "手机号码,客户姓名,拒绝营销标志", "10000000001,吴文静,勿扰", "10000000002,张强,否"
    )
    assert fields(path)["拒绝营销标志"] == "do_not_call"
    sink = MemorySink()
    assert bring_in(path, sink).do_not_call == 1
    assert by_name(sink)["吴文静"].block is Block.OPTED_OUT


def test_a_refusal_binds_although_its_row_is_rejected_for_something_else(tmp_path: Path) -> None:
    good = [f"100{at:08d},李{'明芳强'[at % 3]}{'一二三四五六七八'[at % 8]},59," for at in range(8)]
    sink = MemorySink()
    bring_in(text_list(tmp_path / "l.csv", "手机号码,客户姓名,套餐费,备注", *good), sink)
    good[0] = "10000000000,李明一,-5,请勿致电"
    good.append("10099999999,王芳,-5,请勿致电")
    report = bring_in(text_list(tmp_path / "l.csv", "手机号码,客户姓名,套餐费,备注", *good), sink)
    refused = [one for one in sink.documents if one.care and one.care.opted_out]
    assert [(one.contact.numbers[0].number if one.contact else "") for one in refused] == ["10000000000"]
    assert refused[0].identity is not None
    assert refused[0].identity.plan_fee_fen == 5900
    assert (report.rejected, report.earlier_kept, report.do_not_call, len(sink.bodies)) == (2, 1, 2, 8)
    assert report.rejected_file is not None
    assert "已设为不再外呼" in report.rejected_file.read_text("utf-8-sig")


def test_only_refusals_that_were_not_known_are_counted(tmp_path: Path) -> None:
    rows = [f"100{at:08d},李{'明芳强'[at % 3]}{'一二三四五六七八'[at % 8]},59,请勿致电" for at in range(8)]
    path = text_list(tmp_path / "l.csv", "手机号码,客户姓名,套餐费,备注", *rows)
    sink = MemorySink()
    counts = [(one.do_not_call, one.do_not_call_by_words) for one in (bring_in(path, sink), bring_in(path, sink))]
    assert counts == [(8, 8), (0, 0)]
    rows[0] = "10000000000,李明一,-5,请勿致电"
    rows.append("10000000008,王芳,59,请勿致电")
    report = bring_in(text_list(path, "手机号码,客户姓名,套餐费,备注", *rows), sink)
    assert (report.rejected, report.do_not_call, report.do_not_call_by_words) == (1, 1, 1)


HEADER = "手机号码,客户姓名,套餐费,备注"


def opted_out(sink: MemorySink) -> set[str]:
    refusing = [one for one in sink.documents if one.care and one.care.opted_out]
    return {one.contact.numbers[0].number for one in refusing if one.contact}


# ID-06, OUTCOME-11
@pytest.mark.parametrize("new", [True, False])
def test_a_refusal_in_a_second_row_of_a_customer_binds(new: bool, tmp_path: Path) -> None:
    good = [f"100{at:08d},李{'明芳强'[at % 3]}{'一二三四五六七八'[at % 8]},59," for at in range(8)]
    sink = MemorySink()
    if not new:
        bring_in(text_list(tmp_path / "l.csv", HEADER, *good), sink)
    again = ["10000000003,李明四,59,请勿致电", "10000000004,李芳五,59,好", "10000000003,李明四,59,勿扰"]
    path = text_list(tmp_path / "l.csv", HEADER, *good, *again)
    report = bring_in(path, sink)
    assert opted_out(sink) == {"10000000003"}
    assert (report.accepted, report.rejected, report.earlier_kept) == (8, 3, 0)
    assert (report.do_not_call, report.do_not_call_by_words) == (1, 1), "customers, not rows"
    assert report.rejected_file is not None
    first, second, _ = report.rejected_file.read_text("utf-8-sig").splitlines()[1:]
    assert "与前面的行是同一客户；该客户已设为不再外呼" in first
    assert "不再外呼" not in second
    assert bring_in(path, sink).do_not_call == 0
    assert opted_out(sink) == {"10000000003"}


def test_a_refusal_in_a_second_row_binds_whom_only_another_number_names(tmp_path: Path) -> None:
    rows = [f"100{at:08d},李{'明芳强'[at % 3]}{'一二三四五六七八'[at % 8]},100{at + 50:08d}," for at in range(8)]
    rows += [",王芳,10000000099,", ",王芳,10000000099,请勿致电"]
    sink = MemorySink()
    bring_in(text_list(tmp_path / "l.csv", "手机号码,客户姓名,备用号码,备注", *rows), sink)
    assert opted_out(sink) == {"10000000099"}


def test_a_refusal_binds_however_many_rows_are_rejected_before_its_customer_comes(tmp_path: Path) -> None:
    good = [f"100{at:08d},{name_of(at)},59," for at in range(1_600)]
    bad = [f"101{at:08d},王芳,-5," for at in range(1_100)]
    late, twice = "10000009999,王芳", "10000000005,李强六"
    path = text_list(
        tmp_path / "l.csv", HEADER, *good, f"{late},-5,请勿致电", f"{twice},59,请勿致电", *bad, f"{late},59,"
    )
    sink = MemorySink()
    sink._put_task = lambda task: None  # type: ignore[method-assign]
    report = bring_in(path, sink)
    assert opted_out(sink) == {"10000009999", "10000000005"}
    assert (report.accepted, report.rejected, report.do_not_call) == (1_601, 1_102, 2)
