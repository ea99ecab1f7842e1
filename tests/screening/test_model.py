"""A model of who is about to leave: what it is worth is proved on customers whom it did not see, and what it cannot
know is said before anyone is called."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from core.domain.call_costs import Costs
from core.domain.errors import ContentError, InputError
from core.domain.text import Lang, Text
from core.screening.model.applying import apply
from core.screening.model.calibrating import Curve, calibrated
from core.screening.model.evaluating import evaluate
from core.screening.model.explaining import explain
from core.screening.model.figures import Ranked, auc, calibration_error, interval
from core.screening.model.keeping import RECORD, TREES, Models
from core.screening.model.labelled import labelled
from core.screening.model.measuring import measured
from core.screening.model.naming import load_naming
from core.screening.model.preparing import Asked, prepare
from core.screening.model.qini import Curve as QiniCurve
from core.screening.model.reading import Listed, read_list
from core.screening.model.record import CautionKind, Learner
from core.screening.model.report import report
from core.screening.model.splitting import keys_of, split
from core.screening.model.training import Trained, train
from core.screening.model.trees import read
from core.screening.model.uplift import uplift
from core.screening.model.uplift_words import verdict
from core.screening.snapshots.record import Snapshot

NAMING = load_naming()
AT = datetime(2026, 11, 23, 1, tzinfo=UTC)
COSTS = Costs(call_fen=600, worth_fen=80_000, saved=0.1)
SHARED = Path(__file__).parents[3] / "shared" / "data"


def customers(rows: int, seed: int = 3) -> pd.DataFrame:
    """A list of eight months. Who leaves hangs on a term near its end for those who complain: no straight line."""
    generator = np.random.default_rng(seed)
    term, complaints = generator.integers(0, 24, rows), generator.poisson(1.0, rows)
    plan = generator.choice(["畅享", "融合", "单产品"], rows)
    risk = -3 + 4.5 * ((term < 4) & (complaints > 0)) + 1.2 * ((term > 15) & (plan == "融合"))
    left = generator.random(rows) < 1 / (1 + np.exp(-risk))
    months = np.sort(generator.integers(1, 9, rows))
    return pd.DataFrame(
        {
            "客户编号": [f"C{one}" for one in generator.integers(0, rows // 2, rows)],
            "账期": [f"2026-{month:02d}" for month in months],
            "合约剩余月": term.astype(str), "投诉次数": complaints.astype(str), "套餐": plan,
            "流量": np.round(generator.gamma(2, 5, rows), 1).astype(str),
            "是否离网": np.where(left, "是", "否"),
        }
    )  # fmt: skip


def listed(frame: pd.DataFrame, name: str = "list.csv") -> Listed:
    return Listed(frame.astype(object), name, f"{len(frame)}-{name}")


def trained(frame: pd.DataFrame, asked: Asked | None = None, **more: object) -> Trained:
    words: dict[str, object] = {"costs": COSTS, "by_segment": (), "model_id": "m1", "at": AT, "by": "planner"}
    return train(listed(frame), NAMING, asked or Asked(), step=lambda _d, _n: None, **(words | more))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def made() -> Trained:
    return trained(customers(2_000))


def test_the_proof_is_later_than_all_that_was_learnt_from(made: Trained) -> None:
    # ID-04
    ready = prepare(listed(customers(2_000)), NAMING, Asked())
    part = ready.split.parts[0]
    assert ready.roles.label == "是否离网"
    assert ready.roles.time == "账期"
    assert ready.moment[part.train].max() < ready.moment[part.calibrate].min()
    assert ready.moment[part.calibrate].max() < ready.moment[part.test].min()
    assert made.record.source.by_time
    assert "账期" not in [one.name for one in made.record.columns]
    assert "客户编号" not in [one.name for one in made.record.columns]


def test_trees_are_used_where_they_beat_the_scorecard_and_only_there(made: Trained) -> None:
    # ID-04
    assert made.record.used is Learner.TREES
    assert made.record.ahead.low > 0
    assert made.record.measured.worth.auc.value > 0.7
    straight = customers(1_200, seed=5)
    generator = np.random.default_rng(1)
    chance = 1 / (1 + np.exp(2 - straight["流量"].astype(float) / 8))
    straight["是否离网"] = np.where(generator.random(1_200) < chance, "1", "0")
    assert trained(straight).record.used is Learner.SCORECARD


def test_told_chances_come_true(made: Trained) -> None:
    worth = made.record.measured.worth
    assert worth.ece.low <= worth.ece.value <= worth.ece.high
    assert worth.ece.value < 0.05
    told = sum(one.told for one in made.record.measured.bins) / 10
    seen = sum(one.seen.value for one in made.record.measured.bins) / 10
    assert told == pytest.approx(seen, abs=0.03)
    assert worth.profit is not None
    assert worth.profit.low < worth.profit.value < worth.profit.high


def test_without_a_time_customers_stay_on_one_side_and_it_is_said(made: Trained) -> None:
    frame = customers(600).drop(columns="账期")
    ready = prepare(listed(frame), NAMING, Asked())
    names = frame["客户编号"].to_numpy()
    for part in ready.split.parts:
        assert not set(names[part.train]) & set(names[part.test])
    assert sorted(ready.split.tested()) == list(range(600))
    # The order of the list says nothing.
    again = split(np.full(600, np.nan), keys_of(frame["客户编号"])[::-1])
    assert [len(one.test) for one in again.parts] == [len(one.test) for one in ready.split.parts]
    assert not ready.split.by_time


def test_columns_that_know_the_answer_are_named_and_left_out() -> None:
    # ID-04: call duration, satisfaction asked after leaving, a day of disconnection, a twin of the answer
    frame = customers(500)
    left = frame["是否离网"] == "是"
    generator = np.random.default_rng(2)
    frame["通话时长(本次外呼)"] = generator.integers(0, 900, 500).astype(str)
    frame["离网后满意度"] = generator.integers(1, 6, 500).astype(str)
    frame["状态码"] = np.where(left, "7", "3")
    frame["补登日"] = np.where(left & (generator.random(500) < 0.6), "2026-09-01", "")
    ready = prepare(listed(frame), NAMING, Asked(keep=("离网后满意度",)))
    assert {one.column for one in ready.knows} == {"通话时长(本次外呼)", "离网后满意度", "状态码", "补登日"}
    assert set(ready.names) == {"合约剩余月", "投诉次数", "套餐", "流量", "离网后满意度"}


def test_what_has_to_be_said_is_said() -> None:
    frame = customers(400)
    doubled = pd.concat([frame, frame.assign(账期="2026-09")], ignore_index=True)
    today = frame.drop(columns="是否离网").assign(流量="900", 账期="2026-12")
    said = trained(doubled, Asked(time="none"), today=listed(today)).record.cautions
    kinds = {one.kind for one in said if one.grave}
    assert CautionKind.DRIFT in kinds
    assert {one.column for one in said if one.kind is CautionKind.DRIFT and one.grave} >= {"流量"}
    assert CautionKind.NO_TIME in {one.kind for one in said}
    by_time = prepare(listed(doubled), NAMING, Asked())
    assert by_time.twice >= 300


def test_too_little_is_refused() -> None:
    frame = customers(400)
    few = pd.concat([frame[frame["是否离网"] == "否"], frame[frame["是否离网"] == "是"].head(20)])
    for wrong, words in (
        (few, "至少要"), (frame.assign(是否离网="否"), "没有一位离网"), (frame.drop(columns="是否离网"), "没有一列"),
        (frame.assign(是否离网="也许"), "里有 “也许”"),
    ):  # fmt: skip
        with pytest.raises(InputError) as refused:
            prepare(listed(wrong), NAMING, Asked())
        assert words in refused.value.message.zh


def test_a_model_refuses_another_schema_by_column(made: Trained) -> None:
    # ID-04
    booster = read(made.trees)
    frame = customers(200, seed=9)
    other = frame.rename(columns={"合约剩余月": "合约剩余月数"}).drop(columns="投诉次数").assign(流量="很多")
    with pytest.raises(InputError) as refused:
        apply(made.record, booster, listed(other))
    told = refused.value.message
    assert "缺少“合约剩余月”（是否改名为“合约剩余月数”？）" in told.zh
    assert "缺少“投诉次数”" in told.zh
    assert "“流量”里不再是数字" in told.zh
    assert "“投诉次数” is missing" in told.en


def test_reasons_are_told_in_words_for_those_asked_for(made: Trained) -> None:
    # ID-07
    frame = customers(300, seed=8)
    frame.loc[7, ["客户编号", "合约剩余月", "投诉次数"]] = ["C-seven", "1", "4"]
    labels = {"合约剩余月": Text("合约还剩几个月", "months left of the contract")}
    found = explain(made.record, read(made.trees), listed(frame), labels, customers=["C-seven"]).customers
    assert [one.customer for one in found] == ["C-seven"]
    words = [one.en for one in found[0].reasons]
    assert any(one.startswith("months left of the contract is 1, below the median of") for one in words)
    most = explain(made.record, read(made.trees), listed(frame), labels, top=5).customers
    assert [one.chance for one in most] == sorted((one.chance for one in most), reverse=True)


def test_a_model_whose_record_is_damaged_keeps_no_other_from_being_used(made: Trained, tmp_path: Path) -> None:
    # ID-04: else one old folder would hold every rule and campaign that asks for the model that counts
    models = Models(tmp_path)
    models.keep(made.record, made.trees, {})
    (models.path("20250101-000000")).mkdir()
    (models.path("20250101-000000") / RECORD).write_text("{")
    assert models.find(made.record.id) == made.record
    models.publish(made.record, at=made.record.made_at, by="planner")
    assert models.find() == made.record
    with pytest.raises(InputError, match="20250101-000000 is not what was kept"):
        models.find("20250101-000000")


def test_a_model_kept_scores_as_it_did_and_an_altered_one_is_refused(made: Trained, tmp_path: Path) -> None:
    models = Models(tmp_path)
    models.keep(made.record, made.trees, {})
    kept = models.find()
    frame = listed(customers(150, seed=4))
    before = apply(made.record, read(made.trees), frame)
    assert np.array_equal(apply(kept, models.booster(kept), frame).chances, before.chances)
    found = evaluate(kept, models.booster(kept), frame, NAMING, label="", costs=None, by_segment=("套餐",))
    assert found.rows == 150
    assert {one.column for one in found.measured.segments} == {"套餐"}
    place = models.path(kept.id) / TREES
    place.chmod(0o600)
    place.write_text(made.trees.replace("tree", "t3ee", 1))
    with pytest.raises(InputError, match="altered"):
        models.publish(kept, at=AT, by="planner")


@pytest.mark.parametrize("lang", list(Lang))
def test_the_report_stands_alone_in_either_language(made: Trained, lang: Lang) -> None:
    page = report(made.record, lang, {"套餐": Text("套餐<名>", "plan <name>")})
    assert page.count("<svg") >= 3
    assert "http" not in page
    assert "<script" not in page
    assert ("套餐&lt;名&gt;" if lang is Lang.ZH else "plan &lt;name&gt;") in page
    assert {"{", "None", "nan"}.isdisjoint(page.split("<body>")[1].replace("\n", " ").split())


def test_lists_are_read_however_they_were_saved(tmp_path: Path) -> None:
    frame = customers(400)
    for name, encoding, separator in (
        ("a.csv", "utf-8-sig", ","),
        ("b.csv", "gb18030", ";"),
        ("c.txt", "gb18030", "\t"),
        ("u.csv", "utf-16", ","),
    ):
        frame.to_csv(tmp_path / name, index=False, encoding=encoding, sep=separator)
        pd.testing.assert_frame_equal(read_list(tmp_path / name).frame.astype(object), frame.astype(object))
    frame.assign(流量=frame["流量"].astype(float)).to_parquet(tmp_path / "d.parquet")
    assert prepare(read_list(tmp_path / "d.parquet"), NAMING, Asked()).names == (
        "合约剩余月",
        "投诉次数",
        "套餐",
        "流量",
    )
    (tmp_path / "e.csv").write_bytes(b"\xff\xfe\x00\x81")
    with pytest.raises(InputError):
        read_list(tmp_path / "e.csv")


def test_figures_are_those_of_the_textbook() -> None:
    left = np.array([True, False, True, False])
    assert auc(left, np.array([0.9, 0.8, 0.7, 0.1])) == 0.75
    assert auc(left, np.ones(4)) == 0.5
    hundred = np.arange(100) < 10
    assert Ranked(hundred, -np.arange(100.0)).lift(np.ones(100)) == pytest.approx(10.0)
    assert Ranked(hundred, np.zeros(100)).lift(np.ones(100)) == pytest.approx(1.0)
    found = interval(lambda weights: float(np.dot(weights, hundred) / weights.sum()), np.arange(100))
    assert found.low < 0.1 < found.high
    rising = calibrated(np.repeat([-2.0, 0.0, 2.0], 1_000), np.tile([True, False, False, False], 750))
    assert rising.curve is Curve.ISOTONIC
    # Calling those first whom a call keeps, all customers kept lie in the first half.
    called, kept = np.tile([True, False], 100), np.repeat([1.0, 0.0], 100)
    curve = QiniCurve(called, ~called & (kept > 0), kept)
    assert curve.coefficient(np.ones(200)) > 100


def test_in_which_order_a_list_was_saved_changes_no_figure() -> None:
    # ID-04: leavers first, as many lists are, and one chance for many
    left = np.arange(1_000) < 300
    same = np.full(1_000, 0.3)
    assert calibration_error(left, same)(np.ones(1_000)) == pytest.approx(0.0, abs=1e-9)
    told = measured(pd.DataFrame(index=range(1_000)), left, same, same, np.arange(1_000), costs=None, by=())
    assert told.gains == pytest.approx(list(np.arange(1, 51) / 50))
    assert [one.seen.value for one in told.bins] == [pytest.approx(0.3)]
    # A call that helps everybody alike helps nobody first.
    called = np.tile([True, False], 500)
    lost = np.where(called, np.arange(1_000) % 10 < 2, np.arange(1_000) % 10 < 4)
    stayers_first = np.argsort(lost, kind="stable")
    curve = QiniCurve(called[stayers_first], lost[stayers_first], np.zeros(1_000))
    assert curve.coefficient(np.ones(1_000)) == pytest.approx(0.0, abs=1e-9)


def test_a_list_whose_middle_months_have_one_answer_is_refused_in_words() -> None:
    # ID-04: it is they that set the chances
    frame = customers(2_000)
    frame.loc[frame["账期"].isin(["2026-05", "2026-06"]), "是否离网"] = "否"
    with pytest.raises(InputError, match="The middle customers all had one result"):
        prepare(listed(frame), NAMING, Asked())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id,age,churn\nA,20,yes,\nB,30,no,\n", "more cells than the line of headers"),
        ("id,age,churn\nA,20,yes,9\nB,30,no,8\n", "more cells than the line of headers"),
        ("id,age,churn\nA,20,yes\nB,30,no,7\nC,3,no,7,9\n", "line 3 has 4 cells, others have 3"),
        ("", "it is empty"),
        ('id,age,churn\nA,"20,yes\n', "a quotation mark is never closed"),
        ("id,age,age,churn\nA,20,1,yes\nB,30,2,no\n", "column “age” is there twice"),
    ],
)  # fmt: skip
def test_a_list_whose_cells_would_stand_under_other_headers_is_refused(tmp_path: Path, text: str, words: str) -> None:
    # ID-04
    path = tmp_path / "list.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=words):
        read_list(path)


def test_of_a_campaign_without_a_random_control_nothing_is_told() -> None:
    # EVAL-01
    frame = customers(700).assign(外呼=["是", "否"] * 350)
    tell = {"treatment": "外呼", "step": lambda _d, _n: None}
    with pytest.raises(InputError, match="chance"):
        uplift(listed(frame), NAMING, Asked(), randomised=False, **tell)  # type: ignore[arg-type]
    chosen = frame.assign(外呼=np.where(frame["投诉次数"].astype(int) > 0, "是", "否"))
    with pytest.raises(InputError, match="differed from the start"):
        uplift(listed(chosen), NAMING, Asked(), randomised=True, **tell)  # type: ignore[arg-type]
    found = uplift(listed(frame), NAMING, Asked(), randomised=True, **tell)  # type: ignore[arg-type]
    assert not found.effect.clear_of_zero
    assert verdict(found.x_qini).en == "No gain from uplift targeting."


def test_whom_a_call_helps_is_found_where_it_helps_some() -> None:
    generator = np.random.default_rng(6)
    frame = customers(1_600, seed=6)
    called = generator.random(1_600) < 0.5
    helped = (frame["套餐"] == "融合").to_numpy()
    left = generator.random(1_600) < np.where(helped & called, 0.1, 0.45)
    frame = frame.assign(外呼=np.where(called, "1", "0"), 是否离网=np.where(left, "是", "否"))
    found = uplift(
        listed(frame), NAMING, Asked(), treatment="外呼", randomised=True, step=lambda _d, _n: None
    )  # fmt: skip
    assert found.gains
    assert found.effect.low < 100 * 0.35 * helped.mean() < found.effect.high


def test_names_of_columns_are_content_that_is_checked(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    text = (Path(__file__).parents[2] / "resources" / "model" / "columns.yaml").read_text("utf-8")
    (tmp_path / "model" / "columns.yaml").write_text(
        text.replace('stayed_words: ["no"', 'stayed_words: ["yes"'), "utf-8"
    )
    with pytest.raises(ContentError) as wrong:
        load_naming(tmp_path)
    assert "both that somebody left and stayed" in wrong.value.reason


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the data of others are not beside this checkout")
@pytest.mark.parametrize(
    ("name", "area", "lift"), [("telco_ibm.csv", 0.845, 2.83), ("mlc_churn.csv", 0.92, 6.8)], ids=["telco", "mlc"]
)
def test_lists_of_others_reach_what_is_known_of_them(name: str, area: float, lift: float) -> None:
    # ID-04: five-fold baselines with default settings
    worth = train(
        read_list(SHARED / name), NAMING, Asked(), costs=None, by_segment=(), model_id="m", at=AT, by="planner",
        step=lambda _d, _n: None,
    ).record.measured.worth  # fmt: skip
    assert worth.auc.value > area - 0.002
    assert worth.lift.value > lift - 0.05


@pytest.mark.skipif(not SHARED.is_dir(), reason="the data of others are not beside this checkout")
def test_a_part_of_a_list_of_others_is_learnt_from() -> None:
    # ID-04
    frame = read_list(SHARED / "telco_ibm.csv").frame.head(400)
    worth = trained(frame).record.measured.worth
    assert worth.auc.low > 0.7
    assert worth.auc.value > 0.8


def test_snapshots_are_learnt_from_with_what_became_of_their_customers(tmp_path: Path) -> None:
    # ID-04
    kept = []
    for at, day in enumerate((1, 5, 40)):
        path = tmp_path / f"{at}.parquet"
        pd.DataFrame({"customer_id": ["a", "b", "c"], "tenure": [1, 2, 3]}).to_parquet(path, index=False)
        taken = datetime(2026, 1, 1, 4, tzinfo=UTC) + timedelta(days=day - 1)
        kept.append(
            (Snapshot(id=str(at), owner="p", taken_at=taken, rows=3, sha256=str(at), size=1, columns={}, sources=[],
                      faults=[]), path)
        )  # fmt: skip
    left = {"a": date(2026, 1, 20), "b": date(2026, 1, 3), "c": date(2026, 3, 1)}
    found = labelled(kept, left, known_until=date(2026, 2, 20), within_days=30)
    # The third is too young, and the first too close to the second; b had left before it.
    assert found.frame[["customer_id", "taken_at", "left_net"]].to_numpy().tolist() == [
        ["a", "2026-01-05", True], ["c", "2026-01-05", False],
    ]  # fmt: skip
    gone = pd.DataFrame({"customer_id": ["a", "c"], "tenure": [1, 3], "left_on": [None, date(2025, 12, 1)]})
    gone.to_parquet(kept[1][1], index=False)
    told = labelled(kept, left, known_until=date(2026, 2, 20), within_days=30).frame
    assert (list(told["customer_id"]), "left_on" in told) == (["a"], False), "c had left, as the delivery says"
    with pytest.raises(InputError, match="too young"):
        labelled(kept, left, known_until=date(2026, 1, 20), within_days=30)
