"""However many customers and factors there are, training reads no more than memory has room for, and says so."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core.domain.text import Lang, Text
from core.screening.model.labelled import labelled, roles
from core.screening.model.naming import load_naming
from core.screening.model.preparing import Asked
from core.screening.model.reading import Listed, read_list
from core.screening.model.report import report
from core.screening.model.sampling import drawn, drawn_list, these
from core.screening.model.splitting import keys_of
from core.screening.model.training import train
from core.screening.snapshots.record import Seen, Snapshot

CUSTOMERS, MONTHS = 4_000, 3
FIRST = datetime(2026, 1, 1, 4, tzinfo=UTC)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Snapshot, Path]]:
    folder, rng, out = tmp_path_factory.mktemp("snapshots"), np.random.default_rng(1), []
    for month in range(MONTHS):
        path, taken_at = folder / f"{month}.parquet", FIRST + timedelta(days=40 * month)
        table = pa.table(
            {
                "customer_id": [f"C{at}" for at in range(CUSTOMERS)], "tenure": np.arange(CUSTOMERS) % 60 + month,
                "usage": rng.random(CUSTOMERS), "nobody_knows": pa.nulls(CUSTOMERS, pa.float64()),
                "paid": [date(2025, 12, 1)] * CUSTOMERS,
            }
        ).replace_schema_metadata({"taken_at": taken_at.isoformat()})  # fmt: skip
        pq.write_table(table, path, row_group_size=700)
        seen = {name: Seen(filled=0 if name == "nobody_knows" else CUSTOMERS) for name in table.column_names}
        snapshot = Snapshot(
            id=str(month), owner="o", taken_at=taken_at, rows=CUSTOMERS, sha256=str(month), size=1, columns=seen,
            sources=[], faults=[],
        )  # fmt: skip
        out.append((snapshot, path))
    return out


def left() -> dict[str, date]:
    """Of new customers nearly half, some days after each snapshot."""
    rng = np.random.default_rng(3)
    gone = [at for at in range(CUSTOMERS) if at % 60 < 12 and rng.random() < 0.8]
    return {f"C{at}": FIRST.date() + timedelta(days=40 * int(rng.integers(0, MONTHS)) + 5) for at in gone}


def test_a_part_of_the_customers_stands_for_all_and_it_is_said(kept: list[tuple[Snapshot, Path]]) -> None:
    # ID-04
    whole = labelled(kept, left(), known_until=date(2026, 6, 1), within_days=30)
    assert (whole.of, list(whole.frame.columns)) == (
        0, ["customer_id", "tenure", "usage", "paid", "left_net", "taken_at"],
    )  # fmt: skip
    some = labelled(kept, left(), known_until=date(2026, 6, 1), within_days=30, most_cells=MONTHS * CUSTOMERS)
    assert some.of == MONTHS * CUSTOMERS
    assert len(some.frame) == pytest.approx(len(whole.frame) / 4, rel=0.1)
    assert some.frame["left_net"].mean() == pytest.approx(whole.frame["left_net"].mean(), rel=0.15)
    assert some.sha256 != whole.sha256
    # With every month or with none, but for those who had left.
    both = [set(frame.loc[frame["taken_at"] == day, "customer_id"]) for frame in (whole.frame, some.frame)
            for day in sorted(set(frame["taken_at"]))]  # fmt: skip
    for month in range(MONTHS):
        assert both[MONTHS + month] == both[month] & both[MONTHS]
    made = train(
        some, load_naming(), Asked(label=roles().label, time=roles().time, customer=roles().customer), costs=None,
        by_segment=(), model_id="m", at=FIRST, by="planner", step=lambda _done, _all: None,
    )  # fmt: skip
    assert made.record.source.sampled_of == MONTHS * CUSTOMERS
    assert f"The snapshots have {MONTHS * CUSTOMERS} rows" in report(made.record, Lang.EN, {"x": Text("x", "x")})
    assert made.record.measured.worth.auc.low > 0.7


def test_a_snapshot_as_a_list_of_today_is_a_part_of_it(
    kept: list[tuple[Snapshot, Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    # ID-04
    whole = drawn_list(*kept[0])
    everything = read_list(kept[0][1])
    pd.testing.assert_frame_equal(whole.frame, everything.frame[list(whole.frame.columns)])
    assert whole.of == 0
    monkeypatch.setattr("core.screening.model.sampling.share_of", lambda *_what: 0.1)
    some = drawn_list(*kept[0])
    assert some.of == CUSTOMERS
    assert len(some.frame) == pytest.approx(CUSTOMERS / 10, rel=0.2)


def test_those_who_are_wanted_are_found_however_many_they_are(
    kept: list[tuple[Snapshot, Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    # TASK-06
    wanted = [f"C{at}" for at in (3_999, 0, 700, 699)] + ["nobody"]
    for few in (0, 10):
        monkeypatch.setattr("core.screening.model.sampling._FEW", few)
        found = drawn(kept[0][1], ["customer_id", "tenure", "no_such_factor"], these(wanted))
        assert found["customer_id"].tolist() == ["C0", "C699", "C700", "C3999"]
        assert found["tenure"].tolist() == [0, 39, 40, 39]


def test_rows_have_the_numbers_they_had_when_all_were_hashed_at_once() -> None:
    # ID-04: by them a list without times is parted, on every machine alike
    frame = pd.DataFrame({"a": ["1", "x", None], "b": [1.5, 2.0, 3.0], "c": [True, False, True]})
    hashed = np.asarray(pd.util.hash_pandas_object(frame.astype(str), index=False), dtype=np.uint64)
    mixed = (hashed ^ (hashed >> np.uint64(29))) * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(11)
    assert keys_of(frame).tolist() == mixed.tolist()
    assert Listed(frame, "l", "0").of == 0
