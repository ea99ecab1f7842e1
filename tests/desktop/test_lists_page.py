"""A planner brings lists in: each row is checked, those refused are saved, and a long one comes in parts."""

from pathlib import Path

import pytest
from campaigning_kit import Campaigning
from desk_kit import OPTED_OUT, city, document_of
from server_process import ServerProcess
from sqlalchemy import func, select

from core.desk import list_bringing
from core.server.db.schema import campaign_list_entry
from core.sync.campaigns import AskCampaigns
from core.wire.campaigns import FlawedRow, ListFlaw, ListReport, PutCampaignList
from core.wire.list_files import ColumnRole
from desktop.campaigning.lists import ListsPart

OPTED_OUT_CUSTOMER = document_of(OPTED_OUT).id


# ID-06, ID-07
def test_each_row_of_a_list_is_checked_before_it_is_brought_in_and_those_refused_are_saved(
    planner: Campaigning, tmp_path: Path
) -> None:
    known = city()[0][0].id
    file = tmp_path / "流失名单.csv"
    file.write_text(f"编码,意见,得分\n{known},快到期,85\nnobody,=1+1,0.5\n{known},又一次,\n", "gb18030")
    part = planner.part(3)
    assert isinstance(part, ListsPart)
    p = part.presenter
    part.path.setText(str(file))
    part.read()
    planner.until(lambda: p.look is not None)
    assert part.name.text() == "流失名单"
    roles = (ColumnRole.CUSTOMER_ID, ColumnRole.REASON, ColumnRole.SCORE)
    for box, role in zip(part.roles, roles, strict=True):
        box.setCurrentIndex(list(ColumnRole).index(role))
    part.roles[0].activated.emit(0)
    planner.until(lambda: p.busy is None and p.ready)
    told = planner.read()
    assert "共 3 行 · 1 位客户会进名单" in told
    assert "第 3 行：库里没有这位客户" in told, "rows are counted as a spreadsheet does"
    assert "第 4 行：与前面重复" in told
    assert "第 2 行：得分不是 0 到 1，也不是百分数，按没有算" in told
    part.save.click()
    planner.until(lambda: bool(planner.said))
    saved = file.with_name("流失名单.csv.rejected.csv").read_text("utf-8-sig").splitlines()
    assert [line.split(",")[:3] for line in saved[1:]] == [
        ["2", "得分不是 0 到 1，也不是百分数，按没有算", '"a score that is none (0 to 1'],
        ["3", "库里没有这位客户", "no such customer here"],
        ["4", "与前面重复", "the same as a row above"],
    ]
    assert "'=1+1" in saved[2], "no spreadsheet computes what a list brought"
    part.keep()
    planner.until(lambda: p.report is not None)
    assert p.report is not None
    assert (p.report.rows, p.report.customers) == (3, 1)
    assert "3 行里有 1 位客户进了名单" in planner.read()
    planner.until(lambda: "流失名单 · 1 位" in part.list.words())
    assert part.path.text() == ""


# ID-06
def test_a_long_list_comes_in_parts_and_one_that_is_stopped_leaves_nothing(
    planner: Campaigning, campaigns_server: ServerProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_bringing, "PART", 20)
    sent, put = list[int](), AskCampaigns.put_list

    def stopped_after_two(self: AskCampaigns, list_id: str, asked: PutCampaignList) -> ListReport:
        report = put(self, list_id, asked)
        sent.append(len(asked.rows))
        if len(sent) == 2 and p.effort is not None:
            p.effort.stop()
        return report

    people = [document.id for document in city()[0]]
    file = tmp_path / "长名单.csv"
    file.write_text("客户编号\n" + "\n".join(people), "utf-8")
    part = planner.part(3)
    assert isinstance(part, ListsPart)
    p = part.presenter

    def looked() -> None:
        part.path.setText(str(file))
        part.read()
        planner.until(lambda: p.ready)

    looked()
    kept = _entries(campaigns_server)
    with monkeypatch.context() as patched:
        patched.setattr(AskCampaigns, "put_list", stopped_after_two)
        part.keep()
        planner.until(lambda: p.busy is None)
    assert p.report is None
    assert sent == [20, 20, 0], "what was sent is let go"
    assert planner.said[-1][0].zh.startswith("没有导入，名单没有留下")
    assert _entries(campaigns_server) == kept
    assert p.ready, "it can be tried again"
    part.keep()
    planner.until(lambda: p.report is not None)
    assert p.report is not None
    assert (p.report.rows, p.report.customers) == (len(people), len(people))
    refused = people.index(OPTED_OUT_CUSTOMER) + 2
    assert FlawedRow(row=refused, flaw=ListFlaw.OPTED_OUT) in p.report.flaws, "counted through, by the rows of the file"
    planner.until(lambda: f"长名单 · {len(people)} 位" in part.list.words())


def _entries(server: ServerProcess) -> int:
    with server.database.read() as unit:
        return unit.conn.execute(select(func.count()).select_from(campaign_list_entry)).scalar_one()
