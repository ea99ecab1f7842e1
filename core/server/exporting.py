"""Rows for people outside: outcomes, and the follow-ups that wait for somebody.

Numbers and names leave masked, save where the list is of no use without them: an SMS needs its number.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Result, ScalarSelect, Select, and_, case, func, or_, select

from core.domain import decoding
from core.domain.clock import CHINA
from core.domain.follow_up import FollowUp, FollowUpKind, FollowUpState
from core.domain.masking import mask_name, mask_number, mask_text
from core.domain.offered import OfferMade, Reply
from core.domain.order_state import ENDED_IN_NOTHING, OPEN_ORDERS, OrderState, PlacedOrder
from core.domain.ordered import weight
from core.domain.outcome import Outcome
from core.domain.text import Text
from core.server.db import orders
from core.server.db.engine import Unit
from core.server.db.schema import customer, follow_up, outcome, placed_order
from core.server.export_names import (
    Names,
    case_result_name,
    contact_name,
    department_names,
    intent_name,
    template_names,
)
from core.server.letters import HEADERS as LETTER_HEADERS
from core.server.letters import letters

Cell = str | int | None
Rows = Iterator[Sequence[Cell]]
_decode_outcome = decoding.decoder(Outcome).decode
_decode_follow_up = decoding.decoder(FollowUp).decode
_decode_order = decoding.decoder(PlacedOrder).decode


class Export(StrEnum):
    OUTCOMES = "outcomes"
    SMS = "sms"
    LETTERS = "letters"
    CALLBACKS = "callbacks"
    WORK_ORDERS = "work-orders"
    HOME_VISITS = "home-visits"
    ESCALATIONS = "escalations"


_KINDS = {
    Export.SMS: FollowUpKind.SMS,
    Export.CALLBACKS: FollowUpKind.CALLBACK,
    Export.WORK_ORDERS: FollowUpKind.WORK_ORDER,
    Export.HOME_VISITS: FollowUpKind.HOME_VISIT,
    Export.ESCALATIONS: FollowUpKind.ESCALATION,
}
_OUTCOME_HEADERS = (
    Text("编号", "id"), Text("登记时间", "recorded"), Text("收到时间", "received"), Text("工号", "staff"),
    Text("班组", "team"), Text("场景", "scenario"), Text("场景名称", "scenario_name"),
    Text("客户编号", "customer"), Text("号码", "number"), Text("结果", "result"), Text("结果名称", "result_name"),
    Text("原因", "reason"), Text("原因名称", "reason_name"), Text("意向", "intent"), Text("意向名称", "intent_name"),
    Text("处理", "case_result"), Text("处理名称", "case_result_name"), Text("接触", "contact"),
    Text("接触名称", "contact_name"), Text("成功", "success"), Text("通话秒数", "talk_s"),
    Text("时长来源", "talk_source"), Text("更正", "corrects"), Text("被更正", "corrected_by"), Text("备注", "note"),
    Text("优惠", "offers"), Text("优惠成本（分）", "offers_cost_fen"), Text("订单", "order"),
)  # fmt: skip
_FOLLOW_UP_HEADERS = (
    Text("编号", "id"), Text("登记时间", "created"), Text("工号", "staff"), Text("客户编号", "customer"),
    Text("客户", "name"), Text("号码", "number"), Text("何时", "due"), Text("部门", "department"),
    Text("部门名称", "department_name"), Text("模板", "template"), Text("模板名称", "template_name"),
    Text("内容", "text"), Text("状态", "state"),
)  # fmt: skip


_HEADERS: Mapping[Export, tuple[Text, ...]] = {Export.OUTCOMES: _OUTCOME_HEADERS, Export.LETTERS: LETTER_HEADERS}
_STANDS = "有效 valid"
_OFF = "撤回：订单没办成 off: its order failed"
CALLED_BACK_FOR = timedelta(days=30)
"""for so long after an order failed an export without a first day calls back what it was to bring"""


def headers(what: Export) -> tuple[str, ...]:
    """Both languages in one cell."""
    words = _HEADERS.get(what, _FOLLOW_UP_HEADERS)
    return tuple(f"{text.zh} {text.en}" for text in words)


def rows(unit: Unit, what: Export, *, since: datetime | None = None) -> Rows:
    """The rows in order of time, read as they are asked for."""
    if what is Export.LETTERS:
        return letters(unit, since)
    return _outcomes(unit, since) if what is Export.OUTCOMES else _follow_ups(unit, _KINDS[what], since)


def _outcomes(unit: Unit, since: datetime | None) -> Rows:
    statement = (
        select(
            outcome.c.body,
            outcome.c.team_id,
            outcome.c.received_at,
            outcome.c.corrected_by,
            _decisive(),
            customer.c.name,
        )
        .join(
            customer,
            (customer.c.tenant_id == outcome.c.tenant_id) & (customer.c.id == outcome.c.customer_id),
            isouter=True,
        )
        .where(outcome.c.tenant_id == unit.tenant)
        .order_by(outcome.c.received_at, outcome.c.id)
    )
    if since is not None:
        statement = statement.where(outcome.c.received_at >= since)
    fallen = orders.offers_in(unit, ENDED_IN_NOTHING)
    by_weight, names = {weight(state): state for state in OrderState}, Names(unit)
    for body, team_id, received_at, corrected_by, heaviest, name in _stream(unit, statement):
        value = _decode_outcome(body)
        call, order = value.call, by_weight.get(heaviest)
        yield (
            str(value.id), _clock(value.recorded_at), _clock(received_at), value.agent, team_id, value.scenario,
            names.scenario(value.scenario), value.customer_id, mask_number(call.number),
            value.result, names.result(value.scenario, value.result),
            value.reason, names.reason(value.scenario, value.reason),
            value.intent or "", intent_name(value.intent), value.case_result or "", case_result_name(value.case_result),
            value.contact.value, contact_name(value.contact),
            "" if corrected_by else _success(value.success, order), call.talk_time_s, call.talk_time_source.value,
            str(value.corrects or ""), corrected_by, _without_name(mask_text(value.note), name or ""),
            "; ".join(f"{made.offer} {made.reply.value}" for made in value.offers),
            sum(made.cost_fen for made in value.offers if _is_had(value, made, fallen)),
            order.value if order else "",
        )  # fmt: skip


def _without_name(note: str, name: str) -> str:
    """Agents write down whom they spoke with."""
    return note.replace(name, mask_name(name)) if len(name) > 1 else note


def _is_had(value: Outcome, made: OfferMade, fallen: set[tuple[str, str]]) -> bool:
    """Accepted, and not ordered in vain."""
    return made.reply is Reply.ACCEPTED and (str(value.id), made.offer) not in fallen


def _decisive() -> ScalarSelect[int]:
    """The weight of the state by which the outcome's orders stand; NULL where it has none."""
    weights = case({state.value: weight(state) for state in OrderState}, value=placed_order.c.state)
    return (
        select(func.max(weights))
        .where(placed_order.c.tenant_id == outcome.c.tenant_id, placed_order.c.outcome_id == outcome.c.id)
        .scalar_subquery()
    )


def _success(said: bool, order: OrderState | None) -> str:
    """A sale is one once the CRM has accepted all its orders; what was sold before they were followed stands."""
    if not said:
        return "否 no"
    if order in OPEN_ORDERS:
        return "待受理 pending"
    return "是 yes" if order in (None, OrderState.ACCEPTED) else "否 no"


def _follow_ups(unit: Unit, kind: FollowUpKind, since: datetime | None) -> Rows:
    statement = (
        select(follow_up.c.body, follow_up.c.created_at, customer.c.name, customer.c.main_number)
        .outerjoin(
            customer, (customer.c.tenant_id == follow_up.c.tenant_id) & (customer.c.id == follow_up.c.customer_id)
        )
        .where(follow_up.c.tenant_id == unit.tenant, follow_up.c.kind == kind.value)
        .order_by(follow_up.c.created_at, follow_up.c.id)
    )
    fallen = _fallen_orders(unit, since or unit.now - CALLED_BACK_FOR)
    called_back = set() if kind is FollowUpKind.SMS else _called_back(unit, fallen)
    waiting = follow_up.c.state == FollowUpState.WAITING.value
    if since is not None:
        waiting = and_(waiting, follow_up.c.created_at >= since)
    off = and_(
        follow_up.c.state == FollowUpState.CANCELLED.value,
        follow_up.c.outcome_id.in_(fallen.with_only_columns(placed_order.c.outcome_id)),
    )
    statement = statement.where(or_(waiting, off) if called_back else waiting)
    shown: Callable[[str], str] = str if kind is FollowUpKind.SMS else mask_number
    departments, templates = department_names(unit), template_names(unit)
    # Nobody sets up what the customer has not confirmed yet; the text asks for just that.
    too_early = orders.offers_in(unit, [OrderState.PENDING]) if kind is not FollowUpKind.SMS else set()
    for body, created_at, name, main_number in _stream(unit, statement):
        value = _decode_follow_up(body)
        of_order, stands = (str(value.outcome_id), value.offer), value.state is FollowUpState.WAITING
        if of_order in too_early or not (stands or of_order in called_back):
            continue
        yield (
            str(value.id), _clock(created_at), value.agent, value.customer_id, mask_name(name or ""),
            shown(value.number or main_number or ""), _clock(value.due_at),
            value.department, departments.get(value.department, ""), value.template, templates.get(value.template, ""),
            value.text if kind is FollowUpKind.SMS else mask_text(value.text), _STANDS if stands else _OFF,
        )  # fmt: skip


def _fallen_orders(unit: Unit, since: datetime) -> Select[bytes]:
    """Those that came to nothing since then."""
    return select(placed_order.c.body).where(
        placed_order.c.tenant_id == unit.tenant,
        placed_order.c.state.in_([state.value for state in ENDED_IN_NOTHING]),
        placed_order.c.changed_at >= since,
    )


def _called_back(unit: Unit, fallen: Select[bytes]) -> set[tuple[str, str]]:
    """Outcome and offer of those of them that the customer had confirmed: what they were to bring may be in somebody's
    hands, who would go to work for nothing."""
    found = (_decode_order(body) for body in unit.conn.execute(fallen).scalars())
    return {
        (str(one.outcome_id), one.offer)
        for one in found
        if one.offer and any(step.state is OrderState.CONFIRMED for step in one.steps)
    }


def _stream(unit: Unit, statement: Select[*tuple[Any, ...]]) -> Result[*tuple[Any, ...]]:
    return unit.conn.execution_options(stream_results=True, yield_per=1000).execute(statement)


def _clock(moment: datetime | None) -> str:
    return moment.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S") if moment else ""
