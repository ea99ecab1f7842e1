"""What an accepted offer's order may say: the offer's own price, and of a plan of one's own the sum of its steps."""

from datetime import date
from typing import Any

import pytest

from core.content.offers import offers_beyond
from core.content.plans import catalogue
from core.domain.charge import Charge
from core.domain.offer import Offer
from core.domain.order import ChosenStep, Order
from core.offers.offer_ordering import granted_order_refusal, offer_order_refusal, pack_order_refusal

OFFERS = {one.id: one for one in offers_beyond()}
OWN, LATER = OFFERS["own-plan"], OFFERS["speed-up-pay-later"]


def ordered(price_fen: int, **more: Any) -> Order:
    values: dict[str, Any] = {
        "product": "某项", "term_months": 0, "locked": False, "starts_on": date(2026, 12, 1), "read_back": True,
        "consent": True, "charge": Charge.MONTH,
    }  # fmt: skip
    return Order(price_fen=price_fen, **(values | more))


def steps(offer: Offer, *codes: str) -> tuple[ChosenStep, ...]:
    return tuple(step for group in offer.choose for step in group.steps if step.code in codes)


def why(order: Order, offer: Offer = OWN) -> str:
    found = offer_order_refusal(order, offer)
    return found.zh if found is not None else ""


def test_a_plan_of_ones_own_costs_the_sum_of_its_steps() -> None:
    # OFFER-12
    chosen = steps(OWN, "d10", "t300", "s0")
    assert why(ordered(5_800, chosen=chosen)) == ""
    assert why(ordered(3_800, chosen=chosen)) == "“自选套餐”按优惠是每月 58 元，订单写的是每月 38 元"
    assert "订单写的是一次性 58 元" in why(ordered(5_800, chosen=chosen, charge=Charge.ONCE))


@pytest.mark.parametrize(
    ("codes", "told"),
    [((), "要选齐流量、通话、短信"), (("d10", "t300"), "要选齐短信"), (("d10", "d20", "t300", "s0"), "要选齐流量")],
)
def test_a_plan_of_ones_own_has_one_step_of_each(codes: tuple[str, ...], told: str) -> None:
    chosen = steps(OWN, *codes)
    assert told in why(ordered(sum(step.price_fen for step in chosen), chosen=chosen))


def test_a_step_has_the_price_of_the_offer_and_not_the_one_that_the_order_says() -> None:
    own = [ChosenStep(code=one.code, name=one.name, price_fen=100) for one in steps(OWN, "d10", "t300", "s0")]
    assert "按优惠是每月 58 元" in why(ordered(300, chosen=tuple(own)))
    made_up = ChosenStep(code="d99", name=OWN.name, price_fen=100)
    assert "里没有自选套餐这一档" in why(ordered(5_900, chosen=(*steps(OWN, "d10", "t300", "s0"), made_up)))


def test_an_offer_costs_what_it_says_and_binds_as_it_says() -> None:
    # OFFER-04
    right = ordered(LATER.price_fen, charge=Charge.ONCE, locked=LATER.binds)
    assert why(right, LATER) == ""
    assert "按优惠是一次性" in why(ordered(1, charge=Charge.ONCE, locked=LATER.binds), LATER)
    assert "协议锁定" in why(ordered(LATER.price_fen, charge=Charge.ONCE, locked=not LATER.binds), LATER)


def test_a_pack_costs_its_fee_and_what_a_lead_granted_nothing() -> None:
    pack = next(pack for plan in catalogue().plans for pack in plan.packs)
    assert pack_order_refusal(ordered(pack.fee_fen), f"pack:{pack.code}", catalogue()) is None
    refused = pack_order_refusal(ordered(pack.fee_fen + 1), f"pack:{pack.code}", catalogue())
    assert refused is not None
    assert pack.name.zh in refused.zh
    assert granted_order_refusal(ordered(0)) is None
    granted = granted_order_refusal(ordered(100, charge=Charge.ONCE))
    assert granted is not None
    assert "“某项”按优惠是不收费，订单写的是一次性 1 元" in granted.zh
