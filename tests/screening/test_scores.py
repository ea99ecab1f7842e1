"""A model's score is a factor of a snapshot: the same as of a list, beside the file, refused where it does not fit."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from msgspec import structs

from core.domain.errors import InputError
from core.domain.factor import Library
from core.domain.text import Text
from core.screening.factor_files import shipped_library
from core.screening.frame import opened_frame
from core.screening.holding import all_holding
from core.screening.model.applying import contributions
from core.screening.model.blocks import Misfits, asked_columns, figures_of
from core.screening.model.cells import days
from core.screening.model.columns import Column, Kind, matrix
from core.screening.model.drift import shifts
from core.screening.model.keeping import Models
from core.screening.model.naming import load_naming
from core.screening.model.preparing import Asked
from core.screening.model.reading import Listed, read_list
from core.screening.model.reasons import reasons
from core.screening.model.record import Record
from core.screening.model.scoring import chances_of, score
from core.screening.model.told import told_why
from core.screening.model.training import Trained, train
from core.screening.snapshots.columns import ARROW
from core.screening.snapshots.digests import digest_of
from core.screening.snapshots.keeping import Shelf
from core.screening.snapshots.record import Fault, FaultKind, Snapshot
from core.screening.snapshots.scored import RISK, Scores
from core.screening.snapshots.writing import CUSTOMER_ID

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
"""ibis 12 asks DuckDB 2 in the older way"""
AT = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
DAY = date(2026, 11, 25)
CUSTOMERS = 400
WORDS = ["钻卡", "金卡", "-", "1.0", None]


def table(library: Library) -> pa.Table:
    rng = np.random.default_rng(4)
    some = rng.random(CUSTOMERS) < 0.15
    columns = {
        "tenure": rng.integers(1, 90, CUSTOMERS), "data_last_month": rng.integers(0, 9_000, CUSTOMERS),
        "payment_last": np.datetime64("2026-01-01") + rng.integers(0, 300, CUSTOMERS),
        "tier": np.array(WORDS, dtype=object)[rng.integers(0, len(WORDS), CUSTOMERS)],
        "complaints_repeat": rng.random(CUSTOMERS) < 0.3, "churn_risk": rng.random(CUSTOMERS),
    }  # fmt: skip
    arrays = [pa.array([f"C{at:04d}" for at in range(CUSTOMERS)])]
    arrays += [pa.array(values, ARROW[library.factors[name].kind], mask=some) for name, values in columns.items()]
    return pa.table(arrays, names=[CUSTOMER_ID, *columns])


class Night:
    """A folder with one snapshot and a model that was trained on customers like these."""

    def __init__(self, data: Path) -> None:
        self.library = shipped_library()
        self.table, self.shelf, self.models = table(self.library), Shelf(data), Models(data)
        self.scores = Scores(data)
        self.snapshot = self.keep("night", self.table)
        made = self.trained(["tenure", "data_last_month", "payment_last", "tier", "complaints_repeat"])
        self.models.keep(made.record, made.trees, {})
        self.models.publish(made.record, at=AT, by="planner")

    def keep(self, name: str, table: pa.Table) -> Snapshot:
        self.shelf.folder.mkdir(exist_ok=True)
        pq.write_table(table, self.shelf.path(name), row_group_size=70)
        kept = Snapshot(
            id=name, owner="o", taken_at=AT, rows=table.num_rows, sha256=digest_of(self.shelf.path(name)),
            size=self.shelf.path(name).stat().st_size, columns={}, sources=[], faults=[],
        )  # fmt: skip
        self.shelf.keep(kept)
        return kept

    def trained(self, names: Sequence[str]) -> Trained:
        frame = self.table.select(names).to_pandas().astype(object)
        early = frame["tenure"].astype(float).fillna(50) < 12
        rng = np.random.default_rng(1)
        frame["taken_at"] = [f"2026-{1 + at // 50:02d}-01" for at in range(CUSTOMERS)]
        frame["是否离网"] = np.where(rng.random(CUSTOMERS) < np.where(early, 0.85, 0.1), "是", "否")
        return train(
            Listed(frame, "list.csv", "0"), load_naming(), Asked(), costs=None, by_segment=(), model_id="m1", at=AT,
            by="planner", step=lambda _done, _all: None,
        )  # fmt: skip

    def score(self, snapshot: Snapshot) -> Record:
        record = self.models.find()
        score(
            record, self.models.booster(record), self.shelf, snapshot, self.scores, at=AT,
            progress=lambda _done, _all: None,
        )  # fmt: skip
        return record


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Night:
    return Night(tmp_path_factory.mktemp("night"))


def test_a_snapshot_gives_a_model_the_same_figures_as_a_list(night: Night) -> None:
    # ID-04
    record, frame = night.models.find(), night.table.to_pandas()
    more = [
        Column(name="tenure", kind=Kind.WORD, levels=["7", "12"]),
        Column(name="tier", kind=Kind.NUMBER),
        Column(name="tier", kind=Kind.WORD, levels=["1", "钻卡"]),
    ]
    for columns in (record.columns, *([one] for one in more)):
        moment = np.full(CUSTOMERS, float((DAY - date(1970, 1, 1)).days))
        asked = Record(**{name: getattr(record, name) for name in record.__struct_fields__} | {"columns": columns})
        (batch,) = night.table.combine_chunks().to_batches()
        found = figures_of(asked, columns, batch, DAY, Misfits())
        np.testing.assert_array_equal(found, matrix(columns, frame, moment))


def test_the_score_stands_for_the_factor_and_only_of_the_model_that_counts(night: Night) -> None:
    # ID-01, ID-04
    rules = frozenset({RISK})
    own = night.table.column(RISK).to_pylist()
    before = opened_frame(night.shelf, night.snapshot, night.library, rules, threads=1).table.to_pyarrow()
    assert before.column(RISK).to_pylist() == own
    (held,) = all_holding(night.shelf, night.snapshot, night.library, frozenset({"churn_risk_rise"}))
    assert "model score" in held.why.en
    assert not all_holding(night.shelf, night.snapshot, night.library, frozenset({"tenure"}))
    record = night.score(night.snapshot)
    assert not all_holding(night.shelf, night.snapshot, night.library, rules)
    table = opened_frame(night.shelf, night.snapshot, night.library, rules | {"tenure"}, threads=1).table.to_pyarrow()
    (batch,) = night.table.combine_chunks().to_batches()
    figures = figures_of(record, record.columns, batch, DAY, Misfits())
    chances = chances_of(record, night.models.booster(record), figures)
    np.testing.assert_allclose(table.column(RISK).to_numpy(), chances)
    assert table.column(CUSTOMER_ID).to_pylist() == night.table.column(CUSTOMER_ID).to_pylist()
    assert table.column("tenure").to_pylist() == night.table.column("tenure").to_pylist()


def test_what_the_model_asks_for_holds_its_score_and_a_column_of_that_name_does_not(night: Night) -> None:
    # ID-04, ID-10
    night.score(night.snapshot)
    absent = Fault(kind=FaultKind.ABSENT, source="crm", factor=RISK, why=Text("没有送来", "not delivered"))
    failed = Fault(kind=FaultKind.FAILED, source="billing", why=Text("失败", "failed"))
    other = Fault(kind=FaultKind.FAILED, source="location", why=Text("失败", "failed"))
    snapshot = structs.replace(night.snapshot, faults=[absent, failed, other])
    assert "billing" in night.library.sources_of(frozenset({"data_last_month"}))
    assert night.library.sources_of(frozenset({RISK})) == {"crm"}
    assert all_holding(night.shelf, snapshot, night.library, frozenset({"churn_risk_rise"})) == [failed]
    assert all_holding(night.shelf, snapshot, night.library, frozenset({"tenure"})) == []


def test_reasons_are_worked_out_for_those_who_are_called_alone(night: Night) -> None:
    # ID-04, ID-07
    record = night.score(night.snapshot)
    labels = {name: one.label for name, one in night.library.factors.items()}
    found = told_why(night.shelf, night.snapshot, ["C0007", "C0303", "C9999"], night.library.factors)
    assert found.keys() == {"C0007", "C0303"}
    (batch,) = night.table.slice(303, 1).combine_chunks().to_batches()
    figures = figures_of(record, record.columns, batch, DAY, Misfits())
    added = contributions(record, night.models.booster(record), figures)
    assert found["C0303"] == tuple(reasons(record.columns, figures[0], added[0], labels, factors=night.library.factors))
    assert told_why(night.shelf, night.snapshot, [], night.library.factors) == {}


def test_reasons_are_said_in_the_factors_own_unit(night: Night) -> None:
    # ID-04: money in yuan, days ahead as days ahead, yes and no as words
    factors = night.library.factors
    found = {
        "balance": Column(name="balance", kind=Kind.NUMBER, median=500_000.0),
        "tenure": Column(name="tenure", kind=Kind.NUMBER, median=12.5),
        "complaints_repeat": Column(name="complaints_repeat", kind=Kind.NUMBER, median=0.0),
        "payment_last": Column(name="payment_last", kind=Kind.DAY, median=3.0),
        "has_broadband": Column(name="has_broadband", kind=Kind.WORD, levels=["False", "True"]),
    }
    labels = {name: factors[name].label for name in found}
    figures = {"balance": 2_160_050.0, "tenure": 3.0, "complaints_repeat": 1.0, "payment_last": -30.0}
    values = np.array([figures.get(name, 1.0) for name in found])
    told = reasons(list(found.values()), values, np.ones(len(found)), labels, factors=factors, most=9)
    by_name = dict(zip(found, told, strict=True))
    assert by_name["balance"].zh.endswith("为 ¥21,600.50，高于中位数 ¥5,000")
    assert by_name["tenure"].en.endswith("is 3 months, below the median of 12 months")
    assert by_name["complaints_repeat"].zh.endswith("为 是")
    assert by_name["payment_last"].zh.endswith("在 30 天后")
    assert by_name["has_broadband"].en.endswith("is “yes”")
    plain = reasons([found["balance"]], values[:1], np.ones(1), {})
    assert plain[0].en == "balance is 2,160,050, above the median of 500,000"


def test_a_nights_snapshot_has_the_same_day_as_a_list_and_as_it_is_scored(night: Night, tmp_path: Path) -> None:
    # ID-04: four in the morning in China is the evening before in UTC
    marked = night.table.replace_schema_metadata({"taken_at": AT.isoformat()})
    pq.write_table(marked, tmp_path / "night.parquet")
    assert set(read_list(tmp_path / "night.parquet").frame["taken_at"]) == {DAY.isoformat()}
    pd.DataFrame({"at": pd.to_datetime([AT, AT]), "age": [1, 2]}).to_parquet(tmp_path / "list.parquet")
    assert (
        days(read_list(tmp_path / "list.parquet").frame["at"], compact=True)[0].tolist()
        == [float((DAY - date(1970, 1, 1)).days)] * 2
    )


def test_another_schema_is_refused_by_column_and_nothing_is_scored(night: Night) -> None:
    # ID-04
    other = night.table.rename_columns(
        ["tenures" if name == "tenure" else name for name in night.table.column_names]
    ).drop_columns(["complaints_repeat"])
    at = other.schema.get_field_index("payment_last")
    other = other.set_column(at, "payment_last", pa.array([1.5] * CUSTOMERS))
    snapshot = night.keep("renamed", other)
    with pytest.raises(InputError) as refused:
        night.score(snapshot)
    told = refused.value.message
    assert "缺少“tenure”（是否改名为“tenures”？）" in told.zh
    assert "“complaints_repeat” is missing" in told.en
    assert "“payment_last”里不再是日期" in told.zh
    strange = night.table.set_column(
        night.table.schema.get_field_index("tier"), "tier", pa.array([f"级{at}" for at in range(CUSTOMERS)])
    )
    with pytest.raises(InputError, match="“tier” no longer holds"):
        night.score(night.keep("words", strange))
    assert night.scores.find("renamed", "m1") is None
    assert not list(night.scores.folder.glob("*words*"))


def test_scores_that_were_altered_or_belong_to_other_bytes_are_not_used(night: Night) -> None:
    # DATA-02
    snapshot = night.keep("altered", night.table)
    night.score(snapshot)
    scored = night.scores.find("altered", "m1")
    assert scored is not None
    night.scores.check(scored)
    other = Snapshot(**{name: getattr(snapshot, name) for name in snapshot.__struct_fields__} | {"sha256": "0"})
    assert all_holding(night.shelf, other, night.library, frozenset({RISK}))
    path = night.scores.path("altered", "m1")
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(InputError, match="scores were altered"):
        opened_frame(night.shelf, snapshot, night.library, frozenset({RISK}), threads=1)
    night.shelf.drop(snapshot)
    assert not path.exists()


def test_how_rules_did_is_told_by_the_score_of_the_time_and_by_no_later_one(night: Night) -> None:
    # ID-04, EVAL-04: a later model may have learnt from the very days that the rule is proved on
    scores, snapshot = night.scores, night.keep("months-ago", night.table)
    assert scores.at_the_time(snapshot.id, snapshot.taken_at) == ""
    record = night.models.find()
    for model, days_after in (("b", 0.2), ("a", 0.5), ("late", 40.0)):
        score(
            structs.replace(record, id=model), night.models.booster(record), night.shelf, snapshot, scores,
            at=snapshot.taken_at + timedelta(days=days_after), progress=lambda _done, _all: None,
        )  # fmt: skip
    assert scores.at_the_time(snapshot.id, snapshot.taken_at) == "b"


def test_how_far_a_snapshot_has_moved_is_told_by_the_columns_that_decide(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    # ID-04: as of a list, of all customers or of each so-manieth
    record, booster = night.models.find(), night.models.booster(night.models.find())
    moved = night.table.set_column(
        night.table.schema.get_field_index("tenure"), "tenure", pa.array(np.full(CUSTOMERS, 80))
    )
    snapshot = night.keep("moved", moved)
    night.score(snapshot)
    found = night.scores.find("moved", "m1")
    assert found is not None
    assert found.shifts_of == CUSTOMERS
    (batch,) = moved.combine_chunks().to_batches()
    figures = figures_of(record, record.columns, batch, DAY, Misfits())
    whole = {one.column: one.index for one in shifts(record.columns, figures, trained_on=record.source.trained)}
    asked = {one.name for one in asked_columns(record, booster)}
    assert {one.column: one.index for one in found.shifts}.items() <= whole.items()
    assert found.shifts[0].column == "tenure"
    assert {one.column for one in found.shifts} <= asked
    monkeypatch.setattr("core.screening.model.scoring.DRIFT_OF", 100)
    night.score(snapshot)
    found = night.scores.find("moved", "m1")
    assert found is not None
    assert (found.shifts_of, found.shifts[0].column) == (100, "tenure")
