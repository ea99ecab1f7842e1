"""The planner's figures: the base by group, the way from each plan to the next, surveys question by question."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from desk_kit import NOW, SU, city
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reading import reading
from server_process import ServerProcess

from core.content import scripts
from core.content.offer_rules import eligibility_rules, recommendation_rule
from core.content.plans import catalogue
from core.content.shelf import shelves
from core.demo.people import AGENTS
from core.desk import entering
from core.desk.entering import Entered
from core.desk.script_walk import walkers
from core.domain.clock import local_day
from core.domain.errors import InputError
from core.domain.people import Agent
from core.domain.plan import Channel
from core.domain.text import Text
from core.offers.advice import Advice
from core.offers.base import MODERN, UseBand, gathered, placed, shares, ways
from core.offers.recommend import plan_content, recommend
from core.server.db import records
from core.server.exporting import Export, rows
from desktop.jobs import Jobs
from desktop.planning import words
from desktop.planning.base import BasePage
from desktop.planning.care_begin_presenter import Stage
from desktop.planning.catalogue import CataloguePage
from desktop.planning.migration import MigrationPage
from desktop.planning.page import PlanningPage
from desktop.planning.parts import Context
from desktop.planning.shelf import ShelfPage
from desktop.planning.surveys import SurveysPage
from desktop.planning.zones import ZonesPage
from desktop.tongue import Tongue

PLANNER: Agent = next(agent for agent in AGENTS if agent.staff_number == "9001")
TODAY = local_day(NOW)


# 4G-07
def test_every_customer_goes_where_a_call_would_advise() -> None:
    content = plan_content(catalogue(), eligibility_rules(), recommendation_rule())
    documents = city()[0]
    found = placed(documents, content, TODAY)
    for document, lot in zip(documents, found, strict=True):
        advised = recommend(document, content, TODAY)
        assert lot.place.advice is advised.advice
        if advised.proposed is not None:
            assert (lot.place.target, lot.helps_fen) == (advised.proposed.plan.code, advised.proposed.helps_fen)
    assert sum(way.customers for way in ways(found)) == len(documents)
    for way in ways(found):
        there = (way.plan, way.band, way.advice, way.target)
        mine = [one for one in found if (one.place.plan, one.place.band, one.place.advice, one.place.target) == there]
        assert way.customers == len(mine)
        assert way.helps_fen == sum(one.helps_fen for one in mine) // len(mine)
    assert ways(gathered(found)) == ways(found)


# 4G-06
def test_shares_and_targets_add_up_whatever_they_are_grouped_by() -> None:
    content = plan_content(catalogue(), eligibility_rules(), recommendation_rule())
    found = placed(city()[0], content, TODAY)
    (whole,) = shares(found, lambda _: Text("全部", "All"))
    by_area = shares(gathered(found), lambda place: place.area)
    for figure in ("customers", "modern", "targets", "waiting"):
        assert getattr(whole, figure) == sum(getattr(one, figure) for one in by_area)
    places = [one.place for one in found]
    assert whole.modern == sum(place.generation >= MODERN for place in places)
    assert whole.modern + whole.targets + whole.waiting <= whole.customers
    assert all(place.advice in (Advice.CHANGE, Advice.TIER_UP) for place in places if place.is_target)
    assert UseBand.UNKNOWN not in {place.band for place in places}


# 4G-09
def test_a_target_is_who_pays_less_on_a_plan_of_the_upgrade_path() -> None:
    content = plan_content(catalogue(), eligibility_rules(), recommendation_rule())
    found = [one for one in placed(city()[0], content, TODAY) if one.place.is_target]
    assert found
    for one in found:
        target = content.catalogue.plan(one.place.target)
        assert target is not None
        assert target.generation >= MODERN > one.place.generation
        assert one.helps_fen > 0 or one.place.advice is Advice.TIER_UP


class Planning:
    """The planner's page beside a real server."""

    def __init__(self, qtbot: QtBot, entered: Entered) -> None:
        self.qtbot, self.jobs, self.entered = qtbot, Jobs(), entered
        self.errors: list[Exception] = []
        self.window = PlanningPage(
            Context(
                desk=entered.desk,
                ask=entered.ask,
                tongue=Tongue(),
                store_lane=partial(self.jobs.store, self.jobs),
                network_lane=partial(self.jobs.network, self.jobs),
                scenario_name=lambda scenario: scripts()[scenario].title,
                show_error=self.errors.append,
            )
        )
        self.window.resize(1340, 700)
        self.window.show()

    def part(self, at: int) -> object:
        self.window.tabs.setCurrentIndex(at)
        return self.window.part

    def until(self, seen: object) -> None:
        self.qtbot.waitUntil(seen, timeout=30_000)

    def read(self) -> str:
        return "\n".join(text for _, text in reading(self.window))

    def close(self) -> None:
        self.jobs.drain()
        self.until(lambda: not self.jobs._asking)
        self.window.hide()
        self.window.deleteLater()
        self.jobs.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    with ServerProcess(tmp_path_factory.mktemp("server")) as running:
        for agent in (SU, PLANNER):
            running.add_user(agent, "stayline-demo")
        running.publish_content()
        running.load([(document, None) for document in city()[0]])
        yield running


@pytest.fixture
def planning(server: ServerProcess, tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Planning]:
    folder = entering.folder_of(tmp_path, server.url, PLANNER.staff_number)
    entered = entering.sign_in(
        folder, server.url, PLANNER.staff_number, "stayline-demo", passphrase="four words", listener=lambda _: None
    )
    entered.syncer.start()
    qtbot.waitUntil(lambda: bool(entered.store.content_names("care_classes")), timeout=20_000)
    found = Planning(qtbot, entered)
    yield found
    found.close()
    entered.leave()


# 4G-06, CARE-24
def test_the_base_is_counted_and_shown_by_group_with_the_care_that_is_due(planning: Planning) -> None:
    page = planning.part(1)
    assert isinstance(page, BasePage)
    planning.until(lambda: page.presenter.counted)
    total = len(city()[0])
    assert page._model.index(0, 1).data() == str(total)
    groups = {str(page._model.index(row, 0).data()) for row in range(1, page._model.rowCount())}
    assert groups == {document.identity.area for document in city()[0] if document.identity}
    page.by.setCurrentIndex(3)
    assert sum(int(page._model.index(row, 1).data()) for row in range(1, page._model.rowCount())) == total
    assert page.care.lines.rowCount() == 23
    assert sum(page.presenter.care.values()) > 0
    counted_at = datetime(2026, 11, 20, 1, 5, tzinfo=UTC)
    page.presenter.counted_at = counted_at
    page.retranslate()
    assert "09:05 算好" in page._stands.text(), "drawn anew it says when it was counted, not when it was drawn"
    assert planning.errors == []


# CARE-24
def test_the_class_that_is_being_read_stays_while_the_figures_change(planning: Planning) -> None:
    page = planning.part(1)
    assert isinstance(page, BasePage)
    planning.until(lambda: page.presenter.counted)
    page.care.setCurrentIndex(page.care.lines.index(5))
    read = page.care.lines.row(5)
    channel = next(iter(page.presenter.care))[1]
    page.presenter.care[read.code, channel] += 100_000
    page.retranslate()
    assert page.care.lines.row(0).code == read.code, "it stands first now"
    assert page.care.currentIndex().row() == 0


# 4G-06
# CARE-05, CARE-24
def test_a_planner_begins_care_after_counting_whom_it_reaches(planning: Planning, server: ServerProcess) -> None:
    page = planning.part(1)
    assert isinstance(page, BasePage)
    planning.until(lambda: page.care.lines.rowCount() > 20)
    classes = page.presenter.classes
    assert classes is not None
    codes = [page.care.lines.row(at).code for at in range(page.care.lines.rowCount())]
    page.care.setCurrentIndex(page.care.lines.index(codes.index("points_change")))
    assert page.begin.isVisible()
    planning.until(lambda: page.begin.where.count() > 1)
    assert not page.begin.begin_button.isEnabled(), "nobody was counted yet"
    QTest.keyClick(page.care, Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    planning.until(page.begin.begin_button.isEnabled)
    would = page.begin.presenter.tally
    assert would.reached > 0
    assert would.done == page.begin.presenter.aim.total
    with server.database.read() as unit:
        assert not [one for one in rows(unit, Export.SMS) if "points_change" in one]
    QTest.keyClick(page.care, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    planning.until(lambda: page.begin.presenter.stage is Stage.BEGUN)
    assert page.begin.presenter.tally == would
    with server.database.read() as unit:
        assert len([one for one in rows(unit, Export.SMS) if "points_change" in one]) == would.texted
    page.begin.look()
    planning.until(lambda: page.begin.presenter.stage is Stage.LOOKED)
    assert not page.begin.begin_button.isEnabled(), "all have had it"
    assert planning.errors == []


# CARE-24
def test_a_list_that_cannot_be_read_is_told_and_begins_nothing(planning: Planning, tmp_path: Path) -> None:
    page = planning.part(1)
    assert isinstance(page, BasePage)
    planning.until(lambda: page.care.lines.rowCount() > 20)
    codes = [page.care.lines.row(at).code for at in range(page.care.lines.rowCount())]
    page.care.setCurrentIndex(page.care.lines.index(codes.index("inbox_full")))
    planning.until(lambda: page.begin.where.count() > 1)
    page.begin.where.setCurrentIndex(page.begin.where.count() - 1)
    page.begin.file.setText(str(tmp_path / "none.csv"))
    page.begin.look()
    planning.until(lambda: bool(planning.errors))
    assert isinstance(planning.errors.pop(), InputError)
    file = tmp_path / "list.csv"
    file.write_text("客户编号,备注\nnobody-1,\n", "gb18030")
    page.begin.file.setText(str(file))
    page.begin.look()
    planning.until(lambda: page.begin.presenter.stage is Stage.LOOKED)
    assert "没有办的 1 户：库里没有这位客户（1）。" in planning.read()
    assert not page.begin.begin_button.isEnabled()


def test_the_base_is_counted_again_by_its_key_and_on_another_day(planning: Planning) -> None:
    page = planning.part(1)
    assert isinstance(page, BasePage)
    presenter = page.presenter
    planning.until(lambda: presenter.counted)
    page.refresh()
    assert not presenter.counting, "what was counted today stands"
    QTest.keyClick(page.by, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    assert presenter.counting
    planning.until(lambda: presenter.counted)
    presenter.counted_at = datetime(2026, 11, 19, 1, 5, tzinfo=UTC)
    page.refresh()
    assert presenter.counting
    planning.until(lambda: presenter.counted)


# 4G-07
def test_the_map_leads_from_a_plan_and_use_to_a_plan(planning: Planning) -> None:
    page = planning.part(2)
    assert isinstance(page, MigrationPage)
    planning.until(lambda: page.presenter.counted)
    whole = [int(page._model.index(row, 4).data()) for row in range(page._model.rowCount())]
    assert sum(whole) == len(city()[0])
    page.plan.setFocus()
    QTest.keyClick(page.plan, Qt.Key.Key_Down)
    page.plan.activated.emit(page.plan.currentIndex())
    chosen = {str(page._model.index(row, 0).data()) for row in range(page._model.rowCount())}
    assert len(chosen) == 1
    assert page.plan.currentText().startswith(chosen.pop())


# SCRIPT-18
def test_a_survey_shows_each_question_with_its_answers_and_counts(planning: Planning, server: ServerProcess) -> None:
    from uuid import uuid4

    from core.domain.call import CallRecord, Direction
    from core.domain.outcome import Answered, Contact, Outcome

    def told(*pairs: tuple[str, str]) -> Outcome:
        return Outcome(
            id=uuid4(), task_id=None, customer_id=city()[0][0].id, agent="1027", scenario="satisfaction-survey",
            script_version=1, call=CallRecord(direction=Direction.OUTBOUND, number="10000000001", dialled_at=NOW),
            result="done", contact=Contact.OWNER, recorded_at=NOW,
            answered=tuple(Answered(question=q, answer=a) for q, a in pairs),
        )  # fmt: skip

    with server.database.write() as unit:
        for outcome in (told(("overall", "5")), told(("overall", "5")), told(("overall", "1")), told()):
            records.add_outcome(unit, outcome, team_id="vip", superseded=False)
    page = planning.part(3)
    assert isinstance(page, SurveysPage)
    planning.until(lambda: bool(page._scenarios))
    page.survey.setCurrentIndex(page._scenarios.index("satisfaction-survey"))
    page.survey.activated.emit(page.survey.currentIndex())
    script = scripts()["satisfaction-survey"]
    asked = {step.question.code for step in script.steps if step.question}
    planning.until(lambda: page._found is not None and page._found.scenario == "satisfaction-survey")
    assert len(page.bars) == len(asked)
    overall = next(bars for bars in page.bars if any(answer.count for answer in bars.answers))
    assert [(one.label, one.count) for one in overall.answers] == [
        ("很满意", 2), ("满意", 0), ("一般", 0), ("不满意", 0), ("很不满意", 1)
    ]  # fmt: skip
    planning.until(lambda: all(bars.isVisible() for bars in page.bars))
    seen = planning.read()
    assert "很满意 2 · 66.6%" in seen
    assert words.RESULTS.zh.format(answered=3, calls=4, first=_day(NOW), last=_day(NOW)) in seen


# 4G-02, 4G-04, BB-04
def test_the_catalogue_has_every_plan_with_ease_channels_places_audience_and_days_of_sale(planning: Planning) -> None:
    page = planning.part(4)
    assert isinstance(page, CataloguePage)
    known = catalogue()
    planning.until(lambda: page._model.rowCount() == len(known.plans) + len(known.broadband))
    first = known.plans[0]
    rows = {row.label: row.value for row in page.facts.rows()}
    assert rows["适合谁"] == first.audience.zh
    assert rows["好在哪"] == first.advantage.zh
    assert rows["易推荐指数"].count("★") == first.ease
    assert rows["外呼"] == {"well": "适合", "with_care": "谨慎", "closed": "不开放"}[first.channels[Channel.CALL].value]
    assert rows["销售地区"] == ("、".join(first.places) or "全市")
    assert rows["销售期"].startswith(first.on_sale_from.isoformat())


# 4G-02
def test_plans_are_found_by_name_code_family_and_sale(planning: Planning) -> None:
    page = planning.part(4)
    assert isinstance(page, CataloguePage)
    planning.until(lambda: page._model.rowCount() > 0)

    def codes() -> list[str]:
        return [page._model.key(row) for row in range(page._model.rowCount())]

    QTest.keyClicks(page.asked, "FX-58")
    assert codes() == ["fx-58"]
    page.asked.setText("飞享 58")
    assert "fx-58" in codes()
    page.asked.setText("nothing has this name")
    assert codes() == []
    page.asked.clear()
    page.family.setCurrentIndex(page.family.count() - 1)
    page.family.activated.emit(page.family.currentIndex())
    assert codes() == [one.code for one in catalogue().broadband]
    page.sale.setCurrentIndex(3)
    page.sale.activated.emit(3)
    gone = [one.code for one in catalogue().broadband if one.on_sale_until is not None]
    assert codes() == gone
    assert gone


# 4G-03
def test_the_month_stands_as_a_picture_with_the_plans_of_each_stretch(planning: Planning) -> None:
    page = planning.part(5)
    assert isinstance(page, ShelfPage)
    planning.until(lambda: bool(page.plans.rows()))
    assert [line.label for line in page.strip._lines] == ["后付费", "预付费"]
    for line, shelf in zip(page.strip._lines, shelves(), strict=True):
        assert [(one.first, one.last) for one in line.stretches] == [(w.from_day, w.until_day) for w in shelf.windows]
    page.strip.setFocus()
    for key in (Qt.Key.Key_Left,) * 4:
        QTest.keyClick(page.strip, key)
    assert page.strip.at == (0, 0)
    window, plan = shelves()[0].windows[0], catalogue().plan(shelves()[0].windows[0].plans[0])
    assert plan is not None
    assert window.behaviour.zh in planning.read()
    row = page.plans.rows()[0]
    assert plan.name.zh in row.label
    assert plan.audience.zh in row.value
    QTest.keyClick(page.strip, Qt.Key.Key_Right)
    QTest.keyClick(page.strip, Qt.Key.Key_Down)
    assert page.strip.at == (1, 1), "the stretch of the same day"


# 4G-08
def test_the_four_zones_stand_as_a_square_with_guides_and_the_steps_that_lie_in_them(planning: Planning) -> None:
    page = planning.part(6)
    assert isinstance(page, ZonesPage)
    script = scripts()["4g-upgrade"]
    planning.until(lambda: script.zones[0].guide.zh in planning.read())
    seen = planning.read()
    for zone in script.zones:
        assert zone.guide.zh in seen
        box = page.boxes[zone.customer_likes, zone.agent_likes]
        assert box.title == zone.label.zh
        steps = [step.id for step in script.steps if step.zone == zone.id]
        assert box.note == f"{len(steps)} 步"
        assert all(step in box.steps.text() for step in steps)


def test_a_planner_finds_whom_to_walk_with_in_the_base_by_plan(planning: Planning) -> None:
    plan = next(one.identity.plan_name for one in reversed(city()[0]) if one.identity and one.identity.plan_name)
    found = walkers(planning.entered.desk, planning.entered.ask, plan.zh)
    assert found
    assert all(one.name == "" and one.document.identity for one in found)
    assert {one.document.identity.plan_name for one in found if one.document.identity} == {plan}
    assert walkers(planning.entered.desk, planning.entered.ask, "no such plan") == []
    assert len(walkers(planning.entered.desk, planning.entered.ask)) > len(found)


def test_every_part_fits_a_small_screen(planning: Planning) -> None:
    for at in range(planning.window.tabs.count()):
        planning.part(at)
        least = planning.window.minimumSizeHint()
        assert (least.width() <= 1366, least.height() <= 720) == (True, True), at


def test_without_the_server_the_page_says_so(planning: Planning, server: ServerProcess) -> None:
    server.stop()
    try:
        page = planning.part(1)
        assert isinstance(page, BasePage)
        planning.until(lambda: words.OFFLINE.zh in planning.read())
        planning.part(3)
        planning.until(lambda: words.OFFLINE.zh in planning.read())
        assert planning.errors == []
    finally:
        server.start()


def test_an_agent_may_not_read_the_base(server: ServerProcess, tmp_path: Path, qapp: QApplication) -> None:
    # ROLE-01
    from core.domain.errors import Refused

    folder = entering.folder_of(tmp_path, server.url, SU.staff_number)
    entered = entering.sign_in(
        folder, server.url, SU.staff_number, "stayline-demo", passphrase="four words", listener=lambda _: None
    )
    try:
        for question in (lambda: entered.ask.base(0), lambda: entered.ask.survey_results("satisfaction-survey")):
            with pytest.raises(Refused):
                question()
    finally:
        entered.leave()


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"
