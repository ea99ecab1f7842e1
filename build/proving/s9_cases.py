"""Generated calls of S9: rules of a place, a moment, a customer and what it is about, as the oracle and as the product
have it."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from dial_cases import micros, moment_of, request_of
from dial_oracle import DAY, MINUTE, About, Rules
from server_kit import task

from core.compliance import DialRequest, awaited, needs_consent, rest_of
from core.domain.customer import Ticket
from core.domain.task import Task, TaskType
from core.domain.text import Text

REST_DAYS = 7
SKILLS = ("4g-upgrade", "low-balance", "complaint-revisit")
"""the scenarios of these calls"""
_BASE = micros(datetime(2026, 11, 20, tzinfo=UTC))
_HOUR = 60 * MINUTE
_WORDS = Text("投诉", "Complaint")
Complaints = list[tuple[int, int | None]]


@dataclass(frozen=True, kw_only=True)
class Case:
    """One wish to call."""

    rules: Rules
    now: int
    before: list[int] = field(default_factory=list)
    refused: bool = False
    about: About = field(default_factory=About)
    besides: bool = False
    """something else was told of them, which nobody asked for: nothing hangs on it"""
    complaints: Complaints = field(default_factory=list)
    withheld: bool = False

    @property
    def legal(self) -> bool:
        return self.rules.legal(self.now, self.before) and not self.barred

    @property
    def barred(self) -> bool:
        """By what the customer said, whatever the hour."""
        unwanted = self.rules.unwanted(self.now, self.about, self.complaints, withheld=self.withheld)
        return self.refused or unwanted

    @property
    def next_legal(self) -> int | None:
        """Of who may be called some day."""
        complaints = [] if self.about.wanted else self.complaints
        return self.rules.first_legal(self.now, self.before, complaints=complaints)

    @property
    def for_good(self) -> bool:
        """Waiting does not help."""
        return self.refused or (self.withheld and self.about.sells and not self.about.wanted)


def a_case(rng: random.Random) -> Case:
    """A moment near midnight as often as not, and what was dialled before, some of it to the tick."""
    rules = some_rules(rng)
    edge = rng.choice((rules.opens_min, rules.closes_min, 0, rng.randrange(1440)))
    now = _BASE + rng.randrange(5) * DAY + (edge - rules.offset_min) * MINUTE + rng.choice((-1, 0, 1, 0, MINUTE))
    exact = (0, DAY - 1, DAY, DAY + 1, 30 * DAY - 1, 30 * DAY, 30 * DAY + 1)
    before = [
        now - (rng.choice(exact) if rng.random() < 0.3 else rng.randrange(33 * DAY)) for _ in range(rng.randrange(12))
    ]
    return Case(
        rules=rules, now=now, before=before, refused=rng.random() < 0.05, about=some_reason(rng, now),
        besides=rng.random() < 0.2, complaints=some_complaints(rng, now), withheld=rng.random() < 0.2,
    )  # fmt: skip


def some_rules(rng: random.Random) -> Rules:
    days = {
        date(2026, 11, 19) + timedelta(days=rng.randrange(8)): (
            rng.choice(("rest", "work")),
            _spans(rng) if rng.random() < 0.5 else None,
        )
        for _ in range(rng.randrange(3))
    }
    return Rules(
        offset_min=rng.choice((-720, -210, 0, 330, 345, 480, 480, 480, 840)),
        opens_min=rng.randrange(721), closes_min=rng.randrange(721, 1441),
        cap_24h=rng.randint(1, 4), cap_30d=rng.randint(1, 10),
        weekend=rng.choice(((), (6, 7), (6, 7), (7,))),
        rest_spans=rng.choice((None, [(600, 1080)])),
        quiet_spans=rng.choice(([], [(720, 840)], _spans(rng))),
        rest_days=REST_DAYS,
        days=days,
    )  # fmt: skip


def _spans(rng: random.Random) -> list[tuple[int, int]]:
    pairs = [(rng.randrange(1441), rng.randrange(1441)) for _ in range(rng.randrange(3))]
    return [(min(pair), max(pair)) for pair in pairs]


def some_reason(rng: random.Random, now: int, *, promised: bool = True) -> About:
    """Half of them sell; some are owed, some about the complaint, some callbacks, agreed with somebody or not."""
    sells, what = rng.random() < 0.5, rng.random()
    if what < 0.1:
        return About(of_complaint=True)
    if what < 0.25:
        return About(sells=sells, owed=True)
    if promised and what < 0.5:
        return About(sells=sells, promised=now - rng.randrange(-20 * MINUTE, 3 * _HOUR), agreed=rng.random() < 0.5)
    return About(sells=sells)


def some_complaints(rng: random.Random, now: int) -> Complaints:
    """Mostly none; one that is open, or was closed within three weeks or just when its rest is over."""
    if rng.random() < 0.7:
        return []
    closed = now - rng.choice((rng.randrange(20 * DAY), REST_DAYS * DAY - 1, REST_DAYS * DAY, REST_DAYS * DAY + 1))
    return [(closed - rng.randrange(15 * DAY), closed if rng.random() < 0.7 else None)]


def task_of(about: About, index: int = 1, *, besides: bool = False) -> Task:
    """As the server keeps it."""
    kinds = {
        "complaint-revisit": TaskType.COMPLAINT_REVISIT, "4g-upgrade": TaskType.NEW_SERVICE_PROMOTION,
        "low-balance": TaskType.CHURN_INCLINED_VISIT,
    }  # fmt: skip
    scenario = "complaint-revisit" if about.of_complaint else "4g-upgrade" if about.sells else "low-balance"
    return task(
        index, scenario=scenario, type=kinds[scenario], owed=about.owed, besides=besides,
        callback_at=None if about.promised is None else moment_of(about.promised), callback_agreed=about.agreed,
    )  # fmt: skip


def tickets_of(complaints: Complaints) -> list[Ticket]:
    """As the server keeps them."""
    return [
        Ticket(
            id=str(n), kind=_WORDS, topic=_WORDS, complaint=True, opened_at=moment_of(opened),
            closed_at=None if closed is None else moment_of(closed),
        )
        for n, (opened, closed) in enumerate(complaints)
    ]  # fmt: skip


def asked(case: Case) -> DialRequest:
    """What the product is asked, made of the task and the tickets as desk and server make it."""
    of, now = task_of(case.about, besides=case.besides), moment_of(case.now)
    rest = None if awaited(of) else rest_of(tickets_of(case.complaints), now=now, days=REST_DAYS)
    return request_of(
        case.rules, case.now, case.before, opted_out=case.refused, rest=rest,
        needs_consent=needs_consent(case.withheld, of),
    )  # fmt: skip
