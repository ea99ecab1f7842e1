"""A model of whom a call helps is kept, proved and published beside those of churn; what gains nothing is refused."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import uplift_kit
from msgspec import structs
from uplift_kit import CALLED

from core.domain.errors import InputError
from core.domain.text import Lang
from core.screening.model.keeping import Models
from core.screening.model.naming import load_naming
from core.screening.model.preparing import Asked
from core.screening.model.published import published_model
from core.screening.model.reading import Listed, read_list
from core.screening.model.record import CautionKind
from core.screening.model.uplift import trial
from core.screening.model.uplift_applying import effects_of, effects_on, evaluate_uplift
from core.screening.model.uplift_keeping import CALLED as TREES
from core.screening.model.uplift_keeping import Uplifts
from core.screening.model.uplift_report import uplift_report
from core.screening.model.uplift_training import UpliftTrained
from core.screening.snapshots.record import Snapshot

AT = datetime(2026, 11, 23, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def made() -> UpliftTrained:
    return uplift_kit.learnt(uplift_kit.drawn(), at=AT)


def listed(frame: pd.DataFrame) -> Listed:
    return Listed(frame, "later.csv", "1")


def test_whom_a_call_helps_is_kept_and_says_so_of_others(made: UpliftTrained, tmp_path: Path) -> None:
    # ID-04, EVAL-01
    assert made.record.found.gains
    assert made.record.grave == []
    assert CALLED not in {one.name for one in made.record.columns} | {one.column for one in made.record.left_out}
    record = uplift_kit.published(tmp_path, made, at=AT)
    uplifts = Uplifts(tmp_path)
    kept = uplifts.find(record.id)
    people = pd.DataFrame({"customer_id": ["new", "old"], "tenure": [3, 50], "data_last_month": [4_000, 4_000]})
    effects, said = effects_on(kept, uplifts.learner(kept), listed(people))
    assert effects[0] > 0.3, "of new customers 6 in 10 leave, and 1 of those called"
    assert abs(effects[1]) < 0.1
    assert [one.kind for one in said] == [CautionKind.DRIFT] * len(said)
    later = trial(listed(uplift_kit.drawn(seed=8)), load_naming(), Asked(), treatment=CALLED, randomised=True)
    found = evaluate_uplift(kept, uplifts.learner(kept), later)
    assert found.qini.low > 0
    assert found.effect.low < 100 * 0.5 * 11 / 59 < found.effect.high
    assert found.cautions == []
    nowhere = trial(
        listed(uplift_kit.drawn(seed=9, helped=False)), load_naming(), Asked(), treatment=CALLED, randomised=True
    )
    assert evaluate_uplift(kept, uplifts.learner(kept), nowhere).qini.low <= 0


def test_words_that_nobody_knows_are_named(made: UpliftTrained) -> None:
    # EVAL-01
    frame = uplift_kit.drawn()
    frame.loc[frame.index % 5 == 0, CALLED] = "也许"
    with pytest.raises(InputError, match="“也许”, on 300 rows"):
        uplift_kit.learnt(frame, at=AT)
    frame.loc[frame[CALLED] == "也许", CALLED] = ""
    assert uplift_kit.learnt(frame, at=AT).record.source.rows == 1_200


def test_customers_who_stand_in_the_list_twice_are_counted_once_and_told() -> None:
    # EVAL-01
    frame = uplift_kit.drawn(800)
    record = uplift_kit.learnt(pd.concat([frame, frame], ignore_index=True), at=AT).record
    assert record.found.called + record.found.held_out == 800
    (said,) = [one for one in record.cautions if one.kind is CautionKind.REPEATED]
    assert "Of 1600 rows 800 name a “customer_id” that stands in the list before" in said.words.en
    assert said.grave


def test_the_report_says_which_model_it_is_of_and_by_what_it_goes(made: UpliftTrained) -> None:
    # ID-07
    page = uplift_report(made.record.found, Lang.EN, made.record)
    assert "Uplift model u1, made 2026-11-23 09:00 by planner." in page
    assert "It goes by tenure" in page
    assert "intervals of 95 percent" in page


def test_who_was_learnt_from_is_told_however_their_list_has_changed(made: UpliftTrained, tmp_path: Path) -> None:
    # EVAL-01, ID-04: of the same campaign more have left since
    source = structs.replace(made.record.source, campaigns=["winter", "spring"])
    record = structs.replace(made.record, source=source)
    Uplifts(tmp_path).keep(replace(made, record=record), {})
    learner = Uplifts(tmp_path).learner(record)
    later = trial(listed(uplift_kit.drawn(seed=8)), load_naming(), Asked(), treatment=CALLED, randomised=True)
    (said, *_drift) = evaluate_uplift(record, learner, later, campaigns=["spring", "summer"]).cautions
    assert said.kind is CautionKind.TWICE
    assert said.words.en.startswith("It learnt from spring, and saw customers of this list")
    others = evaluate_uplift(record, learner, later, campaigns=["summer"]).cautions
    assert not [one for one in others if one.kind is CautionKind.TWICE]


def test_both_kinds_are_published_by_the_same_numbers_and_neither_ends_the_other(
    made: UpliftTrained, tmp_path: Path
) -> None:
    # ID-04
    uplift_kit.published(tmp_path, made, at=AT)
    other = uplift_kit.learnt(uplift_kit.drawn(seed=6), at=AT, model_id="u2")
    uplift_kit.published(tmp_path, other, at=AT + timedelta(days=1))
    uplifts, models = Uplifts(tmp_path), Models(tmp_path)
    counts = uplifts.published()
    assert counts is not None
    assert (counts.number, counts.model) == (2, "u2")
    assert published_model(tmp_path, "main") == ""
    assert models.all() == []
    assert [one.id for one in uplifts.all()] == ["u1", "u2"]
    back = models.publication(1)
    uplifts.publish(uplifts.find(back.model), at=AT, by="planner", accepted=back.accepted, back_to=1)
    counts = uplifts.published()
    assert counts is not None
    assert (counts.number, counts.model, counts.back_to) == (3, "u1", 1)
    with pytest.raises(InputError, match="“u1” is an uplift model"):
        models.find("u1")
    with pytest.raises(InputError, match="no model “u9”"):
        uplifts.find("u9")


@pytest.mark.parametrize("asked", ["漢" * 300, "../main/u1", "u1/../u1", "."])
def test_an_id_that_somebody_asks_for_is_no_path(tmp_path: Path, made: UpliftTrained, asked: str) -> None:
    # Reliability S3, S1
    uplift_kit.published(tmp_path, made, at=AT)
    assert not Uplifts(tmp_path).has(asked)
    with pytest.raises(InputError, match="no model"):
        Uplifts(tmp_path).find(asked)
    with pytest.raises(InputError, match="no model"):
        Models(tmp_path).find(asked)


def test_a_model_that_gains_nothing_is_refused_until_somebody_accepts_it(tmp_path: Path) -> None:
    # EVAL-01, TASK-06
    made = uplift_kit.learnt(uplift_kit.drawn(helped=False), at=AT)
    (caution,) = made.record.grave
    assert caution.kind is CautionKind.NO_GAIN
    assert "按增益挑选没有好处" in caution.words.zh
    assert caution.words.en.startswith("No gain from uplift targeting. The X-learner's Qini")
    with pytest.raises(InputError, match="No gain from uplift targeting") as refused:
        uplift_kit.published(tmp_path, made, at=AT)
    assert "--accept" in refused.value.next_step.en
    uplifts = Uplifts(tmp_path)
    assert uplifts.published() is None
    uplifts.publish(uplifts.find("u1"), at=AT, by="planner", accepted=True)
    counts = uplifts.published()
    assert counts is not None
    assert counts.accepted
    assert "No gain from uplift targeting" in uplift_report(made.record.found, Lang.EN, made.record)


def test_what_was_altered_is_not_used(made: UpliftTrained, tmp_path: Path) -> None:
    # DATA-02
    record = uplift_kit.published(tmp_path, made, at=AT)
    place = tmp_path / "models" / "main" / record.id / TREES
    place.chmod(0o600)
    place.write_text(made.called.replace("tree", "t3ee", 1))
    with pytest.raises(InputError, match="altered"):
        Uplifts(tmp_path).publish(record, at=AT, by="planner")


def test_a_snapshot_gives_it_the_same_figures_as_a_list(tmp_path: Path) -> None:
    # TASK-06: words, days before the row's own, yes and no
    rng, frame = np.random.default_rng(2), uplift_kit.drawn()
    rows = len(frame)
    days = [date(2026, 1, 1) + timedelta(days=int(one)) for one in rng.integers(0, 300, rows)]
    # A call keeps those who paid long ago, and the words say a little of it.
    long_ago = np.array([one < date(2026, 4, 1) for one in days])
    left = rng.random(rows) < np.where(long_ago & (frame[CALLED] == "0"), 0.7, 0.15)
    frame = frame.assign(
        payment_last=days, tier=np.where(long_ago, rng.choice(["金卡", "-"], rows), "钻卡"),
        complaints_repeat=rng.random(rows) < 0.3, taken_at="2026-11-23", 是否离网=np.where(left, "是", "否"),
    )  # fmt: skip
    made = uplift_kit.learnt(frame, at=AT, time="taken_at")
    assert made.record.roles.time == "taken_at"
    record = uplift_kit.published(tmp_path, made, at=AT)
    path = tmp_path / "night.parquet"
    table = pa.Table.from_pandas(frame.drop(columns=[CALLED, "是否离网", "taken_at"]), preserve_index=False)
    pq.write_table(table.replace_schema_metadata({"taken_at": AT.isoformat()}), path, row_group_size=400)
    snapshot = Snapshot(
        id="night", owner="o", taken_at=AT, rows=rows, sha256="0", size=1, columns={}, sources=[], faults=[]
    )
    learner = Uplifts(tmp_path).learner(record)
    whom = ["C1", "C399", "C400", "C1500", "C0"]
    found = effects_of(record, learner, path, snapshot, whom)
    of_list, _said = effects_on(record, learner, read_list(path))
    assert found.by_customer == {one: pytest.approx(of_list[int(one[1:]) - 1]) for one in whom[:-1]}
    assert max(of_list) > 0.3
    assert effects_of(record, learner, path, snapshot, []).by_customer == {}
    pq.write_table(table.rename_columns(["months" if one == "tenure" else one for one in table.column_names]), path)
    with pytest.raises(InputError, match="“tenure” is missing"):
        effects_of(record, learner, path, snapshot, whom)
