"""What planners see of the whole: the base without persons, page by page, and the results of surveys."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

import msgspec
from sqlalchemy import func, select

from core.domain import decoding
from core.domain.clock import local_day
from core.domain.customer import decode_document
from core.domain.outcome import Answered
from core.domain.people import Right
from core.guidance.care_calls import given, resting, talks
from core.server.access.bookmark import Bookmarks
from core.server.access.caller import Caller
from core.server.coarse_age import first_ages
from core.server.db import customers, published
from core.server.db.engine import Unit
from core.server.db.schema import customer, outcome
from core.server.nameless import nameless
from core.wire.base import SURVEY_DAYS, AnswerCount, BasePage, SurveyResults

_ALL = frozenset(Right)
_AT_ONCE = 1_000


class _Answers(msgspec.Struct):
    answered: tuple[Answered, ...] = ()


_answers = decoding.decoder(_Answers).decode


def base_page(unit: Unit, start: int, limit: int, bookmarks: Bookmarks, *, after: str = "") -> BasePage:
    """Up to `limit` customers in the order of their ids: those that follow the bookmark `after`, which are numbered
    from `start`; without one those after the first `start`. Raises BadBookmark."""
    mine = customer.c.tenant_id == unit.tenant
    statement = select(customer.c.id).where(mine).order_by(customer.c.id).limit(limit)
    # However large the base, a page costs the same: what lies before a bookmark is not counted again.
    statement = statement.where(customer.c.id > bookmarks.open(after)) if after else statement.offset(start)
    total = 0 if after else unit.conn.execute(select(func.count()).select_from(customer).where(mine)).scalar_one()
    ids: Sequence[str] = list(unit.conn.execute(statement).scalars())
    bodies = customers.documents(unit, ids, _ALL)
    documents = [decode_document(bodies[one]) for one in ids if one in bodies]
    classes = published.care_classes(unit)
    ages, today = first_ages(unit), local_day(unit.now)
    return BasePage(
        customers=tuple(
            nameless(one, number, ages=ages, today=today) for number, one in enumerate(documents, start + 1)
        ),
        start=start,
        total=total,
        next=bookmarks.seal(ids[-1]) if len(ids) == limit else "",
        resting=tuple(
            tuple(sorted(resting(classes, talks(one.care), unit.now, given=given(one.care)))) for one in documents
        )
        if classes
        else (),
    )


def survey_results(unit: Unit, scenario: str, *, caller: Caller, days: int = SURVEY_DAYS) -> SurveyResults:
    """Of the outcomes that stand and were received in the last `days` days: all of them for planners, those of the own
    team for its lead."""
    since = unit.now - timedelta(days=days)
    mine = (outcome.c.tenant_id == unit.tenant) & (outcome.c.scenario == scenario) & (outcome.c.corrected_by == "")
    statement = select(outcome.c.body, outcome.c.recorded_at).where(mine, outcome.c.received_at >= since)
    if not caller.may(Right.PLAN):
        statement = statement.where(outcome.c.team_id == caller.agent.team)
    counts: Counter[tuple[str, str]] = Counter()
    calls, answered, first_at, last_at = 0, 0, None, None
    # A few at a time: their bodies together would not fit where a scenario has hundreds of thousands.
    for body, recorded_at in unit.conn.execution_options(stream_results=True, yield_per=_AT_ONCE).execute(statement):
        calls += 1
        # A question with several answers has several; the same one twice in a call is one.
        given_answers = {(one.question, one.answer) for one in _answers(body).answered}
        if given_answers:
            counts.update(given_answers)
            answered += 1
            first_at, last_at = min(first_at or recorded_at, recorded_at), max(last_at or recorded_at, recorded_at)
    return SurveyResults(
        scenario=scenario,
        since=since,
        outcomes=answered,
        calls=calls,
        first_at=first_at,
        last_at=last_at,
        counts=tuple(AnswerCount(question=q, answer=a, count=n) for (q, a), n in sorted(counts.items())),
    )
