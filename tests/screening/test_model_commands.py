"""`stayline-server model`: from a list to a model that counts, each step of it on record."""

from pathlib import Path

import pandas as pd
import pytest
import uplift_kit
from sqlalchemy import select
from test_model import customers

from core.server.cli import main
from core.server.db.engine import open_engine, sqlite_url
from core.server.db.schema import audit


def actions(data: Path) -> list[str]:
    engine = open_engine(sqlite_url(data))
    with engine.connect() as conn:
        found = conn.execute(select(audit.c.action).order_by(audit.c.seq)).scalars().all()
    engine.dispose()
    return [one for one in found if one.startswith("model") or one == "export"]


def test_a_list_becomes_a_model_that_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # ID-04, ID-07
    data, learn, later = tmp_path / "data", tmp_path / "learn.csv", tmp_path / "later.csv"
    customers(500).to_csv(learn, index=False, encoding="gb18030")
    customers(200, seed=9).to_csv(later, index=False)

    def run(*words: str) -> tuple[int, str]:
        status = main(["model", *words, "--data", str(data), *([] if words[0] == "list" else ["--here"])])
        told = capsys.readouterr()
        return status, told.out + told.err

    assert main(["init", "--data", str(data)]) == 0
    assert run("explain", str(later))[0] == 1
    for costs in (("inf", "800", "0.1"), ("6", "0.001", "0.1"), ("nan", "800", "0.1"), ("6", "800", "0")):
        call, worth, saved = costs
        assert run("train", str(learn), "--call-cost", call, "--worth", worth, "--saved", saved)[0] == 1
    status, told = run("train", str(learn), "--call-cost", "6", "--worth", "800", "--saved", "0.1", "--segment", "套餐")
    assert status == 0
    assert "yuan" in told
    first = next((data / "models" / "main").iterdir()).name
    assert {one.suffix for one in (data / "models" / "main" / first).iterdir()} == {".json", ".txt", ".html"}
    # Fewer than two hundred left: that has to be accepted.
    status, told = run("publish")
    assert (status, "--accept" in told) == (1, True)
    assert run("publish", "--accept")[0] == 0
    assert run("rollback", "1")[0] == 0
    assert run("rollback", "7")[0] == 1
    for report in ("later.pdf", "later"):
        status, told = run("evaluate", str(later), "--report", str(tmp_path / report))
        assert (status, ".html" in told, (tmp_path / report).exists()) == (1, True, False)
    assert run("evaluate", str(later), "--report", str(tmp_path / "later.html"))[0] == 0
    assert "<svg" in (tmp_path / "later.html").read_text("utf-8")
    assert run("explain", str(later), "--top", "12", "--out", str(tmp_path / "calls.csv"))[0] == 0
    assert len((tmp_path / "calls.csv").read_text("utf-8-sig").splitlines()) == 13
    # A workbook says what a CSV does; a sheet that is not read is named.
    with pd.ExcelWriter(tmp_path / "later.xlsx", engine="xlsxwriter") as book:
        pd.DataFrame({"月报": []}).to_excel(book, sheet_name="封面", index=False)
        sheet = pd.read_csv(later).astype({"合约剩余月": float})
        sheet.to_excel(book, sheet_name="名单", index=False)
        sheet.head(3).to_excel(book, sheet_name="旧名单", index=False)
    status, told = run("explain", str(tmp_path / "later.xlsx"), "--top", "3")
    assert (status, "旧名单" in told) == (0, True)
    assert told.startswith(run("explain", str(later), "--top", "3")[1])
    # Customers who have moved are told of where the list is made, and a row's number is nobody to call.
    strange, nobody = tmp_path / "strange.csv", tmp_path / "nobody.csv"
    frame = customers(200, seed=9)
    frame.assign(流量=frame["流量"].astype(float) * 60).to_csv(strange, index=False)
    frame.drop(columns="客户编号").to_csv(nobody, index=False)
    status, told = run("explain", str(strange), "--top", "2")
    assert (status, "! “流量”已大不同" in told, "“流量” is far from what it was" in told) == (0, True, True)
    assert "已大不同" not in run("explain", str(later), "--top", "2")[1]
    for asked in (("--out", str(tmp_path / "rows.csv")), ("--customer", "3")):
        status, told = run("explain", str(nobody), *asked)
        assert (status, "names no customer" in told, "“客户编号”" in told) == (1, True, True)
    assert not (tmp_path / "rows.csv").exists()
    status, told = run("explain", str(nobody), "--top", "2")
    assert (status, told.count("第几行 row ")) == (0, 2)
    assert "← 1" in run("list")[1]
    assert actions(data) == ["model_trained", "model_published", "model_rolled_back", "export"]


def test_what_is_taken_out_to_sort_by_is_figures(tmp_path: Path) -> None:
    # ID-07: also where a call is thought to drive customers away
    data, learn, out = tmp_path / "data", tmp_path / "learn.csv", tmp_path / "effects"
    uplift_kit.drawn(helped=False, harmed=True).to_csv(learn, index=False)
    assert main(["init", "--data", str(data)]) == 0
    model = ("--here", "--data", str(data))
    assert main(["model", "uplift", str(learn), "--treatment", uplift_kit.CALLED, "--randomised", *model]) == 0
    named = ("--model", next((data / "models" / "main").glob("2*")).name)
    for suffix in (".csv", ".xlsx"):
        file = str(out.with_suffix(suffix))
        assert main(["model", "explain", str(learn), "--top", "2000", "--out", file, *named, *model]) == 0
    effects = pd.read_csv(out.with_suffix(".csv")).iloc[:, 1]
    assert effects.dtype.kind == "f"
    assert effects.min() < -10
    assert pd.read_excel(out.with_suffix(".xlsx"), engine="calamine").iloc[:, 1].tolist() == effects.tolist()
