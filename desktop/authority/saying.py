"""A request in words: for the agent's line, the lead's list, and the alerts. Pure."""

from datetime import datetime

from core.domain.authority import AuthorityCase, RequestState
from core.domain.money import yuan_short
from core.domain.text import Text
from core.store.types import OwnRequest, UploadState
from desktop.authority import words
from desktop.widgets.values import Tone

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


def status(one: OwnRequest, now: datetime, *, online: bool) -> tuple[Text, Tone]:
    """Where a request of one's own stands, calmly."""
    case = one.case
    if one.message is not None:
        return _fill(words.NOT_TAKEN, why=one.message), Tone.BAD
    if case.state is not RequestState.WAITING:
        return answer(case), TONES.get(case.state, Tone.MUTED)
    if one.upload is UploadState.WAITING:
        return (_of(words.SENDING, case), Tone.MUTED) if online else (words.UNSENT, Tone.WARN)
    since = case.request.at
    text = _of(words.WAITING, case, waited=waited(since, now))
    if (now - since).total_seconds() > LONG_S:
        text = Text(f"{text.zh} · {words.LONG.zh}", f"{text.en} · {words.LONG.en}")
    return text, Tone.BRAND


def answer(case: AuthorityCase) -> Text:
    """What came of it, with the lead's words."""
    said = _of(words.SAID[case.state], case)
    if not case.words:
        return said
    own = Text(case.words, case.words)
    return _fill(words.LEADS_WORDS, said=said, words=own)


def arrived(case: AuthorityCase) -> Text:
    """One line to the lead: who asks for what, and why."""
    return _of(words.ARRIVED, case)


def offer(case: AuthorityCase) -> Text:
    return _of(words.ROW_OFFER, case)


def _of(text: Text, case: AuthorityCase, *, waited: str = "") -> Text:
    request = case.request
    plain = {
        "asked": yuan_short(request.cost_fen),
        "granted": yuan_short(case.granted_fen),
        "name": case.answered_by_name,
        "agent": case.agent_name,
        "reason": request.reason,
        "waited": waited,
    }
    return Text(text.zh.format(offer=request.offer.zh, **plain), text.en.format(offer=request.offer.en, **plain))


def _fill(text: Text, **parts: Text) -> Text:
    return Text(
        text.zh.format(**{name: part.zh for name, part in parts.items()}),
        text.en.format(**{name: part.en for name, part in parts.items()}),
    )
