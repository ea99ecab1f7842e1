"""Whether an accepted offer is ordered as its content has it: what it costs, what it binds to, and, of a plan of one's
own, that its price is the sum of the steps that there are (OFFER-12). Pure, without numpy."""

from core.domain.charge import Charge, charge_said
from core.domain.offer import Offer, Pays
from core.domain.order import ChosenStep, Order, charge_of
from core.domain.plan import Catalogue, Pack
from core.domain.text import Text, filled
from core.offers.pack_offer import pack_of

OTHER_PRICE = Text(
    "“{what}”按优惠是{price}，订单写的是{written}",
    "As offered {what} is {price}; the order says {written}",
)
OTHER_BINDING = Text(
    "“{what}”的协议锁定和优惠写的不一样",
    "Whether {what} binds the customer is not as the offer says",
)
NOT_CHOSEN = Text(
    "“{what}”要选齐{groups}，每样一档",
    "{what} needs one step of each: {groups}",
)
NO_SUCH_STEP = Text(
    "“{what}”里没有{step}这一档",
    "{what} has no step {step}",
)


def offer_order_refusal(order: Order, offer: Offer) -> Text | None:
    """Why what was ordered is not what the offer gives; None where it is."""
    flaw = _steps_flaw(order.chosen, offer) if offer.as_chosen else None
    if flaw is not None:
        return flaw
    price_fen = sum(step.price_fen for step in _steps(order.chosen, offer)) if offer.as_chosen else offer.price_fen
    refused = _price_refusal(order, offer.name, price_fen, _charge(offer))
    if refused is not None:
        return refused
    return None if order.locked is offer.binds else filled(OTHER_BINDING, what=offer.name)


def granted_order_refusal(order: Order) -> Text | None:
    """What a lead granted of a bare kind costs the customer nothing."""
    return _price_refusal(order, _named(order), 0, Charge.ONCE)


def pack_order_refusal(order: Order, code: str, catalogue: Catalogue) -> Text | None:
    """A pack is paid by the month, as the catalogue has it; `code` is the offer's id."""
    pack = next((one for one in _packs(catalogue) if pack_of(code) == one.code), None)
    return _price_refusal(order, pack.name, pack.fee_fen, Charge.MONTH) if pack is not None else None


def _packs(catalogue: Catalogue) -> list[Pack]:
    return [pack for plan in catalogue.plans for pack in plan.packs]


def _charge(offer: Offer) -> Charge:
    return Charge.MONTH if offer.as_chosen or offer.pays is Pays.MONTHLY else Charge.ONCE


def _price_refusal(order: Order, what: Text, price_fen: int, charge: Charge) -> Text | None:
    """What costs nothing is paid no times, however often the order says."""
    written = charge_of(order, offer=True)
    if order.price_fen == price_fen and (written is charge or not price_fen):
        return None
    return filled(
        OTHER_PRICE, what=what, price=charge_said(price_fen, charge), written=charge_said(order.price_fen, written)
    )


def _steps(chosen: tuple[ChosenStep, ...], offer: Offer) -> list[ChosenStep]:
    """Those of the offer that the order names: by their codes, at the prices of the offer."""
    codes = {step.code for step in chosen}
    return [step for group in offer.choose for step in group.steps if step.code in codes]


def _steps_flaw(chosen: tuple[ChosenStep, ...], offer: Offer) -> Text | None:
    known = {step.code for group in offer.choose for step in group.steps}
    unknown = next((step for step in chosen if step.code not in known), None)
    if unknown is not None:
        return filled(NO_SUCH_STEP, what=offer.name, step=unknown.name)
    codes = [step.code for step in chosen]
    wrong = [group.name for group in offer.choose if sum(step.code in codes for step in group.steps) != 1]
    if not wrong and len(set(codes)) == len(codes):
        return None
    groups = wrong or [group.name for group in offer.choose]
    return filled(
        NOT_CHOSEN,
        what=offer.name,
        groups=Text("、".join(one.zh for one in groups), ", ".join(one.en for one in groups)),
    )


def _named(order: Order) -> Text:
    return order.name or Text(order.product, order.product)
