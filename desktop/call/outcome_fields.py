"""What some results ask for besides the note: order, disconnect, another number, false data. Shown when asked for."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.desk.agreed import why_fell
from core.desk.call_session import CallSession
from core.desk.form import Form
from core.domain.charge import CHARGE_WORDS, Charge
from core.domain.disposition import Field, Result
from core.domain.money import fen_of, yuan_typed
from core.domain.outcome import CaseResult
from core.domain.text import Text
from desktop import theme
from desktop.call import words
from desktop.tongue import Tongue
from desktop.widgets.chip import Chip
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.flow import FlowLayout
from desktop.widgets.label import Label
from desktop.widgets.step_fields import DayField, NumberField
from desktop.widgets.values import Tone

Change = Callable[[CallSession], None]
_CHARGES = tuple(Charge)


class OutcomeFields(QWidget):
    changed = Signal(object)
    """a function that puts what was typed into the session's form"""

    def __init__(self, tongue: Tongue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tongue = tongue
        self._filling = False
        self._product, self._price = QLineEdit(), QLineEdit()
        self._charge = ChoiceBox()
        self._term = NumberField()
        self._term.setRange(0, 60)
        self._starts = DayField()
        self._starts.setDisplayFormat("yyyy-MM-dd")
        self._locked, self._consent = QCheckBox(), QCheckBox()
        self._about = Label(size=12, tone=Tone.MUTED, wrap=True)
        """what the form holds beside its fields: the last day of a term, the trial"""
        self._fell = Label(size=12, tone=Tone.WARN, wrap=True)
        self._brand, self._suggestion = QLineEdit(), QLineEdit()
        self._other = QLineEdit()
        self._false = [(Chip(checkable=True), code) for code in words.FALSE_FIELDS]
        self._titles: dict[QWidget, tuple[Label, Text]] = {}
        self._order = self._group(
            words.ORDER,
            (words.PRODUCT, self._product),
            (words.PRICE, self._beside(self._price, self._charge)),
            (words.TERM, self._term),
            (words.STARTS_ON, self._starts),
            (None, self._locked),
            (None, self._about),
            (None, self._consent),
            (None, self._fell),
        )
        # A sentence needs the whole width: its label stands above it.
        self._disconnect = self._group(
            None, (words.NEXT_BRAND, self._brand), (words.SUGGESTION, self._suggestion), above=True
        )
        self._number = self._group(None, (words.OTHER_NUMBER, self._other))
        self._false_data = self._chips(words.FALSE_DATA)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for group in (self._order, self._disconnect, self._number, self._false_data):
            column.addWidget(group)
        self._connect()

    def show_form(self, form: Form, result: Result | None) -> None:
        """The fields that `result` asks for, filled with what the form holds."""
        needs = set(result.needs) if result else set()
        self._order.setVisible(Field.ORDER in needs)
        leaves = result is not None and result.case_result is CaseResult.DISCONNECTED
        self._disconnect.setVisible(leaves or Field.DISCONNECT in needs)
        self._number.setVisible(Field.OTHER_NUMBER in needs)
        self._false_data.setVisible(Field.FALSE_DATA in needs)
        self._filling = True
        order = form.order
        _put(self._product, order.product)
        _put(
            self._price,
            "" if order.price_fen is None else yuan_typed(order.price_fen),
            same=fen_of(self._price.text()) == order.price_fen,
        )
        self._charge.setCurrentIndex(_CHARGES.index(order.charge))
        self._term.setValue(order.term_months or 0)
        if order.starts_on:
            self._starts.setDate(QDate(order.starts_on.year, order.starts_on.month, order.starts_on.day))
        self._locked.setChecked(bool(order.locked))
        self._consent.setChecked(order.consent)
        self._tell(form)
        _put(self._brand, form.disconnect.next_brand)
        _put(self._suggestion, form.disconnect.suggestion)
        _put(self._other, form.other_number)
        for chip, code in self._false:
            chip.setChecked(form.false_field == code)
        self._filling = False

    def show_consent(self, form: Form) -> None:
        """What was typed may have taken the consent back."""
        self._filling = True
        self._consent.setChecked(form.order.consent)
        self._tell(form)
        self._filling = False

    def _tell(self, form: Form) -> None:
        """What goes with the fields, and why a consent that was given is asked for again."""
        order, say = form.order, self._tongue
        trial, until, fell = order.trial(), order.until(), why_fell(form)
        about = say(words.GOES_BACK) if order.ends_trial else ""
        if trial is not None:
            about = say(words.ON_TRIAL).format(day=trial.ends_on.isoformat(), plan=say(trial.back_to_name))
        elif until is not None:
            about = say(words.UNTIL).format(day=until.isoformat())
        for label, text in ((self._about, about), (self._fell, say(fell) if fell is not None else "")):
            label.set_words(text)
            label.setVisible(bool(text))

    def focus_first(self) -> bool:
        """The first field in sight takes the focus; False where none is asked for."""
        fields = ((self._order, self._product), (self._disconnect, self._brand), (self._number, self._other))
        shown = next((field for group, field in fields if not group.isHidden()), None)
        if shown is not None:
            shown.setFocus()
        return shown is not None

    def retranslate(self) -> None:
        say = self._tongue
        for label, text in self._titles.values():
            label.set_words(say(text))
        for field, (_, text) in self._titles.items():
            field.setAccessibleName(say(text))
        for box, text in ((self._locked, words.LOCKED), (self._consent, words.CONSENT)):
            box.setText(say(text))
        for chip, code in self._false:
            chip.set_chip(say(words.FALSE_FIELDS[code]))
        self._price.setAccessibleName(say(words.PRICE))
        self._charge.setAccessibleName(say(words.CHARGE))
        for at, charge in enumerate(_CHARGES):
            self._charge.setItemText(at, say(CHARGE_WORDS[charge]))

    def _group(self, title: Text | None, *rows: tuple[Text | None, QWidget], above: bool = False) -> QWidget:
        """Labels beside their fields, or `above` them."""
        holder = QWidget()
        form = QFormLayout(holder)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(theme.px(4))
        wrap = QFormLayout.RowWrapPolicy.WrapAllRows if above else QFormLayout.RowWrapPolicy.WrapLongRows
        form.setRowWrapPolicy(wrap)
        if title is not None:
            head = Label(size=13, bold=True, tone=Tone.MUTED)
            self._titles[head] = (head, title)
            form.addRow(head)
        for text, field in rows:
            if text is None:
                form.addRow(field)
                continue
            label = Label(size=12, tone=Tone.MUTED)
            self._titles[field] = (label, text)
            form.addRow(label, field)
        return holder

    def _beside(self, field: QLineEdit, box: ChoiceBox) -> QWidget:
        """A price and how often it is paid, in one row."""
        box.addItems([""] * len(_CHARGES))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(field, 1)
        row.addWidget(box)
        holder.setFocusProxy(field)
        return holder

    def _chips(self, title: Text) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        head = Label(size=13, bold=True, tone=Tone.MUTED)
        self._titles[head] = (head, title)
        column.addWidget(head)
        flow_holder = QWidget()
        flow = FlowLayout(flow_holder)
        for chip, _ in self._false:
            flow.addWidget(chip)
        column.addWidget(flow_holder)
        return holder

    def _connect(self) -> None:
        for field in (self._product, self._price, self._brand, self._suggestion, self._other):
            # One that was left shows how its words begin.
            field.editingFinished.connect(lambda f=field: None if f.hasFocus() else f.home(False))
        self._product.textChanged.connect(lambda text: self._say(_order_set("product", text.strip())))
        self._price.textChanged.connect(lambda text: self._say(_order_set("price_fen", fen_of(text))))
        self._charge.currentIndexChanged.connect(lambda at: self._say(_order_set("charge", _CHARGES[at])))
        self._term.valueChanged.connect(lambda months: self._say(_order_set("term_months", months)))
        self._starts.dateChanged.connect(
            lambda day: self._say(_order_set("starts_on", date(day.year(), day.month(), day.day())))
        )
        self._locked.toggled.connect(lambda on: self._say(_order_set("locked", on)))
        self._consent.toggled.connect(self._consented)
        self._brand.textChanged.connect(
            lambda text: self._say(lambda s: setattr(s.form.disconnect, "next_brand", text))
        )
        self._suggestion.textChanged.connect(
            lambda text: self._say(lambda s: setattr(s.form.disconnect, "suggestion", text))
        )
        self._other.textChanged.connect(lambda text: self._say(lambda s: setattr(s.form, "other_number", text.strip())))
        for chip, code in self._false:
            chip.clicked.connect(lambda _=False, c=code: self._say(lambda s: setattr(s.form, "false_field", c)))

    def _consented(self, on: bool) -> None:
        """Consent closes the order: what stands in the fields then is what was read back."""
        term, locked = self._term.value(), self._locked.isChecked()
        starts = self._starts.date()

        def put(session: CallSession) -> None:
            order = session.form.order
            order.consent, order.term_months, order.locked = on, term, locked
            order.starts_on = date(starts.year(), starts.month(), starts.day())

        self._say(put)

    def _say(self, change: Change) -> None:
        if not self._filling:
            self.changed.emit(change)


def _order_set(name: str, value: object) -> Change:
    return lambda session: setattr(session.form.order, name, value)


def _put(field: QLineEdit, text: str, *, same: bool = False) -> None:
    """Only where it differs: the cursor of a field that is being typed in stays where it is."""
    if not same and field.text().strip() != text.strip():
        field.setText(text)
        if not field.hasFocus():
            field.home(False)
