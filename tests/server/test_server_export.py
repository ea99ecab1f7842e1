"""Exports: no formula, no number in clear where it is not needed."""

import csv
import errno
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
from order_kit import sell
from python_calamine import CalamineWorkbook
from server_kit import NOON, SCENARIO, add_agent, agent, callback, given, number_of, saved, send

from core.domain.errors import InputError
from core.domain.follow_up import FollowUpKind
from core.domain.order_state import OrderState, order_id
from core.domain.outcome import CaseResult, Intent
from core.domain.text import Lang
from core.review.taking.neutral import neutral
from core.server.db import orders, publications
from core.server.db.engine import Database
from core.server.db.publications import Source
from core.server.exporting import Export, headers, rows
from core.server.sheets import write_sheet
from core.wire.pull import ContentDocument
from core.wire.push import Saved

EVIL = '=cmd|"/c calc"!A1'


@pytest.fixture
def worked(sqlite: Database) -> Database:
    me = add_agent(sqlite, agent("1"))
    mine = given(sqlite, to="1")
    sms = msgspec.structs.replace(
        callback(mine, "1", NOON), kind=FollowUpKind.SMS, due_at=None, text=EVIL, template="after_call"
    )
    visit = callback(mine, "1", NOON + timedelta(hours=1), text=f"call {number_of(4)}")
    send(sqlite, me, saved(mine, "1", sms, visit, note=f"{EVIL} {number_of(3)}", reason="price"))
    return sqlite


def cells(path: Path) -> list[list[str]]:
    if path.suffix == ".csv":
        return list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    return [[str(cell) for cell in row] for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("what", list(Export))
def test_what_is_exported(worked: Database, tmp_path: Path, what: Export, suffix: str) -> None:
    path = tmp_path / f"out{suffix}"
    with worked.read() as unit:
        count = write_sheet(path, headers(what), rows(unit, what))
    found = cells(path)
    assert found[0] == list(headers(what))
    assert len(found) == count + 1
    assert count == (1 if what in (Export.OUTCOMES, Export.SMS, Export.CALLBACKS) else 0)
    text = " ".join(cell for row in found for cell in row)
    assert not any(cell.startswith("=") for row in found for cell in row)
    assert number_of(3) not in text
    assert number_of(4) not in text
    assert (number_of(1) in text) == (what is Export.SMS)


# OUTCOME-02, OUTCOME-04, OUTCOME-05
def test_a_lead_reads_names_beside_the_codes_also_of_what_content_has_no_more(sqlite: Database) -> None:
    def published(version: int, code: str) -> ContentDocument:
        words = {"zh": f"结果{code}", "en": f"Result {code}"}
        rows_ = [{"code": "group", "label": words, "choices": [{"code": code, "label": words}]}]
        reasons = [{"code": "price", "label": {"zh": "资费", "en": "Price"}}]
        body = {"scenario": SCENARIO, "version": version, "results": rows_, "reasons": reasons}
        return ContentDocument(
            kind="dispositions", name=SCENARIO, version=version, body=msgspec.Raw(msgspec.json.encode(body))
        )

    for version, code in ((1, "old"), (2, "new")):
        with sqlite.write() as unit:
            publications.publish(unit, [published(version, code)], source=Source.FOLDER, by="cli")
    me, mine = add_agent(sqlite, agent("1")), given(sqlite, to="1")
    said = {"reason": "price", "intent": Intent.WILL_VISIT_STORE, "case_result": CaseResult.SUSPENDED}
    send(sqlite, me, saved(mine, "1", result="old", **said))
    with sqlite.read() as unit:
        (row,) = rows(unit, Export.OUTCOMES)
    told = dict(zip(headers(Export.OUTCOMES), row, strict=True))
    codes = ("结果 result", "原因 reason", "意向 intent", "处理 case_result", "接触 contact")
    assert {told[name] for name in codes} == {
        "old", "price", "will_visit_store", "suspended", "owner",
    }  # fmt: skip
    assert [cell for name, cell in told.items() if name.endswith("_name")] == [
        "", "结果old Result old", "资费 Price", "去营业厅办 Will visit the store",
        "停机保号 Suspended, number kept", "机主本人 Owner",
    ]  # fmt: skip


def test_a_department_and_a_text_are_named_beside_their_codes(worked: Database) -> None:
    def named(kind: str, name: str, body: dict[str, object]) -> ContentDocument:
        return ContentDocument(kind=kind, name=name, version=1, body=msgspec.Raw(msgspec.json.encode(body)))

    words = {"zh": "通话后短信", "en": "After the call"}
    pieces = [
        named("department", "store", {"id": "store", "name": {"zh": "营业厅", "en": "Store"}}),
        named("sms_templates", "sms_templates", {"templates": [{"code": "after_call", "label": words}]}),
    ]
    with worked.write() as unit:
        publications.publish(unit, pieces, source=Source.FOLDER, by="cli")
    with worked.read() as unit:
        (row,) = rows(unit, Export.SMS)
    told = dict(zip(headers(Export.SMS), row, strict=True))
    assert (told["模板 template"], told["模板名称 template_name"]) == ("after_call", "通话后短信 After the call")
    assert (told["部门 department"], told["部门名称 department_name"]) == ("", "")


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_formulas_are_neutralised(value: str) -> None:
    assert str(neutral(value)).startswith("'")


def test_other_cells_stay_as_they_are() -> None:
    assert [neutral(value) for value in ("套餐", "1=1", 5, None, "")] == ["套餐", "1=1", 5, "", ""]


def test_another_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        write_sheet(tmp_path / "a.txt", ["a"], [])


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_full_disk_leaves_the_earlier_file_and_says_which_and_what_to_do(tmp_path: Path, suffix: str) -> None:
    def until_full() -> Iterator[list[str]]:
        yield ["1"]
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / f"out{suffix}"
    write_sheet(path, ["a"], [["good"]])
    with pytest.raises(InputError) as refused:
        write_sheet(path, ["a"], until_full())
    assert f"无法写入 {path}：磁盘已满" in refused.value.spoken(Lang.ZH)
    assert f"{path} could not be written: the disk is full" in refused.value.spoken(Lang.EN)
    assert cells(path) == [["a"], ["good"]]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_an_export_into_a_folder_that_is_not_there_names_the_file(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / "nowhere" / f"out{suffix}"
    with pytest.raises(InputError, match="nowhere"):
        write_sheet(path, ["a"], [])


@pytest.mark.parametrize(
    ("state", "shown"),
    [(OrderState.PENDING, "待受理 pending"), (OrderState.ACCEPTED, "是 yes"), (OrderState.DECLINED, "否 no")],
)
def test_a_sale_is_exported_as_a_success_once_the_crm_accepts_it(
    sqlite: Database, state: OrderState, shown: str
) -> None:
    # INTEG-07
    me = add_agent(sqlite, agent("1"))
    sale = sell(sqlite, me, given(sqlite, to="1"))
    with sqlite.write() as unit:
        made = orders.get(unit, str(order_id(sale.outcome.id)))
        assert made is not None
        orders.put(unit, msgspec.structs.replace(made, state=state), due_at=None)
    with sqlite.read() as unit:
        (row,) = rows(unit, Export.OUTCOMES)
    told = dict(zip(headers(Export.OUTCOMES), row, strict=True))
    assert (told["成功 success"], told["订单 order"]) == (shown, state.value)


def test_a_corrected_record_says_nothing_of_success(sqlite: Database) -> None:
    # The order, and whether the sale came about, stand with the newest record alone.
    me = add_agent(sqlite, agent("1"))
    sale = sell(sqlite, me, given(sqlite, to="1"))
    no_sale = msgspec.structs.replace(sale.outcome, id=uuid4(), corrects=sale.outcome.id, success=False, order=None)
    send(sqlite, me, Saved(outcome=no_sale))
    with sqlite.read() as unit:
        told = [dict(zip(headers(Export.OUTCOMES), row, strict=True)) for row in rows(unit, Export.OUTCOMES)]
    shown = {one["更正 corrects"]: (one["成功 success"], one["订单 order"]) for one in told}
    assert shown == {"": ("", ""), str(sale.outcome.id): ("否 no", "withdrawn")}
