"""What happened between a customer and the operator: tickets, warnings, orders, repair cases, past calls."""

from datetime import date, datetime, timedelta
from random import Random

from msgspec import Struct

from core.demo.calls import PastDial
from core.demo.cast import Repair, Trouble
from core.demo.life import Life, fitting
from core.demo.people import STAFF_NAMES, UPGRADE
from core.demo.results import SCENARIO_LABELS
from core.demo.rng import Purpose, stream, weighted
from core.demo.today import moment
from core.demo.topics import CASE_TITLES, CHECKS, CLOSED_TOPICS, KINDS, OPEN_TOPICS, Topic
from core.demo.warn import warnings
from core.domain.customer import Care, OrderEvent, PastCall, RepairCase, Subscription, Ticket
from core.domain.text import Text

ROAMING_PACK = Text("国际漫游 30 天包", "30-day roaming pack")


class Contacts(Struct, frozen=True, kw_only=True):
    """Tickets and cases, newest first."""

    tickets: list[Ticket]
    cases: list[RepairCase]

    @property
    def open_complaints(self) -> int:
        return sum(ticket.complaint and ticket.closed_at is None for ticket in self.tickets)

    @property
    def dissatisfied(self) -> bool:
        return any(ticket.complaint and ticket.satisfied is False for ticket in self.tickets)


def contacts(life: Life) -> Contacts:
    """The tickets of two years, and the repair case where one is open."""
    rng = stream(life.seed, life.profile.index, Purpose.CARE)
    who, day = life.profile, life.today.day
    on_net_days = (day - who.on_net_since).days
    tickets = []
    for place in range(weighted(rng, ((0, 0.34), (1, 0.34), (2, 0.2), (3, 0.12)))):
        days_ago = 12 + int(rng.random() * 640)
        topic = rng.choice(CLOSED_TOPICS)
        if days_ago < on_net_days and (who.had_broadband or not topic.home):
            tickets.append(_ticket(rng, life, place + 1, topic, days_ago))
    if who.trouble is Trouble.DISSATISFIED:
        tickets.append(_ticket(rng, life, 8, OPEN_TOPICS[Repair.BROADBAND], rng.randrange(9, 40), grudging=True))
    cases = []
    if who.repair is not Repair.NONE:
        days_ago = rng.randrange(1, 3)
        topic = OPEN_TOPICS[who.repair]
        ticket = _ticket(rng, life, 9, topic, days_ago, open_=True)
        tickets.append(ticket)
        cases.append(
            RepairCase(
                id=f"A{who.index + 1:07d}",
                title=CASE_TITLES[who.repair],
                opened_at=ticket.opened_at + timedelta(minutes=25),
                damaged=topic.damaged,
                state=Text("处理中，专人跟进", "In progress, one person follows through"),
                checks=list(CHECKS[who.repair]),
            )
        )
    tickets.sort(key=lambda ticket: ticket.opened_at, reverse=True)
    return Contacts(tickets=tickets, cases=cases)


def _ticket(
    rng: Random, life: Life, place: int, topic: Topic, days_ago: int, *, open_: bool = False, grudging: bool = False
) -> Ticket:
    opened_at = moment(life.today.day - timedelta(days=days_ago), 8 * 60 + rng.randrange(780))
    satisfied = not grudging and rng.random() < (0.82 if topic.complaint else 0.97)
    return Ticket(
        id=f"T{life.profile.index + 1:07d}{place}",
        kind=KINDS[topic.kind],
        topic=topic.label,
        opened_at=opened_at,
        closed_at=None if open_ else opened_at + timedelta(hours=rng.randrange(2, 72)),
        satisfied=None if open_ else satisfied,
        complaint=topic.complaint,
        damaged=topic.damaged,
    )


def care(life: Life, seen: Contacts) -> Care:
    """The section as the document holds it: each list newest first."""
    month_ago = life.today.as_of - timedelta(days=30)
    return Care(
        whole=True,
        tickets=seen.tickets,
        calls=[_line(call) for call in reversed(life.calls)],
        warnings=warnings(life, dissatisfied=seen.dissatisfied, open_complaints=seen.open_complaints),
        orders=_orders(life),
        cases=seen.cases,
        roaming=_roaming(life),
        opted_out=life.opted_out,
        dials=[call.at for call in reversed(life.calls) if call.at > month_ago],
    )


def _line(call: PastDial) -> PastCall:
    return PastCall(
        at=call.at,
        agent=STAFF_NAMES[call.agent],
        scenario=call.scenario,
        scenario_label=SCENARIO_LABELS[call.scenario],
        result=call.ending.label,
        note=call.ending.note,
        talk_time_s=call.talk_s or None,
        outcome_id=str(call.id),
    )


def _orders(life: Life) -> list[OrderEvent]:
    """What was ordered, newest first; an upgrade agreed to this month starts with the next one."""
    events = [
        OrderEvent(at=_noon(s.since), label=Text(f"订购 {s.label.zh}", f"Ordered {s.label.en}"))
        for s in life.holdings.subscriptions
        if s.since
    ]
    if life.plan_since != life.profile.on_net_since:
        label = Text(f"套餐变更为 {life.plan.name.zh}", f"Plan changed to {life.plan.name.en}")
        events.append(OrderEvent(at=moment(life.plan_since, 0), label=label))
    for contract in life.ties.services.contracts:
        if contract.starts_on:
            label = Text(f"签约 {contract.kind.zh}", f"Signed: {contract.kind.en}")
            events.append(OrderEvent(at=_noon(contract.starts_on), label=label))
    for call in life.calls:
        if call.success and call.scenario == UPGRADE and life.plan.generation <= 3:
            plan = fitting(life.profile).name
            label = Text(f"办理 {plan.zh}，次月生效", f"Ordered {plan.en} from next month")
            events.append(OrderEvent(at=call.at, label=label))
    events.sort(key=lambda event: event.at, reverse=True)
    return events[:8]


def _noon(day: date) -> datetime:
    return moment(day, 12 * 60)


def _roaming(life: Life) -> list[Subscription]:
    """The pack of a traveller who is abroad, or was last month."""
    who, day = life.profile, life.today.day
    if who.repair is not Repair.ROAMING:
        return []
    since = day - timedelta(days=9)
    return [
        Subscription(
            code="roaming-pack", label=ROAMING_PACK, fee_fen=9_800, since=since, until=since + timedelta(days=30)
        )
    ]
