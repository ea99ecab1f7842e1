"""Care that an event sets off, begun for all whom it concerns (CARE-24): the emergency desk, the points system or the
network tells of them, and no data here could.

Each gets the class's text as if an agent had planned it: it waits for the SMS adapter, stands on the customer's record,
and rests on every desk. Who cannot be texted is named with the reason, for the calls that follow.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import uuid4

from sqlalchemy import select

from core.domain.care_class import CareChannel, CareClass
from core.domain.care_given import CareGiven
from core.domain.customer import Document, decode_document
from core.domain.errors import InputError
from core.domain.people import Agent, Right
from core.domain.text import Lang, Text
from core.guidance.care_calls import channels_for, message_for
from core.guidance.facts import facts_of
from core.server.db import audit, customers, people, published, refusals, settings, tasks
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.db.schema import customer
from core.server.sync.take_care import keep_given, rests
from core.wire.session import Site

AT_ONCE = 200
"""customers in one transaction: nobody who saves waits for the whole list"""


class Left(StrEnum):
    """Why a customer is not texted."""

    UNKNOWN = "unknown"
    OPTED_OUT = "opted_out"
    RESTS = "rests"
    COMPLAINT = "complaint"
    TO_BE_CALLED = "to_be_called"
    UNWRITTEN = "unwritten"


LEFT_WORDS: dict[Left, Text] = {
    Left.UNKNOWN: Text("库里没有这位客户", "no such customer here"),
    Left.OPTED_OUT: Text("客户不愿被打扰", "wants no calls"),
    Left.RESTS: Text("不久前刚做过同一类", "had the same of late"),
    Left.COMPLAINT: Text("有投诉没了结，先解决", "a complaint is open: settle it first"),
    Left.TO_BE_CALLED: Text("不宜发短信，请打电话", "not by text: call them"),
    Left.UNWRITTEN: Text("短信里的数字缺资料", "a figure of the text is missing"),
}


class Started(NamedTuple):
    """What came of it; customers in the order in which they were named."""

    texted: tuple[str, ...]
    left: tuple[tuple[str, Left], ...]


def start_care(database: Database, code: str, named: Sequence[str], *, by: str, plan_only: bool = False) -> Started:
    """Plans the class's text for each of `named`, ids of customers; `by` is the staff number in whose name. With
    `plan_only` nothing is kept. Done again the same day it changes nothing: the class rests.

    Raises InputError where nobody tells of that class, or there is no such account."""
    texted: list[str] = []
    left: list[tuple[str, Left]] = []
    for some in _some(list(dict.fromkeys(named))):
        with database.write() as unit:
            found = _Begun(unit, _class(unit, code), _agent(unit, by), settings.site(unit), plan_only)
            for customer_id, why in found.each(some):
                if why is None:
                    texted.append(customer_id)
                else:
                    left.append((customer_id, why))
    if texted and not plan_only:
        with database.write() as unit:
            audit.write(unit, writer=by, action=Action.CARE_STARTED, object_=code, texted=len(texted), left=len(left))
    return Started(tuple(texted), tuple(left))


def living_in(database: Database, area: str) -> list[str]:
    """Ids of the customers of that area, in their order.

    Raises InputError where nobody lives: a slip of the name would pass for an area in which all have been told."""
    with database.read() as unit:
        mine = select(customer.c.id).where(customer.c.tenant_id == unit.tenant, customer.c.area == area)
        found = list(unit.conn.execute(mine.order_by(customer.c.id)).scalars())
        if not found:
            there = select(customer.c.area).where(customer.c.tenant_id == unit.tenant, customer.c.area != "").distinct()
            raise _nobody_lives(area, list(unit.conn.execute(there.order_by(customer.c.area)).scalars()))
        return found


def _nobody_lives(area: str, there: Sequence[str]) -> InputError:
    return InputError(
        title=Text("地区里没有客户", "No customers in that area"),
        message=Text(f"没有客户在“{area}”，没有发起关怀。", f"No customer lives in “{area}”; no care was begun."),
        next_step=Text(
            f"请核对地区名称。现有：{'、'.join(there) or '-'}。",
            f"Check its name. There are: {', '.join(there) or '-'}.",
        ),
    )


class _Begun(NamedTuple):
    unit: Unit
    care: CareClass
    agent: Agent
    site: Site
    plan_only: bool

    def each(self, ids: Sequence[str]) -> Iterator[tuple[str, Left | None]]:
        bodies = customers.documents(self.unit, ids, frozenset(Right))
        for customer_id in ids:
            body = bodies.get(customer_id)
            yield customer_id, Left.UNKNOWN if body is None else self._one(decode_document(body))

    def _one(self, document: Document) -> Left | None:
        tasks.lock_customer(self.unit, document.id)
        facts = facts_of(document, agent=self.agent, site=self.site, task=None, now=self.unit.now)
        if refusals.is_opted_out(self.unit, document.id) or (document.care is not None and document.care.opted_out):
            return Left.OPTED_OUT
        if rests(self.unit, document.id, self.care.code, self.unit.now):
            return Left.RESTS
        channels = channels_for(self.care, facts)
        if not channels:
            return Left.COMPLAINT
        if CareChannel.SMS not in channels:
            return Left.TO_BE_CALLED
        text = message_for(self.care, facts, Lang.ZH)
        if not text:
            return Left.UNWRITTEN
        if not self.plan_only:
            keep_given(self.unit, self._given(document.id, text, self.unit.now), by=self.agent.name)
        return None

    def _given(self, customer_id: str, text: str, now: datetime) -> CareGiven:
        return CareGiven(
            id=uuid4(),
            customer_id=customer_id,
            agent=self.agent.staff_number,
            code=self.care.code,
            label=self.care.label,
            channel=CareChannel.SMS,
            at=now,
            text=text,
        )


def _some(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


def _class(unit: Unit, code: str) -> CareClass:
    classes = published.care_classes(unit)
    told = [one for one in classes.classes if one.by_notice is not None] if classes else []
    found = next((one for one in told if one.code == code), None)
    if found is None:
        names = "、".join(f"{one.code} {one.label.zh}" for one in told) or "-"
        raise InputError(
            title=Text("没有这一类关怀", "No such care"),
            message=Text(
                f"{code}：不是靠通知发起的关怀类别。", f"{code} is no class of care that somebody else tells of."
            ),
            next_step=Text(f"请用：{names}。", f"Give one of: {', '.join(one.code for one in told) or '-'}."),
        )
    return found


def _agent(unit: Unit, staff_number: str) -> Agent:
    account = people.get(unit, staff_number)
    if account is None or account.disabled:
        raise InputError(
            title=Text("没有这个工号", "No such account"),
            message=Text(f"工号 {staff_number} 没有，或已停用。", f"There is no {staff_number}, or it is disabled."),
            next_step=Text(
                "短信以这个工号的名义发：请用 --by 另给一个。", "The texts go in its name: give another --by."
            ),
        )
    return account.agent
