"""A column that may say who wants no calls is asked for; several may say it, and any one of them binds."""

from pathlib import Path

import pytest
from import_kit import NOW, TODAY, MemorySink, bring_in, fields, name_of, text_list

from core.domain.errors import InputError
from core.domain.task import Block
from core.server.importing import apply_mapping, apply_words, propose, run_import, write_mapping


def listed(path: Path, header: str, *flags: str) -> Path:
    """A customer for each of the flags, which repeat until there are twelve."""
    rows = [f"100{at:08d},{name_of(at)},{flags[at % len(flags)]}" for at in range(12)]
    return text_list(path, f"手机号码,客户姓名,{header}", *rows)


def blocked(sink: MemorySink) -> int:
    return sum(task.block is Block.OPTED_OUT for task in sink.tasks.values())


# ID-06, OUTCOME-11
def test_several_columns_may_say_no_and_any_of_them_binds(tmp_path: Path) -> None:
    header = "是否免打扰,是否拒访,DNC,黑名单标识"
    path = listed(tmp_path / "l.csv", header, "是,否,N,0", "否,是,N,0", "否,否,Y,0", "否,否,N,1", "否,否,N,0", ",,,")
    assert list(fields(path).values())[2:] == ["do_not_call"] * 4
    sink = MemorySink()
    assert bring_in(path, sink).do_not_call == 8
    assert blocked(sink) == 8


# ID-06, OUTCOME-11
@pytest.mark.parametrize(
    ("header", "yes", "no"),
    [
        ("Opt-out", "yes", "no"),
        ("Marketing opt-out", "Y", "N"),
        ("黑名单标识", "1", "0"),
        ("禁呼标识", "是", "否"),
        ("Blacklisted", "Y", "N"),
        ("Do Not Call List", "yes", "no"),
        ("黑名单", "黑", "正常"),
        ("是否黑名单", "拉黑", "正常"),
        ("免扰标识", "已列入", "未列入"),
    ],
)
def test_headers_that_mean_no_calls_are_known(header: str, yes: str, no: str, tmp_path: Path) -> None:
    path = listed(tmp_path / "l.csv", header, yes, no)
    assert fields(path)[header] == "do_not_call"
    sink = MemorySink()
    bring_in(path, sink)
    assert blocked(sink) == 6


# ID-06, OUTCOME-11
@pytest.mark.parametrize(
    ("header", "no"), [("Call permission", "no"), ("是否同意来电", "不同意"), ("是否可外呼", "否")]
)
def test_who_does_not_consent_is_not_called(header: str, no: str, tmp_path: Path) -> None:
    path = listed(tmp_path / "l.csv", header, "yes", no, "")
    assert fields(path)[header] == "call_consent"
    sink = MemorySink()
    bring_in(path, sink)
    assert blocked(sink) == 4, "an empty cell says nothing"


def test_a_missing_consent_binds_although_its_row_is_rejected(tmp_path: Path) -> None:
    rows = [f"100{at:08d},{name_of(at)},59,yes" for at in range(8)]
    sink = MemorySink()
    bring_in(text_list(tmp_path / "l.csv", "手机号码,客户姓名,套餐费,Call consent", *rows), sink)
    rows[3] = f"10000000003,{name_of(3)},-5,no"
    report = bring_in(text_list(tmp_path / "l.csv", "手机号码,客户姓名,套餐费,Call consent", *rows), sink)
    assert (report.rejected, report.do_not_call) == (1, 1)


# ID-06, OUTCOME-11
@pytest.mark.parametrize(
    ("header", "cells", "word"),
    [
        ("是否免打扰", ("甲类", "乙类"), "do_not_call"),
        ("DNC", ("A", "B"), "do_not_call"),
        ("黑名单标识", ("一档", "二档"), "do_not_call"),
        ("Consent", ("yes", "no"), "call_consent"),
    ],
)
def test_an_import_stops_and_asks_for_a_column_that_may_mean_no_calls(
    header: str, cells: tuple[str, str], word: str, tmp_path: Path
) -> None:
    plan, sink = propose(listed(tmp_path / "l.csv", header, *cells), today=TODAY), MemorySink()
    with pytest.raises(InputError, match=f"--map {header}={word}") as asked:
        run_import(plan, scenario="vip-care", sink=sink, now=NOW)
    assert f"“{header}”可能" in asked.value.message.zh
    assert not sink.bodies
    told = apply_words(plan, [f"{header}=indicator"])
    assert run_import(told, scenario="vip-care", sink=sink, now=NOW).accepted == 12


def test_an_open_column_is_asked_for_beside_one_that_surely_says_it(tmp_path: Path) -> None:
    path = listed(tmp_path / "l.csv", "是否免扰,DNC", "是,A", "否,B")
    plan, file = propose(path, today=TODAY), tmp_path / "m.yaml"
    with pytest.raises(InputError, match="--map DNC=do_not_call"):
        run_import(plan, scenario="vip-care", sink=MemorySink(), now=NOW)
    write_mapping(plan, file)
    assert '"DNC": do_not_call?' in file.read_text("utf-8")
    with pytest.raises(InputError, match="may"):
        run_import(apply_mapping(plan, file), scenario="vip-care", sink=MemorySink(), now=NOW)


# ID-06, OUTCOME-11
def test_a_person_may_name_several_columns(tmp_path: Path) -> None:
    path = listed(tmp_path / "l.csv", "列甲,列乙", "是,否", "否,是", "否,否")
    plan, sink = apply_words(propose(path, today=TODAY), ["列甲=do_not_call", "列乙=do_not_call"]), MemorySink()
    run_import(plan, scenario="vip-care", sink=sink, now=NOW)
    assert blocked(sink) == 8
