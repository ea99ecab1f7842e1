"""What is asked from the follow-ups, a line at a time: departments, standing commitments, a time at a store."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from msgspec import Struct
from PySide6.QtCore import QObject

from core.desk import committing, errands
from core.desk.agenda import desk_area
from core.desk.desk import Desk
from core.domain.clock import CHINA, local_day
from core.domain.commitment import RHYTHMS, Rhythm
from core.domain.department import Department
from core.domain.errand import ErrandKind, ErrandState
from core.domain.errors import InputError, ServerUnreachable
from core.domain.store import StoreStanding
from core.domain.text import Text, filled
from core.sync.ask import Ask
from core.wire.departments import SlotAnswer, SlotAsk, Stores
from desktop.cases.composer import Asked, Composer, Written
from desktop.followups import words
from desktop.keys import Send
from desktop.lane import Lane
from desktop.tongue import Tongue
from desktop.widgets.values import Tone

SLOTS_SHOWN, EACH_STORE, THINGS_SHOWN = 15, 4, 4
_KINDS = {
    Send.WORK_ORDER: ErrandKind.WORK_ORDER,
    Send.ESCALATION: ErrandKind.ESCALATION,
    Send.FEEDBACK: ErrandKind.FEEDBACK,
}


class Subject(Struct, frozen=True):
    """The customer of the chosen row; empty: none is chosen."""

    customer_id: str = ""
    name: str = ""
    scenario: str = ""
    passed_on: UUID | None = None
    """what an agent passed on to this lead"""


class Asking(QObject):
    """`done` is told when something was written down, and what it says."""

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
        say: Callable[[Text, Tone], None],
        show_error: Callable[[Exception], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk, self._ask, self._tongue, self._composer = desk, ask, tongue, composer
        self._lane, self._network = lane, network_lane
        self._done, self._say, self._show_error = done, say, show_error
        self._act, self._subject = Send.WORK_ORDER, Subject()
        self._stores: tuple[StoreStanding, ...] = ()
        self._unanswered: dict[SlotAsk, UUID] = {}
        """bookings whose answer has not come: asked once more they keep their id, so that nothing is booked twice"""
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
        if act is Send.STORE:
            self._look_at_stores()
        elif act is Send.ANSWER:
            self._show(words.ASK_ANSWER, words.ANSWER_HINT, [(s.value, words.ANSWERS[s]) for s in words.ANSWERS])
        elif act is Send.COMMITMENT:
            self._show(words.ASK_COMMITMENT, words.COMMITMENT_HINT, [(r.value, RHYTHMS[r]) for r in Rhythm], at=True)
        else:
            kind = _KINDS[act]
            self._lane(lambda: errands.departments_for(self._desk, kind), lambda found: self._departments(kind, found))

    def _departments(self, kind: ErrandKind, found: list[Department]) -> None:
        if not found:
            self._say(words.NO_DEPARTMENTS, Tone.WARN)
            return
        picks = [(one.id, one.name) for one in found]
        self._show(words.ASK[kind], words.ASK_HINT, picks)

    def _show(
        self, title: Text, hint: Text, picks: list[tuple[str, Text]], *, at: bool = False, ready: tuple[str, ...] = ()
    ) -> None:
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
                ready=ready,
            )
        )

    # Stores

    def _look_at_stores(self) -> None:
        customer = self._subject.customer_id
        self._say(words.LOOKING, Tone.MUTED)

        def asked(area: str) -> None:
            self._network(lambda: self._ask.stores(area=area), self._show_stores, self._no_stores)

        self._lane(lambda: desk_area(self._desk, customer), asked)

    def _show_stores(self, found: Stores) -> None:
        self._stores = found.stores
        slots = [(one, slot) for one in found.stores for slot in one.slots[:EACH_STORE]][:SLOTS_SHOWN]
        if not slots:
            self._say(words.NO_SLOTS, Tone.WARN)
            return
        picks = [(f"{one.code}|{slot.begins_at.isoformat()}", _slot_words(one, slot.begins_at)) for one, slot in slots]
        stock = [self._tongue(one.name) for one in found.stores[0].stock if one.pieces > 0][:THINGS_SHOWN]
        self._show(words.ASK_STORE, words.STORE_HINT, picks, ready=tuple(stock))

    def _no_stores(self, error: Exception) -> None:
        if isinstance(error, ServerUnreachable):
            self._say(words.STORES_UNKNOWN, Tone.WARN)
        else:
            self._show_error(error)

    def _no_answer(self, error: Exception) -> None:
        if isinstance(error, ServerUnreachable):
            self._say(words.BOOKING_UNKNOWN, Tone.WARN)
        else:
            self._show_error(error)

    # What was written

    def _written(self, written: Written) -> None:
        if self._act is Send.STORE:
            self._book(written)
            return
        subject, act = self._subject, self._act
        self._lane(lambda: self._keep(act, subject, written), self._kept, self._failed)

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

    def _kept(self, _: object = None) -> None:
        self._composer.put_away()
        self._done(words.KEPT[self._act])

    def _failed(self, error: Exception) -> None:
        if isinstance(error, InputError):
            self._composer.wrong(self._tongue(error.message))
        else:
            self._show_error(error)

    def _book(self, written: Written) -> None:
        code, _, begins = written.pick.partition("|")
        at = datetime.fromisoformat(begins)
        store = next(one for one in self._stores if one.code == code)
        slot = next(one for one in store.slots if one.begins_at == at)
        named = written.words.strip()
        what = next((one.what for one in store.stock if named and named in (one.name.zh, one.name.en, one.what)), "")
        asked = SlotAsk(store=code, slot=slot, customer_id=self._subject.customer_id, what=what)
        slot_id = self._unanswered.setdefault(asked, uuid4())

        def answered(answer: SlotAnswer) -> None:
            self._unanswered.pop(asked, None)
            self._composer.put_away()
            told = words.BOOKED[answer.verdict]
            tone = Tone.OK if answer.reference else Tone.WARN
            when = _slot_words(store, at)
            self._say(
                Text(
                    told.zh.format(name=self._subject.name, when=when.zh, number=answer.reference),
                    told.en.format(name=self._subject.name, when=when.en, number=answer.reference),
                ),
                tone,
            )

        self._network(lambda: self._ask.book_slot(slot_id, asked), answered, self._no_answer)


def _slot_words(store: StoreStanding, begins_at: datetime) -> Text:
    hour = f"{begins_at.astimezone(CHINA):%m-%d %H:%M}"
    return Text(f"{store.name.zh} {hour}", f"{store.name.en} {hour}")
