"""The proposal leaves open what is uncertain; a mapping file has the last word."""

from pathlib import Path

import pytest
from import_kit import NOW, TODAY, MemorySink, fields, name_of, text_list

from core.domain.errors import ContentError, InputError
from core.domain.indicator import IndicatorType
from core.server.importing import Certainty, Field, apply_mapping, apply_words, propose, run_import, write_mapping


def numbers(count: int, start: int = 0) -> list[str]:
    return [f"100{start + at:08d}" for at in range(count)]


def rows(*columns: list[str]) -> list[str]:
    return [",".join(cells) for cells in zip(*columns, strict=True)]


def test_two_columns_that_may_both_be_the_number_stay_open(tmp_path: Path) -> None:
    path = text_list(tmp_path / "l.csv", "手机号码,用户号码", *rows(numbers(30), numbers(30, 500)))
    plan = propose(path, today=TODAY)
    assert [column.field for column in plan.columns] == [None, None]
    assert all("1、2" in column.why.zh and column.masked for column in plan.columns)


def test_a_second_column_of_the_same_header_may_be_another_number(tmp_path: Path) -> None:
    plan = propose(text_list(tmp_path / "l.csv", "号码,号码", *rows(numbers(30), numbers(30, 500))), today=TODAY)
    assert [column.field for column in plan.columns] == [Field.NUMBER, None]
    assert (plan.columns[1].may_be, plan.columns[1].masked) == (Field.ALTERNATE_NUMBER, True)
    assert "同名" in plan.columns[1].why.zh


def test_days_that_name_two_are_left_open_for_just_that_reason(tmp_path: Path) -> None:
    days = [f"0{at % 9 + 1}/02/2026" for at in range(30)]
    plan = propose(text_list(tmp_path / "l.csv", "手机号码,合约到期", *rows(numbers(30), days)), today=TODAY)
    assert (plan.columns[1].field, plan.columns[1].may_be) == (None, Field.CONTRACT_END)
    assert plan.columns[1].why.zh.startswith("01/02/2026 分不清哪个是日、哪个是月")


def test_a_fee_in_fen_is_weighed_in_fen_and_names_may_be_spread(tmp_path: Path) -> None:
    names = [f"{name_of(at)[0]}　{name_of(at)[1:]}" for at in range(30)]
    path = text_list(tmp_path / "l.csv", "手机号码,客户姓名,套餐月费(分)", *rows(numbers(30), names, ["118000"] * 30))
    assert fields(path) == {"手机号码": "number", "客户姓名": "name", "套餐月费(分)": "plan_fee"}
    sink = MemorySink()
    run_import(propose(path, today=TODAY), scenario="vip-care", sink=sink, now=NOW)
    first = sink.documents[0].identity
    assert first is not None
    assert (first.name, first.plan_fee_fen) == (name_of(0), 118_000)


def test_two_columns_that_say_the_same_are_one(tmp_path: Path) -> None:
    path = text_list(tmp_path / "l.csv", "手机号码,用户号码", *rows(numbers(30), numbers(30)))
    assert fields(path) == {"手机号码": "number", "用户号码": "indicator"}


def test_a_contact_number_beside_the_line_is_an_alternate_one(tmp_path: Path) -> None:
    path = text_list(tmp_path / "l.csv", "业务号码,联系电话", *rows(numbers(30), numbers(30, 500)))
    assert fields(path) == {"业务号码": "number", "联系电话": "alternate_number"}


def test_expiry_is_not_the_contracts_where_the_list_is_about_broadband(tmp_path: Path) -> None:
    days = [f"2027-01-{at % 28 + 1:02d}" for at in range(30)]
    with_broadband = text_list(
        tmp_path / "a.csv", "手机号码,宽带账号,到期时间", *rows(numbers(30), [f"wh{at:06d}" for at in range(30)], days)
    )
    without = text_list(tmp_path / "b.csv", "手机号码,到期时间", *rows(numbers(30), days))
    assert fields(with_broadband)["到期时间"] == "indicator"
    assert fields(without)["到期时间"] == "contract_end"


def test_cells_overrule_a_header(tmp_path: Path) -> None:
    path = text_list(
        tmp_path / "l.csv", "手机号码,套餐,姓名", *rows(numbers(30), ["59", "129"] * 15, ["A1", "B2"] * 15)
    )
    assert fields(path) == {"手机号码": "number", "套餐": "indicator", "姓名": "indicator"}


def test_a_managers_name_that_repeats_is_not_the_customers(tmp_path: Path) -> None:
    path = text_list(tmp_path / "l.csv", "手机号码,姓名", *rows(numbers(40), ["孙丽", "周强"] * 20))
    assert fields(path)["姓名"] == "indicator"


def test_bare_tenures_that_may_be_years_stay_open(tmp_path: Path) -> None:
    short = [str(at % 12) for at in range(30)]
    path = text_list(tmp_path / "l.csv", "手机号码,网龄", *rows(numbers(30), short))
    assert fields(path)["网龄"] == "indicator"
    path = text_list(tmp_path / "m.csv", "手机号码,网龄(年)", *rows(numbers(30), short))
    assert fields(path)["网龄(年)"] == "tenure_years"


def test_types_of_columns_that_stay_as_they_are(tmp_path: Path) -> None:
    path = text_list(
        tmp_path / "l.csv",
        "手机号码,流量次数,使用率,是否双卡,激活包日期,标签,楼栋编码",
        "10012345678,3,0.5,是,2026-01-02,青年,001",
        "10012345679,14,12,否,20260203,--,002",
    )
    types = [column.type for column in propose(path).columns][1:]
    assert types == [
        IndicatorType.INTEGER,
        IndicatorType.DECIMAL,
        IndicatorType.YES_NO,
        IndicatorType.DATE,
        IndicatorType.TEXT,
        IndicatorType.TEXT,
    ]


# ID-06
def test_a_written_proposal_read_back_changes_nothing(tmp_path: Path) -> None:
    path = text_list(tmp_path / "l.csv", '手机号码,"余额(分)",#号: "甲",备注', "10012345678,100,x,y")
    plan = propose(path)
    write_mapping(plan, tmp_path / "m.yaml")
    again = apply_mapping(plan, tmp_path / "m.yaml")
    assert [(one.field, one.unit, one.type, one.masked) for one in again.columns] == [
        (one.field, one.unit, one.type, one.masked) for one in plan.columns
    ]
    assert all(one.certainty is Certainty.SURE for one in again.columns), "what was looked at is no question any more"


def test_a_mapping_file_has_the_last_word(tmp_path: Path) -> None:
    path = text_list(
        tmp_path / "l.csv",
        "手机号码,用户号码,余额,标签",
        *rows(numbers(30), numbers(30, 500), ["1250"] * 30, ["a"] * 30),
    )
    mapping = text_list(tmp_path / "m.yaml", "用户号码: number", "余额: balance in fen", "标签: ignore")
    plan = apply_mapping(propose(path), mapping)
    sink = MemorySink()
    report = run_import(plan, scenario="vip-care", sink=sink, now=NOW)
    document = sink.documents[0]
    assert report.accepted == 30
    assert document.contact is not None
    assert document.contact.numbers[0].number == "10000000500"
    assert document.billing is not None
    assert document.billing.balance_fen == 1250
    assert [one.label.zh for one in sink.catalogue] == ["手机号码"]
    assert sink.indicator(document, "手机号码") == "100 **** 0000"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("电话: number", "no column"),
        ("手机号码: phone", "is no field"),
        ("手机号码: number in fen", "no amount of money"),
        ("手机号码: balance in pence", "is no field"),
        ("余额: number", "leave one"),
    ],
)
def test_a_wrong_mapping_file_says_where(line: str, reason: str, tmp_path: Path) -> None:
    path = text_list(tmp_path / "l.csv", "手机号码,余额", "10012345678,5")
    mapping = text_list(tmp_path / "m.yaml", "# mapping", line)
    with pytest.raises(ContentError, match=reason) as caught:
        apply_mapping(propose(path), mapping)
    assert caught.value.file == str(mapping)


def test_a_list_that_names_nobody_is_refused_before_its_first_row(tmp_path: Path) -> None:
    plan = propose(text_list(tmp_path / "l.csv", "流量,通话", "3,4"))
    sink = MemorySink()
    with pytest.raises(InputError, match="number or customer_id"):
        run_import(plan, scenario="vip-care", sink=sink, now=NOW)
    assert not sink.bodies
    assert not plan.of(Field.NUMBER)


def two_numbers(tmp_path: Path) -> Path:
    """A list in which either column may be the number."""
    return text_list(
        tmp_path / "l.csv",
        "手机号码,用户号码,客户姓名",
        *rows(numbers(30), numbers(30, 500), list(map(name_of, range(30)))),
    )


def numbers_of(sink: MemorySink) -> set[str]:
    return {task.customer.numbers[0] for task in sink.tasks.values()}


# ID-06
def test_an_import_stops_and_asks_which_column_is_the_number(tmp_path: Path) -> None:
    plan, sink = propose(two_numbers(tmp_path)), MemorySink()
    with pytest.raises(InputError, match="--map 手机号码=number") as asked:
        run_import(plan, scenario="vip-care", sink=sink, now=NOW)
    assert "“手机号码”可能是客户号码" in asked.value.message.zh
    assert "`用户号码` may be the number" in asked.value.message.en
    assert not sink.bodies
    told = apply_words(plan, ["手机号码=indicator", "用户号码=number"])
    assert run_import(told, scenario="vip-care", sink=sink, now=NOW).accepted == 30
    assert numbers_of(sink) == set(numbers(30, 500))


def test_a_number_under_a_strange_header_is_asked_for_where_the_list_has_no_other(tmp_path: Path) -> None:
    ids = [f"K{at:04d}" for at in range(30)]
    plan = propose(text_list(tmp_path / "l.csv", "客户编号,列甲", *rows(ids, numbers(30))))
    with pytest.raises(InputError, match="--map 列甲=number"):
        run_import(plan, scenario="vip-care", sink=MemorySink(), now=NOW)
    sink = MemorySink()
    run_import(apply_words(plan, ["列甲=number"]), scenario="vip-care", sink=sink, now=NOW)
    assert numbers_of(sink) == set(numbers(30))


def test_a_name_is_asked_for_too(tmp_path: Path) -> None:
    path = text_list(tmp_path / "l.csv", "手机号码,姓名", *rows(numbers(40), ["孙*", "周*"] * 20))
    plan = propose(path)
    with pytest.raises(InputError, match="--map 姓名=name"):
        run_import(plan, scenario="vip-care", sink=MemorySink(), now=NOW)
    assert run_import(apply_words(plan, ["姓名=name"]), scenario="vip-care", sink=MemorySink(), now=NOW).accepted == 40


def test_invented_names_and_numbers_need_no_answer(tmp_path: Path) -> None:
    plan = propose(two_numbers(tmp_path))
    assert run_import(plan, scenario="vip-care", sink=MemorySink(), now=NOW, demo_numbers=True).accepted == 30


def test_a_guess_in_a_written_mapping_counts_once_its_question_mark_is_gone(tmp_path: Path) -> None:
    plan, file = propose(two_numbers(tmp_path)), tmp_path / "m.yaml"
    write_mapping(plan, file)
    assert '"手机号码": number?' in file.read_text("utf-8")
    with pytest.raises(InputError, match="may be the number"):
        run_import(apply_mapping(plan, file), scenario="vip-care", sink=MemorySink(), now=NOW)
    words = file.read_text("utf-8").replace('"手机号码": number?', '"手机号码": number').replace("number?", "indicator")
    file.write_text(words, "utf-8")
    sink = MemorySink()
    run_import(apply_mapping(plan, file), scenario="vip-care", sink=sink, now=NOW)
    assert numbers_of(sink) == set(numbers(30))


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("电话=number", "no such column"),
        ("手机号码", "no such column"),
        ("手机号码=phone", "is no field"),
        ("用户号码=name", "leave one"),
    ],
)
def test_a_wrong_word_on_the_command_line_says_what_there_is(word: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=reason) as caught:
        apply_words(propose(two_numbers(tmp_path)), [word])
    assert f"--map {word}" in caught.value.message.zh
