"""The planner's script page: files as they are saved, drawn, walked; mistakes by file, line and reason."""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from desk_kit import SITE, SU, Clocks, city, sign_in_here
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reading import reading

from core.content import folder, scripts
from core.desk.desk import Desk
from core.domain.errors import ContentError
from core.domain.text import Lang
from core.guidance.check_folder import check_folder
from core.store.store import Store
from core.sync.ask import Ask
from core.sync.transport import Transport
from desktop.jobs import Jobs
from desktop.planning import words
from desktop.planning.page import PlanningPage
from desktop.planning.parts import Context
from desktop.planning.scripts import ScriptsPage
from desktop.planning.scripts_presenter import ScriptsPresenter
from desktop.tongue import Tongue

SCENARIO = "4g-upgrade"


class Planner:
    def __init__(self, qtbot: QtBot, store: Store) -> None:
        self.qtbot, self.jobs, self.tongue = qtbot, Jobs(), Tongue()
        self.errors: list[Exception] = []
        desk = Desk(store=store, agent=SU, site=SITE, moment=Clocks())
        self.window = PlanningPage(
            Context(
                desk=desk,
                ask=Ask(store, Transport("http://127.0.0.1:1")),
                tongue=self.tongue,
                store_lane=partial(self.jobs.store, self.jobs),
                network_lane=partial(self.jobs.network, self.jobs),
                scenario_name=lambda scenario: scripts()[scenario].title,
                show_error=self.errors.append,
            )
        )
        self.window.resize(1340, 700)
        self.window.show()
        self.window.activateWindow()
        self.window.refresh()
        assert isinstance(self.window.part, ScriptsPage)
        self.page: ScriptsPage = self.window.part

    def until(self, seen: object) -> None:
        self.qtbot.waitUntil(seen, timeout=20_000)

    def read(self) -> str:
        return "\n".join(text for _, text in reading(self.page))

    def ready(self) -> None:
        self.until(lambda: self.page.presenter.file is not None and bool(self.page.presenter.walkers))
        self.until(lambda: not self.jobs._asking)

    def open_folder(self, root: Path) -> None:
        self.page.folder.setText(str(root))
        QTest.keyClick(self.page.folder, Qt.Key.Key_Return)
        self.until(lambda: self.page.presenter.folder is not None and self.page.presenter.folder.root == root)

    def choose(self, scenario: str) -> None:
        at = [one.id for one in self.page.presenter.files].index(scenario)
        self.page.list.setCurrentIndex(self.page.list.lines.index(at))

    def close(self) -> None:
        self.jobs.drain()
        self.until(lambda: not self.jobs._asking)
        self.window.hide()
        self.window.deleteLater()
        self.jobs.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert self.errors == []


@pytest.fixture
def planner(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Planner]:
    store = sign_in_here(tmp_path / "store")
    found = Planner(qtbot, store)
    yield found
    found.close()
    store.close()


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder of one's own, with two scenarios."""
    root = tmp_path / "content"
    for kind in ("scripts", "dispositions"):
        (root / kind).mkdir(parents=True)
        shutil.copytree(folder() / kind / "parts", root / kind / "parts")
        for name in (SCENARIO, "vip-care"):
            shutil.copy(folder() / kind / f"{name}.yaml", root / kind)
    for kind in ("templates", "departments", "wording"):
        shutil.copytree(folder() / kind, root / kind)
    return root


def test_the_shipped_scripts_are_drawn_and_the_words_are_a_customers(planner: Planner) -> None:
    planner.ready()
    page = planner.page
    assert {one.id for one in page.presenter.files} == set(scripts())
    planner.choose(SCENARIO)
    assert set(page.graph.steps()) == {step.id for step in scripts()[SCENARIO].steps}
    walker = page.presenter.walkers[0]
    assert walker.name in [d.identity.name for d in city()[0] if d.identity]
    planner.until(lambda: walker.name[0] in page.walk.say_box.words)
    page.list.setFocus()
    before = page.graph.at
    QTest.keyClick(page.list, "1")
    assert page.graph.at != before
    assert page.graph.steps()[before].walked
    assert page.graph.steps()[page.graph.at].current
    QTest.keyClick(page.graph, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page.graph.at == before


def test_the_graph_stands_before_anybody_is_there_to_walk_with(planner: Planner) -> None:
    planner.ready()
    desk, held, seen = planner.page.presenter._desk, list[Callable[[], None]](), list[str]()

    def lane(work: Callable[[], Any], done: Callable[[Any], None] | None = None, failed: object = None) -> None:
        """Does nothing before it is told to: the server may answer long after the disk."""
        assert done is not None
        held.append(lambda: done(work()))

    def walked() -> None:
        seen.append("".join(span.text for span in p.walk.view.spans) if p.walk else "")

    p = ScriptsPresenter(
        desk, planner.page.presenter._ask, lane=lane, store_lane=lambda *_: None, lang=lambda: planner.tongue.lang,
        changed=walked, walked=walked,
        show_error=planner.errors.append,
    )  # fmt: skip
    p.name_folder("")
    held.pop()()
    assert p.file is not None
    assert p.walk is None
    p.find_walkers("")
    held.pop()()
    held.pop()()
    assert desk.agent.name in seen[-1]


def test_a_saved_file_is_there_at_once_and_the_walk_stays_where_it_was(planner: Planner, content: Path) -> None:
    planner.ready()
    planner.open_folder(content)
    planner.choose(SCENARIO)
    page = planner.page
    QTest.keyClick(page.graph, "1")
    here = page.graph.at
    path = content / "scripts" / f"{SCENARIO}.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("4G 升级", "4G 大升级", 1), encoding="utf-8")
    planner.until(lambda: "4G 大升级" in planner.read())
    assert page.graph.at == here
    # As editors save: a new file in the place of the old one.
    for title in ("4G 再升级", "4G 三升级"):
        fresh = content / "scripts" / "fresh.tmp"
        fresh.write_text(text.replace("4G 升级", title, 1), encoding="utf-8")
        fresh.replace(path)
        planner.until(lambda title=title: title in planner.read())  # type: ignore[misc]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("start: opening", "start: nowhere", "没有步骤 `nowhere`"),
        ("suggests: ", "suggests: no_such_", "没有结果 `no_such_"),
        ("title:", "titel:", "titel"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_reason_and_goes_when_it_is_mended(
    planner: Planner, content: Path, old: str, new: str, reason: str
) -> None:
    planner.ready()
    planner.open_folder(content)
    planner.choose(SCENARIO)
    path = content / "scripts" / f"{SCENARIO}.yaml"
    text = path.read_text(encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    planner.until(lambda: reason in planner.read())
    file = planner.page.presenter.file
    assert file is not None
    assert (file.mistakes[0].file, file.mistakes[0].line) == (f"scripts/{SCENARIO}.yaml", line)
    assert f"{SCENARIO}.yaml 第 {line} 行" in planner.read()
    other = next(one for one in planner.page.presenter.files if one.id == "vip-care")
    assert other.mistakes == ()
    path.write_text(text, encoding="utf-8")
    planner.until(lambda: words.SOUND.zh in planner.read())
    assert planner.page.graph.at


def test_all_that_publishing_would_refuse_is_told_not_the_first_alone(planner: Planner, content: Path) -> None:
    # "Planners see it in the desktop": the same mistakes as `content check` finds.
    planner.ready()
    planner.open_folder(content)
    planner.choose(SCENARIO)
    path = content / "dispositions" / f"{SCENARIO}.yaml"
    text = path.read_text(encoding="utf-8")
    wrong = text.replace("must: [staff_number", "must: [no_such_item", 1).replace("template: ", "template: no_such_", 1)
    path.write_text(wrong, encoding="utf-8")
    planner.until(lambda: "no_such_item" in planner.read())
    file = planner.page.presenter.file
    assert file is not None
    with pytest.raises(ContentError) as refused:
        check_folder(content)
    told = {(str(content / one.file), one.line, one.reason) for one in file.mistakes}
    assert told == {(one.file, one.line, one.reason) for one in refused.value.every if Path(one.file) == path}
    assert len(told) == 2
    path.write_text(text, encoding="utf-8")
    planner.until(lambda: words.SOUND.zh in planner.read())
    sms = content / "templates" / "sms.yaml"
    kept = sms.read_text(encoding="utf-8")
    sms.write_text(kept.replace("version:", "versoin:", 1), encoding="utf-8")
    planner.until(lambda: "versoin" in planner.read())
    sms.write_text(kept, encoding="utf-8")
    planner.until(lambda: words.SOUND.zh in planner.read())


def test_any_local_customer_is_found_to_walk_with(planner: Planner) -> None:
    # "walked with any local customer"
    planner.ready()
    page, name = planner.page, planner.page.presenter.walkers[-1].name
    QTest.keyClick(page.list, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.walk.sought.hasFocus()
    page.walk.sought.setText(name)
    QTest.keyClick(page.walk.sought, Qt.Key.Key_Return)
    planner.until(lambda: {one.name for one in page.presenter.walkers} == {name})
    planner.until(lambda: page.walk.walker.currentText().startswith(name))
    page.walk.sought.setText("没有这个人")
    QTest.keyClick(page.walk.sought, Qt.Key.Key_Return)
    planner.until(lambda: words.NOBODY_FOUND.zh in planner.read())


def test_a_folder_without_scripts_is_said_and_the_next_one_read(
    planner: Planner, tmp_path: Path, content: Path
) -> None:
    planner.ready()
    empty = tmp_path / "empty"
    empty.mkdir()
    planner.page.folder.setText(str(empty))
    QTest.keyClick(planner.page.folder, Qt.Key.Key_Return)
    planner.until(lambda: planner.page.presenter.trouble is not None)
    assert str(empty) in planner.read()
    planner.open_folder(content)
    assert len(planner.page.presenter.files) == 2


def test_while_another_folder_is_read_no_verdict_on_the_last_one_stands(planner: Planner, content: Path) -> None:
    planner.ready()
    assert words.SOUND.zh in planner.read()
    planner.page.folder.setText(str(content))
    QTest.keyClick(planner.page.folder, Qt.Key.Key_Return)
    assert words.SOUND.zh not in planner.read()
    assert words.READING.zh in planner.read()
    planner.until(lambda: words.SOUND.zh in planner.read())
    QTest.keyClick(planner.page.folder, Qt.Key.Key_Return)
    assert words.SOUND.zh not in planner.read(), "nor while the same is read again"
    assert words.READING.zh in planner.read()
    planner.until(lambda: words.SOUND.zh in planner.read())


@pytest.mark.parametrize("lang", list(Lang))
def test_every_step_of_every_script_is_legible(planner: Planner, lang: Lang) -> None:
    planner.ready()
    planner.tongue.set_lang(lang)
    graph = planner.page.graph
    for file in planner.page.presenter.files:
        planner.choose(file.id)
        assert graph.transform().m11() == 1
        boxes = [item.sceneBoundingRect() for item in graph.steps().values()]
        assert not any(one.intersects(other) for at, one in enumerate(boxes) for other in boxes[at + 1 :])
        assert all(item.head and item.words for item in graph.steps().values())


def test_the_arrows_reach_every_step_that_lies_ahead(planner: Planner) -> None:
    planner.ready()
    planner.choose("zero-usage")
    graph = planner.page.graph
    graph.setFocus()
    seen = {graph.at}
    for key in (Qt.Key.Key_Down,) * 12 + (Qt.Key.Key_Right,) * 6 + (Qt.Key.Key_Left,) * 8 + (Qt.Key.Key_Up,) * 12:
        QTest.keyClick(graph, key)
        seen.add(graph.at)
    assert len(seen) > 8
    for key, grows in (("+", True), ("-", False)):
        before = graph.transform().m11()
        QTest.keyClick(graph, key)
        assert (graph.transform().m11() > before) == grows


def test_the_guide_of_a_steps_zone_stands_beside_its_words(planner: Planner) -> None:
    # KB-03, 4G-08
    planner.ready()
    planner.choose(SCENARIO)
    page, zones = planner.page, {zone.id: zone for zone in scripts()[SCENARIO].zones}
    seen = set()
    for _ in range(12):
        step = next(one for one in scripts()[SCENARIO].steps if one.id == page.graph.at)
        if step.zone:
            seen.add(step.zone)
            assert zones[step.zone].guide.zh in planner.read()
        QTest.keyClick(page.graph, "1")
    assert seen
