"""The review page without a network: figures, filters, the calls behind a figure, and what is told without any."""

import hashlib
import re
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
from desk_kit import KEY, SITE, content
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QStyleOptionViewItem
from pytestqt.qtbot import QtBot
from reading import reading
from ready_database import fill

from core.calling import Moment
from core.demo.people import AGENTS
from core.demo.world import World
from core.desk.call_path import without_figures
from core.desk.desk import Desk
from core.desk.reviewing import ListedCall
from core.domain.clock import local_day
from core.domain.errors import Refused
from core.domain.outcome import Contact
from core.domain.people import Agent, Role
from core.domain.reviewed import Earlier, Promised
from core.domain.text import Lang, Text
from core.review.measures import DEFINITIONS, Figure, Measure
from core.review.roles import TILES, columns_of, tiles_of
from core.server.access.caller import Caller
from core.server.db import people, settings
from core.server.db.engine import Database, open_engine, sqlite_url
from core.server.loading import load_history
from core.server.loading.past_tasks import load_past_tasks
from core.server.review.departures import keep_departures
from core.server.review.handing_out import pack_list, piece
from core.store.opening import open_store
from core.store.store import Store
from core.sync.review import ReviewLine, ReviewStatus
from core.sync.transport import Transport
from core.wire.pull import PullPage
from core.wire.review import PackList
from desktop import theme
from desktop.jobs import Jobs
from desktop.review import words
from desktop.review.call_detail import _begun
from desktop.review.figure_tile import FigureTile
from desktop.review.page import ReviewPage
from desktop.review.trend_view import shared
from desktop.tongue import Tongue

NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)
LEAD, PLANNER = (next(one for one in AGENTS if one.staff_number == number) for number in ("3001", "9001"))
Packs = dict[str, tuple[PackList, dict[str, bytes]]]


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Packs:
    """By staff number what the server hands out of a small city's three months."""
    database = Database(open_engine(sqlite_url(tmp_path_factory.mktemp("city"))), clock=lambda: NOW)
    fill(database.engine)
    world = World(customers=260, tasks=0, as_of=NOW)
    with database.write() as unit:
        settings.prepare(unit)
        for agent in AGENTS:
            people.put(unit, agent, password_hash="-")
    load_past_tasks(database, [(one.task, one.campaign, one.given_at) for one in world.past_tasks()])
    load_history(database, world.outcomes(), {agent.staff_number: agent.team for agent in AGENTS})
    keep_departures(database, world.departures(), as_of=local_day(NOW) - timedelta(days=1), by="test")
    found: Packs = {}
    for agent in (LEAD, PLANNER):
        caller = Caller(agent, "s")
        listed = pack_list(database, caller, budget_s=60)
        digests = {part.digest for pack in listed.packs for part in pack.parts}
        bodies = {one: piece(database, caller, one, offset=0, length=2**20) or b"" for one in digests}
        assert all(hashlib.sha256(body).hexdigest() == digest for digest, body in bodies.items())
        found[agent.staff_number] = (listed, bodies)
    database.close()
    return found


class Reviewing:
    """A review page on a store that holds these packs; nothing is reachable."""

    def __init__(
        self, qtbot: QtBot, folder: Path, agent: Agent, pulled: tuple[PackList, dict[str, bytes]] | None,
        *, lang: Lang = Lang.ZH,
    ) -> None:  # fmt: skip
        self.qtbot, self.jobs, self.errors = qtbot, Jobs(), list[Exception]()
        self.logged: list[bool] = []
        self.store = open_store(folder, KEY)
        self.store.apply(PullPage(changes=list(content()), cursor="1", more=False, server_time=NOW), now=NOW)
        if pulled is not None:
            keep(self.store, *pulled)
        desk = Desk(store=self.store, agent=agent, site=SITE, moment=lambda: Moment(NOW, 0.0))
        self.line = ReviewLine(self.store, Transport("http://127.0.0.1:9"), agent)
        self.tongue = Tongue(lang)
        names = {name: desk.script(name).title for name in self.store.content_names("script")}
        self.page = ReviewPage(
            desk, self.line, self.tongue, lane=partial(self.jobs.store, self.jobs),
            heavy=partial(self.jobs.heavy, self.jobs),
            scenario_name=lambda one: names.get(one, Text(one, one)), online=lambda: False,
            show_error=self.errors.append, logged=lambda: self.logged.append(True),
        )  # fmt: skip
        qtbot.addWidget(self.page)
        self.page.resize(1366, 716)
        self.page.show()
        self.page._load()

    def until_seen(self) -> None:
        self.qtbot.waitUntil(lambda: self.page.look is not None, timeout=8_000)

    def look_again(self) -> None:
        """Waits until the answer to the last question is shown."""
        before = self.page.look
        self.qtbot.waitUntil(lambda: self.page.look is not before, timeout=8_000)

    def read(self) -> str:
        return "\n".join(text for _, text in reading(self.page))

    def settle(self) -> None:
        """Waits until all that was asked is done and told."""
        assert self.jobs.put_away(20)
        self.jobs.drain()
        QApplication.processEvents()

    def leave(self) -> None:
        self.jobs.abandon()
        self.settle()
        QApplication.processEvents()
        self.line.stop()
        self.store.close()
        assert self.errors == []


def tile_of(page: ReviewPage, measure: Measure) -> FigureTile:
    """The tile of a measure, wherever the role's measures put it."""
    assert page.look is not None
    return page.overview.tiles[tiles_of(page.look.role, page.look.save_days).index(measure)]


def _with_its_interval(rate: Figure) -> str:
    assert rate.value is not None
    assert rate.interval is not None
    low, high = rate.interval
    return f"{rate.value:.0%} {low * 100:.0f}–{high * 100:.0f}"


def keep(store: Store, listed: PackList, bodies: dict[str, bytes]) -> None:
    for part in store.review.lacking(listed):
        assert store.review.take(part, 0, bodies[part.digest])
    store.review.adopt(listed)


@pytest.fixture
def lead(qtbot: QtBot, qapp: QApplication, tmp_path: Path, packs: Packs) -> Iterator[Reviewing]:
    theme.apply(qapp, theme.Theme.LIGHT)
    made = Reviewing(qtbot, tmp_path / "store", LEAD, packs["3001"])
    made.until_seen()
    yield made
    made.leave()


# EVAL-07, KPI-02
def test_a_lead_sees_the_own_teams_figures_without_a_network(lead: Reviewing) -> None:
    page = lead.page
    look = page.look
    assert look is not None
    assert page.stack.currentWidget() is page.overview
    assert page.overview.tiles[0].accessibleDescription().startswith(f"{look.changes[Measure.CALLS].now.part:,}")
    agents = {page.overview.model.index(at, 0).data() for at in range(page.overview.model.rowCount())}
    assert agents <= {one.name for one in AGENTS if one.team == "spring"}
    assert page.overview.funnel.hints
    assert page.overview.hours.cells
    assert page.overview.reasons.hints
    told = page.status.told.text()
    assert "11-20 14:00" in told
    assert all(view.accessibleName() for view in (page.overview.funnel, page.overview.hours, page.overview.groups))


def test_a_team_of_one_role_is_shown_by_the_measures_of_that_role(lead: Reviewing) -> None:
    # KPI-02
    page = lead.page
    assert page.look is not None
    assert page.look.role == Role.OUTBOUND_REPRESENTATIVE
    assert tile_of(page, Measure.SUCCESS_PER_CALL).accessibleDescription()


def test_a_role_that_is_chosen_is_shown_by_its_own_measures(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, packs: Packs
) -> None:
    # KPI-01, KPI-02, KPI-08
    theme.apply(qapp, theme.Theme.LIGHT)
    made = Reviewing(qtbot, tmp_path / "store", PLANNER, packs["9001"])
    made.until_seen()
    page = made.page
    assert page.look is not None
    assert not page.look.role
    everybody = [tile.accessibleName() for tile in page.overview.tiles]
    roles = [role for role in (page.loaded.present["role"] if page.loaded else ()) if role in TILES]
    assert len(roles) >= 2
    for role in roles:
        page.filters.clear_all()
        page.filters.narrow("role", role)
        made.look_again()
        assert page.look.role == role
        titles = [made.tongue(DEFINITIONS[one].title) for one in tiles_of(role, page.look.save_days)]
        assert [tile.accessibleName() for tile in page.overview.tiles] == titles != everybody
        assert page.overview.model.columnCount() == 1 + len(columns_of(role, "agent", page.look.save_days))
        agents = {one.name for one in AGENTS if one.role == role}
        assert {page.overview.model.index(at, 0).data() for at in range(page.overview.model.rowCount())} <= agents
    made.leave()


def test_a_figure_opens_its_calls_and_a_call_its_way_through_the_script(lead: Reviewing) -> None:
    # EVAL-07
    page = lead.page
    look = page.look
    assert look is not None
    tile_of(page, Measure.SUCCESS_RATE).click()
    lead.qtbot.waitUntil(lambda: page.stack.currentWidget() is page.calls, timeout=8_000)
    assert page.calls.model.rowCount() == look.changes[Measure.SUCCESS_RATE].now.part
    lead.qtbot.waitUntil(lambda: any("→" in line for line in page.calls.detail.lines), timeout=8_000)
    lines = page.calls.detail.lines
    assert words.PATH.zh in lines
    assert words.NOTE.zh in lines
    assert any(re.match(r"\d+:\d\d  \S.* · +\d+\xa0秒$", line) for line in lines)
    assert any("100 **** " in line for line in lines)
    QTest.keyClick(page.calls.list, Qt.Key.Key_Down)
    lead.qtbot.waitUntil(lambda: page.calls.detail.lines[0] != lines[0], timeout=8_000)
    # Packs of an earlier server may hold a number in what somebody wrote.
    assert page.calls._open is not None
    assert page.calls._frame is not None
    opened, script = page.calls._open
    written = msgspec.structs.replace(
        opened.detail,
        note="改打 10000000417",
        earlier=(Earlier(id=uuid4(), agent="1027", recorded_at=opened.detail.recorded_at, result="done",
                         contact=Contact.OWNER, success=True, note="10000000418"),),
        follow_ups=(Promised(kind="callback", state="waiting", text="10000000419 找他"),),
    )  # fmt: skip
    page.calls.detail.show_call(page.calls._frame, ListedCall(opened.row, written), page.calls._labels, script)
    told = "\n".join(page.calls.detail.lines)
    assert "改打 *********17" in told
    assert not {"10000000417", "10000000418", "10000000419"} & set(re.findall(r"\d+", told))
    page.show_overview()
    assert page.stack.currentWidget() is page.overview


def test_every_picture_opens_calls_by_keyboard(lead: Reviewing) -> None:
    page, view = lead.page, lead.page.overview
    for picture in (view.funnel, view.reasons, view.hours, view.trend, view.offers):
        if not picture.hints:
            continue
        picture.choose(1 if picture is view.funnel else 0)
        assert picture.accessibleDescription()
        QTest.keyClick(picture, Qt.Key.Key_Return)
        lead.qtbot.waitUntil(lambda: page.stack.currentWidget() is page.calls, timeout=8_000)
        page.show_overview()
    view.groups.setCurrentIndex(view.model.index(0, 1))
    page.overview.groups.activated.emit(view.model.index(0, 1))
    lead.qtbot.waitUntil(lambda: page.stack.currentWidget() is page.calls, timeout=8_000)


def test_filters_narrow_all_of_it_and_are_taken_back(lead: Reviewing) -> None:
    page = lead.page
    whole = page.look
    assert whole is not None
    page.filters.narrow("agent", "2043")
    lead.look_again()
    assert page.look is not None
    assert page.look.choice.agent == ("2043",)
    assert {row.word for row in page.look.rows} == {"2043"}
    assert page.look.calls < whole.calls
    page.filters.clear_all()
    lead.look_again()
    assert page.look.calls == whole.calls


def test_a_period_without_calls_says_so_calmly(lead: Reviewing) -> None:
    page = lead.page
    page.filters.first.setDate(QDate(2020, 1, 1))
    page.filters.until.setDate(QDate(2020, 1, 31))
    lead.qtbot.waitUntil(lambda: page.look is not None and page.look.calls == 0, timeout=8_000)
    assert page.look is not None
    assert page.look.choice.first == date(2020, 1, 1)
    assert page.overview.funnel.empty == words.NO_CALLS.zh
    assert page.overview.groups.empty_words == words.NO_CALLS.zh
    assert tile_of(page, Measure.CONNECT_RATE).accessibleDescription() == "—"


def test_a_rate_from_few_calls_is_grey_and_carries_its_interval_in_the_chosen_row_too(lead: Reviewing) -> None:
    # KPI-02
    view = lead.page.overview
    column = view.model.columns.index(Measure.SAVE_RATE_7)
    rates = [view.model.row(at).figures[Measure.SAVE_RATE_7] for at in range(view.model.rowCount())]
    at = next(at for at, rate in enumerate(rates) if 0 < rate.whole < 10)
    index = view.model.index(at, column)
    assert view.model.data(index) == _with_its_interval(rates[at])
    view.groups.selectRow(at)
    option = QStyleOptionViewItem()
    delegate = view.groups.itemDelegate()
    assert isinstance(delegate, QStyledItemDelegate)
    delegate.initStyleOption(option, index)
    assert option.palette.color(QPalette.ColorRole.HighlightedText) == theme.colour(theme.tokens().off)
    tile = tile_of(lead.page, Measure.SAVE_RATE_7)
    assert lead.page.look is not None
    whole = lead.page.look.changes[Measure.SAVE_RATE_7].now
    assert _with_its_interval(whole).split()[1] in tile.accessibleDescription()
    assert view.groups.horizontalScrollBar().maximum() == 0, "all columns are in sight on the smallest window"


def test_groups_can_be_any_dimension_and_saves_any_of_three_spans(lead: Reviewing) -> None:
    page = lead.page
    page.overview.dimension.setCurrentIndex(page.overview.dimension.findData("scenario"))
    page.overview.compared.emit()
    lead.look_again()
    assert page.look is not None
    assert page.look.dimension == "scenario"
    page.filters.save.setCurrentIndex(2)
    page.filters.changed.emit()
    lead.look_again()
    assert Measure.SAVE_RATE_30 in page.overview.model.columns
    assert tile_of(page, Measure.SAVE_RATE_30).accessibleName().startswith("30")


def test_the_page_speaks_english_too(lead: Reviewing) -> None:
    lead.tongue.set_lang(Lang.EN)
    told = lead.read()
    for text in (words.FUNNEL, words.REASONS, words.TREND, words.GROUPS, words.CLEAR):
        assert text.en in told
        assert text.zh not in told
    assert "Connect rate" in {tile.accessibleName() for tile in lead.page.overview.tiles}


def test_before_anything_was_pulled_the_page_says_what_to_wait_for_and_shows_it_once_it_came(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, packs: Packs
) -> None:
    made = Reviewing(qtbot, tmp_path / "store", LEAD, None)
    made.qtbot.waitUntil(lambda: words.NOTHING_YET.zh in made.read(), timeout=8_000)
    keep(made.store, *packs["3001"])
    made.page._told.emit(ReviewStatus(as_of=NOW), True)
    made.until_seen()
    assert made.page.stack.currentWidget() is made.page.overview
    made.page._told.emit(ReviewStatus(pulling=True, received=1_500_000, wanted=3_000_000), False)
    made.qtbot.waitUntil(lambda: "1.5 / 3.0 MB" in made.page.status.told.text(), timeout=8_000)
    assert made.page.status.button.text() == words.STOP.zh
    made.leave()


def test_reading_what_was_pulled_is_told_and_can_be_stopped_and_goes_on_when_asked(lead: Reviewing) -> None:
    page, seen = lead.page, lead.page.look
    gate = threading.Event()
    lead.jobs.heavy(lead.jobs, lambda _: gate.wait(20))
    page._load()
    assert page.status.button.text() == words.STOP.zh
    assert page.status.told.text() == words.READING.zh
    QTest.keyClick(page.overview.groups, Qt.Key.Key_6, Qt.KeyboardModifier.AltModifier)
    gate.set()
    lead.qtbot.waitUntil(lambda: page.status.told.text() == words.STOPPED.zh, timeout=8_000)
    assert page.look is seen
    page.status.button.click()
    lead.qtbot.waitUntil(lambda: page.look is not seen, timeout=8_000)
    assert page.status.button.text() == words.FETCH.zh


def test_a_planner_sees_every_team_and_no_person(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, packs: Packs
) -> None:
    made = Reviewing(qtbot, tmp_path / "store", PLANNER, packs["9001"])
    made.until_seen()
    assert made.page.loaded is not None
    assert set(made.page.loaded.present["team"]) == {"spring", "river", "vip"}
    made.page.overview.tiles[0].click()
    made.qtbot.waitUntil(lambda: made.page.stack.currentWidget() is made.page.calls, timeout=8_000)
    assert all(made.page.calls.model.index(at, 2).data() == "" for at in range(made.page.calls.model.rowCount()))
    assert "100 ****" not in made.read()
    made.leave()


def test_words_of_a_step_begin_with_what_can_be_read_without_the_customers_figures() -> None:
    # EVAL-07
    said = without_figures(
        Text(
            "{{ name }}，您好！我是{{ centre }}的{{ agent }}。",
            "{{ name }}! This is {{ agent }}, {% if v %}your{% endif %} manager.",
        )
    )
    assert (said.zh, said.en) == ("您好！我是…的…。", "This is …, your manager.")
    assert (
        without_figures(Text("{{ name }}，谢谢您。", "{{ name }}, you have been with us.")).en
        == "You have been with us."
    )
    assert _begun("谢谢您。") == "谢谢您。"
    assert _begun("好" * 100) == "好" * 48 + "…"
    assert _begun("word " * 40) == "word " * 18 + "word…"


def test_a_trends_names_share_the_line_and_the_longest_give_way() -> None:
    assert shared([30, 40, 20], 100) == [30, 40, 20]
    assert shared([120, 40, 20], 120) == [60, 40, 20]
    assert shared([90, 90, 20], 120) == [50, 50, 20]


def test_calls_that_are_opened_beside_a_new_question_leave_its_figures_to_come(lead: Reviewing) -> None:
    # EVAL-07
    page = lead.page
    page.filters.narrow("agent", "2043")
    page._timer.stop()
    page._ask()
    tile_of(page, Measure.CALLS).click()
    lead.qtbot.waitUntil(lambda: page.stack.currentWidget() is page.calls, timeout=8_000)
    page.show_overview()
    lead.qtbot.waitUntil(lambda: page.look is not None and page.look.choice.agent == ("2043",), timeout=8_000)


def test_who_may_review_no_more_is_told_so_and_sees_no_late_figures(lead: Reviewing) -> None:
    # S1
    page, said = lead.page, Text("", "")
    page._ask()
    lead.store.review.forget()
    refused = Refused(code="forbidden", title=said, message=said, next_step=said)
    page._told.emit(ReviewStatus(error=refused), True)
    lead.qtbot.waitUntil(lambda: words.SIGNED_OUT.zh in lead.read(), timeout=8_000)
    lead.settle()
    assert page.look is None
    assert words.SIGNED_OUT.zh in lead.read()
    lead.tongue.set_lang(Lang.EN)
    assert words.SIGNED_OUT.en in lead.read()
