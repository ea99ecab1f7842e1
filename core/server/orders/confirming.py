"""The second confirmation (OUTCOME-12): the text that asks for it, and what the customer's reply does."""

from core.domain.charge import charge_said
from core.domain.customer import Contacting
from core.domain.follow_up import FollowUp, FollowUpKind, FollowUpState
from core.domain.order import Order, charge_of
from core.domain.order_state import REPLY_ASKED, SECOND_CONFIRMATION, OrderState, PlacedOrder
from core.server.db import customers, orders, records, settings
from core.server.db.engine import Unit
from core.server.orders.moving import asked, move
from core.wire.crm import Ask, Reply
from core.wire.session import Site


def ask_of(unit: Unit, order: PlacedOrder) -> Ask | None:
    """What is sent: the text that the agent planned, else one of the server's; None where no number is known."""
    planned = _planned(unit, order)
    number = (planned.number if planned else "") or order.number or _main_number(unit, order.customer_id)
    text = (planned.text if planned else "") or _own_text(order, settings.site(unit))
    return Ask(number=number, text=text) if number else None


def sent(unit: Unit, order: PlacedOrder) -> None:
    """The gateway has the text: it is not exported a second time, and the order says that the customer was asked."""
    put_planned_away(unit, order)
    asked(unit, str(order.id))


def put_planned_away(unit: Unit, order: PlacedOrder) -> None:
    """The text that the agent planned counts as sent."""
    planned = _planned(unit, order)
    if planned is not None:
        records.set_follow_up(unit, planned, FollowUpState.SENT)


def take_reply(unit: Unit, order_id: str, reply: Reply, *, by: str) -> PlacedOrder | None:
    """Raises InputError where there is no such order or it is past confirming; None for no reply."""
    if reply is Reply.NONE:
        return None
    # The same yes once more, after the order has left, is no news.
    order = orders.get(unit, order_id)
    later = (OrderState.SUBMITTED, OrderState.ACCEPTED)
    if order is not None and reply is Reply.YES and order.state in later:
        return order
    return move(unit, order_id, OrderState.CONFIRMED if reply is Reply.YES else OrderState.DECLINED, by=by)


def _planned(unit: Unit, order: PlacedOrder) -> FollowUp | None:
    waiting = records.waiting_follow_ups(unit, outcome_id=str(order.outcome_id))
    texts = [one for one in waiting if one.kind is FollowUpKind.SMS and one.offer == order.offer]
    return next((one for one in texts if order.offer or one.template == SECOND_CONFIRMATION), None)


def _main_number(unit: Unit, customer_id: str) -> str:
    contact = customers.section(unit, customer_id, "contact", Contacting) or Contacting()
    usable = [number for number in contact.numbers if not number.bad]
    return next((number.number for number in sorted(usable, key=lambda one: not one.main)), "")


def _own_text(order: PlacedOrder, site: Site) -> str:
    what = order.order
    bill = "（记在下个月账单）" if what.next_bill else ""
    # Nothing is said of a price that is none, or that depends on what the customer chooses.
    charge = charge_of(what, offer=bool(order.offer))
    price = f"{charge_said(what.price_fen, charge).zh}{bill}，" if what.price_fen else ""
    if what.trial is not None:
        back = what.trial.back_to_name.zh
        price = f"{price}试用到 {what.trial.ends_on.isoformat()}，到期前说一声就换回{back}，不说就接着用，"
    steps = "".join(f"{one.name.zh}、" for one in what.chosen).rstrip("、")
    product = f"{what.product}（{steps}）" if steps else what.product
    lock = "期内不能改套餐" if what.locked else "可随时更改"
    return (
        f"【{site.name_zh}】您在通话中同意办理：{product}，{price}"
        f"{_term(what)}，{lock}，{what.starts_on.isoformat()} 起生效。{REPLY_ASKED.zh}咨询 {site.official_hotline}。"
    )


def _term(what: Order) -> str:
    if what.until is not None:
        return f"到 {what.until.isoformat()} 为止"
    return f"期限 {what.term_months} 个月" if what.term_months else "没有期限"
