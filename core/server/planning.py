"""What planners see of the whole: the base without persons, page by page, and the results of surveys."""

from collections import Counter
from collections.abc import Sequence

import msgspec
from sqlalchemy import func, select

from core.domain.customer import decode_document
from core.domain.outcome import Answered
from core.domain.people import Right
from core.server.access.caller import Caller
from core.server.db import customers
from core.server.db.engine import Unit
from core.server.db.schema import customer, outcome
from core.server.nameless import nameless
from core.wire.base import AnswerCount, BasePage, SurveyResults

_ALL = frozenset(Right)


class _Answers(msgspec.Struct):
    answered: tuple[Answered, ...] = ()


_answers = msgspec.json.Decoder(_Answers).decode


def base_page(unit: Unit, start: int, limit: int) -> BasePage:
    """Up to `limit` customers after the first `start`, in the order of their ids."""
    mine = customer.c.tenant_id == unit.tenant
    total = unit.conn.execute(select(func.count()).select_from(customer).where(mine)).scalar_one()
    statement = select(customer.c.id).where(mine).order_by(customer.c.id).offset(start).limit(limit)
    ids: Sequence[str] = list(unit.conn.execute(statement).scalars())
    bodies = customers.documents(unit, ids, _ALL)
    return BasePage(
        customers=tuple(
            nameless(decode_document(bodies[one]), number) for number, one in enumerate(ids, start + 1) if one in bodies
        ),
        start=start,
        total=total,
    )


def survey_results(unit: Unit, scenario: str, *, caller: Caller) -> SurveyResults:
    """Of the outcomes that stand: all of them for planners, those of the own team for its lead."""
    statement = select(outcome.c.body, outcome.c.recorded_at).where(
        outcome.c.tenant_id == unit.tenant, outcome.c.scenario == scenario, outcome.c.corrected_by == ""
    )
    if not caller.may(Right.PLAN):
        statement = statement.where(outcome.c.team_id == caller.agent.team)
    counts: Counter[tuple[str, str]] = Counter()
    calls, times = 0, []
    for body, recorded_at in unit.conn.execute(statement):
        calls += 1
        # A question with several answers has several; the same one twice in a call is one.
        given = {(one.question, one.answer) for one in _answers(body).answered}
        if given:
            counts.update(given)
            times.append(recorded_at)
    return SurveyResults(
        scenario=scenario,
        outcomes=len(times),
        calls=calls,
        first_at=min(times, default=None),
        last_at=max(times, default=None),
        counts=tuple(AnswerCount(question=q, answer=a, count=n) for (q, a), n in sorted(counts.items())),
    )
