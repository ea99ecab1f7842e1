"""Calls of the last days that ask to be looked at, each for its own reason, and how leads scored earlier ones."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid5

import msgspec
from msgspec import Struct

from core.content.resources import folder
from core.content.scorecards import load_scorecards
from core.demo.outcomes import past_outcomes
from core.demo.people import DISCONNECT, UPGRADE
from core.demo.today import Today, moment
from core.domain.call import Reveal
from core.domain.offered import OfferMade, Reply
from core.domain.outcome import CaseResult, Contact, Outcome, Ticked
from core.domain.quality.scorecard import Scorecard
from core.domain.quality.scoring import Mark, Marked
from core.domain.text import Text
from core.wire.push import Saved

_NAMESPACE = UUID("0f6c9d3e-7a41-5b86-9c02-6f1d2a3b4c5d")
_COPIED = "客户说线路先留着，等孩子放假回来再看，别再催。"
_FIRST, _LAST = 60, 300
"""customers who are nobody's task in a demonstration; as many as the calls below need"""
_SAVES, _TALKS = 5, 4
_SETTLED = timedelta(days=8)
"""older calls were scored long ago"""


class Inspected(Struct, frozen=True, kw_only=True):
    calls: tuple[Saved, ...]
    reveals: tuple[Reveal, ...]
    denied: UUID | None
    """the save that its customer knows nothing of"""
    before: tuple[UUID, ...]
    """calls of earlier weeks that leads have scored, by agent and day"""


def inspected(seed: int, today: Today, customers: int) -> Inspected:
    """The same world has the same calls; a small one has none that stand out."""
    sources = _sources(seed, today, customers)
    told: set[str] = set()
    kept = (one for one in sources if one.case_result is CaseResult.RETAINED and one.success)
    sales = _strangers((one for one in sources if one.order is not None), told, most=1)
    saves = _strangers(kept, told, most=_SAVES)
    talks = _strangers((one for one in sources if one.scenario == DISCONNECT and not one.success), told, most=_TALKS)
    if len(saves) < _SAVES or not sales or len(talks) < _TALKS:
        return Inspected(calls=(), reveals=(), denied=None, before=())
    made = dict(_risky(saves, sales[0], talks, today))
    return Inspected(
        calls=tuple(Saved(outcome=one) for one in made.values()),
        reveals=(_reveal(talks[-1], _days_ago(today, 2, 11 * 60)),),
        denied=made["denied"].id,
        before=tuple(one.id for one in _earlier(sources, today.as_of)),
    )


def _sources(seed: int, today: Today, customers: int) -> list[Outcome]:
    """Past talks with owners: what the doctored ones are made of."""
    indexes = range(_FIRST, min(_LAST, customers))
    every = (saved.outcome for index in indexes for saved in past_outcomes(seed, index, today))
    wanted = (DISCONNECT, UPGRADE)
    return [one for one in every if one.contact is Contact.OWNER and len(one.path) >= 3 and one.scenario in wanted]


def _strangers(outcomes: Iterable[Outcome], told: set[str], *, most: int) -> list[Outcome]:
    """One of each customer of whom nothing is `told` yet: on any day the calls are about different people."""
    found: list[Outcome] = []
    for one in outcomes:
        if len(found) < most and one.customer_id not in told:
            told.add(one.customer_id)
            found.append(one)
    return found


def _days_ago(today: Today, days: int, minute: int) -> datetime:
    return moment(today.day - timedelta(days=days), minute)


def _risky(saves: list[Outcome], sale: Outcome, talks: list[Outcome], today: Today) -> Iterator[tuple[str, Outcome]]:
    def at(days: int, minute: int) -> datetime:
        return _days_ago(today, days, minute)

    short = _at(saves[0], "short", "2047", at(2, 617))
    call = msgspec.structs.replace(short.call, talk_time_s=8)
    yield "short", msgspec.structs.replace(short, call=call, path=short.path[:1], ticked=short.ticked[:1])
    yield "hurried", _hurried(_at(saves[1], "hurried", "2043", at(1, 941)))
    yield "hurried-sale", _hurried(_at(sale, "hurried-sale", "2045", at(3, 655)))
    for nth, talk in enumerate(talks[:2]):
        copy = _at(talk, f"copied-{nth}", "2044", at(4 - nth, 870))
        yield f"copied-{nth}", msgspec.structs.replace(copy, note=_COPIED, note_edited=True)
    gift = OfferMade(
        offer="free-year", version=1, kind="gift", name=Text("免一年月租", "A year free"), reply=Reply.ACCEPTED,
        read_back=True,
    )  # fmt: skip
    yield "unknown", msgspec.structs.replace(_at(saves[2], "unknown", "2046", at(2, 1012)), offers=(gift,))
    yield "denied", _at(saves[3], "denied", "2047", at(5, 588))
    kept = _at(saves[4], "kept", "2044", at(6, 902))
    yield "kept", kept
    left = _at(talks[2], "left", "2046", at(1, 620))
    yield (
        "left",
        msgspec.structs.replace(
            left,
            customer_id=kept.customer_id,
            case_result=CaseResult.DISCONNECTED,
            result="disconnected",
            success=False,
        ),
    )


def _at(source: Outcome, name: str, agent: str, at: datetime) -> Outcome:
    """The same talk on another day, made by that agent."""
    by = at - (source.call.dialled_at or source.recorded_at)

    def moved(moment: datetime | None) -> datetime | None:
        return None if moment is None else moment + by

    call = msgspec.structs.replace(
        source.call, dialled_at=moved(source.call.dialled_at), answered_at=moved(source.call.answered_at),
        ended_at=moved(source.call.ended_at),
    )  # fmt: skip
    return msgspec.structs.replace(
        source, id=uuid5(_NAMESPACE, f"{source.id}/{name}"), agent=agent, task_id=None, call=call,
        recorded_at=source.recorded_at + by,
        path=tuple(msgspec.structs.replace(one, at=one.at + by) for one in source.path),
        ticked=tuple(Ticked(item=one.item, at=one.at + by) for one in source.ticked),
    )  # fmt: skip


def _hurried(value: Outcome) -> Outcome:
    """Its first two steps are clicked away in a second."""
    begun = value.call.answered_at or value.recorded_at
    quick = [begun + timedelta(milliseconds=400 * (nth + 1)) for nth in range(2)]
    path = tuple(msgspec.structs.replace(one, at=quick[nth]) if nth < 2 else one for nth, one in enumerate(value.path))
    ticked = tuple(Ticked(item=item, at=at) for item, at in zip(("staff_number", "verify_owner"), quick, strict=True))
    return msgspec.structs.replace(value, path=path, ticked=ticked)


def _reveal(of: Outcome, at: datetime) -> Reveal:
    return Reveal(
        id=uuid5(_NAMESPACE, f"{of.id}/shown"), customer_id=of.customer_id, number=of.call.number,
        at=at, agent="2045",
    )  # fmt: skip


def _earlier(sources: list[Outcome], now: datetime) -> Iterator[Outcome]:
    """Three of each agent's calls of the weeks before, the latest first."""
    taken: dict[str, int] = {}
    for one in sorted(sources, key=lambda one: one.recorded_at, reverse=True):
        if now - one.recorded_at > _SETTLED and taken.get(one.agent, 0) < 3:
            taken[one.agent] = taken.get(one.agent, 0) + 1
            yield one


def cards() -> tuple[Scorecard, ...]:
    return tuple(load_scorecards(folder()))


_REMARKS = {
    Mark.MISSED: "漏了的那一步下次补上，录音里没听到。",
    Mark.WRONG: "资费和期限说得不准，先看页面再开口。",
}


def marks_of(call: UUID, card: Scorecard) -> tuple[tuple[Marked, ...], str]:
    """How a lead marked that call, and what was said of it."""
    rng = Random(call.int)
    drawn = [(item.id, rng.choices(list(Mark), weights=(82, 8, 5, 3, 2))[0]) for item in card.items]
    found = tuple(Marked(item=item, mark=mark) for item, mark in drawn)
    worst = next((mark for mark in (Mark.WRONG, Mark.MISSED) if mark in {mark for _, mark in drawn}), None)
    return found, _REMARKS[worst] if worst else "开场稳，问得细，继续保持。"
