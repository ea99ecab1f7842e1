"""A pack that would lower the customer's bills under the present plan, as something to be offered in the call. Pure,
without numpy: it was found where the plans were compared."""

from datetime import date

from core.domain.eligibility import Action
from core.domain.follow_up import FollowUpKind
from core.domain.money import yuan_short
from core.domain.offer import Amount, Consequence, Offer, Pays, Starts
from core.domain.offer_kind import OfferKind
from core.domain.plan import Channel, Pack, Suitability
from core.domain.text import Text
from core.offers.advice import PackAdded

_AUDIENCE = Text("用量常超出套餐的客户", "Use beyond the plan again and again")
_OF_PACK = "pack:"
_CONFIRM = Consequence(kind=FollowUpKind.SMS, template="offer_confirm")


def pack_offer_id(pack: Pack) -> str:
    """Under which it stands among the offers, in records and orders."""
    return f"{_OF_PACK}{pack.code}"


def pack_of(offer_id: str) -> str:
    """Code of the pack that stands under this id; empty: it is another offer."""
    return offer_id.removeprefix(_OF_PACK) if offer_id.startswith(_OF_PACK) else ""


def pack_offer(added: PackAdded, *, scenario: str, rest_days: int) -> Offer:
    """It costs the operator nothing and the customer its fee each month; its worth is what a month would have cost
    less, that fee paid. Refused, it rests as long as the rules of every offer say."""
    pack = added.pack
    fee, less = yuan_short(pack.fee_fen), yuan_short(added.mean_fen)
    return Offer(
        id=pack_offer_id(pack),
        version=1,
        kind=OfferKind.VALUE_ADDED,
        name=Text(f"加包：{pack.name.zh}", f"Add a pack: {pack.name.en}"),
        audience=_AUDIENCE,
        gives=Text(
            f"套餐不变，每月加 {fee} 元办“{pack.name.zh}”，按近 {added.months} 个月算，平均每月反而少付 {less} 元。",
            f"The plan stays; {pack.name.en} for {fee} yuan a month. Over the last {added.months} months the bills "
            f"would have been {less} yuan a month lower.",
        ),
        cost=Amount(),
        worth=Amount(fen=added.mean_fen),
        price_fen=pack.fee_fen,
        pays=Pays.MONTHLY,
        benefit=pack_offer_id(pack),
        subscription=pack.code,
        rest_days=rest_days,
        scenarios=(scenario,),
        channels={Channel.CALL: Suitability.WELL},
        on_sale_from=date.min,
        confirm=True,
        starts=Starts.NEXT_MONTH,
        actions=(Action.TAKE_BENEFIT,),
        then=(_CONFIRM,),
    )
