"""A text list too long for one request is cut where a row ends, and looked at as if it were whole."""

from pathlib import Path
from typing import cast

import pytest
from msgspec import structs

from core.desk import list_reading
from core.desk.list_cutting import head_of, in_lines, pieces
from core.desk.list_reading import look_over, read_list_file
from core.domain.errors import InputError
from core.sync.campaigns import AskCampaigns
from core.wire.campaigns import FlawedRow, ListFlaw, ListRow
from core.wire.list_files import ColumnRole, ListColumn, ListFile, ListLook

ROLES = (ColumnRole.CUSTOMER_ID, ColumnRole.SCORE)


class Reader:
    """Reads two columns without marks; a row `no` is nobody's, a score of 7 is none."""

    def __init__(self) -> None:
        self.asked: list[ListFile] = []

    def look_at(self, file: ListFile) -> ListLook:
        self.asked.append(file)
        lines = file.body.decode().splitlines()
        read = [line.split(",") for line in lines[1:]]
        columns = zip(lines[0].split(","), ROLES, strict=True)
        return ListLook(
            columns=tuple(ListColumn(header=header, role=role) for header, role in columns),
            rows=len(read), first=(), read=tuple(ListRow(customer_id=one[0]) for one in read),
            places=tuple(range(2, len(lines) + 1)), customers=sum(one[0] != "no" for one in read),
            flaws=tuple(
                FlawedRow(row=at, flaw=ListFlaw.UNKNOWN) for at, one in enumerate(read, 2) if one[0] == "no"
            ),
            no_score=tuple(at for at, one in enumerate(read, 2) if one[1] == "7"), header_row=1, last_row=len(lines),
        )  # fmt: skip


def looked(body: bytes, reader: Reader, steps: list[tuple[int, int]] | None = None) -> ListLook:
    file = ListFile(file_name="list.csv", body=body)
    told = steps if steps is not None else []
    return look_over(cast(AskCampaigns, reader), file, step=lambda done, of: told.append((done, of)))


def test_a_long_list_is_read_as_if_it_were_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    # ID-06: rows are counted through, by the rows of the file
    body = b"id,score\n" + b"".join(b"C%d,0.5\n" % at for at in range(50)) + b"no,0.5\nC9,7\n"
    whole = looked(body, Reader())
    monkeypatch.setattr(list_reading, "PIECE", 100)
    reader, steps = Reader(), list[tuple[int, int]]()
    assert looked(body, reader, steps) == whole
    assert len(reader.asked) == len(steps) > 3
    assert max(len(one.body) for one in reader.asked) <= 100 + len("id,score\n")
    assert [one.roles for one in reader.asked[1:]] == [ROLES] * (len(steps) - 1), "the columns are those of its head"
    assert whole.flaws == (FlawedRow(row=52, flaw=ListFlaw.UNKNOWN),)
    assert whole.no_score == (53,)


def test_no_row_is_cut_whatever_its_cells_hold() -> None:
    # ID-06
    body = b"".join(b'C%d,"two\nlines, 5"" wide"\n' % at for at in range(40))
    parts = list(pieces(body, 90))
    assert b"".join(parts) == body
    assert all(one.startswith(b"C") and one.endswith(b'wide"\n') for one in parts)


@pytest.mark.parametrize("body", [b'C1,"never closed\n' + b"C2,x\n" * 500, b"x" * 5_000, b"\n" * 900])
def test_a_list_that_cannot_be_cut_well_is_cut_all_the_same(body: bytes) -> None:
    parts = list(pieces(body, 100))
    assert b"".join(parts) == body
    assert max(map(len, parts)) <= 100


def test_the_head_is_taken_with_the_lines_of_its_cells() -> None:
    assert head_of(b'list,"of\n2026"\nid,score\nC1,1\n', 2) == b'list,"of\n2026"\nid,score\n'
    assert head_of(b"id,score", 1) == b"id,score"
    assert head_of(b"C1,1\n", 0) == b""


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8", "gb18030"])
def test_a_lines_end_is_one_byte_however_the_list_is_written(encoding: str) -> None:
    # 上 and 㨊 hold the byte of a line's end in UTF-16
    told = "id,reason\n" + "C1,上面㨊\n" * 30
    written = told.encode(encoding)
    found = in_lines(written)
    assert found.decode("gb18030" if encoding == "gb18030" else "utf-8-sig") == told
    assert found.count(b"\n") == 31


def test_a_list_that_is_too_large_is_refused_with_what_would_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # ID-06
    book, text = tmp_path / "list.xlsx", tmp_path / "list.csv"
    book.write_bytes(b"PK\x03\x04" + b"0" * 200)
    text.write_bytes(b"id\n" * 200)
    monkeypatch.setattr(list_reading, "BOOK_MOST", 100)
    with pytest.raises(InputError) as refused:
        read_list_file(str(book))
    assert "save it as CSV" in refused.value.message.en
    assert len(read_list_file(str(text)).body) == 600
    monkeypatch.setattr(list_reading, "TEXT_MOST", 300)
    with pytest.raises(InputError, match="larger than 100 MB"):
        read_list_file(str(text))
    monkeypatch.setattr(list_reading, "PIECE", 100)
    monkeypatch.setattr(list_reading, "ROWS_MOST", 30)
    with pytest.raises(InputError, match="more than 30 rows"):
        looked(b"id,score\n" + b"C1,1\n" * 60, Reader())


def test_later_rows_under_another_head_are_not_taken_for_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    class Other(Reader):
        def look_at(self, file: ListFile) -> ListLook:
            found = super().look_at(file)
            return found if len(self.asked) == 1 else structs.replace(found, header_row=3)

    monkeypatch.setattr(list_reading, "PIECE", 100)
    with pytest.raises(InputError, match="do not fit"):
        looked(b"id,score\n" + b"C1,1\n" * 60, Other())


def test_lines_that_a_carriage_return_ends_are_cut_where_they_end() -> None:
    # ID-06
    body = in_lines(b"id,score\r" + b"".join(b"C%d,1380001\r" % at for at in range(400)))
    cut = list(pieces(body, 2_000))
    assert len(cut) > 1
    assert all(piece.endswith(b"\n") for piece in cut)
    assert b"".join(cut) == body
    assert head_of(body, 1) == b"id,score\n"
