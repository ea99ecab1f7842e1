"""Tasks of a campaign's members: one for each who has none open, with the reason for which they were chosen."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import uuid5

from sqlalchemy import select

from core.domain import decoding
from core.domain.campaign import Campaign
from core.domain.campaign_notes import Why
from core.domain.clock import day_start
from core.domain.customer import Warning_
from core.domain.offer_content import OFFER
from core.domain.task import InUse, Task, TaskCustomer, TaskState, TaskType, Tier
from core.domain.text import Text
from core.server.campaigns.heads import Head, numbers_of
from core.server.customer_ids import NAMESPACE
from core.server.db import campaigns, customers, published
from core.server.db.campaigns import Member
from core.server.db.engine import Unit
from core.server.db.schema import customer, task
from core.server.loading.new_tasks import add_tasks

_CAMPAIGN, _OFFERS = Text("活动", "Campaign"), Text("本次可推荐", "To be offered")
_ABOUT, _OFFERED = "campaign", "offers"
"""names among the values in use of what the campaign itself says"""


def make_tasks(
    unit: Unit, campaign: Campaign, type_: TaskType, members: Sequence[Member], heads: Mapping[str, Head]
) -> list[str]:
    """Customers who have a task now; the others had one open or are there no more. At most a few hundred at once."""
    names = _locked_names(unit, [one.customer_id for one in members])
    numbers = numbers_of(unit, sorted(names))
    reasons = campaigns.reasons(unit, campaign.id, sorted(names))
    offers = _offers(unit, campaign)
    wanted = {
        one.customer_id: _task(
            unit, campaign, type_, one, name=names[one.customer_id], head=heads[one.customer_id],
            numbers=numbers[one.customer_id], why=reasons.get(one.customer_id) or Why(reason=campaign.name),
            offers=offers,
        )
        for one in members
        if one.customer_id in names and one.customer_id in heads
    }  # fmt: skip
    add_tasks(unit, list(wanted.values()), list_id=campaign.id)
    made = _there(unit, [one.id for one in wanted.values()])
    sent = {key: one.id for key, one in wanted.items() if one.id in made}
    _warn(unit, wanted, reasons, members, sent)
    campaigns.sent(unit, campaign.id, sent)
    return list(sent)


def _locked_names(unit: Unit, ids: Sequence[str]) -> dict[str, str]:
    # Held in the order in which every batch of customers is held, so that a round and a desk's push never wait for
    # each other.
    statement = (
        select(customer.c.id, customer.c.name)
        .where(customer.c.tenant_id == unit.tenant, customer.c.id.in_(ids))
        .order_by(customer.c.id)
        .with_for_update()
    )
    return {row[0]: row[1] for row in unit.conn.execute(statement)}


def _offers(unit: Unit, campaign: Campaign) -> tuple[InUse, ...]:
    titles = [_title(unit, one) for one in campaign.offers]
    about = InUse(name=_ABOUT, label=_CAMPAIGN, value=campaign.name)
    if not titles:
        return (about,)
    said = Text("、".join(one.zh for one in titles), ", ".join(one.en for one in titles))
    return (about, InUse(name=_OFFERED, label=_OFFERS, value=said))


def _title(unit: Unit, offer_id: str) -> Text:
    found = published.body(unit, OFFER, offer_id)
    plain = {} if found is None else decoding.plain(bytes(found))
    name = plain.get("name") or plain.get("title") or {}
    return Text(name.get("zh") or offer_id, name.get("en") or offer_id)


def _task(
    unit: Unit, campaign: Campaign, type_: TaskType, member: Member, *, name: str, head: Head, numbers: Sequence[str],
    why: Why, offers: tuple[InUse, ...],
) -> Task:  # fmt: skip
    # One that was taken back stays as it ended: the next of the same customer has another id.
    key = f"campaign:{campaign.id}:{member.customer_id}:{member.task_id}"
    return Task(
        id=str(uuid5(NAMESPACE, key)),
        customer_id=member.customer_id,
        type=type_,
        scenario=campaign.scenario,
        state=TaskState.WAITING,
        priority=campaign.priority,
        reason=why.reason,
        figure=why.figure,
        customer=TaskCustomer(name=name, numbers=tuple(numbers), tier=Tier(head.tier)),
        area=head.area,
        grid=head.grid,
        branch=head.branch,
        created_at=unit.now,
        expires_at=day_start(campaign.ends_on + timedelta(days=1)),
        in_use=(*why.in_use, *offers),
    )


def why_again(value: Task) -> Why:
    """Why the customer was chosen, read back from a task that is taken back; the warning is in their history already,
    so its code is not told again."""
    in_use = tuple(one for one in value.in_use if one.name not in (_ABOUT, _OFFERED))
    return Why(reason=value.reason, figure=value.figure, in_use=in_use)


def _there(unit: Unit, ids: Sequence[str]) -> frozenset[str]:
    statement = select(task.c.id).where(task.c.tenant_id == unit.tenant, task.c.id.in_(ids))
    return frozenset(unit.conn.execute(statement).scalars())


def _warn(
    unit: Unit, wanted: Mapping[str, Task], reasons: Mapping[str, Why], members: Sequence[Member],
    sent: Mapping[str, str],
) -> None:  # fmt: skip
    """ID-12: whoever was called for a warning has it in their history."""
    scores = {one.customer_id: one.score for one in members}
    told = {
        key: Warning_(code=reasons[key].code, label=wanted[key].reason, at=unit.now, risk=scores[key])
        for key in sent
        if key in reasons and reasons[key].code
    }
    customers.add_warnings(unit, told)
