"""The page of campaigns beside a real server, as a planner has it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from desk_kit import SU, city
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from reading import reading
from server_process import ServerProcess

from core.content import scripts
from core.demo.people import AGENTS
from core.desk import entering
from core.desk.entering import Entered
from core.domain.people import Agent
from core.domain.text import Lang, Text
from core.server.screening.taking import take
from desktop.campaigning.page import CampaigningPage
from desktop.campaigning.parts import CampaigningContext
from desktop.jobs import Jobs
from desktop.tongue import Tongue
from desktop.widgets.values import Tone

PLANNER: Agent = next(agent for agent in AGENTS if agent.staff_number == "9001")


class Campaigning:
    def __init__(self, qtbot: QtBot, entered: Entered, lang: Lang = Lang.ZH) -> None:
        self.qtbot, self.jobs, self.entered, self.tongue = qtbot, Jobs(), entered, Tongue(lang)
        self.errors: list[Exception] = []
        self.said: list[tuple[Text, Tone]] = []
        self.context = CampaigningContext(
            desk=entered.desk,
            ask=entered.ask,
            tongue=self.tongue,
            store_lane=partial(self.jobs.store, self.jobs),
            network_lane=partial(self.jobs.network, self.jobs),
            scenario_name=lambda scenario: scripts()[scenario].title,
            show_error=self.errors.append,
            say=lambda text, tone: self.said.append((text, tone)),
            heavy_lane=partial(self.jobs.heavy, self.jobs),
            desk_scenarios=lambda: sorted(scripts()),
        )
        self.window = CampaigningPage(self.context)
        self.window.resize(1346, 660)
        self.window.show()
        self.window.refresh()

    def part(self, at: int) -> object:
        self.window.tabs.setCurrentIndex(at)
        return self.window.part

    def until(self, seen: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(lambda: bool(self.errors) or seen(), timeout=30_000)
        assert self.errors == []

    def read(self) -> str:
        return "\n".join(text for _, text in reading(self.window))

    def close(self) -> None:
        self.jobs.drain()
        self.until(lambda: not self.jobs._asking)
        self.window.hide()
        self.window.deleteLater()
        self.jobs.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@contextmanager
def campaigns_served(folder: Path) -> Iterator[ServerProcess]:
    """A server with a city and a snapshot of it."""
    with ServerProcess(folder) as running:
        for agent in (SU, PLANNER):
            running.add_user(agent, "stayline-demo")
        running.publish_content()
        running.load([(document, None) for document in city()[0]])
        take(running.database, running.folder, by="9001")
        yield running


@contextmanager
def campaigning(server: ServerProcess, folder: Path, qtbot: QtBot, lang: Lang = Lang.ZH) -> Iterator[Campaigning]:
    """Signed in, with the page in sight."""
    own = entering.folder_of(folder, server.url, PLANNER.staff_number)
    entered = entering.sign_in(
        own, server.url, PLANNER.staff_number, "stayline-demo", passphrase="four words", listener=lambda _: None
    )
    found = Campaigning(qtbot, entered, lang)
    yield found
    found.close()
    entered.leave()


def focus_order(first: QWidget) -> list[QWidget]:
    """What takes the keys from there on, each once."""
    found, one = [first], first.nextInFocusChain()
    while one is not first:
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and one.isEnabled():
            found.append(one)
        one = one.nextInFocusChain()
    return found
