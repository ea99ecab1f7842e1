"""What a model has to say of the list that it learnt from: nothing is left out of it in silence."""

import numpy as np
import pandas as pd
import pytest
from test_model import NAMING, customers, listed, trained

from core.domain.errors import InputError
from core.screening.model.applying import apply
from core.screening.model.evaluating import evaluate
from core.screening.model.preparing import Asked, prepare
from core.screening.model.record import Caution, CautionKind
from core.screening.model.trees import read
from core.screening.model.twice import Repeated


def said(cautions: list[Caution], kind: CautionKind, column: str) -> list[tuple[bool, str]]:
    return [(one.grave, one.words.en) for one in cautions if one.kind is kind and one.column == column]


def test_rows_that_are_not_learnt_from_are_told_before_anyone_is_called() -> None:
    # ID-04: every twelfth row of year 0, every tenth without an answer
    frame = customers(1_200)
    place = np.arange(len(frame))
    frame.loc[place % 12 == 1, "账期"] = "0000-00-00"
    frame.loc[place % 10 == 0, "是否离网"] = " "
    record = trained(frame).record
    assert record.source.rows + record.source.passed_over == 1_200
    assert said(record.cautions, CautionKind.NO_DAYS, "账期") == [
        (True, "“账期” holds on 100 rows what is no day of the years 1900 to 2100, such as “0000-00-00”: those rows"
         " were not learnt from."),
    ]  # fmt: skip
    assert said(record.cautions, CautionKind.PASSED_OVER, "是否离网") == [
        (True, "Of 1200 rows 120 do not count: “是否离网” is blank there."),
    ]  # fmt: skip
    undated = int(((place % 12 == 1) & (place % 10 != 0)).sum())
    assert said(record.cautions, CautionKind.PASSED_OVER, "账期") == [
        (True, f"Of 1200 rows {undated} were not learnt from: “账期” says no day there."),
    ]  # fmt: skip


def test_days_that_cannot_be_are_told_by_column() -> None:
    # ID-04: a few of them count as unknown; of many the column is no longer one of days
    frame = customers(1_000)
    place, days = np.arange(1_000), pd.Series([f"2025-{1 + at % 12:02d}-{1 + at % 28:02d}" for at in range(1_000)])
    frame["入网日期"] = days.where(place % 50 != 0, "0001-01-01")
    frame["到期日"] = days.where(place % 3 != 0, "2021-13-45")
    frame["解约日"] = days.where(place % 3 != 0, "0000-00-00")
    frame["备注"] = np.where(place % 2 == 0, "1889.5", "x")
    made = trained(frame)
    record = made.record
    assert said(record.cautions, CautionKind.NO_DAYS, "入网日期") == [
        (True, "“入网日期” holds on 20 rows what is no day of the years 1900 to 2100, such as “0001-01-01”: there it"
         " counts as unknown."),
    ]  # fmt: skip
    assert said(record.cautions, CautionKind.NO_DAYS, "到期日") == [
        (True, "“到期日” holds on 334 rows what is no day of the years 1900 to 2100, such as “2021-13-45”: the column"
         " was learnt from as words, not as days."),
    ]  # fmt: skip
    assert said(record.cautions, CautionKind.NO_DAYS, "解约日") == [
        (True, "“解约日” holds on 334 rows what is no day of the years 1900 to 2100, such as “0000-00-00”: there it"
         " counts as unknown."),
    ]  # fmt: skip
    told = [one.column for one in record.cautions if one.kind is CautionKind.NO_DAYS]
    assert told == ["入网日期", "到期日", "解约日"]
    assert len(apply(record, read(made.trees), listed(frame)).scores) == 1_000


def test_a_column_that_holds_figures_and_words_is_told_and_need_not_be_accepted() -> None:
    # ID-04: the system that wrote it was changed on the way
    frame = customers(1_000)
    place = np.arange(1_000)
    frame["在网月数"] = np.where(place < 600, (place % 50).astype(str), [f"{at % 50}个月" for at in place])
    frame["等级"] = np.where(place % 3 == 0, "普通", (place % 7).astype(str))
    record = trained(frame).record
    assert said(record.cautions, CautionKind.MIXED, "在网月数") == [
        (False, "“在网月数” holds figures on 600 rows and words on 400, such as “0个月”: the column was learnt from as"
         " words."),
    ]  # fmt: skip
    assert said(record.cautions, CautionKind.MIXED, "等级") == [], "seven figures are names"


def test_a_column_of_rare_words_is_the_same_column_on_another_list() -> None:
    # ID-04: no model may be learnt that fits no list, not even its own
    frame, later = customers(1_000), customers(1_000, seed=9)
    for one, start in ((frame, 0), (later, 300)):
        one["小区"] = [f"小区{start + at % 400}" if at % 10 else "城中村" for at in range(1_000)]
    made = trained(frame)
    for one in (frame, later):
        assert len(apply(made.record, read(made.trees), listed(one)).scores) == 1_000
    later["小区"] = [f"小区{at}" for at in range(1_000)]
    with pytest.raises(InputError, match="“小区” no longer holds the words of training"):
        apply(made.record, read(made.trees), listed(later))


def test_an_evaluation_tells_of_rows_without_an_answer() -> None:
    made, frame = trained(customers(600)), customers(300, seed=9)
    frame.loc[frame.index % 3 == 0, "是否离网"] = ""
    found = evaluate(
        made.record, read(made.trees), listed(frame), NAMING, label="", costs=None, by_segment=()
    )  # fmt: skip
    assert (found.rows, found.label) == (200, "是否离网")
    assert (True, "Of 300 rows 100 do not count: “是否离网” is blank there.") in said(
        found.cautions, CautionKind.PASSED_OVER, "是否离网"
    )


def test_of_two_columns_that_say_who_left_it_is_told_which_was_taken() -> None:
    # ID-04
    frame = customers(800)
    frame["Churn"] = np.where(np.arange(800) % 2 == 0, "true", "false")
    record = trained(frame).record
    assert record.roles.label == "是否离网"
    assert "Churn" not in [one.name for one in record.columns]
    differ = int(((frame["Churn"] == "true") != (frame["是否离网"] == "是")).sum())
    assert said(record.cautions, CautionKind.LABEL, "Churn") == [
        (True, f"Who left was taken from “是否离网”, and of 800 rows “Churn” says otherwise on {differ}: name the right"
         " one with --label."),
    ]  # fmt: skip
    assert said(record.cautions, CautionKind.KNOWS, "Churn") == [
        (False, "“Churn” may know the answer: it too says who left; it is not used; where it may be, say --keep."),
    ]
    # Whoever named it knows, and the same in other words contradicts nothing.
    frame["Churn"] = np.where(frame["是否离网"] == "是", "1", "0")
    assert prepare(listed(frame), NAMING, Asked()).contradicted == ()
    frame["Churn"] = np.where(np.arange(800) % 2 == 0, "true", "false")
    assert prepare(listed(frame), NAMING, Asked(label="是否离网")).contradicted == ()


def test_a_label_in_words_that_nobody_knows_is_named() -> None:
    frame = customers(400)
    frame["是否离网"] = np.where(frame["是否离网"] == "是", "2", "1")
    with pytest.raises(InputError, match="“是否离网” holds “2”"):
        prepare(listed(frame), NAMING, Asked())


def test_customers_who_are_alike_are_no_duplicates_and_one_who_stands_there_twice_is() -> None:
    # ID-04: four columns of few values, so that many customers are alike
    frame = customers(1_000).drop(columns=["流量", "账期"])
    frame["客户编号"] = [f"C{at}" for at in range(1_000)]
    plain = trained(frame).record.cautions
    assert not [one for one in plain if one.kind in (CautionKind.TWICE, CautionKind.REPEATED)]
    again = frame.head(60).copy()
    again.loc[again.index[:6], "是否离网"] = np.where(again["是否离网"].head(6) == "是", "否", "是")
    told = prepare(listed(pd.concat([frame, again], ignore_index=True)), NAMING, Asked())
    assert (told.twice, told.repeated) == (0, Repeated(rows=60, otherwise=6))
    found = trained(pd.concat([frame, again], ignore_index=True)).record.cautions
    assert said(found, CautionKind.REPEATED, "客户编号") == [
        (True, "Of 1060 rows 60 name a “客户编号” that stands in the list before, and 6 of them say otherwise who left."
         " Remove what is there twice."),
    ]  # fmt: skip
    # Month by month a customer comes back; twice in a month is once too often.
    first, second = frame.assign(账期="2026-01"), frame.assign(账期="2026-02")
    monthly = pd.concat([first, second], ignore_index=True)
    assert prepare(listed(monthly), NAMING, Asked()).repeated.rows == 0
    assert prepare(listed(pd.concat([monthly, second.head(9)])), NAMING, Asked()).repeated.rows == 9


def test_ids_that_are_all_alike_are_refused_with_the_reason() -> None:
    frame = customers(400).drop(columns="账期").assign(客户编号="X1")
    with pytest.raises(InputError) as refused:
        prepare(listed(frame), NAMING, Asked())
    assert "“客户编号” holds 1 different ids" in refused.value.message.en
    assert "--customer none" in refused.value.next_step.en
    same = pd.concat([frame.drop(columns="客户编号").head(1).assign(是否离网=one) for one in ["是", "否"] * 40])
    with pytest.raises(InputError, match="Rows say 4 different things"):
        prepare(listed(same.assign(流量=["1", "1", "2", "2"] * 20)), NAMING, Asked())


def test_who_did_not_change_from_month_to_month_is_no_copy() -> None:
    # ID-04: a fifth of the customers; a month that is a copy of others is another thing
    frame = customers(600).assign(客户编号=[f"C{one}" for one in range(600)], 账期="2026-01")
    later = [frame.assign(账期=f"2026-0{month}", 流量=frame["流量"].astype(float) + month) for month in (2, 3, 4)]
    still = [one.assign(流量=one["流量"].where(one.index % 5 > 0, frame["流量"])) for one in later]
    told = trained(pd.concat([frame, *still], ignore_index=True)).record.cautions
    assert [one.grave for one in told if one.kind is CautionKind.TWICE] == [False]
    copied = [frame.assign(账期=f"2026-0{month}") for month in (2, 3, 4)]
    told = trained(pd.concat([frame, *copied], ignore_index=True)).record.cautions
    assert [one.grave for one in told if one.kind is CautionKind.TWICE] == [True]
