"""Care that is begun for many, as one customer gets it: by which way, in which words, or why not (CARE-24, CARE-25).

A text and a letter wait for the next export as if an agent had planned them; a call becomes a task, whose script says
the words of the class. The class's channels are tried in their order.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import uuid4, uuid5

from core.domain.care_class import CareChannel, CareClass
from core.domain.care_given import WRITTEN, CareGiven
from core.domain.clock import local_day
from core.domain.customer import Document, Identity, decode_document
from core.domain.people import Agent, Right
from core.domain.task import Task, TaskCustomer, TaskState
from core.domain.text import Lang, Text
from core.guidance.care_calls import channels_for, message_for
from core.guidance.facts import facts_of
from core.rules import holds
from core.server.customer_ids import NAMESPACE
from core.server.db import customers, published, refusals, tasks
from core.server.db.engine import Unit
from core.server.loading.new_tasks import add_tasks
from core.server.sync.take_care import keep_given, rests
from core.wire.session import Site

CARE_CALL = "care-call"
"""scenario of the calls of classes that have no script of their own"""
WAYS = (CareChannel.SMS, CareChannel.MAIL, CareChannel.CALL)
"""by which care is begun for many"""
PRIORITY = 2


class Left(StrEnum):
    """Why a customer is left out."""

    UNKNOWN = "unknown"
    NOT_DUE = "not_due"
    OPTED_OUT = "opted_out"
    RESTS = "rests"
    COMPLAINT = "complaint"
    TO_BE_CALLED = "to_be_called"
    NO_WAY = "no_way"
    BUSY = "busy"
    NO_NUMBER = "no_number"
    NO_ADDRESS = "no_address"
    UNWRITTEN = "unwritten"


LEFT_WORDS: Mapping[Left, Text] = {
    Left.UNKNOWN: Text("库里没有这位客户", "no such customer here"),
    Left.NOT_DUE: Text("按资料还不该做", "not due for them"),
    Left.OPTED_OUT: Text("客户不愿被打扰", "wants no calls"),
    Left.RESTS: Text("不久前刚做过同一类", "had the same of late"),
    Left.COMPLAINT: Text("有投诉没了结，先解决", "a complaint is open: settle it first"),
    Left.TO_BE_CALLED: Text("只能打电话，这次没选电话", "by call alone, which was not chosen"),
    Left.NO_WAY: Text("这一类用选的方式发不了", "not by the ways that were chosen"),
    Left.BUSY: Text("手上已有任务，随那通电话说", "has a task already: say it in that call"),
    Left.NO_NUMBER: Text("没有能打的号码", "no number that can be dialled"),
    Left.NO_ADDRESS: Text("没有通信地址", "no address is known"),
    Left.UNWRITTEN: Text("文字里的数字缺资料", "a figure of the words is missing"),
}


class Begun(NamedTuple):
    """One class, begun in one agent's name, within one transaction."""

    unit: Unit
    care: CareClass
    agent: Agent
    site: Site
    by: Collection[CareChannel]
    plan_only: bool
    festival: Mapping[str, object] = {}
    """the facts of the calendar"""

    def each(self, ids: Sequence[str]) -> Iterator[tuple[str, CareChannel | Left]]:
        bodies = customers.documents(self.unit, ids, frozenset(Right))
        for customer_id in ids:
            body = bodies.get(customer_id)
            yield customer_id, Left.UNKNOWN if body is None else self._one(decode_document(body))

    def _one(self, document: Document) -> CareChannel | Left:
        tasks.lock_customer(self.unit, document.id)
        facts = facts_of(
            document, agent=self.agent, site=self.site, task=None, now=self.unit.now, extra=dict(self.festival)
        )
        if self.care.when is not None and not holds(self.care.when, facts):
            return Left.NOT_DUE
        if refusals.is_opted_out(self.unit, document.id) or (document.care is not None and document.care.opted_out):
            return Left.OPTED_OUT
        if rests(self.unit, document.id, self.care.code, self.unit.now):
            return Left.RESTS
        channels = channels_for(self.care, facts)
        if not channels:
            return Left.COMPLAINT if facts.get("complaint_open") is True else Left.NO_WAY
        text = message_for(self.care, facts, Lang.ZH)
        why = Left.TO_BE_CALLED if CareChannel.CALL in channels and CareChannel.CALL not in self.by else Left.NO_WAY
        for channel in (one for one in channels if one in self.by and one in WAYS):
            hindered = self._hindered(channel, document, text)
            if hindered is None:
                if not self.plan_only:
                    self._give(channel, document, text or "")
                return channel
            why = hindered
        return why

    def _hindered(self, channel: CareChannel, document: Document, text: str | None) -> Left | None:
        if channel in WRITTEN and not text:
            return Left.UNWRITTEN
        contact = document.contact
        if channel is CareChannel.MAIL and not (contact and contact.address):
            return Left.NO_ADDRESS
        if channel is CareChannel.CALL:
            if not _good_numbers(document):
                return Left.NO_NUMBER
            if tasks.open_of(self.unit, document.id) or tasks.get(self.unit, self._task_id(document.id)) is not None:
                return Left.BUSY
        return None

    def _give(self, channel: CareChannel, document: Document, text: str) -> None:
        if channel is CareChannel.CALL:
            add_tasks(self.unit, [self._task(document)], list_id=f"care:{self.care.code}"[:80])
        else:
            keep_given(self.unit, self._given(channel, document.id, text, self.unit.now), by=self.agent.name)

    def _given(self, channel: CareChannel, customer_id: str, text: str, now: datetime) -> CareGiven:
        return CareGiven(
            id=uuid4(),
            customer_id=customer_id,
            agent=self.agent.staff_number,
            code=self.care.code,
            label=self.care.label,
            channel=channel,
            at=now,
            text=text,
        )

    def _task_id(self, customer_id: str) -> str:
        """Once a day: the class itself rests when its call was made."""
        return str(uuid5(NAMESPACE, f"care:{self.care.code}:{customer_id}:{local_day(self.unit.now)}"))

    def _task(self, document: Document) -> Task:
        who, label = document.identity or Identity(), self.care.label
        scenario = self.care.scenario or CARE_CALL
        return Task(
            id=self._task_id(document.id),
            customer_id=document.id,
            type=published.task_type(self.unit, scenario),
            scenario=scenario,
            state=TaskState.WAITING,
            priority=PRIORITY,
            reason=Text(f"关怀：{label.zh}", f"Care: {label.en}"),
            customer=TaskCustomer(name=who.name, numbers=_good_numbers(document), tier=who.tier),
            area=who.area,
            grid=who.grid,
            branch=who.branch,
            created_at=self.unit.now,
            care=self.care.code,
        )


def _good_numbers(document: Document) -> tuple[str, ...]:
    """The main one first."""
    found = [one for one in document.contact.numbers if not one.bad] if document.contact else []
    return tuple(one.number for one in sorted(found, key=lambda one: not one.main))
