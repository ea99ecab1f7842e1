"""S9 on the server: who is claimed, dispatched or called by a machine, beside the oracle of other hands.

Each round is a place with rules of its own, a moment, and customers with dials, complaints, hours of their own and
refusals, against a real database. The control gives out as if nobody had to be asked."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from unittest.mock import patch
from uuid import UUID

import msgspec
from dial_cases import calendar_of, clock_of, moment_of
from dial_oracle import DAY, Rules
from proof import Side
from ready_database import fill
from running_kit import publish
from server_kit import add_agent, agent, document, task
from sqlalchemy import update

from core.compliance.verdict import Judgement
from core.domain.calendar import Window
from core.domain.campaign import Arm, Audience, Campaign, CampaignState, MemberState, Route
from core.domain.customer import Care, Document, Ticket
from core.domain.outreach import OUTREACH, ContactState
from core.domain.task import TaskState
from core.domain.text import Text
from core.server import calling_hours, dials
from core.server.calling_hours import CallingHours
from core.server.calling_rules import CallingRules
from core.server.claiming import claim_next
from core.server.db import schema, settings
from core.server.db.engine import Database, open_engine, sqlite_url
from core.server.dispatching import dispatch_waiting
from core.server.loading import load
from core.server.outreach.worker import OutreachWorker
from core.wire.outreach import ContactOut, ContactReport

Case = Callable[[random.Random], tuple[Rules, int, list[int], bool]]
_TOGETHER = 24
_CAMPAIGN = "s9"
_REST_DAYS = 7


def claims(rounds: int, folder: Path, case: Case, *, guarded: bool = True) -> Side:
    """What went out against the rules, and what was held back for nothing."""
    rng, illegal, needless, out = random.Random(99), 0, 0, 0
    city = _City(folder)
    with _nobody_asks(guarded):
        for number in range(rounds):
            rules, now, _, _ = case(rng)
            legal, given = city.round(rng, rules, now, number)
            illegal, needless, out = illegal + len(given - legal), needless + len(legal - given), out + len(given)
    city.database.close()
    figures = {
        "on the server": rounds * _TOGETHER,
        "given": out,
        "illegal there": illegal,
        "held for nothing": needless,
    }
    return Side(holds=illegal == 0 and needless == 0 and out > 0, figures=figures)


@contextmanager
def _nobody_asks(guarded: bool) -> Iterator[None]:
    if guarded:
        yield
        return
    nobody = patch.object(CallingRules, "barred", lambda *_: {})
    always = patch.object(CallingHours, "opens", lambda _self, at: at)
    freely = patch.object(dials, "asked", lambda unit, _dial: Judgement(None, unit.now))
    with nobody, always, freely:
        yield


class _Gateway:
    def __init__(self) -> None:
        self.called: set[str] = set()

    def send(self, contact: ContactOut) -> ContactReport:
        self.called.add(contact.customer_id)
        return ContactReport(state=ContactState.SENT)

    def look(self, contact_id: UUID) -> ContactReport | None:
        return None


class _City:
    """One database through all rounds; what a round leaves is called off."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.now = moment_of(0)
        self.database = Database(open_engine(sqlite_url(folder)), clock=lambda: self.now)
        fill(self.database.engine)
        with self.database.write() as unit:
            settings.prepare(unit)
        add_agent(self.database, agent("1", daily_target=10**6))
        publish(self.database, OUTREACH)

    def round(self, rng: random.Random, rules: Rules, now: int, number: int) -> tuple[set[str], set[str]]:
        """Whom the oracle lets through, and who went out."""
        self.now = moment_of(now)
        who = [self._customer(rng, rules, now, number * _TOGETHER + n) for n in range(_TOGETHER)]
        way = (self._claimed, self._dispatched, self._machine)[number % 3]
        opens = rules.first_legal(now, []) if way == self._dispatched else now
        at = now if opens is None else opens
        with self.database.write() as unit:
            site = msgspec.structs.replace(
                settings.site(unit), call_from=clock_of(rules.opens_min), call_until=clock_of(rules.closes_min),
                cap_24h=rules.cap_24h, cap_30d=rules.cap_30d, complaint_rest_d=_REST_DAYS,
            )  # fmt: skip
            settings.put_site(unit, site)
        with patch.object(calling_hours, "_calendar", lambda _name: calendar_of(rules)):
            given = way([one.document for one in who], number)
        return {one.document.id for one in who if one.legal(at)}, given

    def _customer(self, rng: random.Random, rules: Rules, now: int, index: int) -> "_Customer":
        before = [now - rng.randrange(33 * DAY) for _ in range(rng.randrange(1, 12))] if rng.random() < 0.4 else []
        quiet = [(a, a + rng.randrange(1, 600)) for a in [rng.randrange(800)]] if rng.random() < 0.2 else []
        opened, lasted = now - rng.randrange(20 * DAY), rng.randrange(15 * DAY)
        closed = opened + lasted if rng.random() < 0.7 else None
        complaints = [(opened, closed)] if rng.random() < 0.3 else []
        return _Customer(rules, index, before, quiet, complaints, refused=rng.random() < 0.05)

    def _claimed(self, who: list[Document], _number: int) -> set[str]:
        self._tasks(who)
        return self._cleared({one.task.customer_id for one in claim_next(self.database, ["1"] * len(who)) if one.task})

    def _dispatched(self, who: list[Document], _number: int) -> set[str]:
        self._tasks(who)
        found = dispatch_waiting(self.database, actor="s9").assignments
        return self._cleared({one.task.customer_id for one in found if one.task.block is None})

    def _tasks(self, who: list[Document]) -> None:
        load(self.database, [(one, task(int(one.id[1:]), created_at=self.now)) for one in who])

    def _machine(self, who: list[Document], number: int) -> set[str]:
        load(self.database, [(one, None) for one in who])
        name, at = f"{_CAMPAIGN}-{number}", {"drawn_at": self.now}
        stated = Campaign(
            id=name, name=Text(name, name), audience=Audience(), scenario="low-balance", owner="9001",
            starts_on=date(2026, 1, 1), ends_on=date(2027, 1, 1), created_at=self.now, seed="00",
        )  # fmt: skip
        member = {column.name: "" for column in schema.campaign_member.columns if not column.nullable} | at
        member |= {"campaign_id": name, "route": Route.VOICE.value, "arm": Arm.TREATED.value}
        member |= {"state": MemberState.DISPATCHED.value, "tenant_id": self.database.tenant}
        with self.database.write() as unit:
            unit.conn.execute(
                schema.campaign.insert().values(
                    tenant_id=unit.tenant, id=name, state=CampaignState.RUNNING.value, changed_at=self.now,
                    body=msgspec.json.encode(stated),
                )
            )  # fmt: skip
            unit.conn.execute(schema.campaign_member.insert(), [member | {"customer_id": one.id} for one in who])
        gateway = _Gateway()
        OutreachWorker(self.database, gateway).round()
        return self._cleared(gateway.called)

    def _cleared(self, given: set[str]) -> set[str]:
        with self.database.write() as unit:
            waiting = schema.task.c.state == TaskState.WAITING.value
            unit.conn.execute(update(schema.task).where(waiting).values(state=TaskState.CANCELLED.value))
            unit.conn.execute(update(schema.outgoing_contact).values(due_at=None))
        return given


class _Customer:
    """One of a round: the document that the server has, and what the oracle says of it."""

    def __init__(
        self, rules: Rules, index: int, before: list[int], quiet: list[tuple[int, int]],
        complaints: list[tuple[int, int | None]], *, refused: bool,
    ) -> None:  # fmt: skip
        self._rules = replace(rules, quiet_spans=[*rules.quiet_spans, *quiet], rest_days=_REST_DAYS)
        self._before, self._complaints, self._refused = before, complaints, refused
        tickets = [_ticket(opened, closed) for opened, closed in complaints]
        dialled = [moment_of(at) for at in before]
        self.document = document(index, care=Care(tickets=tickets, dials=dialled, opted_out=refused))
        assert self.document.contact is not None
        self.document.contact.quiet = [Window(a, b) for a, b in quiet]

    def legal(self, at: int) -> bool:
        free = not self._refused and not self._rules.at_rest(at, self._complaints)
        return free and self._rules.legal(at, self._before)


def _ticket(opened: int, closed: int | None) -> Ticket:
    ended: datetime | None = None if closed is None else moment_of(closed)
    words = Text("投诉", "Complaint")
    return Ticket(id="1", kind=words, topic=words, complaint=True, opened_at=moment_of(opened), closed_at=ended)
