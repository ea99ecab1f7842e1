"""What has been promised: callbacks by time, and the texts, orders and visits made on this machine."""

import re
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.desk.desk import Desk
from core.desk.promises import Promised, promised
from core.domain.clock import CHINA
from core.domain.follow_up import FollowUp, FollowUpKind, FollowUpState
from core.domain.money import yuan
from core.domain.order_state import ORDER_SHORT, SECOND_CONFIRMATION, OrderTold
from core.domain.text import Text, filled
from desktop import theme
from desktop.followups import words
from desktop.followups.model import RowsModel
from desktop.lane import Lane
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.label import Label
from desktop.widgets.row_table import RowTable
from desktop.widgets.values import Tone

NO_TIME = "—"
_SENDER = re.compile(r"^(【[^】]*】|\[[^\]]*\])\s*")


class FollowUpsPage(QWidget):
    task_chosen = Signal(str)

    def __init__(
        self,
        desk: Desk,
        tongue: Tongue,
        *,
        lane: Lane,
        scenario_name: Callable[[str], Text],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._tongue, self._lane, self._scenario_name = desk, tongue, lane, scenario_name
        self._shown: Promised | None = None
        self._callbacks_card, self._others_card = Card(), Card()
        self._callback_model, self._other_model = RowsModel(), RowsModel()
        self.callbacks, self.others = RowTable(self._callback_model), RowTable(self._other_model)
        self._hint = Label(size=12, tone=Tone.MUTED, wrap=True)
        self._callbacks_card.add(self.callbacks, 1)
        self._others_card.add(self.others, 1)
        self._others_card.add(self._hint)
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(self._callbacks_card, 1)
        row.addWidget(self._others_card, 1)
        column = QVBoxLayout(self)
        edge = theme.px(10)
        column.setContentsMargins(edge, edge, edge, edge)
        column.addLayout(row, 1)
        self.callbacks.activated.connect(self._open)
        self.setFocusProxy(self.callbacks)
        tongue.changed.connect(self.retranslate)
        self.retranslate()
        # Only now are there columns that could be given a width.
        self.callbacks.widen((140, 80, 160))
        self.others.widen((140, 80, 90, 200, 130))
        self.others.stretch(words.OTHER_COLUMNS.index(words.CONTENT))

    def refresh(self) -> None:
        def show(found: Promised) -> None:
            self._shown = found
            self._fill()

        self._lane(lambda: promised(self._desk), show)

    def retranslate(self) -> None:
        say = self._tongue
        self._callbacks_card.set_title(say(words.CALLBACKS))
        self._others_card.set_title(say(words.OTHERS))
        self.callbacks.setAccessibleName(say(words.CALLBACKS))
        self.others.setAccessibleName(say(words.OTHERS))
        self._hint.set_words(say(words.HINT))
        self._fill()

    def _fill(self) -> None:
        say, shown = self._tongue, self._shown
        callbacks = shown.callbacks if shown else []
        now = self.callbacks.currentIndex()
        stood = self._callback_model.key(now.row()) if now.isValid() else ""
        self._callback_model.show(
            [say(text) for text in words.CALLBACK_COLUMNS],
            [(_hour(r.callback_at), r.name, say(self._scenario_name(r.scenario)), say(r.reason)) for r in callbacks],
            [r.task_id for r in callbacks],
        )
        at = self._callback_model.place_of(stood)
        if at >= 0 and not self.callbacks.currentIndex().isValid():
            self.callbacks.setCurrentIndex(self._callback_model.index(at, now.column()))
        rows = [*self._order_rows(shown), *self._other_rows(shown)] if shown else []
        self._other_model.show(
            [say(text) for text in words.OTHER_COLUMNS], [row for row, _ in rows], [k for _, k in rows]
        )
        self.callbacks.say_when_empty(say(words.NO_CALLBACKS) if shown else "")
        self.others.say_when_empty(say(words.NO_OTHERS) if shown else "")
        self._callbacks_card.set_note(str(len(callbacks)))
        self._others_card.set_note(str(len(rows)))

    def _order_rows(self, shown: Promised) -> list[tuple[tuple[str, ...], str]]:
        say = self._tongue
        return [
            (
                (
                    one.effective_from.isoformat() if one.effective_from else NO_TIME,
                    name,
                    say(words.ORDER),
                    self._ordered(one),
                    say(ORDER_SHORT[one.state]),
                ),
                str(one.id),
            )
            for one, name in shown.orders
        ]

    def _ordered(self, one: OrderTold) -> str:
        """What and for how much; of one that failed, why."""
        what = self._tongue(one.what)
        if one.reason is not None:
            return self._tongue(filled(words.NOT_DONE, product=what, why=self._tongue(one.reason)))
        if not one.price_fen:
            return what
        return self._tongue(filled(words.ORDERED, product=what, price=yuan(one.price_fen)))

    def _other_rows(self, shown: Promised) -> list[tuple[tuple[str, ...], str]]:
        say = self._tongue
        return [
            ((_hour(f.due_at), name, say(words.KINDS[f.kind.value]), _content(f), say(_state(f, shown))), str(f.id))
            for f, name in shown.others
        ]

    def _open(self, index: QModelIndex) -> None:
        self.task_chosen.emit(self._callback_model.key(index.row()))


def _content(follow_up: FollowUp) -> str:
    """A text without the sender's name before it: every one begins so, and what tells them apart would be cut off."""
    return _SENDER.sub("", follow_up.text) if follow_up.kind is FollowUpKind.SMS else follow_up.text


def _state(follow_up: FollowUp, shown: Promised) -> Text:
    """A text is called sent only where the server has told that it went out; what an offer was to bring is cancelled
    with its order."""
    if follow_up.state is not FollowUpState.WAITING:
        return words.STATES[follow_up.state.value]
    record, text = (follow_up.outcome_id, follow_up.offer), follow_up.kind is FollowUpKind.SMS
    asks = text and (follow_up.template == SECOND_CONFIRMATION or bool(follow_up.offer))
    if asks and record in shown.asked:
        return words.STATES["sent"]
    if record in shown.fallen:
        return words.STATES["cancelled"] if text else words.CALLED_BACK
    return words.NOT_SENT if text else words.STATES["waiting"]


def _hour(moment: datetime | None) -> str:
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}" if moment else NO_TIME
