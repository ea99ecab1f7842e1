"""Booking a time at a store from the follow-ups (CHANNEL-02): what is to be put by, then when; moved and cancelled."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from PySide6.QtCore import QObject

from core.desk.agenda import desk_area
from core.desk.desk import Desk
from core.domain.clock import CHINA
from core.domain.errors import Refused, ServerUnreachable
from core.domain.store import Stocked, StoreStanding
from core.domain.text import Text, filled
from core.sync.ask import Ask
from core.wire.departments import SlotAnswer, SlotAsk, SlotVerdict, Stores
from desktop.cases.composer import Asked, Composer, Written
from desktop.followups import words
from desktop.followups.subject import Subject
from desktop.lane import Lane
from desktop.tongue import Tongue
from desktop.widgets.values import Tone

SLOTS_SHOWN, EACH_STORE, THINGS_SHOWN = 15, 4, 4


class StoreTimes(QObject):
    """The line asks twice: for what is to be put by, which may stay empty, then for one of the free times."""

    def __init__(
        self,
        desk: Desk,
        ask: Ask,
        tongue: Tongue,
        composer: Composer,
        *,
        lane: Lane,
        network_lane: Lane,
        changed: Callable[[], None],
        say: Callable[[Text, Tone], None],
        show_error: Callable[[Exception], None],
        parent: QObject,
    ) -> None:
        """`changed`: a booking was made or cancelled; the next pull brings it."""
        super().__init__(parent)
        self._desk, self._ask, self._tongue, self._composer = desk, ask, tongue, composer
        self._lane, self._network, self._changed = lane, network_lane, changed
        self._say, self._show_error = say, show_error
        self._subject, self._area = Subject(), ""
        self._stores: tuple[StoreStanding, ...] = ()
        self._wanted: Stocked | None = None
        self._choosing = False
        self._asked = 0
        """how often stores were asked: the line may be something else's by the time they answer"""
        self._unanswered: dict[SlotAsk, UUID] = {}
        """bookings whose answer has not come: asked once more they keep their id, so that nothing is booked twice"""

    def begin(self, subject: Subject) -> None:
        """Where the chosen row is a booking, another time takes its place."""
        self._subject, self._choosing, self._wanted = subject, False, None
        self._say(words.LOOKING, Tone.MUTED)
        self.leave()
        ticket = self._asked

        def asked(area: str) -> None:
            if ticket == self._asked:
                self._area = area
                self._look(lambda: self._ask.stores(area=area), self._ask_what)

        self._lane(lambda: desk_area(self._desk, subject.customer_id), asked)

    def leave(self) -> None:
        """Something else is asked for: what stores answer from now on is shown no more."""
        self._asked += 1

    def _look(self, ask: Callable[[], Stores], take: Callable[[Stores], None]) -> None:
        ticket = self._asked

        def taken(found: Stores) -> None:
            if ticket == self._asked:
                take(found)

        def failed(error: Exception) -> None:
            if ticket == self._asked:
                self._no_stores(error)

        self._network(ask, taken, failed)

    def cancel(self, booking: UUID, name: str) -> None:
        def gone(_: object = None) -> None:
            self._say(filled(words.STORE_CANCELLED, name=name), Tone.OK)
            self._changed()

        self._network(lambda: self._ask.cancel_slot(booking), gone, self._not_cancelled)

    def written(self, written: Written) -> None:
        if self._choosing:
            self._book(written)
        else:
            self._look_for(written.words.strip())

    # What is to be put by

    def _ask_what(self, found: Stores) -> None:
        self._stores = found.stores
        if not any(one.slots for one in found.stores):
            self._say(words.NO_SLOTS, Tone.WARN)
            return
        ready = tuple(self._tongue(one.name) for one in _things(found.stores) if one.pieces)[:THINGS_SHOWN]
        self._show(words.STORE_WHAT_HINT, [], ready)

    def _look_for(self, named: str) -> None:
        """At any store: the stores are asked anew, for a piece may have gone meanwhile."""
        things = _things(self._stores)
        self._wanted = next((one for one in things if named and _is_called(one, named)), None)
        if named and self._wanted is None:
            known = "、".join(self._tongue(one.name) for one in things)
            self._composer.wrong(self._tongue(filled(words.STORE_UNKNOWN_THING, things=known)))
            return
        what = self._wanted.what if self._wanted else ""
        self._look(lambda: self._ask.stores(area=self._area, what=what), self._ask_when)

    def _ask_when(self, found: Stores) -> None:
        wanted = self._wanted
        self._stores = tuple(one for one in found.stores if wanted is None or _pieces(one, wanted.what))
        slots = [(one, slot) for one in self._stores for slot in one.slots[:EACH_STORE]][:SLOTS_SHOWN]
        if not slots:
            told = words.NO_SLOTS if wanted is None else _named(words.STORE_SOLD_OUT, wanted.name)
            self._composer.wrong(self._tongue(told))
            return
        self._choosing = True
        picks = [
            (f"{one.code}|{slot.begins_at.isoformat()}", _with_stock(one, _slot_words(one, slot.begins_at), wanted))
            for one, slot in slots
        ]
        self._show(words.STORE_WHEN_HINT, picks, ())

    def _show(self, hint: Text, picks: list[tuple[str, Text]], ready: tuple[str, ...]) -> None:
        say, name = self._tongue, self._subject.name or "—"
        title = say(filled(words.MOVE_STORE if self._subject.booking else words.ASK_STORE, name=name))
        picked = tuple((code, say(text)) for code, text in picks)
        self._composer.ask(Asked(title=title, hint=say(hint), picks=picked, pick_name=title, ready=ready))

    # When

    def _book(self, written: Written) -> None:
        code, _, begins = written.pick.partition("|")
        at, wanted, subject = datetime.fromisoformat(begins), self._wanted, self._subject
        store = next(one for one in self._stores if one.code == code)
        slot = next(one for one in store.slots if one.begins_at == at)
        asked = SlotAsk(
            store=code, slot=slot, customer_id=subject.customer_id, what=wanted.what if wanted else "",
            instead_of=subject.booking, store_name=store.name, what_name=wanted.name if wanted else None,
            scenario=subject.scenario,
        )  # fmt: skip
        slot_id = self._unanswered.setdefault(asked, uuid4())
        when, ticket = _slot_words(store, at), self._asked

        def answered(answer: SlotAnswer) -> None:
            self._unanswered.pop(asked, None)
            if ticket == self._asked:
                self._composer.put_away()
            self._tell(answer, when, subject.name)

        def failed(error: Exception) -> None:
            if ticket == self._asked:
                self._composer.again()
            self._no_answer(error)

        self._network(lambda: self._ask.book_slot(slot_id, asked), answered, failed)

    def _tell(self, answer: SlotAnswer, when: Text, name: str) -> None:
        booked = answer.verdict is SlotVerdict.BOOKED
        told = words.BOTH_BOOKED if answer.still_booked else words.BOOKED[answer.verdict]
        self._say(
            Text(
                told.zh.format(name=name, when=when.zh, number=answer.reference),
                told.en.format(name=name, when=when.en, number=answer.reference),
            ),
            Tone.OK if booked and not answer.still_booked else Tone.WARN,
        )
        if booked:
            self._changed()

    # What went wrong

    def _no_stores(self, error: Exception) -> None:
        self._composer.again()
        self._say_or_show(error, words.STORES_UNKNOWN)

    def _no_answer(self, error: Exception) -> None:
        self._say_or_show(error, words.BOOKING_UNKNOWN)

    def _not_cancelled(self, error: Exception) -> None:
        if isinstance(error, Refused) and error.code == "not_found":
            self._say(words.STORE_GONE, Tone.WARN)
            self._changed()
        else:
            self._say_or_show(error, words.STORE_NOT_CANCELLED)

    def _say_or_show(self, error: Exception, told: Text) -> None:
        if isinstance(error, ServerUnreachable):
            self._say(told, Tone.WARN)
        else:
            self._show_error(error)


def _things(stores: tuple[StoreStanding, ...]) -> list[Stocked]:
    """What any store has, each once: with the most that one of them has."""
    best: dict[str, Stocked] = {}
    for one in (thing for store in stores for thing in store.stock):
        if one.what not in best or best[one.what].pieces < one.pieces:
            best[one.what] = one
    return sorted(best.values(), key=lambda one: (one.pieces == 0, one.what))


def _is_called(one: Stocked, named: str) -> bool:
    """By its name, a part of it, or its code."""
    wanted = named.casefold()
    return wanted == one.what.casefold() or any(wanted in text.casefold() for text in (one.name.zh, one.name.en))


def _pieces(store: StoreStanding, what: str) -> int:
    return next((one.pieces for one in store.stock if one.what == what), 0)


def _with_stock(store: StoreStanding, when: Text, wanted: Stocked | None) -> Text:
    if wanted is None:
        return when
    left = filled(words.STORE_PIECES, n=str(_pieces(store, wanted.what)))
    return Text(f"{when.zh} · {left.zh}", f"{when.en} · {left.en}")


def _named(frame: Text, name: Text) -> Text:
    return Text(frame.zh.format(what=name.zh), frame.en.format(what=name.en))


def _slot_words(store: StoreStanding, begins_at: datetime) -> Text:
    hour = f"{begins_at.astimezone(CHINA):%m-%d %H:%M}"
    return Text(f"{store.name.zh} {hour}", f"{store.name.en} {hour}")
