"""What a lead granted of a kind, for one case, as something to be offered in it (VIP-07). Pure, without numpy.

An agent may ask for so many yuan of a kind where no offer of the list fits. What is granted then stands among the
offers of the call, is accepted as they are, and leaves as an order or as work for people: a grant that nothing carries
out is none.
"""

from datetime import date

from core.domain.authority import AuthorityCase, granted_offer_id
from core.domain.follow_up import FollowUpKind
from core.domain.granting import Carriage, GrantRules
from core.domain.money import yuan_short
from core.domain.offer import Amount, Consequence, Offer
from core.domain.offer_kind import OFFER_KIND_NAMES, OfferKind
from core.domain.plan import Channel, Suitability
from core.domain.text import Text

_AUDIENCE = Text("这位客户，这一次", "This customer, this once")
_CONFIRM = Consequence(kind=FollowUpKind.SMS, template="offer_confirm")


def granted_offer(case: AuthorityCase, rules: GrantRules, *, scenario: str) -> Offer:
    """The offer that a granted request of a bare kind makes; it costs what was granted and the customer nothing."""
    kind, fen = case.request.kind, case.granted_fen
    carriage = rules.carriage(kind) or _ordered(kind)
    amount = yuan_short(fen)
    name = OFFER_KIND_NAMES[kind]
    made = granted_offer_id(case.request.id)
    return Offer(
        id=made,
        version=rules.version,
        kind=kind,
        name=Text(f"特批{name.zh} {amount} 元", f"{name.en} ¥{amount}, granted"),
        audience=_AUDIENCE,
        gives=_filled(carriage.gives, amount),
        cost=Amount(fen=fen),
        worth=Amount(fen=fen),
        # Of its own: what a lead granted beside what the customer has is granted on purpose.
        benefit=made,
        rest_days=0,
        scenarios=(scenario,),
        channels={Channel.CALL: Suitability.WELL},
        on_sale_from=date.min,
        confirm=carriage.order,
        actions=(),
        then=carriage.then,
    )


def _ordered(kind: OfferKind) -> Carriage:
    """Where the rules do not say, as those of an earlier program do not."""
    name = OFFER_KIND_NAMES[kind]
    gives = Text(f"特批给您的{name.zh}，一共 {{amount}} 元。", f"{name.en} granted for you: {{amount}} yuan in all.")
    return Carriage(kinds=(kind,), gives=gives, order=True, then=(_CONFIRM,))


def _filled(words: Text, amount: str) -> Text:
    return Text(words.zh.replace("{amount}", amount), words.en.replace("{amount}", amount))
