"""One class of care: what it is, when, by which channel, and what is written and said."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.domain.care_class import CareChannel, CareClass
from core.domain.text import Text, filled
from desktop.care import words
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.card_scroll import CardScroll
from desktop.widgets.held import held
from desktop.widgets.label import Label
from desktop.widgets.say_box import SayBox
from desktop.widgets.values import Tone


class CareDetail(QWidget):
    def __init__(self, tongue: Tongue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tongue = tongue
        self._card = Card()
        self._about = Label(tone=Tone.MUTED, wrap=True)
        self._heads = [Label(size=12, tone=Tone.MUTED) for _ in range(2)]
        self.message, self.call = SayBox(), SayBox()
        self._judged = Label(size=12, tone=Tone.MUTED, wrap=True)
        self._card.add(self._about)
        for head, box in zip(self._heads, (self.message, self.call), strict=True):
            self._card.add(head)
            self._card.add(box)
        self._card.add(self._judged)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(CardScroll(self._card))

    def show_care(
        self, care: CareClass | None, *, channel: CareChannel | None, message: str, call: Sequence[str], note: str = ""
    ) -> None:
        """`channel` the one to take, None for all of the class in its order; words as they are filled in, or not."""
        with held(self):
            self._show(care, channel, message, call, note)

    def _show(
        self, care: CareClass | None, channel: CareChannel | None, message: str, call: Sequence[str], note: str
    ) -> None:
        say = self._tongue
        self._card.set_title(say(care.label) if care else "")
        self._card.set_note(note)
        self._card.setVisible(care is not None)
        if care is None:
            return
        joint = say(words.JOINT)
        channels = joint.join(say(words.CHANNELS[one]) for one in ((channel,) if channel else care.channels))
        lines = [(words.DEFINITION, care.definition), (words.TRIGGER, care.trigger)]
        if care.by_notice is not None:
            who = say(care.by_notice)
            lines.append((words.NOTICED, filled(words.NOTICE_RULE, who=who[:1].upper() + who[1:])))
        about = [self._line(head, say(text)) for head, text in (*lines, (words.PLAN, care.plan))]
        rests = say(words.RESTS if care.rest_days > 1 else words.RESTS_A_DAY).format(days=care.rest_days)
        self._about.set_words("\n".join([*about, self._line(words.REST, rests), self._line(words.BY, channels)]))
        self._judged.set_words(
            "\n".join(
                self._line(head, say(text))
                for head, text in ((words.MONITORING, care.monitoring), (words.EVALUATION, care.evaluation))
            )
        )
        said = "\n".join(call) if care.call else say(words.NO_CALL)
        boxes = ((words.MESSAGE, self.message, message or say(words.NO_MESSAGE)), (words.CALL, self.call, said))
        for label, (head, box, text) in zip(self._heads, boxes, strict=True):
            label.set_words(say(head))
            box.setAccessibleName(say(head))
            box.set_spans([(text, False)])

    def _line(self, head: Text, text: str) -> str:
        return self._tongue(words.LINE).format(head=self._tongue(head), text=text)
