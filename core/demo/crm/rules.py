"""Which orders the invented CRM refuses, and in which words."""

from datetime import date, timedelta

from msgspec import Struct

from core.domain.charge import Charge
from core.domain.money import yuan
from core.domain.text import Text
from core.wire.crm import OrderOut, Reply

LEAST_ARREARS_FEN = 100


class Standing(Struct, frozen=True, kw_only=True):
    """What the CRM knows of a customer."""

    arrears_fen: int = 0
    fee_fen: int = 0
    """of the present plan"""
    locked_until: date | None = None
    """last day of a contract that allows no cheaper plan"""


def refusal(order: OrderOut, standing: Standing | None, today: date) -> Text | None:
    """Why the order cannot be done, None where it can."""
    if standing is None:
        return Text("系统里没有这个客户", "the customer is not known")
    if not order.read_back or not order.consent:
        return Text("缺少复述或客户同意的记录", "the record of read-back or consent is missing")
    if standing.arrears_fen >= LEAST_ARREARS_FEN:
        fen = yuan(standing.arrears_fen)
        return Text(f"客户欠费 {fen} 元，交清后可办", f"{fen} yuan in arrears; possible once paid")
    locked = standing.locked_until
    # A service, or a line that is paid by the year or the season, takes no plan's place; a trial is gone back from.
    plan = not order.offer and order.charge is Charge.MONTH and not order.ends_trial
    cheaper = plan and order.price_fen < standing.fee_fen
    if locked is not None and today <= locked and cheaper:
        return Text(
            f"合约期到 {locked.isoformat()}，期内不能换更低的套餐",
            f"under contract until {locked.isoformat()}, no cheaper plan before",
        )
    return None


def effective_from(order: OrderOut, today: date) -> date:
    """The agreed start, or tomorrow where that has passed."""
    return max(order.starts_on, today + timedelta(days=1))


def reply(number: str) -> Reply:
    """What the invented customer of that number writes back: nearly all yes, a few no, a few nothing."""
    return Reply.NO if number.endswith("44") else Reply.NONE if number.endswith("77") else Reply.YES
