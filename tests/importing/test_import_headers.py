"""How well columns are recognised: on the header rows that rules were tuned on, and on those that they never saw."""

from pathlib import Path

import pytest
from header_lists import Expected, lists, write_list
from import_kit import TODAY, fields, text_list

from core.domain.indicator import IndicatorType
from core.server.importing import Certainty, Field, propose, write_mapping

JUDGED = {
    "number", "name", "plan", "plan_fee", "tenure_months", "tenure_years", "tenure_days", "on_net_since",
    "contract_end", "broadband_end",
}  # fmt: skip


def judge(columns: list[Expected], path: Path) -> list[tuple[str, bool]]:
    """Each column that is, or was taken for, one of the judged fields, and whether that is right."""
    plan = propose(path, today=TODAY)
    judged_here = JUDGED if any(one.field == "broadband_end" for one in columns) else JUDGED - {"broadband_end"}
    out: list[tuple[str, bool]] = []
    for expected, column in zip(columns, plan.columns, strict=True):
        found = column.field if column.field in judged_here else "-"
        if expected.field != "?" and (expected.field != "-" or found != "-"):
            out.append((f"{expected.header}: {expected.field}, taken for {found}", found == expected.field))
    return out


def judged(name: str, folder: Path) -> list[tuple[str, bool]]:
    out: list[tuple[str, bool]] = []
    for seed, columns in enumerate(lists(name)):
        out += judge(columns, write_list(folder / f"{name}{seed}.csv", columns, seed))
    return out


# ID-06
@pytest.mark.parametrize(("name", "goal"), [("tuning", 0.99), ("held_out", 0.95)])
def test_number_name_plan_fee_tenure_and_expiry_are_found(name: str, goal: float, tmp_path: Path) -> None:
    verdicts = judged(name, tmp_path)
    wrong = [what for what, right in verdicts if not right]
    assert len(verdicts) > 150
    assert 1 - len(wrong) / len(verdicts) >= goal, wrong


@pytest.mark.parametrize(("name", "least"), [("odd", 150), ("odd_unseen", 80)])
def test_odd_headers_are_recognised_where_sure_and_never_taken_for_another_field(
    name: str, least: int, tmp_path: Path
) -> None:
    verdicts = judged(name, tmp_path)
    missed = [what for what, right in verdicts if not right]
    assert len(verdicts) > least
    assert 1 - len(missed) / len(verdicts) >= 0.95, missed
    assert all(what.endswith("taken for -") for what in missed), "no guess is better than a wrong one"


def test_a_plain_header_is_believed_although_some_of_its_cells_are_bad(tmp_path: Path) -> None:
    path = text_list(
        tmp_path / "l.csv",
        "客户大名,电话①,套餐月租(元),入网年月,宽带到期日子",
        "吴文静,10000000001,59,2019年5月,2027-01-31",
        "张强,10000000002,-20,9999,2026-02-30",
        "李明,10000000003,1e9,201803,2027-03-01",
        "王芳,10000000004,129,2020-11,2027-04-01",
    )
    assert list(fields(path).values()) == ["name", "number", "plan_fee", "on_net_since", "broadband_end"]
    path = text_list(
        tmp_path / "e.csv",
        "Cust. name,Mobile,Monthly Plan Fee (CNY),Subscr. since",
        "Li Lei,10000000001,59,2019-05-01",
        "Han Mei,10000000002,-20,2018-05-01",
    )
    assert list(fields(path).values()) == ["name", "number", "plan_fee", "on_net_since"]


def test_what_is_uncertain_is_marked_so(tmp_path: Path) -> None:
    path = text_list(
        tmp_path / "l.csv",
        "手机号码,用户号码,姓名,套餐信息,套餐费,标签",
        "10000000001,10000000501,吴文静,飞享套餐,很贵,a",
        "10000000002,10000000502,张强,畅享套餐,便宜,b",
    )
    plan = propose(path, today=TODAY)
    assert [(column.field, column.certainty) for column in plan.columns] == [
        (None, Certainty.OPEN),
        (None, Certainty.OPEN),
        (Field.NAME, Certainty.SURE),
        (Field.PLAN, Certainty.LIKELY),
        (None, Certainty.OPEN),
        (None, Certainty.SURE),
    ]
    assert "取值不像" in plan.columns[4].why.zh
    write_mapping(plan, tmp_path / "m.yaml")
    lines = (tmp_path / "m.yaml").read_text("utf-8").splitlines()[-6:]
    assert ["  # ?" in line for line in lines] == [True, True, False, True, True, False]


def test_the_two_halves_are_large_and_share_no_row() -> None:
    halves = {name: {tuple(column.header for column in row) for row in lists(name)} for name in ("tuning", "held_out")}
    assert all(len(half) >= 30 for half in halves.values())
    assert not halves["tuning"] & halves["held_out"]


# ID-06
@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("4G终端？", ("是", "否")),
        ("是否4G终端", ("是", "否")),
        ("4G终端", ("有", "无")),
        ("终端", ("Y", "N")),
        ("套餐", ("不是", "没有")),
        ("客户姓名", ("yes", "no")),
    ],
)
def test_cells_of_yes_and_no_are_never_a_name_or_a_model(header: str, cells: tuple[str, str], tmp_path: Path) -> None:
    rows = [f"100{at:08d},{cells[at % 3 == 0]}" for at in range(12)]
    column = propose(text_list(tmp_path / "l.csv", f"手机号码,{header}", *rows), today=TODAY).columns[1]
    assert (column.field, column.type) == (None, IndicatorType.YES_NO)


def test_a_word_for_nothing_among_models_leaves_them_models(tmp_path: Path) -> None:
    rows = [f"100{at:08d},{('无', 'vivo Y31s', '没有')[at % 3]}" for at in range(12)]
    assert fields(text_list(tmp_path / "l.csv", "手机号码,4G终端", *rows))["4G终端"] == "handset"
