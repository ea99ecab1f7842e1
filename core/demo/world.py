"""The invented world: what the demonstration, the tests and the benchmarks load."""

from collections.abc import Iterator, Set
from datetime import date, datetime

from core.content.indicators import load_catalogue
from core.demo.care import contacts
from core.demo.casework import Casework, casework
from core.demo.document import document
from core.demo.life import live
from core.demo.outcomes import past_outcomes
from core.demo.past_work import PastTask, left_on, past_tasks
from core.demo.people import AGENTS, PASSWORD, TEAMS, DemoAgent, DemoTeam
from core.demo.tasks import Candidate, candidate, open_tasks
from core.demo.texted import TextedCampaign, texted_campaign
from core.demo.today import today_of
from core.domain.clock import utc_now
from core.domain.customer import Document
from core.domain.indicator import Indicator
from core.domain.task import Task
from core.wire.push import Saved

_POOL = 2_000
"""tasks are looked for among the first customers, at least this many and four for each task"""


class World:
    """A city of `customers` on the day of `as_of` (aware; the present where it is None).

    The same seed and moment give the same world, and customer by customer the same in a world of any size. Documents
    and outcomes are made one at a time and not kept.
    """

    def __init__(self, seed: int = 7, customers: int = 2_000, as_of: datetime | None = None, tasks: int = 600) -> None:
        self.seed, self.customers, self.task_count = seed, customers, tasks
        self.today = today_of(as_of or utc_now())
        self._pool = min(customers, max(_POOL, 4 * tasks))
        self._candidates: dict[int, Candidate] = {}

    @property
    def as_of(self) -> datetime:
        return self.today.as_of

    def teams(self) -> list[DemoTeam]:
        return list(TEAMS)

    def agents(self) -> list[DemoAgent]:
        """Twelve at the phones, then the planner and the administrator."""
        return [DemoAgent(agent=agent, password=PASSWORD) for agent in AGENTS]

    def indicators(self) -> list[Indicator]:
        """The catalogue of indicators; raises ContentError where its files are wrong."""
        return list(load_catalogue())

    def documents(self) -> Iterator[Document]:
        """Every customer with all sections, in order of their index."""
        for index in range(self.customers):
            life = live(self.seed, index, self.today)
            seen = contacts(life)
            if index < self._pool:
                self._candidates[index] = candidate(life, seen)
            yield document(life, seen)

    def document(self, index: int) -> Document:
        """Customer `index` alone."""
        life = live(self.seed, index, self.today)
        return document(life, contacts(life))

    def tasks(self) -> Iterator[Task]:
        """Up to `tasks` open tasks, one a customer; quick once `documents` has been read."""
        return open_tasks(self.seed, self.today, self._every_candidate(), self.task_count)

    def outcomes(self) -> Iterator[Saved]:
        """The calls of the past three months as they were recorded, customer by customer."""
        for index in range(self.customers):
            yield from past_outcomes(self.seed, index, self.today)

    def past_tasks(self) -> Iterator[PastTask]:
        """What those calls were made for; tasks long done, customer by customer."""
        for index in range(self.customers):
            yield from past_tasks(self.seed, index, self.today)

    def departures(self) -> dict[str, date]:
        """By id those customers who have left the net until yesterday, save who has a task now."""
        open_now = {task.customer_id for task in self.tasks()}
        found = (left_on(self.seed, index, self.today) for index in range(self.customers))
        return {who: day for who, day in filter(None, found) if who not in open_now}

    def texted(self, left: Set[str]) -> TextedCampaign:
        """The campaign that is over, of the first customers; `left` are those who have left the net of others."""
        busy = left | {task.customer_id for task in self.tasks()}
        return texted_campaign(self.seed, min(self.customers, _POOL), self.today, busy=busy)

    def casework(self) -> Casework:
        """Repair cases and promises under way, and who is on duty."""
        return casework(self.today, self.customers)

    def _every_candidate(self) -> Iterator[Candidate]:
        for index in range(self._pool):
            known = self._candidates.get(index)
            if known is None:
                life = live(self.seed, index, self.today)
                known = self._candidates[index] = candidate(life, contacts(life))
            yield known
