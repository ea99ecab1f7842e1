"""Cases, promises and what is written about them, in words. No widgets."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from core.desk.casework import CaseRow, LoosePromise
from core.domain.case import (
    SATISFACTION_NAMES,
    SERVER,
    Allowed,
    Began,
    Case,
    CaseEvent,
    CauseFound,
    Checked,
    Contacted,
    ContactMissed,
    Ended,
    Joined,
    Noted,
    Parted,
    Passed,
    Reopened,
    Supposed,
)
from core.domain.clock import CHINA, local_day
from core.domain.money import yuan_short
from core.domain.promise import STATE_NAMES, Promise, PromiseState
from core.domain.text import Text, filled
from desktop.cases import words
from desktop.widgets.values import Tone

Say = Callable[[Text], str]
SOON = timedelta(minutes=30)
_DAY_MIN = 24 * 60
PROMISE_TONES = {
    PromiseState.OPEN: Tone.NEUTRAL,
    PromiseState.KEPT: Tone.OK,
    PromiseState.BROKEN: Tone.BAD,
    PromiseState.RELEASED: Tone.MUTED,
}


def span(length: timedelta) -> Text:
    """How long, rounded down to minutes; from two days on in days."""
    minutes = max(int(length.total_seconds() // 60), 0)
    if minutes >= 2 * _DAY_MIN:
        return filled(words.DAYS, d=str(minutes // _DAY_MIN))
    if minutes >= 60:
        return filled(words.HOURS, h=str(minutes // 60), m=str(minutes % 60))
    return filled(words.MINUTES, m=str(minutes))


def hour(moment: datetime, now: datetime) -> str:
    here = moment.astimezone(CHINA)
    return f"{here:%H:%M}" if here.date() == local_day(now) else f"{here:%m-%d %H:%M}"


def contact(case: Case, now: datetime) -> tuple[Text, Tone]:
    """Where the case stands: the countdown to the first word, when it was said, or how the case ended."""
    if case.satisfaction is not None and not case.is_open:
        how = SATISFACTION_NAMES[case.satisfaction]
        return Text(words.CLOSED.zh.format(how=how.zh), words.CLOSED.en.format(how=how.en)), Tone.MUTED
    due = case.began.first_contact_due
    if case.contacted_at is not None:
        late = case.contact_missed
        frame = words.CONTACTED_LATE if late else words.CONTACTED
        return filled(frame, when=hour(case.contacted_at, now)), Tone.WARN if late else Tone.OK
    if now > due:
        over = span(now - due)
        return Text(words.CONTACT_LATE.zh.format(over=over.zh), words.CONTACT_LATE.en.format(over=over.en)), Tone.BAD
    left = span(due - now)
    said = Text(words.CONTACT_IN.zh.format(left=left.zh), words.CONTACT_IN.en.format(left=left.en))
    return said, Tone.BAD if due - now <= SOON else Tone.WARN


def due(promise: Promise, now: datetime) -> tuple[Text, Tone]:
    """When a promise falls due, or how long it is overdue."""
    if promise.is_late(now):
        over = span(now - promise.due_at)
        return Text(words.PROMISE_LATE.zh.format(over=over.zh), words.PROMISE_LATE.en.format(over=over.en)), Tone.BAD
    tone = Tone.WARN if promise.is_owed and promise.due_at - now <= SOON else Tone.MUTED
    return filled(words.PROMISE_DUE, when=hour(promise.due_at, now)), tone


def head(row: CaseRow | LoosePromise, now: datetime) -> tuple[Text, Tone]:
    """At the right of the name: what is owed first."""
    if isinstance(row, LoosePromise):
        return due(row.promise, now)
    owed = next((one for one in row.promises if one.is_owed), None)
    if row.case.awaits_contact or owed is None:
        return contact(row.case, now)
    return due(owed, now)


def promise_words(promise: Promise, say: Say, now: datetime) -> str:
    """What was promised and what came of it; where that was told late, when."""
    state = say(words.LATE if promise.is_open and promise.is_late(now) else STATE_NAMES[promise.state])
    whom = say(filled(words.TO_WHOM, to=promise.made.to)) if promise.made.to else ""
    moved = say(filled(words.MOVED_TIMES, n=str(promise.moved))) if promise.moved else ""
    dropped = promise.released_at is not None and promise.state is PromiseState.BROKEN
    needless = say(words.NEEDED_NO_MORE) if dropped else ""
    told = _told_at(promise.told_at, now, say)
    parts = (promise.made.words, whom, moved, state, needless, promise.words, told)
    return " · ".join(part for part in parts if part)


def _told_at(moment: datetime | None, now: datetime, say: Say) -> str:
    return say(words.TOLD_AT).format(when=hour(moment, now)) if moment is not None else ""


def log_line(event: CaseEvent, case: Case, say: Say, now: datetime) -> str:
    """One line of the log, with the names of the case's team; where it was told late, when."""
    told = _told_at(event.received_at, now, say)
    joined = (one.what for one in case.log if isinstance(one.what, Joined))
    said = _log_words(event, say, {one.staff_number: one.name for one in joined})
    return f"{said}（{told}）" if told else said


def _log_words(event: CaseEvent, say: Say, names: Mapping[str, str]) -> str:
    what = event.what
    match what:
        case Began(title=title):
            return say(Text(words.BEGAN.zh.format(title=title.zh), words.BEGAN.en.format(title=title.en)))
        case Contacted():
            return say(words.SPOKE)
        case ContactMissed():
            return say(words.MISSED)
        case Noted(words=written):
            return written
        case Supposed(words=written):
            return say(filled(words.SUPPOSED, words=written))
        case Checked(name=name, finding=finding):
            return say(words.CHECKED).format(name=say(name), finding=finding)
        case Allowed():
            return granted(what, say)
        case CauseFound(words=written):
            return say(filled(words.FOUND_CAUSE, words=written))
        case _:
            return _turns(event, say, names)


def _turns(event: CaseEvent, say: Say, names: Mapping[str, str]) -> str:
    match event.what:
        case Joined(name=name, staff_number=staff):
            return say(filled(words.JOINED, name=name or staff))
        case Parted(staff_number=staff):
            return say(filled(words.PARTED, name=names.get(staff, staff)))
        case Passed(to_name=name, summary=summary):
            return say(words.PASSED).format(name=name, summary=say(summary))
        case Ended(satisfaction=how, words=written):
            return say(words.ENDED).format(how=say(SATISFACTION_NAMES[how]), words=written).strip(" ·")
        case Reopened(words=written):
            return say(filled(words.REOPENED, words=written)).strip()
        case _:
            return ""


def granted(one: Allowed, say: Say) -> str:
    return say(words.GRANT_LINE).format(what=say(one.what), yuan=yuan_short(one.fen), by=one.by_name or one.by)


def writer(event: CaseEvent, say: Say) -> str:
    return say(words.BY_SERVER) if event.by == SERVER else event.by_name or event.by
