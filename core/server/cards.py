"""Reinstall cards after the call: one is redeemed once, in its time; how many come back (WINBACK-03)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.domain.card_number import read_card_number
from core.domain.clock import CHINA, local_day
from core.domain.customer import Care
from core.domain.errors import InputError
from core.domain.text import Text
from core.server.db import audit, cards, customers, tasks
from core.server.db.audit import Action
from core.server.db.cards import GivenCard
from core.server.db.engine import Database


@dataclass(frozen=True, slots=True)
class CardMonth:
    """The cards given in one month, `2026-11`."""

    month: str
    given: int
    redeemed: int
    expired: int
    """not redeemed, and their time is over"""

    @property
    def open(self) -> int:
        return self.given - self.redeemed - self.expired


def redeem(database: Database, typed: str, *, by: str) -> GivenCard:
    """Marks a card as redeemed, on record, and tells the desks that hold the customer.

    Raises InputError where it is no number, unknown, taken back, redeemed before or expired."""
    number = read_card_number(typed)
    if number is None:
        raise _refused(Text("卡号不对，请核对每一位。", "That is no card number: check each letter."))
    with database.write() as unit:
        found = cards.get(unit, number)
        if found is not None:
            # The customer first, as a record that gives or takes back a card does; what is decided by and written anew
            # is what stands under the locks.
            tasks.lock_customer(unit, found.customer_id)
            found = cards.get(unit, number, lock=True)
        why = _why_not(found, local_day(unit.now))
        if found is None or why is not None:
            raise _refused(why or _UNKNOWN)
        cards.mark_redeemed(unit, number, by=by)
        today = local_day(unit.now)

        def edit(care: Care) -> None:
            for one in care.offers:
                if one.card == number:
                    one.redeemed_on = today

        customers.edit_care(unit, found.customer_id, edit)
        audit.write(unit, writer=by, action=Action.CARD_REDEEMED, object_=number, customer=found.customer_id)
    return found


def by_month(given: Iterable[GivenCard], today: date) -> list[CardMonth]:
    """Oldest month first; a card counts in the month in which it was given, by the calendar in China."""
    months: dict[str, list[GivenCard]] = {}
    for one in given:
        months.setdefault(f"{one.given_at.astimezone(CHINA):%Y-%m}", []).append(one)
    return [
        CardMonth(
            month=month,
            given=len(found),
            redeemed=sum(one.redeemed_at is not None for one in found),
            expired=sum(one.redeemed_at is None and one.good_until < today for one in found),
        )
        for month, found in sorted(months.items())
    ]


_UNKNOWN = Text("没有发过这张卡。", "No such card was given.")


def _why_not(found: GivenCard | None, today: date) -> Text | None:
    if found is None:
        return _UNKNOWN
    if found.withdrawn:
        return Text("这张卡已收回。", "This card was taken back.")
    if found.redeemed_at is not None:
        day = local_day(found.redeemed_at).isoformat()
        return Text(f"这张卡 {day} 已用过。", f"This card was redeemed on {day}.")
    if found.good_until < today:
        day = found.good_until.isoformat()
        return Text(f"这张卡 {day} 已到期。", f"This card expired on {day}.")
    return None


def _refused(why: Text) -> InputError:
    return InputError(
        title=Text("回装卡不能兑付", "The card cannot be redeemed"),
        message=why,
        next_step=Text("用 stayline-server cards list 查看。", "See them with stayline-server cards list."),
    )
