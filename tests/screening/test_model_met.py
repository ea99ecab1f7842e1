"""A list that holds customers who were learnt from is told, however it was saved."""

from pathlib import Path

import pandas as pd
import pytest
import uplift_kit
from test_model import AT, NAMING, customers, listed

from core.domain.text import Text
from core.screening.model.evaluating import evaluate
from core.screening.model.met import met_again, met_in
from core.screening.model.naming import load_naming
from core.screening.model.preparing import Asked
from core.screening.model.record import CautionKind
from core.screening.model.training import Trained, train
from core.screening.model.trees import read
from core.screening.model.uplift import trial
from core.screening.model.uplift_applying import evaluate_uplift
from core.screening.model.uplift_keeping import Uplifts


def ids(first: int, count: int) -> "pd.Series[str]":
    return pd.Series([f"C{at}" for at in range(first, first + count)], dtype=str)


@pytest.mark.parametrize("learnt", [200, 4_000, 60_000])
def test_how_many_were_learnt_from_is_told_and_strangers_are_none(learnt: int) -> None:
    # EVAL-01
    met = met_in(ids(0, learnt))
    assert met_again(met, ids(0, learnt)) == pytest.approx(1)
    assert met_again(met, ids(10**6, 4_000)) == 0.0
    mixed = pd.concat([ids(0, 150), ids(10**6, 350)])
    assert met_again(met, mixed) == pytest.approx(0.3, abs=0.06)
    assert len(met) < 2 * learnt
    assert met_again("", ids(0, 9)) == 0.0


def trained(frame: pd.DataFrame) -> Trained:
    return train(
        listed(frame), NAMING, Asked(), costs=None, by_segment=(), model_id="m1", at=AT, by="planner",
        step=lambda _done, _all: None,
    )  # fmt: skip


def said(made: Trained, frame: pd.DataFrame) -> list[Text]:
    found = evaluate(
        made.record, read(made.trees), listed(frame), NAMING, label="", costs=None, by_segment=(), met=made.met
    )  # fmt: skip
    return [one.words for one in found.cautions if one.kind is CautionKind.TWICE]


def test_a_list_saved_anew_is_still_the_one_that_was_learnt_from() -> None:
    # ID-04, EVAL-01
    frame = customers(600)
    made = trained(frame)
    anew = frame.sample(frac=0.9, random_state=1).assign(备注="1").drop(columns="账期")
    (told,) = said(made, anew)
    assert told.en.startswith("All of its customers are ones that it learnt from")
    assert "客户都是训练时学过的" in told.zh
    others = customers(590, seed=9)
    others["客户编号"] = [f"X{at}" for at in range(590)]
    assert said(made, others) == []


def test_the_same_customers_on_later_days_are_the_proof_that_is_wanted() -> None:
    # EVAL-01
    frame = customers(900)
    made = trained(frame)
    assert made.record.source.last_day == "2026-08-01"
    later = frame.drop_duplicates("客户编号")
    assert said(made, later)
    assert said(made, later.assign(账期=["2026-09" if at % 2 else "2026-10" for at in range(len(later))])) == []


def test_an_uplift_model_knows_its_customers_again(tmp_path: Path) -> None:
    # EVAL-01
    made = uplift_kit.learnt(uplift_kit.drawn(), at=AT)
    uplifts = Uplifts(tmp_path)
    uplifts.keep(made, {})
    learner = uplifts.learner(made.record)
    met = (uplifts.folder / made.record.id / "met.txt").read_text("utf-8")
    for first, again in ((1, 1), (9_001, 0)):
        frame = uplift_kit.drawn(seed=8)
        frame["customer_id"] = ids(first, len(frame))
        later = trial(listed(frame), load_naming(), Asked(), treatment=uplift_kit.CALLED, randomised=True)
        cautions = evaluate_uplift(made.record, learner, later, met=met).cautions
        assert len([one for one in cautions if one.kind is CautionKind.TWICE]) == again
