"""What leaves as an order with the call's record, in one line of the outcome column."""

from core.desk.form import Form
from core.domain.money import yuan_short
from core.domain.offered import OfferMade, Reply
from core.domain.text import Text
from desktop import theme
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.label import Label
from desktop.widgets.values import Tone

_ORDERED = Text("将下订单：{what}", "To be ordered: {what}")
_FOR = Text("{name} ¥{price}", "{name} ¥{price}")
_A_MONTH = Text("{name} ¥{price}/月", "{name} ¥{price} a month")
_BETWEEN = Text("、", ", ")


class OrdersLine:
    """Below the chosen result; a widget is made for it with the first such offer, so that a save without any costs
    nothing."""

    def __init__(self, card: Card, below: Label) -> None:
        self._card, self._below = card, below
        self._label: Label | None = None

    @property
    def words(self) -> str:
        """What stands there; empty where nothing does."""
        return self._label.text() if self._label is not None and not self._label.isHidden() else ""

    def show(self, form: Form, say: Tongue) -> None:
        ordered = [made for made in form.offers if made.reply is Reply.ACCEPTED and made.order is not None]
        if not ordered and self._label is None:
            return
        label = self._label or self._made()
        told = say(_BETWEEN).join(_named(made, say) for made in ordered)
        label.set_words(say(_ORDERED).format(what=told) if ordered else "")
        label.setToolTip(label.text())
        label.setAccessibleName(label.text())
        label.setVisible(bool(ordered))

    def _made(self) -> Label:
        self._label = Label(size=theme.BASE_PX - 1, tone=Tone.OK)
        self._card.body.insertWidget(self._card.body.indexOf(self._below) + 1, self._label)
        return self._label


def _named(made: OfferMade, say: Tongue) -> str:
    name = say(made.name)
    if not made.price_fen:
        return name
    monthly = made.order is not None and made.order.monthly
    return say(_A_MONTH if monthly else _FOR).format(name=name, price=yuan_short(made.price_fen))
