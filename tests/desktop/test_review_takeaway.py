"""Beside the review, without a network: packages and points, problems met, and taking it away on record."""

import errno
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook
from store_kit import put
from test_review_page import LEAD, NOW, Packs, Reviewing, packs  # noqa: F401

from core.desk.causing import names_given
from core.desk.taking_away import take_away
from core.domain import decoding
from core.domain.errors import InputError
from core.domain.package import PACKAGE_STANDING, MonthRevenue, OwnerStanding, PackageStanding
from core.domain.people import Role
from core.domain.takeaway import TakenAs, TakenAway
from core.domain.text import Lang
from core.wire.errands import ErrandAsked
from core.wire.pull import ContentDocument, PullPage
from core.wire.takeaway import CauseNamed, Exported
from desktop import theme
from desktop.review import take_words as words
from desktop.review.reward_words import NOBODYS

STANDING = PackageStanding(
    package="base-2026", team="spring", taken_on=NOW.date(), as_of=NOW.date(), customers=400, left=30, left_lately=9,
    lately_days=90, base_fen=4_000_000, months=(MonthRevenue(month="2026-10", fen=4_100_000),),
    owners=(OwnerStanding(staff_number="", customers=400, on_net=370, base_fen=4_000_000, fen=4_100_000),),
)  # fmt: skip
_item = decoding.decoder(Exported | CauseNamed | ErrandAsked).decode


def rewarded(review: Reviewing) -> Reviewing:
    """With a standing told by the server."""
    told = ContentDocument(
        kind=PACKAGE_STANDING, name="base-2026/spring", version=1, body=msgspec.Raw(msgspec.json.encode(STANDING))
    )
    review.store.apply(PullPage(changes=[put(told)], cursor="2", more=False, server_time=NOW), now=NOW)
    return review


@pytest.fixture
def lead(qtbot: QtBot, qapp: QApplication, tmp_path: Path, packs: Packs) -> Iterator[Reviewing]:  # noqa: F811
    theme.apply(qapp, theme.Theme.LIGHT)
    made = rewarded(Reviewing(qtbot, tmp_path / "store", LEAD, packs["3001"]))
    made.until_seen()
    made.page.extras.folder.setText(str(tmp_path / "away"))
    yield made
    made.leave()


def written(review: Reviewing) -> list[Exported | CauseNamed | ErrandAsked]:
    """What waits to be uploaded."""
    review.settle()
    return [_item(one.body) for one in review.store.pending(50)]


def turn_to(review: Reviewing, part: int) -> None:
    review.page.extras.tabs.setCurrentIndex(part)


def press(review: Reviewing, key: Qt.Key) -> None:
    QTest.keyClick(review.page.overview.groups, key, Qt.KeyboardModifier.AltModifier)


def test_a_package_its_pay_points_and_contests_stand_beside_the_figures_and_go_on_paper(
    lead: Reviewing, tmp_path: Path
) -> None:
    # KPI-03, KPI-04, KPI-05, KPI-06, BB-11, 4G-10
    view = lead.page.extras.rewards_view
    turn_to(lead, 1)
    lead.qtbot.waitUntil(lambda: view.chosen_package is not None, timeout=8_000)
    retention, revenue = view.indicators.words()
    assert "92.50%" in retention
    assert "R1" in retention
    assert "102.50%" in revenue
    assert len(view.pay.words()) == 5
    assert "¥12,000.00" in view.pay.words()[0]
    assert len(view.points.words()) >= 1
    assert len(view.board.words()) >= 1
    assert view.owners.words()[0].startswith(NOBODYS.zh)
    counted = int(view.points.words()[0].split()[2])
    view.points.clicked.emit(view.points.model().index(0, 2))
    lead.qtbot.waitUntil(lambda: lead.page.stack.currentWidget() is lead.page.calls, timeout=8_000)
    assert lead.page.calls.model.rowCount() == counted
    lead.page.show_overview()
    assert lead.page.stack.currentWidget() is view
    lead.tongue.set_lang(Lang.EN)
    assert view.owners.words()[0].startswith(NOBODYS.en)
    assert "Below R0" not in view.indicators.words()[0]
    assert lead.page.extras.xlsx.text() == words.XLSX.en
    lead.page.extras.take_pdf()
    (item,) = written(lead)
    assert isinstance(item, Exported)
    assert item.export.form is TakenAs.PDF
    (file,) = (tmp_path / "away").iterdir()
    body = file.read_bytes()
    assert body.startswith(b"%PDF")
    assert body.rstrip().endswith(b"%%EOF")


def test_problems_open_their_calls_and_are_named_and_sent_to_the_department_answerable(lead: Reviewing) -> None:
    # EVAL-06, FOLLOW-09, OUTCOME-10
    view = lead.page.extras.causes_view
    turn_to(lead, 2)
    lead.qtbot.waitUntil(lambda: view.chosen is not None, timeout=8_000)
    group = view.chosen
    assert group is not None
    assert 1 <= len(group.examples) <= 3
    assert str(group.calls) in view.words.toPlainText()
    view.calls[0].click()
    assert lead.page.stack.currentWidget() is lead.page.calls
    lead.page.show_overview()
    assert lead.page.stack.currentWidget() is view
    view.name.setText("  月租  嫌高 ")
    view.say_name()
    view.send_on()
    named, sent = written(lead)
    assert isinstance(named, CauseNamed)
    assert isinstance(sent, ErrandAsked)
    assert (named.cause_name.key, named.cause_name.name.zh) == (group.cluster.key, "月租 嫌高")
    assert (sent.errand.kind, sent.errand.customer_id) == ("feedback", "")
    assert group.label.zh in sent.errand.text
    # The lead's own name holds at once, without a network too, until the server's documents say it.
    lead.qtbot.waitUntil(lambda: view.chosen is not None and view.chosen.label.zh == "月租 嫌高", timeout=8_000)
    assert names_given(lead.page._desk)[group.cluster.key].zh == "月租 嫌高"
    lead.page.extras._causes = None
    lead.page.extras.looked()
    written(lead)
    again = view.chosen
    assert again is not None
    assert again.label.zh == "月租 嫌高"
    assert lead.logged


def test_a_workbook_is_taken_by_a_key_and_is_on_record(lead: Reviewing, tmp_path: Path) -> None:
    press(lead, Qt.Key.Key_1)
    (item,) = written(lead)
    assert isinstance(item, Exported)
    (file,) = (tmp_path / "away").iterdir()
    sheets = CalamineWorkbook.from_path(file)
    calls = sheets.get_sheet_by_index(len(sheets.sheet_names) - 1).to_python()
    look = lead.page.look
    assert look is not None
    assert len(calls) - 1 == look.calls
    taken: TakenAway = item.export
    assert (taken.form, taken.what, taken.first, taken.last) == (
        TakenAs.XLSX,
        "figures",
        look.choice.first,
        look.choice.last,
    )
    assert taken.rows > look.calls
    assert str(file) in lead.page.extras.told.text()


def test_while_a_workbook_is_written_lists_are_read_and_it_can_be_stopped(lead: Reviewing, tmp_path: Path) -> None:
    gate, extras, read = threading.Event(), lead.page.extras, list[bool]()
    lead.jobs.heavy(lead.jobs, lambda _: gate.wait(20))
    extras.take_xlsx()
    lead.jobs.store(lead.jobs, lambda: True, read.append)
    lead.qtbot.waitUntil(lambda: read == [True], timeout=8_000)
    lead.qtbot.waitUntil(extras.under_way.isVisible, timeout=8_000)
    press(lead, Qt.Key.Key_6)
    gate.set()
    lead.qtbot.waitUntil(lambda: extras.told.text() == words.NOT_WRITTEN.zh, timeout=8_000)
    assert not extras.under_way.isVisible()
    assert written(lead) == []
    assert not (tmp_path / "away").exists()


def test_grouping_can_be_stopped_and_is_done_when_one_comes_back(lead: Reviewing) -> None:
    gate, view = threading.Event(), lead.page.extras.causes_view
    lead.jobs.heavy(lead.jobs, lambda _: gate.wait(20))
    turn_to(lead, 2)
    lead.page.extras.stop()
    gate.set()
    lead.qtbot.waitUntil(lambda: words.NOT_GROUPED.zh in lead.read(), timeout=8_000)
    assert view.chosen is None
    turn_to(lead, 0)
    turn_to(lead, 2)
    lead.qtbot.waitUntil(lambda: view.chosen is not None, timeout=8_000)
    # Where the file is stays told, though the groups are made anew meanwhile.
    extras = lead.page.extras
    extras.take_xlsx()
    written(lead)
    extras._causes = None
    extras.looked()
    written(lead)
    assert not extras.under_way.busy
    assert ".xlsx" in extras.told.text()


def test_where_the_place_takes_no_file_it_is_told_and_nothing_is_on_record(lead: Reviewing, tmp_path: Path) -> None:
    (tmp_path / "away").write_text("a file, no folder")
    extras = lead.page.extras
    for take in (extras.take_xlsx, extras.take_pdf):
        take()
        lead.qtbot.waitUntil(lambda: bool(lead.errors), timeout=8_000)
        error = lead.errors.pop()
        assert isinstance(error, InputError), error
        assert "away" in error.spoken(Lang.EN)
    assert written(lead) == []
    assert (tmp_path / "away").read_text() == "a file, no folder"


def test_where_the_record_cannot_be_kept_there_is_no_file(
    lead: Reviewing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # S13: the disk may be full by the very file.
    def full(_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(lead.store, "log", full)
    lead.page.extras.take_xlsx()
    lead.qtbot.waitUntil(lambda: bool(lead.errors), timeout=8_000)
    assert "disk is full" in lead.errors.pop().spoken(Lang.EN)  # type: ignore[attr-defined]
    assert list((tmp_path / "away").iterdir()) == []


def test_a_picture_is_copied_never_of_the_calls_and_nothing_leaves_without_the_right(
    lead: Reviewing, tmp_path: Path
) -> None:
    QGuiApplication.clipboard().clear()
    lead.page.stack.setCurrentWidget(lead.page.calls)
    lead.page.extras.take_picture()
    assert QGuiApplication.clipboard().pixmap().isNull()
    assert lead.page.extras.told.text() == lead.tongue(words.NOT_CALLS)
    lead.page.show_overview()
    lead.page.extras.take_picture()
    (item,) = written(lead)
    assert isinstance(item, Exported)
    assert item.export.form is TakenAs.PICTURE
    assert not QGuiApplication.clipboard().pixmap().isNull()
    desk, choice = lead.page._desk, lead.page.filters.choice()
    desk.agent = msgspec.structs.replace(desk.agent, role=Role.VIP_SPECIALIST)
    lead.page.extras.retranslate()
    assert not lead.page.extras.xlsx.isEnabled()
    with pytest.raises(InputError):
        take_away(
            desk, lambda _: pytest.fail("written"), tmp_path / "away.xlsx", form=TakenAs.XLSX, what="figures",
            first=choice.first, last=choice.last, teams=(),
        )  # fmt: skip
    assert not (tmp_path / "away.xlsx").exists()
    assert len(written(lead)) == 1


# EVAL-06
def test_problems_of_earlier_calls_are_not_told_for_those_of_now(lead: Reviewing) -> None:
    page, extras = lead.page, lead.page.extras
    turn_to(lead, 2)
    lead.qtbot.waitUntil(lambda: extras.causes_view.chosen is not None, timeout=8_000)
    turn_to(lead, 1)
    lead.qtbot.waitUntil(lambda: extras.rewards_view.chosen_package is not None, timeout=8_000)
    before, looked = extras._causes, page.look
    page._load()
    lead.qtbot.waitUntil(lambda: page.look is not looked, timeout=8_000)
    lead.settle()
    turn_to(lead, 2)
    lead.qtbot.waitUntil(lambda: extras._causes is not before, timeout=8_000)
    assert extras._causes is not None
    assert extras._causes.loaded is page.loaded
