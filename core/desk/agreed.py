"""What the customer agrees to is what was read back: another product, price, term, lock or start takes both back.

OUTCOME-12: nothing leaves as read back and agreed to that the customer never heard."""

from core.desk.compose import READ_BACK
from core.desk.form import Form, OrderForm, OrderTerms
from core.domain.text import Text, filled
from core.guidance.conversation import Conversation

_TERMS: dict[str, Text] = {
    "product": Text("产品", "product"),
    "price_fen": Text("价格", "price"),
    "charge": Text("收费方式", "way of charging"),
    "term_months": Text("合约期", "term"),
    "term_days": Text("期限", "term"),
    "locked": Text("协议限制", "lock"),
    "starts_on": Text("生效日", "start date"),
    "trial_months": Text("试用的月数", "length of the trial"),
}
_FELL = Text("{what}改了：请再念一遍，客户重新同意", "The {what} changed: read it back again and ask once more")


def terms_of(order: OrderForm) -> OrderTerms:
    """As far as they are filled in; no term and no lock are the same as none said."""
    return OrderTerms(
        product=order.product if order.name is None else order.name.zh,
        price_fen=order.price_fen,
        term_months=order.term_months or 0,
        locked=bool(order.locked),
        starts_on=order.starts_on,
        charge=order.charge,
        term_days=order.term_days,
        trial_months=order.trial_months,
    )


def note_agreed(form: Form, conversation: Conversation) -> None:
    """Read back, or agreed to, is what stands in the form now. An order that is read back before it is written down
    is bound by the consent alone."""
    terms = terms_of(form.order)
    whole = bool(terms.product) and terms.price_fen is not None and terms.starts_on is not None
    if not form.order.consent and not (_read_back(conversation) and whole):
        form.agreed = None
    elif form.agreed is None:
        form.agreed, form.fell = terms, ""


def keep_agreed(form: Form, conversation: Conversation) -> None:
    """After a change of the form: terms other than those take the consent back, and the tick of the reading back."""
    terms = terms_of(form.order)
    if form.agreed is not None and terms != form.agreed:
        form.fell = _changed(form.agreed, terms)
        form.agreed, form.order.consent = None, False
        if _read_back(conversation):
            conversation.tick(READ_BACK, False)
    elif form.order.consent:
        form.agreed, form.fell = terms, ""


def why_fell(form: Form) -> Text | None:
    """Why what was agreed to must be read back once more, in a sentence; None where nothing fell."""
    name = _TERMS.get(form.fell)
    return filled(_FELL, what=name) if name is not None else None


def _changed(before: OrderTerms, after: OrderTerms) -> str:
    return next(name for name in _TERMS if getattr(before, name) != getattr(after, name))


def _read_back(conversation: Conversation) -> bool:
    return any(tick.item == READ_BACK for tick in conversation.ticked())
