"""What the customer agrees to is what was read back: another product, price, term, lock or start takes both back.

OUTCOME-12: nothing leaves as read back and agreed to that the customer never heard."""

from core.desk.compose import READ_BACK
from core.desk.form import Form, OrderForm, OrderTerms
from core.guidance.conversation import Conversation


def terms_of(order: OrderForm) -> OrderTerms:
    """As far as they are filled in; no term and no lock are the same as none said."""
    return OrderTerms(
        product=order.product,
        price_fen=order.price_fen,
        term_months=order.term_months or 0,
        locked=bool(order.locked),
        starts_on=order.starts_on,
    )


def note_agreed(form: Form, conversation: Conversation) -> None:
    """Read back, or agreed to, is what stands in the form now. An order that is read back before it is written down
    is bound by the consent alone."""
    terms = terms_of(form.order)
    whole = bool(terms.product) and terms.price_fen is not None and terms.starts_on is not None
    if not form.order.consent and not (_read_back(conversation) and whole):
        form.agreed = None
    elif form.agreed is None:
        form.agreed = terms


def keep_agreed(form: Form, conversation: Conversation) -> None:
    """After a change of the form: terms other than those take the consent back, and the tick of the reading back."""
    terms = terms_of(form.order)
    if form.agreed is not None and terms != form.agreed:
        form.agreed, form.order.consent = None, False
        if _read_back(conversation):
            conversation.tick(READ_BACK, False)
    elif form.order.consent:
        form.agreed = terms


def _read_back(conversation: Conversation) -> bool:
    return any(tick.item == READ_BACK for tick in conversation.ticked())
