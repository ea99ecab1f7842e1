"""What is asked from the follow-ups, a line at a time: departments, standing commitments, a time at a store."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QObject

from core.desk import committing, errands
from core.desk.desk import Desk
from core.domain.clock import CHINA, local_day
from core.domain.commitment import RHYTHMS, Rhythm
from core.domain.department import Department
from core.domain.errand import ErrandKind, ErrandState
from core.domain.errors import InputError
from core.domain.text import Text, filled
from core.sync.ask import Ask
from desktop.cases.composer import Asked, Composer, Written
from desktop.followups import words
from desktop.followups.store_times import StoreTimes
from desktop.followups.subject import Subject
from desktop.keys.call import Send
from desktop.lane import Lane
from desktop.tongue import Tongue
from desktop.widgets.values import Tone

_KINDS = {
    Send.WORK_ORDER: ErrandKind.WORK_ORDER,
    Send.ESCALATION: ErrandKind.ESCALATION,
    Send.FEEDBACK: ErrandKind.FEEDBACK,
}


class Asking(QObject):
    """`done` is told when something was written down, and what it says; `store_changed` when a booking came or went."""

    def __init__(
        self,
        desk: Desk,
        ask: Ask,
        tongue: Tongue,
        composer: Composer,
        *,
        lane: Lane,
        network_lane: Lane,
        done: Callable[[Text], None],
        store_changed: Callable[[], None],
        say: Callable[[Text, Tone], None],
        show_error: Callable[[Exception], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk, self._tongue, self._composer, self._lane = desk, tongue, composer, lane
        self._done, self._say, self._show_error = done, say, show_error
        self._act, self._subject = Send.WORK_ORDER, Subject()
        self._begun = 0
        """how often something was asked: an answer to what was asked before finds another line"""
        self.stores = StoreTimes(
            desk, ask, tongue, composer, lane=lane, network_lane=network_lane, changed=store_changed, say=say,
            show_error=show_error, parent=self,
        )  # fmt: skip
        composer.written.connect(self._written)

    def begin(self, act: Send, subject: Subject) -> None:
        """The line comes up with what the act needs; an act that needs a customer says so where none is chosen."""
        if act is Send.ANSWER and subject.passed_on is None:
            self._say(words.NOTHING_PASSED_ON, Tone.WARN)
            return
        if not subject.customer_id and act not in (Send.FEEDBACK, Send.ANSWER):
            self._say(words.NO_CUSTOMER, Tone.WARN)
            return
        self._act, self._subject = act, subject
        self._begun += 1
        self.stores.leave()
        if act is Send.STORE:
            self.stores.begin(subject)
        elif act is Send.ANSWER:
            self._show(words.ASK_ANSWER, words.ANSWER_HINT, [(s.value, words.ANSWERS[s]) for s in words.ANSWERS])
        elif act is Send.COMMITMENT:
            self._show(words.ASK_COMMITMENT, words.COMMITMENT_HINT, [(r.value, RHYTHMS[r]) for r in Rhythm], at=True)
        else:
            kind, ticket = _KINDS[act], self._begun
            self._lane(
                lambda: errands.departments_for(self._desk, kind),
                lambda found: self._departments(kind, found) if ticket == self._begun else None,
            )

    def _departments(self, kind: ErrandKind, found: list[Department]) -> None:
        if not found:
            self._say(words.NO_DEPARTMENTS, Tone.WARN)
            return
        picks = [(one.id, one.name) for one in found]
        self._show(words.ASK[kind], words.ASK_HINT, picks)

    def _show(self, title: Text, hint: Text, picks: list[tuple[str, Text]], *, at: bool = False) -> None:
        say, named = self._tongue, self._subject.name
        now = self._desk.moment().wall
        first = now.astimezone(CHINA).replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=1)
        self._composer.ask(
            Asked(
                title=say(filled(title, name=named or "—")),
                hint=say(hint),
                picks=tuple((code, say(name)) for code, name in picks),
                pick_name=say(title).format(name=named),
                at=first if at else None,
            )
        )

    # What was written

    def _written(self, written: Written) -> None:
        if self._act is Send.STORE:
            self.stores.written(written)
            return
        subject, act, ticket = self._subject, self._act, self._begun

        def kept(_: object) -> None:
            if ticket == self._begun:
                self._composer.put_away()
            self._done(words.KEPT[act])

        def failed(error: Exception) -> None:
            if isinstance(error, InputError) and ticket == self._begun:
                self._composer.wrong(self._tongue(error.message))
                return
            if ticket == self._begun:
                self._composer.again()
            self._show_error(error)

        self._lane(lambda: self._keep(act, subject, written), kept, failed)

    def _keep(self, act: Send, subject: Subject, written: Written) -> None:
        if act is Send.ANSWER and subject.passed_on is not None:
            errands.answer(self._desk, subject.passed_on, ErrandState(written.pick), written.words)
            return
        if act is Send.COMMITMENT and written.at is not None:
            here = written.at.astimezone(CHINA)
            committing.commit(
                self._desk,
                customer_id=subject.customer_id,
                scenario=subject.scenario,
                text=written.words,
                rhythm=Rhythm(written.pick),
                first_on=local_day(written.at),
                minute=here.hour * 60 + here.minute,
            )
            return
        errands.ask(
            self._desk,
            kind=_KINDS[act],
            department=written.pick,
            text=written.words,
            customer_id=subject.customer_id,
            scenario=subject.scenario,
        )
