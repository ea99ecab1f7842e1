"""R10: whatever the rows hold, accepted + rejected = rows, nothing crashes, a second run changes nothing."""

import tempfile
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from import_kit import TODAY, MemorySink, bring_in, sheet_list, text_list

from core.domain.errors import InputError
from core.server.importing import propose, rejected_path

HEADER = "客户编号,手机号码,客户姓名,套餐费,合约到期时间,网龄(月),其他"
GOOD = [
    f"C{at:03d},100{at:08d},李{'明芳强伟'[at % 4]}{'东西南北中'[at % 5]},59,2027-01-{at % 28 + 1:02d},{at},x"
    for at in range(30)
]

cells = st.one_of(
    st.sampled_from(
        ["", " ", "NULL", "10012345678", "1.39E+10", "=1+1", '"', '""', "\r", "\n", ",", "9" * 400, "\x00"]
    ),
    st.sampled_from(
        ["2026-02-30", "20269999", "１２３", "-", "1e999", "٣٤", "²", "张三", "�", "'", "合计", "客户编号"]
    ),
    st.text(max_size=12),
    st.floats().map(str),
    st.dates().map(str),
)
dirty_rows = st.lists(st.lists(cells, max_size=9).map(",".join), max_size=12)


def check_twice(path: Path) -> None:
    sink = MemorySink()
    first = bring_in(path, sink)
    assert first.rows == first.accepted + first.rejected
    assert first.accepted == first.added == len(sink.bodies)
    bodies, tasks = dict(sink.bodies), dict(sink.tasks)
    second = bring_in(path, sink)
    assert (second.rows, second.accepted, second.rejected) == (first.rows, first.accepted, first.rejected)
    assert (second.added, second.changed, second.unchanged) == (0, 0, first.accepted)
    assert (sink.bodies, sink.tasks) == (bodies, tasks)
    if first.rejected:
        assert rejected_path(path).read_bytes().startswith(b"\xef\xbb\xbf")


# ID-06
@settings(max_examples=120, deadline=None)
@given(dirty_rows, st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]))
def test_malformed_rows_are_counted_and_nothing_crashes(rows: list[str], encoding: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "l.csv"
        body = "\n".join([HEADER, *GOOD, *rows]).encode(encoding, "replace")
        path.write_bytes(body)
        try:
            check_twice(path)
        except InputError:
            assert sum(byte < 32 and byte not in b"\t\r\n" for byte in body) > len(body) / 100, "text is a list"


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 900))
def test_broken_bytes_cost_rows_not_the_list(noise: bytes, at: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "l.csv"
        body = "\n".join([HEADER, *GOOD]).encode()
        path.write_bytes(body[: len(HEADER.encode()) + at] + noise + body[len(HEADER.encode()) + at :])
        try:
            check_twice(path)
        except InputError:
            return


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes_are_a_list_or_a_plain_refusal(body: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "l.csv"
        path.write_bytes(body)
        try:
            check_twice(path)
        except InputError:
            return


sheet_cells = st.one_of(
    st.none(),
    st.integers(-(10**12), 10**12),
    st.floats(-1e12, 1e12),
    st.booleans(),
    st.dates(),
    st.text("张三a1=-", max_size=6),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(sheet_cells, max_size=8), max_size=8))
def test_malformed_rows_of_a_workbook(rows: list[list[object]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        good: list[list[object]] = [line.split(",") for line in (HEADER, *GOOD)]
        rows = [[cell for cell in row if getattr(cell, "year", 1900) >= 1900] for row in rows]
        check_twice(sheet_list(Path(folder) / "l.xlsx", good + rows))


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    rows: list[list[object]] = [line.split(",") for line in (HEADER, *GOOD)]
    return sheet_list(tmp_path_factory.mktemp("book") / "l.xlsx", rows).read_bytes()


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_a_damaged_workbook_is_a_list_or_a_plain_refusal(workbook: bytes, data: st.DataObject) -> None:
    body = bytearray(workbook)
    # Its directory stands at the end: half of the damage goes there.
    places = st.integers(0, len(body) - 1) | st.integers(len(body) - 1_200, len(body) - 1)
    for at, byte in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=8)):
        body[at] = byte
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "l.xlsx"
        path.write_bytes(body)
        try:
            check_twice(path)
        except InputError:
            return


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (8, b"\x01\x00"),  # encrypted
        (10, b"\x63\x00"),  # compressed in a way that nobody knows
        (6, b"\xff\x00"),  # of a version to come
    ],
)
def test_a_sheet_that_cannot_be_unpacked_is_told_as_damage(
    workbook: bytes, tmp_path: Path, at: int, value: bytes
) -> None:
    body = bytearray(workbook)
    entry = body.index(b"xl/worksheets/sheet1.xml", body.index(b"PK\x01\x02")) - 46
    assert body[entry : entry + 4] == b"PK\x01\x02"
    body[entry + at : entry + at + 2] = value
    path = tmp_path / "l.xlsx"
    path.write_bytes(body)
    with pytest.raises(InputError) as caught:
        bring_in(path, MemorySink())
    assert "已损坏" in caught.value.message.zh


def test_a_sheet_whose_bytes_do_not_unpack_is_told_as_damage(workbook: bytes, tmp_path: Path) -> None:
    body = bytearray(workbook)
    start = body.index(b"xl/worksheets/sheet1.xml") + len("xl/worksheets/sheet1.xml")
    body[start : start + 40] = bytes(byte ^ 0xFF for byte in body[start : start + 40])
    path = tmp_path / "l.xlsx"
    path.write_bytes(body)
    with pytest.raises(InputError) as caught:
        bring_in(path, MemorySink())
    assert "已损坏" in caught.value.message.zh


# ID-06: its headers alone would take minutes to recognise
def test_what_is_wider_than_any_list_is_refused_before_its_headers_are_looked_at(tmp_path: Path) -> None:
    header = ",".join(["手机号码", *(f"指标{at}" for at in range(50_000))])
    path = text_list(tmp_path / "l.csv", header, "10000000001," * 40_000)
    began = process_time()
    with pytest.raises(InputError, match="50,001 columns") as refused:
        propose(path, today=TODAY)
    assert process_time() - began < 20
    assert "名单最多 2000 列" in refused.value.message.zh
    blank = text_list(tmp_path / "m.csv", "手机号码,客户姓名" + "," * 5_000, "10000000001,王刚" + "," * 5_000)
    assert [column.column for column in propose(blank, today=TODAY).columns][:2] == ["手机号码", "客户姓名"]
