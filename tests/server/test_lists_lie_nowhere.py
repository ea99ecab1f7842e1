"""A list that a planner sends is read where it is held: a server that is killed leaves none of it on its disk."""

import tempfile
from pathlib import Path

import pytest
from server_kit import document, number_of, task

from core.server.campaigns.list_upload import bring, look
from core.server.db.engine import Database
from core.server.loading import load
from core.server.sheets import write_sheet
from core.wire.list_files import BringList, ListFile


def sent(folder: Path, ending: str, count: int) -> ListFile:
    file = folder / f"list{ending}"
    write_sheet(file, ("手机号码", "客户姓名"), [(number_of(n), "吴文静") for n in range(1, count + 1)])
    body = file.read_bytes()
    file.unlink()
    return ListFile(file_name=file.name, body=body)


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_no_byte_of_it_is_written_beside_the_database(
    ending: str, sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # S4, S8
    load(sqlite, [(document(n), task(n)) for n in (1, 2, 3)])
    asked = sent(tmp_path, ending, 4)
    # Whoever wants a temporary file finds no place for it.
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    found = look(sqlite, asked)
    assert (found.rows, found.customers, len(found.flaws)) == (4, 3, 1)
    report = bring(sqlite, BringList(list_id="l", name="L", file=asked), by="9")
    assert report.customers == 3
    assert list(tmp_path.rglob("*list*")) == []
