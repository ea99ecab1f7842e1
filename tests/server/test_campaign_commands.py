"""Campaigns at the command line: lists from files, types of task switched on, plain words where something is wrong."""

from datetime import timedelta
from pathlib import Path

import pytest
import xlsxwriter
from msgspec import Raw
from ready_database import fill
from server_kit import agent, document

from core.domain.campaign import Audience, CampaignTerms
from core.domain.clock import local_day, utc_now
from core.server.campaigns.list_file import read_list
from core.server.campaigns.terms_file import read_terms
from core.server.cli import main
from core.server.db import people, published, settings
from core.server.db.engine import Database, open_engine, sqlite_url
from core.server.loading import load
from core.wire.pull import ContentDocument

TODAY = local_day(utc_now())
TERMS = """\
id: store-7
name: { zh: 七号店, en: Store seven }
audience: { list_id: store-7 }
scenario: zero-usage
control_percent: 0
starts_on: YESTERDAY
ends_on: TOMORROW
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a few customers and an agent."""
    place = tmp_path_factory.mktemp("centre")
    engine = open_engine(sqlite_url(place))
    fill(engine)
    database = Database(engine)
    with database.write() as unit:
        settings.prepare(unit)
        title = Raw(b'{"title":{"zh":"\xe5\x85\xb3\xe6\x80\x80","en":"Care"}}')
        published.put(unit, [ContentDocument(kind="script", name="zero-usage", version=1, body=title)])
    load(database, [(document(at), None) for at in range(1, 9)])
    with database.write() as unit:
        people.put(unit, agent("2043", skills=("zero-usage",)), password_hash="-")
    engine.dispose()
    return place


def test_a_list_goes_out_is_checked_and_comes_back(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # ID-06, ID-07
    book = tmp_path / "名单.xlsx"
    with xlsxwriter.Workbook(str(book)) as made:
        sheet = made.add_worksheet()
        for at, row in enumerate(
            [("客户", "离网概率", "理由"), ("C1", "0.91", "流量骤降"), ("C2", "35%", ""), ("C9", "0.1", "")]
        ):
            sheet.write_row(at, 0, row)
    rows = read_list(book).rows
    assert [(one.customer_id, one.score, one.reason) for one in rows] == [
        ("C1", 0.91, "流量骤降"), ("C2", 0.35, ""), ("C9", 0.1, ""),
    ]  # fmt: skip
    assert run(data, "campaign", "list-add", "store-7", str(book)) == 0
    said = capsys.readouterr().out
    assert "3 行，名单上现有 2 位" in said
    assert "not here" in said
    file = tmp_path / "terms.yaml"
    file.write_text(terms(), encoding="utf-8")
    assert run(data, "campaign", "new", str(file), "--by", "9001") == 0
    assert run(data, "campaign", "start", "store-7", "--here") == 0
    assert "2 customers dispatched" in capsys.readouterr().out
    assert run(data, "task", "list", "2043") == 0
    assert "流量骤降" in capsys.readouterr().out
    assert run(data, "campaign", "stop", "store-7", "--why", "试用结束") == 0
    assert "2 tasks taken back" in capsys.readouterr().out
    assert run(data, "campaign", "start", "store-7", "--here") == 1
    assert "has been started before" in capsys.readouterr().err


def test_scores_that_say_nothing_are_told_by_row(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # ID-06
    file = tmp_path / "scored.csv"
    file.write_text('客户,离网概率\nC1,"0,8"\nC2,1.5\nC3,80％\nC4,\nC1,x\n', encoding="utf-8")
    assert [one.score for one in read_list(file).rows] == [None, None, 0.8, None, None]
    assert run(data, "campaign", "list-add", "scored", str(file)) == 0
    assert "taken as none\t3\t行 rows: 1, 2, 5" in capsys.readouterr().out


def test_a_list_s_columns_are_told_and_whom_they_spare_is_not_called(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # ID-06, TASK-16
    file = tmp_path / "spared.csv"
    lines = (
        "客户编号,黑名单,是否同意外呼,备注,同意营销",
        "C5,是,是,,是",
        "C6,否,否,,是",
        "C7,否,是,请勿致电,",
        "C8,否,是,老客户,不同意",
    )
    file.write_text("\n".join(lines), encoding="utf-8")
    assert [one.wants_no_calls for one in read_list(file).rows] == [True, True, True, False]
    assert run(data, "campaign", "list-add", "spared", str(file)) == 0
    said = capsys.readouterr().out
    assert "黑名单\t不愿被打扰 / wants no calls" in said
    assert "是否同意外呼\t同意来电" in said
    assert "want no calls\t3\t行 rows: 1, 2, 3" in said
    assert "not called where a campaign sells\t1\t行 rows: 4" in said
    file.write_text("客户编号,是否同意外呼\nC5,是\nC6,也许\nC8,未知\n", encoding="utf-8")
    assert run(data, "campaign", "list-add", "unclear", str(file)) == 0
    said = capsys.readouterr().out
    assert "2 customers on it now" in said
    assert "unclear whether they want calls: left off the list\t1\t行 rows: 2" in said
    file.write_text("客户编号,授权标志\nC5,是\nC8,否\n", encoding="utf-8")
    assert run(data, "campaign", "list-add", "asked", str(file)) == 1
    assert "--map 授权标志=call_consent" in capsys.readouterr().err
    assert run(data, "campaign", "list-add", "asked", str(file), "--map", "授权标志=indicator") == 0
    assert "want no calls\t1" in capsys.readouterr().out, "only C5, as before"


def test_what_is_not_there_is_refused_as_the_terms_are_read(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # ID-06: as an unknown scenario, area or list is
    file = tmp_path / "terms.yaml"
    for audience, said in (
        ("rules: [zero-usage, nosuch]", "There is no rule “nosuch”"),
        ("rules: [zero-usage], model: published", "No model is published"),
        ("rules: [zero-usage], model: ../models", "There is no model “../models”"),
    ):
        file.write_text(_over(audience), encoding="utf-8")
        assert run(data, "campaign", "new", str(file)) == 1
        assert said in capsys.readouterr().err
    file.write_text(_over("rules: [zero-usage]"), encoding="utf-8")
    assert run(data, "campaign", "new", str(file)) == 0
    file.write_text(_over("rules: [nosuch]"), encoding="utf-8")
    assert run(data, "campaign", "change", str(file)) == 1
    capsys.readouterr()
    # EVAL-01: there was no draw yet from which days could pass
    assert run(data, "campaign", "effect", "rules-7") == 0
    said = capsys.readouterr().out
    assert "Nobody was drawn yet" in said
    assert "since the draw" not in said
    assert run(data, "campaign", "stop", "rules-7") == 0


def test_types_of_task_are_switched_on_place_by_place(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # TASK-17
    assert run(data, "site", "disable", "zero_usage_visit") == 0
    assert run(data, "site", "enable", "zero_usage_visit", "--area", "东岭区") == 0
    assert run(data, "site", "enable", "zero_usage_visit", "--area", "火星区") == 1
    assert "东岭区" in capsys.readouterr().err, "it names the areas that there are"
    assert run(data, "site", "types") == 0
    lines = capsys.readouterr().out.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("zero_usage_visit"))
    assert (lines[at].endswith("off"), "东岭区" in lines[at + 1], lines[at + 1].endswith("on")) == (True, True, True)
    assert run(data, "site", "enable", "zero_usage_visit") == 0


def test_a_file_of_terms_is_told_its_mistakes_by_line(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "terms.yaml"
    file.write_text(terms(), encoding="utf-8")
    found = read_terms(file)
    assert isinstance(found, CampaignTerms)
    assert found.audience == Audience(list_id="store-7")
    file.write_text(
        terms().replace("scenario", "szenario").replace(f"{TODAY + timedelta(days=1)}", "tomorrow"), encoding="utf-8"
    )
    assert run(data, "campaign", "new", str(file)) == 1
    said = capsys.readouterr().err
    assert "terms.yaml:4" in said
    assert "terms.yaml:7" in said


def test_a_pause_says_what_stays_and_what_waits(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # TASK-18
    file = tmp_path / "four.csv"
    file.write_text("客户\nC1\nC2\nC3\nC4\n", encoding="utf-8")
    assert run(data, "campaign", "list-add", "four", str(file)) == 0
    file = tmp_path / "terms.yaml"
    file.write_text(terms().replace("store-7", "four"), encoding="utf-8")
    assert run(data, "campaign", "new", str(file)) == 0
    capsys.readouterr()
    assert run(data, "campaign", "start", "four", "--here") == 0
    assert "customers dispatched" in capsys.readouterr().out
    assert run(data, "campaign", "pause", "four") == 0
    said = capsys.readouterr().out
    assert "what lies on desks stays" in said
    assert run(data, "campaign", "resume", "four") == 0
    said = capsys.readouterr().out
    assert "Running; it goes on" in said
    assert "taken back" not in said
    assert run(data, "campaign", "stop", "four") == 0


def terms() -> str:
    """The commands go by the machine's own clock."""
    days = {"YESTERDAY": TODAY - timedelta(days=1), "TOMORROW": TODAY + timedelta(days=1)}
    return TERMS.replace("YESTERDAY", str(days["YESTERDAY"])).replace("TOMORROW", str(days["TOMORROW"]))


def _over(audience: str) -> str:
    return terms().replace("list_id: store-7", audience).replace("store-7", "rules-7")


def run(data: Path, *words: str) -> int:
    return main([*words, "--data", str(data)])
