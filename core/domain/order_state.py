"""What becomes of an order after the call: confirmed by the customer, handed to the CRM, accepted or not (INTEG-07)."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid5

from msgspec import Struct

from core.domain.order import Order
from core.domain.text import Text

ORDER_STATE = "order_state"
"""kind of the content document that tells a desk of its order; its name is an `order_name`"""
SECOND_CONFIRMATION = "second_confirmation"
"""code of the SMS template that asks the customer to confirm (OUTCOME-12); agents plan it with a sale"""
REPLY_ASKED = Text(
    "确认请回复 Y，不办理请回复 N，不回复不生效。",
    "Reply Y to confirm or N to decline; without a reply nothing changes.",
)
"""ends a text that asks the customer to confirm"""
_NAMESPACE = UUID("3d3a7f5e-0d54-5a5c-9a0a-6a1f6d3f0c41")


class OrderState(StrEnum):
    PENDING = "pending"
    """waits for the customer's reply to the SMS (OUTCOME-12)"""
    CONFIRMED = "confirmed"
    """the customer replied yes; waits to be handed to the CRM"""
    SUBMITTED = "submitted"
    """the CRM has it and has not answered yet"""
    ACCEPTED = "accepted"
    FAILED = "failed"
    DECLINED = "declined"
    """the customer replied no"""
    LAPSED = "lapsed"
    """the customer was asked and did not reply in time"""
    WITHDRAWN = "withdrawn"
    """the agent's record was corrected before the CRM had the order"""


OPEN_ORDERS = frozenset({OrderState.PENDING, OrderState.CONFIRMED, OrderState.SUBMITTED})
"""states in which an order may still come to count"""
ENDED_IN_NOTHING = frozenset({OrderState.FAILED, OrderState.DECLINED, OrderState.LAPSED, OrderState.WITHDRAWN})
"""states in which the customer does not have what was ordered, and will not"""

ORDER_MOVES: dict[OrderState, frozenset[OrderState]] = {
    OrderState.PENDING: frozenset(
        {OrderState.CONFIRMED, OrderState.DECLINED, OrderState.LAPSED, OrderState.WITHDRAWN, OrderState.FAILED}
    ),
    # The CRM may answer at once, and may have answered a submission whose receipt was lost.
    OrderState.CONFIRMED: frozenset(
        {OrderState.SUBMITTED, OrderState.ACCEPTED, OrderState.FAILED, OrderState.WITHDRAWN}
    ),
    # Withdrawn only where the CRM then says that it never had it.
    OrderState.SUBMITTED: frozenset({OrderState.ACCEPTED, OrderState.FAILED, OrderState.WITHDRAWN}),
    OrderState.ACCEPTED: frozenset(),
    OrderState.FAILED: frozenset(),
    OrderState.DECLINED: frozenset(),
    OrderState.LAPSED: frozenset(),
    OrderState.WITHDRAWN: frozenset(),
}
"""From → to; whatever is not here cannot happen."""

ORDER_WORDS: dict[OrderState, Text] = {
    OrderState.PENDING: Text("待客户短信确认", "Waiting for the customer's SMS"),
    OrderState.CONFIRMED: Text("客户已确认，待提交", "Confirmed, to be submitted"),
    OrderState.SUBMITTED: Text("已提交，等系统受理", "Submitted, not yet accepted"),
    OrderState.ACCEPTED: Text("已受理", "Accepted"),
    OrderState.FAILED: Text("未办成", "Failed"),
    OrderState.DECLINED: Text("客户回复不办", "The customer declined"),
    OrderState.LAPSED: Text("客户未回复，已作废", "No reply, lapsed"),
    OrderState.WITHDRAWN: Text("已撤回", "Withdrawn"),
}

ORDER_SHORT: dict[OrderState, Text] = {
    OrderState.PENDING: Text("待确认", "To be confirmed"),
    OrderState.CONFIRMED: Text("待提交", "Confirmed"),
    OrderState.SUBMITTED: Text("已提交", "Submitted"),
    OrderState.ACCEPTED: Text("已受理", "Accepted"),
    OrderState.FAILED: Text("未办成", "Failed"),
    OrderState.DECLINED: Text("客户不办", "Declined"),
    OrderState.LAPSED: Text("未回复作废", "Lapsed"),
    OrderState.WITHDRAWN: Text("已撤回", "Withdrawn"),
}
"""for a narrow column"""


CANCEL_THERE = Text("记录已更正为未办，请到 CRM 取消", "corrected to no sale: cancel it in the CRM")
"""for an order that the CRM has though its record was corrected"""


class OrderStep(Struct, frozen=True, kw_only=True):
    state: OrderState
    at: datetime
    by: str
    """staff number, `crm`, `sms`, `server`, or who gave a command"""


class PlacedOrder(Struct, frozen=True, kw_only=True):
    """An order as the server follows it; what was read back and agreed to stands in `order` and never changes."""

    id: UUID
    outcome_id: UUID
    """the newest record of the sale"""
    first_outcome: UUID
    """the record that was saved in the call; corrections come after it"""
    customer_id: str
    agent: str
    """staff number of who sold it"""
    scenario: str
    number: str
    """digits that the confirmation goes to"""
    order: Order
    offer: str = ""
    """id of the offer beyond plans that was accepted; empty: a plan's order"""
    name: Text | None = None
    """of that offer"""
    state: OrderState = OrderState.PENDING
    effective_from: date | None = None
    """told by the CRM with its acceptance"""
    reason: Text | None = None
    """why it failed"""
    reference: str = ""
    """the CRM's own number of the order"""
    asked_at: datetime | None = None
    """when the confirmation SMS was handed to the gateway; None: nobody has asked the customer"""
    leaving: bool = False
    """it was, or is being, handed to the CRM: whether the CRM has it is for the CRM to say"""
    taken_back: bool = False
    """the record was corrected to no sale after the order had set out: what the CRM has is cancelled there by hand"""
    steps: tuple[OrderStep, ...] = ()
    taken_over_by: str = ""
    """staff number of who looks after the seller's customers by now; empty: the seller does"""

    @property
    def what(self) -> Text:
        """What was ordered."""
        return self.name or self.order.name or Text(self.order.product, self.order.product)

    @property
    def follower(self) -> str:
        """Staff number of who follows it to its end."""
        return self.taken_over_by or self.agent


class OrderTold(Struct, frozen=True, kw_only=True):
    """What the desks of who sold it and of who follows it are told."""

    id: UUID
    first_outcome: UUID
    customer_id: str
    product: str
    price_fen: int
    state: OrderState
    at: datetime
    effective_from: date | None = None
    reason: Text | None = None
    asked: bool = False
    """the confirmation SMS has gone out"""
    outcome_id: UUID | None = None
    """the newest record of the sale"""
    taken_back: bool = False
    offer: str = ""
    """as in PlacedOrder, and the name"""
    name: Text | None = None
    follower: str = ""
    """staff number; empty: a server that handed no orders over has told it, to the seller alone"""
    sold_by: str = ""
    """the seller's name where somebody else follows it"""
    customer: str = ""
    """their name, masked"""

    @property
    def what(self) -> Text:
        """What was ordered."""
        return self.name or Text(self.product, self.product)

    def is_followed_by(self, staff_number: str) -> bool:
        """Whether it is that person's to see to its end; who only sold it sees it under the day's records."""
        return self.follower in ("", staff_number)


def order_id(first_outcome: UUID, offer: str = "") -> UUID:
    """What was accepted once in a call has one order, however often it is pushed: its id follows from the record."""
    return uuid5(_NAMESPACE, f"{first_outcome}/{offer}" if offer else str(first_outcome))


def order_name(first_outcome: UUID, offer: str = "") -> str:
    """The name under which a desk is told of that order: a plan's has the record's alone, as older desks look for."""
    return f"{first_outcome}/{order_id(first_outcome, offer)}" if offer else str(first_outcome)


def may_move(before: OrderState, after: OrderState) -> bool:
    return after in ORDER_MOVES[before]


def told_words(told: OrderTold) -> Text:
    """The state in words: with the day it takes effect, the reason of a failure, or that nobody has asked yet."""
    words = ORDER_WORDS[told.state]
    if told.state is OrderState.PENDING and not told.asked:
        return Text("待二次确认，短信还没有发出", "To be confirmed; the SMS has not gone out")
    if told.taken_back and told.state in (OrderState.SUBMITTED, OrderState.ACCEPTED):
        return Text(f"{words.zh}，{CANCEL_THERE.zh}", f"{words.en}; {CANCEL_THERE.en}")
    if told.state is OrderState.ACCEPTED and told.effective_from is not None:
        day = told.effective_from.isoformat()
        return Text(f"{words.zh}，{day} 起生效", f"{words.en}, effective from {day}")
    if told.reason is not None:
        return Text(f"{words.zh}：{told.reason.zh}", f"{words.en}: {told.reason.en}")
    return words
