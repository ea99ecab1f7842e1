"""Surveys as the desk's own scripts ask them, and what the server says that customers answered (SCRIPT-18)."""

from datetime import datetime

from msgspec import Struct

from core.desk.desk import Desk
from core.domain.script import Script
from core.domain.text import Text
from core.sync.ask import Ask
from core.wire.base import SURVEY_DAYS


class AnswerResult(Struct, frozen=True, kw_only=True):
    label: Text
    count: int


class QuestionResult(Struct, frozen=True, kw_only=True):
    code: str
    asked: Text
    """the words of the question, with their holes"""
    answers: tuple[AnswerResult, ...]
    """in the script's order; answers that earlier versions had come last, by their codes"""


class Results(Struct, frozen=True, kw_only=True):
    scenario: str
    answered: int
    calls: int
    first_at: datetime | None
    last_at: datetime | None
    questions: tuple[QuestionResult, ...]


def surveys(desk: Desk) -> list[str]:
    """Scenarios whose script asks questions, those that ask most first."""
    asked = {name: _questions(desk.script(name)) for name in desk.store.content_names("script")}
    return sorted((name for name, count in asked.items() if count), key=lambda name: (-asked[name], name))


def results(desk: Desk, ask: Ask, scenario: str, days: int = SURVEY_DAYS) -> Results:
    """Of the last `days` days. Raises ServerUnreachable, Refused where the role may not see them."""
    script, found = desk.script(scenario), ask.survey_results(scenario, days)
    counts = {(one.question, one.answer): one.count for one in found.counts}
    questions: dict[str, QuestionResult] = {}
    for step in script.steps:
        if step.question is None or step.question.code in questions:
            continue
        code = step.question.code
        known = {answer.code: answer.label for answer in step.answers if answer.code}
        gone = [answer for question, answer in counts if question == code and answer not in known]
        labels = {**known, **{answer: Text(answer, answer) for answer in gone}}
        questions[code] = QuestionResult(
            code=code,
            asked=step.say[-1].text,
            answers=tuple(
                AnswerResult(label=label, count=counts.get((code, answer), 0)) for answer, label in labels.items()
            ),
        )
    return Results(
        scenario=scenario,
        answered=found.outcomes,
        calls=found.calls,
        first_at=found.first_at,
        last_at=found.last_at,
        questions=tuple(questions.values()),
    )


def _questions(script: Script) -> int:
    return sum(step.question is not None for step in script.steps)
