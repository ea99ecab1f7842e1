"""The words and pictures of the model's report."""

import argparse
import re
from pathlib import Path

import pytest
from msgspec import structs
from test_model import customers, trained

from core.domain.errors import InputError
from core.domain.text import Lang, Text
from core.screening.model.figures import Figure
from core.screening.model.pictures import Canvas, bars, ticks
from core.screening.model.preparing import Asked
from core.screening.model.record import Learner
from core.screening.model.report import report, shown_gap, yuan
from core.screening.model.training import Trained
from core.screening.model.uplift import Uplift
from core.screening.model.uplift_report import uplift_report
from core.screening.model.uplift_words import lines
from core.server.commands.model_lists import costs_of
from core.server.commands.told_model import tell_trained


def test_an_advantage_that_decides_is_not_told_as_nothing() -> None:
    # ID-07: of a million rows it is small and sure
    assert shown_gap(Figure(0.0004, 0.00003, 0.0008)) == "0.00040 (0.00003 … 0.00080)"
    assert shown_gap(Figure(0.02, 0.01, 0.03)) == "0.020 (0.010 … 0.030)"
    assert shown_gap(Figure(0.0, 0.0, 0.0)) == "0.000 (0.000 … 0.000)"


@pytest.fixture(scope="module")
def made() -> Trained:
    return trained(customers(1_000))


@pytest.mark.parametrize(
    ("used", "ahead", "zh", "en"),
    [
        (Learner.TREES, Figure(0.02, 0.01, 0.03), "树模型胜过评分卡", "The trees beat the scorecard"),
        (Learner.SCORECARD, Figure(0.0, -0.01, 0.01), "区间含 0", "an interval that holds 0"),
        (Learner.SCORECARD, Figure(-0.013, -0.025, -0.001), "评分卡胜过树模型", "reliably beats the trees"),
    ],
)  # fmt: skip
def test_which_of_the_two_is_better_is_said_as_the_interval_has_it(
    made: Trained, capsys: pytest.CaptureFixture[str], used: Learner, ahead: Figure, zh: str, en: str
) -> None:
    # ID-04
    record = structs.replace(made.record, used=used, ahead=ahead)
    tell_trained(record, Path("m1"))
    told = capsys.readouterr().out
    assert (zh in told, en in told) == (True, True)
    assert (zh in report(record, Lang.ZH, {}), en in report(record, Lang.EN, {})) == (True, True)
    assert ("含 0" in told, "holds 0" in told) == (ahead.low <= 0 <= ahead.high,) * 2


def labels(picture: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", picture)


@pytest.mark.parametrize(
    ("low", "high", "marks"),
    [
        (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (0, 50.3, [0, 20, 40, 60]),
        (-4, 37, [-10, 0, 10, 20, 30, 40]),
        (0, 0.98, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (0.4, 1.0, [0.4, 0.6, 0.8, 1]),
        (0, 0, [0, 2e-7]),
    ],
)
def test_an_axis_has_round_numbers(low: float, high: float, marks: list[float]) -> None:
    assert ticks(low, high) == pytest.approx(marks)


def test_the_picture_of_uplift_has_round_numbers_that_fit_and_goes_below_nought() -> None:
    # EVAL-01
    flat = Figure(1.0, 0.5, 1.5)
    curve = [(at / 50, 50.3 * at / 50 if at else -8.0) for at in range(51)]
    found = Uplift(file="l", called=9, held_out=9, effect=flat, t_qini=flat, x_qini=flat, curve=curve)
    told = labels(uplift_report(found, Lang.EN))
    assert [one for one in told if one.endswith("%")] == ["0%", "20%", "40%", "60%", "80%", "100%"]
    assert [one for one in told if re.fullmatch(r"-?\d+", one)] == ["-20", "0", "20", "40", "60"]


def test_what_was_told_and_what_came_stand_over_round_shares() -> None:
    told = labels(Canvas(x="x", y="y", right=0.098, top=0.048).drawn())
    assert {"0%", "2%", "4%", "6%", "8%", "10%", "1%", "3%", "5%"} == set(told) - {"x", "y"}
    assert "2.5%" in labels(Canvas(x="x", y="y", right=0.11, top=1).drawn())


def test_a_long_name_is_cut_before_the_edge() -> None:
    # A letter takes 7 pixels and a Chinese one 12; there are 182.
    for name in ("number_customer_service_calls", "近三个月投诉后未回访的次数与金额之和"):
        shown = labels(bars([(name, 0.5)]))[0]
        assert shown.endswith("…")
        assert sum(12 if one > "\u2e80" else 7 for one in shown) < 182
    assert labels(bars([("合约剩余月", 0.5)]))[0] == "合约剩余月"


def test_segments_stand_over_an_axis_that_is_named(made: Trained) -> None:
    for lang, axis in ((Lang.ZH, "AUC，0.5 为随机"), (Lang.EN, "AUC; 0.5 is chance")):
        told = labels(report(made.record, lang, {"套餐": Text("套餐", "plan")}))
        assert [one for one in told if one == axis] == [axis]
        assert {"0.4", "0.6", "0.8"} < set(told)


def test_each_segment_is_told_what_its_calls_bring(made: Trained) -> None:
    # ID-04
    found = made.record.measured.segments
    told = [one for one in found if one.profit is not None]
    assert told
    assert all(one.profit is not None and one.profit.low <= one.profit.value <= one.profit.high for one in told)
    page = report(made.record, Lang.EN, {"套餐": Text("套餐", "plan")})
    segments = page[page.index("By segment") :]
    assert "expected profit for 1,000 customers (yuan)" in segments
    assert yuan(told[0].profit or Figure(0, 0, 0)) in segments
    without = [structs.replace(one, profit=None) for one in found]
    measured = structs.replace(made.record.measured, segments=without)
    page = report(structs.replace(made.record, measured=measured), Lang.EN, {})
    assert "expected profit" not in page[page.index("By segment") :], "no costs were stated"


def test_what_was_learnt_from_and_what_was_proved_are_told_apart(
    made: Trained, capsys: pytest.CaptureFixture[str]
) -> None:
    # ID-04
    by_time, folded = made.record, trained(customers(400), Asked(time="none")).record
    source = by_time.source
    many = structs.replace(folded, source=structs.replace(folded.source, rows=300_000, trained=180_000, tested=60_000))
    between = source.rows - source.trained - source.tested
    assert between > 0
    for record, words in (
        (by_time, f"learnt from the first {source.trained} rows; {between} more set the chances; proved on"
                  f" the {source.tested} from {source.first_test_day} on"),
        (folded, "into 5, each of them proved in turn by what the others taught; the model that is kept was learnt from"
                 " all 400 rows"),
        (many, "Learnt from 180000 rows; 60000 more set the chances; proved on 60000 that it did not learn from."),
    ):  # fmt: skip
        tell_trained(record, Path("m1"))
        told = capsys.readouterr().out
        assert words in told
        assert "as “是否离网” says" in told
        assert words in report(record, Lang.EN, {})
        assert f"离网 {record.source.left} 行（“是否离网”）" in report(record, Lang.ZH, {})


def test_calls_that_did_harm_are_not_said_to_have_lowered_leaving_by_less_than_nought() -> None:
    # EVAL-01
    flat = Figure(1.0, 0.5, 1.5)
    found = Uplift(
        file="l", called=9, held_out=9, effect=flat, t_qini=flat, x_qini=flat, curve=[(0.0, 0.0), (1.0, 1.0)]
    )
    assert lines(found)[1].en == "Calls lowered leaving by 1.00 percentage points (0.50 … 1.50)."
    harm = lines(structs.replace(found, effect=Figure(-1.34, -2.5, -0.2)))[1]
    assert harm.en == "Calls raised leaving by 1.34 percentage points (0.20 … 2.50)."
    assert harm.zh == "外呼使离网增加 1.34 个百分点（0.20 … 2.50）。"
    unseen = lines(structs.replace(found, effect=Figure(-0.5, -2.5, 1.0)))[1].en
    assert unseen.startswith("Calls raised leaving by 0.50 percentage points (-1.00 … 2.50), an interval that holds 0")


def test_costs_that_cannot_be_are_refused_by_what_they_may_be() -> None:
    # ID-04: a call may cost nothing
    assert costs_of(argparse.Namespace(call_cost="0", worth="800", saved="0.1")) is not None
    with pytest.raises(InputError) as refused:
        costs_of(argparse.Namespace(call_cost="-1", worth="800", saved="0.1"))
    assert "a call costs 0 yuan or more" in refused.value.message.en
    assert "外呼成本不为负" in refused.value.message.zh
