"""A request in words: for the agent's line, the lead's list, and the alerts. Pure."""

from collections.abc import Collection
from datetime import datetime

from core.domain.authority import AuthorityCase, RequestState, offer_granted
from core.domain.money import yuan_short
from core.domain.text import Text, filled
from core.store.types import OwnRequest, UploadState
from desktop.authority import words
from desktop.keys.call import BOUND, Act
from desktop.keys.caps import cap
from desktop.widgets.values import Tone

_THEN = filled(words.NOTE_IT, key=cap(BOUND[Act.OFFERS][0]))
LONG_S = 60
"""after that a customer should not be kept on the line for it"""
TONES = {
    RequestState.GRANTED: Tone.OK,
    RequestState.GRANTED_LESS: Tone.OK,
    RequestState.REFUSED: Tone.WARN,
    RequestState.EXPIRED: Tone.WARN,
}


def waited(since: datetime, now: datetime) -> str:
    """`0:23`, `12:05`, `3:00:10`."""
    seconds = max(int((now - since).total_seconds()), 0)
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"


def status(one: OwnRequest, now: datetime, *, online: bool, accepted: Collection[str]) -> tuple[Text, Tone]:
    """Where a request of one's own stands, calmly; `accepted` are the offers that the customer took in the call."""
    case = one.case
    if one.message is not None:
        return filled(words.NOT_TAKEN, why=one.message), Tone.BAD
    if case.state is not RequestState.WAITING:
        open_grant = case.state.is_grant and offer_granted(case.request) not in accepted
        return answer(case, then=_THEN if open_grant else None), TONES.get(case.state, Tone.MUTED)
    if one.upload is UploadState.WAITING:
        return (_of(words.SENDING, case), Tone.MUTED) if online else (words.UNSENT, Tone.WARN)
    since = case.request.at
    text = _of(words.WAITING, case, waited=waited(since, now))
    if (now - since).total_seconds() > LONG_S:
        text = Text(f"{text.zh} · {words.LONG.zh}", f"{text.en} · {words.LONG.en}")
    return text, Tone.BRAND


def answer(case: AuthorityCase, *, then: Text | None = None) -> Text:
    """What came of it and what to do `then`, with the lead's words."""
    said = _of(words.SAID[case.state], case)
    if then is not None:
        said = Text(said.zh + then.zh, said.en + then.en)
    if not case.words:
        return said
    return filled(words.LEADS_WORDS, said=said, words=case.words)


def arrived(case: AuthorityCase) -> Text:
    """One line to the lead: who asks for what, and why."""
    return _of(words.ARRIVED, case)


def offer(case: AuthorityCase) -> Text:
    return _of(words.ROW_OFFER, case)


def _of(text: Text, case: AuthorityCase, *, waited: str = "") -> Text:
    request = case.request
    return filled(
        text,
        offer=request.offer,
        asked=yuan_short(request.cost_fen),
        granted=yuan_short(case.granted_fen),
        name=case.answered_by_name,
        agent=case.agent_name,
        reason=request.reason,
        waited=waited,
    )
