"""How the customers of the invented city stand now, as its billing says: most as their documents have it, some have
topped up since."""

import re
from collections.abc import Callable
from datetime import timedelta

from core.demo.life import live
from core.demo.today import today_of
from core.domain.clock import Clock
from core.domain.recheck import LineStatus, Standing

_ID = re.compile(r"JC(\d{7})")
_TOPPED_UP_EVERY, _TOP_UP_FEN = 5, 5_000
"""of those whom no part of the tour's cast plays, one in so many paid so much an hour ago"""


def standings(seed: int, customers: int, clock: Clock) -> Callable[[str, str], Standing | None]:
    """By customer id and the number that is to be called; None for an id that is nobody's."""

    def look(customer_id: str, number: str) -> Standing | None:
        found = _ID.fullmatch(customer_id)
        index = int(found.group(1)) - 1 if found else -1
        return _standing(seed, index, number, clock) if 0 <= index < customers else None

    return look


def _standing(seed: int, index: int, number: str, clock: Clock) -> Standing:
    now = clock()
    life = live(seed, index, today_of(now))
    balance = life.account.balance_fen
    paid = not life.profile.part.scenario and index % _TOPPED_UP_EVERY == 0
    balance += _TOP_UP_FEN if paid else 0
    return Standing(
        balance_fen=max(balance, 0),
        arrears_fen=max(-balance, 0),
        status=LineStatus.ACTIVE,
        number_is_theirs=True if number else None,
        paid_at=now - timedelta(minutes=30) if paid else None,
        as_of=now,
    )
