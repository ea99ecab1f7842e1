"""What the steps of the tour share: the program, the hand, the server, and what was done so far."""

from dataclasses import dataclass, field
from datetime import datetime

from core.desk.call_session import CallSession
from core.domain.clock import day_start, local_day
from core.domain.text import Text
from core.store.types import QueueRow
from desktop.app import Application
from desktop.call.call_page import CallPage
from desktop.main_window import MainWindow
from desktop.shell import words as shell_words
from desktop.tour.hand import Hand
from desktop.tour.ledger import Ledger
from desktop.tour.phone import StandInPhone
from desktop.tour.server import TourServer
from desktop.tour.waiting import expect, until

STAFF_NUMBER, PASSWORD = "1027", "stayline-demo"
PASSPHRASE = "four words for practice"
"""asked for only where the machine has no keyring; the store lives as long as the tour"""


@dataclass(frozen=True)
class Made:
    """An outcome saved in the tour, as the agent meant it."""

    key: str
    scenario: str
    result: str
    connected: bool
    owner: bool
    success: bool
    talk_s: int
    at: datetime


@dataclass
class Day:
    app: Application
    hand: Hand
    phone: StandInPhone
    server: TourServer
    ledger: Ledger
    made: list[Made] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    """what one step leaves for another: task ids, a number that was shown"""
    lead: Application | None = None
    """the program of the agent's team lead, while it is open beside the agent's"""

    @property
    def made_today(self) -> list[Made]:
        """A tour may cross midnight."""
        return [one for one in self.made if one.at >= self.midnight]

    @property
    def midnight(self) -> datetime:
        """When the day began that is today's now."""
        return day_start(local_day(self.main.entered.desk.moment().wall))

    @property
    def main(self) -> MainWindow:
        expect(self.app.main, "the main window is not open")
        assert self.app.main is not None
        return self.app.main

    @property
    def page(self) -> CallPage:
        page = self.main.call_page
        assert page is not None
        return page

    @property
    def session(self) -> CallSession:
        session = self.main.presenter.session
        expect(session, "no customer is open")
        assert session is not None
        return session

    def say(self, text: Text) -> str:
        """The words as they stand in the windows now."""
        return self.app.tongue(text)

    @property
    def banner(self) -> str:
        """The message in sight; empty where there is none."""
        banner = self.main.banner
        return banner.message if banner.isVisible() else ""

    @property
    def sync_line(self) -> str:
        return self.main.footer.sync_text

    def until_uploaded(self, *, within_s: float = 30.0) -> None:
        wanted = self.say(shell_words.ONLINE)
        until(lambda: self.sync_line == wanted, f"the status line says “{wanted}”", within_s=within_s)

    def rows(self) -> list[QueueRow]:
        """The tasks in the list, in its order, as far as it has read them."""
        model = self.main.queue.model
        found = (model.at(at) for at in range(model.rowCount()))
        return [row for row in found if isinstance(row, QueueRow)]

    def headings(self) -> list[str]:
        model = self.main.queue.model
        return [str(model.data(model.index(at, 0))) for at in model.headings]
