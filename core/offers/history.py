"""What was offered to a customer before: in the document that the server sent, and in what was saved here since."""

from collections.abc import Iterable, Sequence
from datetime import date

from core.domain.clock import CHINA
from core.domain.offer import HOME_VISIT
from core.domain.offer_history import past_offers_of
from core.domain.offered import PastOffer, Reply
from core.domain.outcome import Outcome


def past_offers(told: Iterable[PastOffer], saved: Iterable[Outcome]) -> tuple[PastOffer, ...]:
    """Both as one, newest first; what the server tells of an outcome stands before the record here, and a corrected
    record says nothing any more."""
    told, saved = tuple(told), tuple(saved)
    corrected = {str(one.corrects) for one in saved if one.corrects is not None}
    known = {one.outcome_id for one in told} | corrected
    own = [past for one in saved if str(one.id) not in known for past in past_offers_of(one)]
    kept = [one for one in told if one.outcome_id not in corrected]
    return tuple(sorted((*kept, *own), key=lambda one: one.at, reverse=True))


def held(history: Iterable[PastOffer], benefit: str, today: date) -> PastOffer | None:
    """The accepted offer of that benefit that still runs, the one that runs longest."""
    found = [
        one
        for one in history
        if one.reply is Reply.ACCEPTED and one.benefit == benefit and one.until is not None and one.until >= today
    ]
    return max(found, key=lambda one: one.until or today, default=None)


def resting(history: Iterable[PastOffer], offer: str, today: date) -> PastOffer | None:
    """The refusal because of which that offer rests, the one that binds longest.

    An acceptance after it ends the rest: the customer came back to it."""
    for one in history:
        if one.offer != offer:
            continue
        if one.reply is Reply.ACCEPTED:
            return None
        if one.reply is Reply.REFUSED and one.rests_until is not None and one.rests_until >= today:
            return one
    return None


def visits_used(history: Sequence[PastOffer], today: date) -> int:
    """Free visits at home that were taken this year (OFFER-07)."""
    return sum(
        one.benefit == HOME_VISIT and one.reply is Reply.ACCEPTED and one.at.astimezone(CHINA).year == today.year
        for one in history
    )
