"""S9 on the server: who is claimed, dispatched or called by a machine, beside the oracle of other hands.

Each round is a place with rules of its own, a moment, and customers with dials, complaints, hours of their own, consent
or none and refusals, against a real database; tasks sell or not, are owed, or callbacks that were agreed with somebody
or with nobody. The control gives out as if nobody had to be asked."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from unittest.mock import patch
from uuid import UUID

import msgspec
from dial_cases import calendar_of, clock_of, moment_of
from dial_oracle import DAY, About, Rules
from msgspec import structs
from proof import Side
from ready_database import fill
from running_kit import publish
from s9_cases import REST_DAYS, SKILLS, Case, a_case, some_complaints, some_reason, task_of, tickets_of
from server_kit import add_agent, agent, document
from sqlalchemy import update

from core.compliance.verdict import Judgement
from core.domain.calendar import Window
from core.domain.campaign import Arm, Audience, Campaign, CampaignState, MemberState, Route
from core.domain.customer import Care, Document
from core.domain.outreach import OUTREACH, ContactState
from core.domain.task import Task, TaskState
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

_TOGETHER = 24
_CAMPAIGN = "s9"
WAYS = ("claimed", "dispatched", "called by machine")
_SPOKEN = ("low-balance", "second-renewal")
"""what the machine calls about: the second is made to sell"""


@dataclass
class Given:
    """What went out, by way."""

    out: Counter[str] = field(default_factory=Counter)
    illegal: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(WAYS, 0)))
    needless: int = 0
    spared: int = 0
    """of a customer who complained or agreed to nothing that sells, and waits for it"""
    barred: int = 0
    """for one of these reasons alone"""
    asked: int = 0

    @property
    def side(self) -> Side:
        illegal = self.illegal.total()
        seen = all(self.out[way] for way in WAYS) and self.spared and self.barred
        return Side(
            holds=not illegal and not self.needless and bool(seen),
            figures={
                "on the server": self.asked,
                **{name: self.out[name] for name in WAYS},
                "spared there": self.spared,
                "barred there": self.barred,
                "illegal there": illegal,
                "held for nothing": self.needless,
            },
        )


def claims(rounds: int, folder: Path, *, guarded: bool = True) -> Given:
    """What went out against the rules, and what was held back for nothing."""
    rng, found = random.Random(99), Given()
    city = _City(folder)
    with _nobody_asks(guarded):
        for number in range(rounds):
            case = a_case(rng)
            # Else most rounds are at night: of each way every second is at the very opening.
            opening = case.rules.first_legal(case.now, []) if number // 3 % 2 else None
            city.round(rng, case.rules, case.now if opening is None else opening, number, found)
    city.database.close()
    return found


@contextmanager
def _nobody_asks(guarded: bool) -> Iterator[None]:
    if guarded:
        yield
        return
    nobody = patch.object(CallingRules, "barred", lambda *_: {})
    always = patch.object(CallingHours, "opens", lambda _self, at: at)
    freely = patch.object(dials, "asked", lambda unit, _dial, *, sells: Judgement(None, unit.now))
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
        add_agent(self.database, agent("1", daily_target=10**6, skills=SKILLS))
        publish(self.database, OUTREACH)

    def round(self, rng: random.Random, rules: Rules, now: int, number: int, found: Given) -> None:
        """Notes who went out, and whom the oracle lets through."""
        self.now = moment_of(now)
        way = WAYS[number % 3]
        first = number * _TOGETHER
        if way == "called by machine":
            about = _SPOKEN[(number // 3 + 1) // 2 % 2]
            reasons = [About(sells=about == "second-renewal")] * _TOGETHER
        else:
            # Who asks for the next is given no callback: those go out by dispatch.
            reasons = [some_reason(rng, now, promised=way == "dispatched") for _ in range(_TOGETHER)]
        who = [_customer(rng, rules, now, first + n, reason) for n, reason in enumerate(reasons)]
        with self.database.write() as unit:
            site = msgspec.structs.replace(
                settings.site(unit), call_from=clock_of(rules.opens_min), call_until=clock_of(rules.closes_min),
                cap_24h=rules.cap_24h, cap_30d=rules.cap_30d, complaint_rest_d=REST_DAYS,
            )  # fmt: skip
            settings.put_site(unit, site)
        with patch.object(calling_hours, "calendar", lambda _unit, _name: calendar_of(rules)):
            given = (
                self._machine(who, number, about) if way == "called by machine"
                else self._claimed(who) if way == "claimed" else self._dispatched(who)
            )  # fmt: skip
        for one in who:
            case = one.case if way != "dispatched" else replace(one.case, now=_hour(rules, now, one.case.about))
            out = one.document.id in given
            against = (case.withheld and case.about.sells) or case.rules.at_rest(case.now, case.complaints)
            found.asked += 1
            found.out[way] += out
            found.illegal[way] += out and not case.legal
            found.needless += case.legal and not out
            found.spared += out and against
            found.barred += not out and against and not case.refused and case.rules.legal(case.now, case.before)

    def _claimed(self, who: "Sequence[_Customer]") -> set[str]:
        self._tasks(who)
        return self._cleared({one.task.customer_id for one in claim_next(self.database, ["1"] * len(who)) if one.task})

    def _dispatched(self, who: "Sequence[_Customer]") -> set[str]:
        self._tasks(who)
        found = dispatch_waiting(self.database, actor="s9").assignments
        return self._cleared({one.task.customer_id for one in found if one.task.block is None})

    def _tasks(self, who: "Sequence[_Customer]") -> None:
        load(self.database, [(one.document, structs.replace(one.task, created_at=self.now)) for one in who])

    def _machine(self, who: "Sequence[_Customer]", number: int, about: str) -> set[str]:
        load(self.database, [(one.document, None) for one in who])
        name, at = f"{_CAMPAIGN}-{number}", {"drawn_at": self.now}
        stated = Campaign(
            id=name, name=Text(name, name), audience=Audience(), scenario=about, owner="9001",
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
            unit.conn.execute(
                schema.campaign_member.insert(), [member | {"customer_id": one.document.id} for one in who]
            )
        gateway = _Gateway()
        OutreachWorker(self.database, gateway).round()
        return self._cleared(gateway.called)

    def _cleared(self, given: set[str]) -> set[str]:
        with self.database.write() as unit:
            waiting = schema.task.c.state == TaskState.WAITING.value
            unit.conn.execute(update(schema.task).where(waiting).values(state=TaskState.CANCELLED.value))
            unit.conn.execute(update(schema.outgoing_contact).values(due_at=None))
        return given


@dataclass(frozen=True)
class _Customer:
    """One of a round: as the oracle has them, and as the server does."""

    case: Case
    document: Document
    task: Task


def _customer(rng: random.Random, rules: Rules, now: int, index: int, about: About) -> _Customer:
    before = [now - rng.randrange(33 * DAY) for _ in range(rng.randrange(1, 12))] if rng.random() < 0.4 else []
    quiet = [(a, a + rng.randrange(1, 600)) for a in [rng.randrange(800)]] if rng.random() < 0.2 else []
    case = Case(
        rules=replace(rules, quiet_spans=[*rules.quiet_spans, *quiet]), now=now, before=before, about=about,
        refused=rng.random() < 0.05, besides=rng.random() < 0.2, complaints=some_complaints(rng, now),
        withheld=rng.random() < 0.3,
    )  # fmt: skip
    care = Care(tickets=tickets_of(case.complaints), dials=[moment_of(at) for at in before], opted_out=case.refused)
    known = {"marketing_consent": False} if case.withheld else rng.choice(({}, {"marketing_consent": True}))
    written = document(index, care=care, indicators=known)
    assert written.contact is not None
    written.contact.quiet = [Window(a, b) for a, b in quiet]
    return _Customer(case, written, task_of(about, index, besides=case.besides))


def _hour(rules: Rules, now: int, about: About) -> int:
    """At which a desk that is given a task would call: once the centre opens, a callback not before its moment."""
    opens = rules.first_legal(now, [])
    if opens is None:
        opens = now
    if about.promised is None:
        return opens
    later = rules.first_legal(max(opens, about.promised), [])
    return opens if later is None else later
