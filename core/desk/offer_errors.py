"""Why the customer's word to an offer cannot be noted so, said to the agent."""

from core.domain.errors import Refused
from core.domain.people import ROLE_NAMES
from core.domain.text import Text
from core.offers.authority import Grant
from core.offers.eligibility import Refusal
from core.offers.refusal_words import refusal_words

READ_BACK = "offer_not_read_back"
"""code of the refusal that one more key answers"""


def not_told_yet() -> Refused:
    return Refused(
        code="offers_not_here",
        title=Text("优惠还没算好", "Offers are not ready"),
        message=Text("还在算这位客户能给什么。", "What this customer may be offered is being worked out."),
        next_step=Text("稍等再按一次。", "Press once more in a moment."),
    )


def not_offered(refusal: Refusal) -> Refused:
    return Refused(
        code="offer_refused",
        title=Text("这项不能给", "Not to be offered"),
        # The title says that it may not; the days of the refusal are told where it has some.
        message=refusal.text if refusal.undated else refusal_words(refusal),
        next_step=refusal.instead or Text("换一项。", "Take another."),
    )


def not_the_owner() -> Refused:
    return Refused(
        code="offer_not_the_owner",
        title=Text("先核实机主", "Verify the owner first"),
        message=Text("只有机主本人能接受优惠。", "The owner alone can accept an offer."),
        next_step=Text("核实后再记接受；也可先记“提过”。", "Verify, then note it; or note it as mentioned."),
    )


def not_put_together(missing: Text) -> Refused:
    return Refused(
        code="offer_not_put_together",
        title=Text("还没选好档位", "Not put together yet"),
        message=Text(f"还没选：{missing.zh}。", f"Still to be chosen: {missing.en}."),
        next_step=Text("选好每一项，价格算出来再念给客户听。", "Choose each, then read the price to the customer."),
    )


def selling_closed(why: Text) -> Refused:
    return Refused(
        code="offer_selling_closed",
        title=Text("现在不推销", "Nothing is sold now"),
        message=why,
        next_step=Text("不收费的服务仍可以提。", "What costs nothing may still be offered."),
    )


def need_grant(grant: Grant) -> Refused:
    if grant.needs is None:
        message = Text("超出了所有人的权限。", "It is beyond what anybody may grant.")
        next_step = Text("换一项花费小的。", "Take one that costs less.")
    else:
        who = ROLE_NAMES[grant.needs]
        message = Text("超出了您的权限或客户的额度。", "It is beyond your own authority, or the customer's budget.")
        next_step = Text(f"先请示{who.zh}，批了再记接受。", f"Ask the {who.en.lower()} first, then note it.")
    return Refused(
        code="offer_needs_grant", title=Text("要先请示", "To be granted first"), message=message, next_step=next_step
    )


def not_read_back() -> Refused:
    return Refused(
        code=READ_BACK,
        title=Text("先复述", "Read it back first"),
        message=Text(
            "把内容、费用、期限念给客户听，客户说“同意”才算。",
            "Say what it gives, costs and how long it runs; it counts when the customer agrees.",
        ),
        next_step=Text("客户同意后再按一次接受。", "Press accept once more when the customer has agreed."),
    )
