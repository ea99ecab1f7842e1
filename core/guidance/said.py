"""What the customer has said so far on this way through the script, as facts that conditions may ask for."""

from collections.abc import Mapping, Sequence

from core.domain.outcome import Answered
from core.domain.script import Answer, Step
from core.guidance.state import TrailStep

PREFIX = "said."
"""`sets: { need: data }` and a question's code are asked for as `said.need`"""
PROBLEM, PROBLEM_OPEN = f"{PREFIX}problem", "open"
"""a problem that came up in the call: selling stays closed while it is open (SCRIPT-09)"""


def said(trail: Sequence[TrailStep], steps: Mapping[str, Step]) -> dict[str, object]:
    """By field; the later answer counts where one was given twice."""
    found: dict[str, object] = {}
    for step, answer in _given(trail, steps):
        found |= {PREFIX + name: value for name, value in answer.sets.items()}
        if step.question is not None and answer.code:
            found[PREFIX + step.question.code] = answer.code
    return found


def answered(trail: Sequence[TrailStep], steps: Mapping[str, Step]) -> tuple[Answered, ...]:
    """The results of a survey, question by question (SCRIPT-18)."""
    return tuple(
        Answered(question=step.question.code, answer=answer.code)
        for step, answer in _given(trail, steps)
        if step.question is not None and answer.code
    )


def fields_set(steps: Sequence[Step]) -> dict[str, frozenset[str]]:
    """Every field that some answer can set, with the values that it can have."""
    values: dict[str, set[str]] = {}
    for step in steps:
        for answer in step.answers:
            for name, value in answer.sets.items():
                values.setdefault(PREFIX + name, set()).add(value)
            if step.question is not None and answer.code:
                values.setdefault(PREFIX + step.question.code, set()).add(answer.code)
    return {name: frozenset(found) for name, found in values.items()}


def _given(trail: Sequence[TrailStep], steps: Mapping[str, Step]) -> list[tuple[Step, Answer]]:
    out = []
    for entry in trail:
        step = steps[entry.step]
        if entry.answer:
            out.append((step, step.answers[entry.answer - 1]))
    return out
