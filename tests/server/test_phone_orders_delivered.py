"""What a customer orders by phone is brought to the door: the order to the CRM, the errand to whoever delivers."""

from datetime import date, timedelta

import pytest
from errand_kit import Days, Office, errand_of, follow_up, told
from order_kit import an_order
from running_kit import publish
from server_kit import NOON, StillClock, add_agent, agent, given, saved, send, verdicts

from core.content.offers import offers_beyond
from core.domain.errand import ErrandState, errand_words
from core.domain.follow_up import FollowUpKind
from core.domain.offered import OfferMade, Reply
from core.domain.order_state import OrderState, order_id
from core.server.access.caller import Caller
from core.server.db import orders
from core.server.db.engine import Database
from core.server.orders.moving import move
from core.wire.departments import ErrandAnswer
from core.wire.push import Saved

CARD = "card-by-courier"


@pytest.fixture
def he(database: Database) -> Caller:
    publish(database, "department")
    return add_agent(database, agent())


def ordered(database: Database, he: Caller) -> Saved:
    """The card is accepted in a call, with what its content brings."""
    offer = next(one for one in offers_beyond() if one.id == CARD)
    (work,) = [one for one in offer.then if one.kind is FollowUpKind.WORK_ORDER]
    assert (offer.confirm, work.department) == (True, "delivery")
    of = given(database, to=he.staff_number)
    made = OfferMade(
        offer=CARD, version=offer.version, kind=offer.kind, name=offer.name, reply=Reply.ACCEPTED, read_back=True,
        benefit=offer.benefit, order=an_order(product=offer.name.zh, price_fen=1_000, term_months=0, next_bill=True,
                                              until=date(2026, 12, 23)),
    )  # fmt: skip
    call = saved(of, he.staff_number, offers=(made,))
    assert work.text is not None
    errand = follow_up(
        of, he.staff_number, outcome_id=call.outcome.id, offer=CARD, department=work.department, text=work.text.zh,
        due_at=NOON + timedelta(days=work.in_days),
    )  # fmt: skip
    sale = Saved(outcome=call.outcome, follow_ups=(errand,))
    assert verdicts(send(database, he, sale)) == ["accepted"]
    return sale


def confirmed(database: Database, sale: Saved, state: OrderState) -> None:
    with database.write() as unit:
        move(unit, str(order_id(sale.outcome.id, CARD)), state, by="sms")


def test_a_card_ordered_by_phone_is_brought_once_the_customer_has_confirmed(
    database: Database, he: Caller, clock: StillClock
) -> None:
    # CHANNEL-05, OUTCOME-12, INTEG-04
    office = Office()
    days = Days(database, office, clock)
    sale = ordered(database, he)
    days.go_on()
    assert office.handed == [], "nobody sets out before the customer has confirmed"
    confirmed(database, sale, OrderState.CONFIRMED)
    days.go_on()
    (out,) = office.handed
    assert (out.department, out.number) == ("delivery", "10012345678")
    assert out.text.startswith("送卡单：先打电话核对地址和时间")
    office.says = ErrandAnswer(state=ErrandState.DONE, reference="EXP-7")
    days.go_on()
    (one,) = told(database, he)
    assert (errand_words(one).zh, one.reference) == ("竣工", "EXP-7")
    with database.read() as unit:
        placed = orders.get(unit, str(order_id(sale.outcome.id, CARD)))
    assert placed is not None
    assert placed.state is OrderState.CONFIRMED, "it leaves for the CRM as any order"


def test_a_card_that_the_crm_refuses_is_not_brought(database: Database, he: Caller, clock: StillClock) -> None:
    # CHANNEL-05, INTEG-07
    office = Office()
    days = Days(database, office, clock)
    sale = ordered(database, he)
    confirmed(database, sale, OrderState.CONFIRMED)
    days.go_on()
    confirmed(database, sale, OrderState.FAILED)
    days.go_on()
    days.go_on()
    assert [one.withdrawn for one in office.handed] == [False, True]
    assert errand_of(sale, database).state is ErrandState.WITHDRAWN
