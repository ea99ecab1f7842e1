"""A snapshot of files of the operator's warehouse: known by headers, told what it lacks, refused if it is unsound."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core.domain.errors import InputError
from core.domain.factor import Library
from core.domain.indicator import IndicatorType
from core.screening.factor_files import shipped_library
from core.screening.snapshots.columns import column_of
from core.screening.snapshots.delivered import Delivery, Loaded
from core.screening.snapshots.delivered_columns import read_columns, resembling
from core.screening.snapshots.writing import CUSTOMER_ID

AT = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
LINES = """客户编号,在网月数,余额（元）,上次缴费,VIP 等级,重复投诉,voice_last_month,备用
C1,12,86.79,2026-10-02,钻卡,是,30,x
C2,7.0,21.60,20261003,金卡,否,NULL,x
C3,,"1,000",0000-00-00,-,0,很多,x
,1,1,2026-10-02,金卡,1,1,x
"""


@pytest.fixture(scope="module")
def library() -> Library:
    return shipped_library()


class Warehouse:
    def __init__(self, folder: Path, library: Library) -> None:
        self.folder, self.library = folder, library

    def csv(self, text: str, name: str = "day.csv") -> Path:
        path = self.folder / name
        path.write_text(text, "utf-8")
        return path

    def parquet(self, columns: Mapping[str, pa.Array], name: str = "day.parquet") -> Path:
        path = self.folder / name
        pq.write_table(pa.table(dict(columns)), path)
        return path

    def load(
        self, *files: Path, said: Mapping[str, str] | None = None, left_on: Mapping[str, date] | None = None
    ) -> tuple[Loaded, pa.Table]:
        out = self.folder / "out.parquet"
        delivery = Delivery(
            files, self.library, said=said or {}, customer="", left_on=left_on or {}, spill=self.folder
        )  # fmt: skip
        try:
            loaded = delivery.write(out, taken_at=AT, owner="planner", tenant="main")
        finally:
            delivery.close()
        return loaded, pq.read_table(out).sort_by(CUSTOMER_ID)


@pytest.fixture
def warehouse(tmp_path: Path, library: Library) -> Warehouse:
    return Warehouse(tmp_path, library)


SAID = {
    "在网月数": "tenure",
    "余额（元）": "balance",
    "上次缴费": "payment_last",
    "VIP 等级": "tier",
    "重复投诉": "complaints_repeat",
}


def test_a_decimal_comma_is_no_mark_of_thousands(warehouse: Warehouse) -> None:
    # DATA-01: as much of Europe writes figures
    file = warehouse.csv("客户编号;余额（元）;在网月数\nC1;1.234,50;1,234\nC2;8,5;12\nC3;1,234.50;12,5\n")
    loaded, table = warehouse.load(file, said={"余额（元）": "balance", "在网月数": "tenure"})
    assert table["balance"].to_pylist() == [123_450, 850, 123_450]
    assert table["tenure"].to_pylist() == [1_234, 12, None]
    assert loaded.columns["tenure"].unusable == 1


def test_cells_become_the_factors_values_and_what_cannot_is_counted(warehouse: Warehouse) -> None:
    # DATA-01, DATA-02, ID-10
    loaded, table = warehouse.load(warehouse.csv(LINES), said=SAID)
    assert (loaded.rows, loaded.nameless, loaded.unknown) == (3, 1, ["备用"])
    assert table.column(CUSTOMER_ID).to_pylist() == ["C1", "C2", "C3"]
    assert table.column("tenure").to_pylist() == [12, 7, None]
    assert table.column("balance").to_pylist() == [8_679, 2_160, 100_000], "yuan by the header, kept in fen"
    assert table.column("payment_last").to_pylist() == [date(2026, 10, 2), date(2026, 10, 3), None]
    assert table.column("tier").to_pylist() == ["钻卡", "金卡", None]
    assert table.column("complaints_repeat").to_pylist() == [True, False, False]
    seen = loaded.columns
    assert (seen["payment_last"].unusable, seen["voice_last_month"].unusable, seen["tenure"].unusable) == (1, 1, 0)
    assert (seen["tenure"].filled, seen["tenure"].mean, seen["tenure"].deviation) == (2, 9.5, 2.5)
    assert "age" in loaded.absent
    assert table.column("age").null_count == 3
    assert loaded.rows_of[warehouse.library.factors["balance"].source] == 3
    assert table.schema.metadata[b"taken_at"].decode() == AT.isoformat()


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8-sig"])
def test_a_list_of_an_older_system_is_read_in_its_own_encoding(warehouse: Warehouse, encoding: str) -> None:
    # DATA-01: as the import reads it
    path = warehouse.folder / "old.csv"
    path.write_bytes(LINES.encode(encoding))
    loaded, table = warehouse.load(path, said=SAID)
    assert (loaded.rows, loaded.unknown) == (3, ["备用"])
    assert table.column("tier").to_pylist() == ["钻卡", "金卡", None]
    assert path.read_bytes() == LINES.encode(encoding)
    assert sorted(one.name for one in warehouse.folder.iterdir()) == ["old.csv", "out.parquet"], "no copy stays"


@pytest.mark.parametrize("nothing", [b"", b"\xef\xbb\xbf", b"\r\n \n"])
def test_an_empty_file_is_called_empty(warehouse: Warehouse, nothing: bytes) -> None:
    path = warehouse.folder / "empty.csv"
    path.write_bytes(nothing)
    with pytest.raises(InputError, match="There is nothing in empty"):
        warehouse.load(path)


def test_parts_of_one_table_are_joined_and_other_tables_laid_beside_it(warehouse: Warehouse) -> None:
    # DATA-01
    one = warehouse.parquet({CUSTOMER_ID: pa.array(["C1"]), "tenure": pa.array([3], pa.int32())}, "a.parquet")
    two = warehouse.parquet({CUSTOMER_ID: pa.array(["C2"]), "tenure": pa.array([4], pa.int32())}, "b.parquet")
    more = {"用户ID": pa.array(["C2", "C3"]), "balance": pa.array([5, 6]), "left": pa.array([1, 1])}
    beside = warehouse.parquet(more, "c.parquet")
    loaded, table = warehouse.load(one, two, beside, said={"left": "age"}, left_on={"C3": date(2026, 11, 1)})
    assert table.select([CUSTOMER_ID, "tenure", "balance", "left_on"]).to_pydict() == {
        CUSTOMER_ID: ["C1", "C2", "C3"], "tenure": [3, 4, None], "balance": [None, 5, 6],
        "left_on": [None, None, date(2026, 11, 1)],
    }  # fmt: skip
    assert not loaded.unknown


def test_retyped_and_renamed_columns_are_told(warehouse: Warehouse) -> None:
    # ID-10
    columns = {
        CUSTOMER_ID: pa.array(["C1", "C2"]), "payment_last": pa.array([1.5, 2.5]), "tenure": pa.array(["x", "y"]),
        "balances": pa.array([1, 2]), "complaints_repeat": pa.array([date(2026, 1, 1)] * 2),
    }  # fmt: skip
    wrong = {"payment_last", "tenure", "complaints_repeat"}
    loaded, _table = warehouse.load(warehouse.parquet(columns))
    assert {name for name, one in loaded.columns.items() if one.unusable == 2} == wrong
    assert resembling(warehouse.library, loaded.absent, loaded.unknown)["balance"] == "balances"


def test_parts_whose_columns_have_other_types_lose_the_cells_that_do_not_fit_and_nothing_else(
    warehouse: Warehouse,
) -> None:
    # ID-10
    one = {CUSTOMER_ID: pa.array(["C1", "C2"]), "balance": pa.array([1, 2]), "tenure": pa.array([1, 2])}
    two = {CUSTOMER_ID: pa.array(["C3"]), "balance": pa.array(["x"]), "tenure": pa.array([3.7])}
    loaded, table = warehouse.load(warehouse.parquet(one, "a.parquet"), warehouse.parquet(two, "b.parquet"))
    assert table.select(["balance", "tenure"]).to_pydict() == {"balance": [1, 2, None], "tenure": [1, 2, None]}
    assert (loaded.columns["balance"].unusable, loaded.columns["tenure"].unusable) == (1, 1)


def test_figures_beyond_all_bounds_and_ids_that_became_figures(warehouse: Warehouse) -> None:
    # ID-10
    loaded, table = warehouse.load(
        warehouse.parquet({CUSTOMER_ID: pa.array([1001.0, 1002.0, None]), "余额（元）": pa.array([2**62, 2, 1])}),
        said={"余额（元）": "balance"},
    )
    assert table.select([CUSTOMER_ID, "balance"]).to_pydict() == {
        CUSTOMER_ID: ["1001", "1002"],
        "balance": [None, 200],
    }
    assert (loaded.columns["balance"].unusable, loaded.nameless) == (1, 1)
    endless = {CUSTOMER_ID: pa.array(["C1", "C2"]), "balance": pa.array([2**63 - 1, 2**53 - 1])}
    loaded, table = warehouse.load(warehouse.parquet(endless))
    assert table.column("balance").to_pylist() == [None, 2**53 - 1]
    assert loaded.columns["balance"].unusable == 1
    assert column_of(IndicatorType.FEN, [2**63 - 1, None, 7]) == (pa.array([None, None, 7], pa.int64()), 1)


def test_the_day_of_a_moment_is_the_day_in_china(warehouse: Warehouse) -> None:
    # DATA-01: midnight there is four in the afternoon of the day before in UTC
    moment = pa.array([datetime(2026, 3, 31, 16, 0, tzinfo=UTC)])
    _loaded, table = warehouse.load(warehouse.parquet({CUSTOMER_ID: pa.array(["C1"]), "payment_last": moment}))
    assert table.column("payment_last").to_pylist() == [date(2026, 4, 1)]


def test_a_file_whose_name_looks_like_a_pattern_is_the_one_that_is_read(tmp_path: Path, library: Library) -> None:
    # DATA-01
    folder = tmp_path / "day [1] *?'s"
    folder.mkdir()
    warehouse = Warehouse(folder, library)
    warehouse.csv("客户编号,tenure\nC1,1\n", "list1.csv")
    _loaded, table = warehouse.load(warehouse.csv("客户编号,tenure\nC1,2\n", "list[1].csv"))
    assert table.column("tenure").to_pylist() == [2]


def test_what_an_engine_cannot_write_is_told_in_words(warehouse: Warehouse) -> None:
    # DATA-02
    files = [warehouse.csv("客户编号,tenure\nC1,1\n")]
    delivery = Delivery(files, warehouse.library, said={}, customer="", left_on={}, spill=warehouse.folder)
    with pytest.raises(InputError, match=r"day\.csv could not be taken"):
        delivery.write(warehouse.folder / "nowhere" / "out.parquet", taken_at=AT, owner="planner", tenant="main")
    delivery.close()


@pytest.mark.parametrize(
    ("text", "said", "words"),
    [
        ("客户编号,tenure\nC1,1\nC2,2\nC1,3\n", {}, "1 customer stands more than once in day.csv, such as C1"),
        ("a,tenure\nC1,1\n", {}, "No column of day.csv is known to be the customer's id"),
        ("客户编号,a,b\nC1,1,2\n", {}, "Not one column of day.csv is known: a, b"),
        ("客户编号,tenure,在网\nC1,1,2\n", {"在网": "tenure"}, "are both"),
        ("客户编号,tenure\nC1,1\n", {"tenure": "tenures"}, "no factor “tenures”"),
        ("客户编号,tenure\nC1,1\n", {"月租": "tenure"}, "No file has a column “月租”"),
        ("客户编号,tenure\n,1\n", {}, "No row of the files has a customer's id"),
    ],
)  # fmt: skip
def test_what_is_unsound_is_refused_before_anything_is_kept(
    warehouse: Warehouse, text: str, said: dict[str, str], words: str
) -> None:
    # ID-10, DATA-02
    with pytest.raises(InputError) as refused:
        warehouse.load(warehouse.csv(text), said=said)
    assert words in refused.value.message.en


def test_a_damaged_file_is_refused(warehouse: Warehouse) -> None:
    path = warehouse.folder / "day.parquet"
    path.write_bytes(b"PAR1 and no more")
    with pytest.raises(InputError, match="no sound Parquet"):
        warehouse.load(path)


def test_a_label_that_two_factors_share_is_left_to_whoever_loads(library: Library) -> None:
    labels: dict[str, list[str]] = {}
    for name, one in library.factors.items():
        if one.working is None:
            labels.setdefault(one.label.zh, []).append(name)
    alone = next(word for word, names in labels.items() if len(names) == 1)
    found = read_columns([CUSTOMER_ID, alone], library, file="f", said={})
    assert found.factors == {labels[alone][0]: alone}
