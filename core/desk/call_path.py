"""The way that a call took through its script, for whoever scores it: what stood there, what was answered, how long.

From the record and the script of its version; nothing is asked of the server.
"""

import re
from datetime import datetime, timedelta

from msgspec import Struct

from core.desk.desk import Desk
from core.domain.errors import StaylineError
from core.domain.outcome import Outcome, PathStep, Ticked
from core.domain.quality.sampling import hurried_items
from core.domain.script import Script
from core.domain.text import Text
from core.guidance.state import OBJECTION

_CODE = re.compile(r"\{%.*?%\}", re.DOTALL)
_FIGURE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_GAP, _BEGIN = re.compile(r"…[\s…]*…"), re.compile(r"^[…！!？?，,、。.\s]+")
_WITHIN_S = 1.0
_NOT_ON_RECORD = Text("（当时显示的是哪一段，没有记录）", "(which of its words stood there is not on record)")


class PathLine(Struct, frozen=True, kw_only=True):
    """One step of the way."""

    at_s: int
    """seconds after the customer answered"""
    stage: Text
    words: Text
    """what stood there to be said; figures of the customer are left out"""
    answer: Text
    """what the customer answered; empty where the call ended there"""
    seconds: float | None
    """on this step; None where it is not known"""
    objection: bool = False
    ticked: tuple[Text, ...] = ()
    hurried: bool = False
    """what must be said here was ticked quicker than it can be said"""


def path_of(desk: Desk, outcome: Outcome) -> tuple[PathLine, ...]:
    """Empty where nothing was walked. Steps of a script that is not here any more are named by their ids."""
    script = _script(desk, outcome)
    begun = outcome.call.answered_at or outcome.call.dialled_at or (outcome.path[0].at if outcome.path else None)
    if begun is None:
        return ()
    hurried = frozenset(hurried_items(outcome, _WITHIN_S))
    lines, before = [], begun
    for step in outcome.path:
        ticks = [tick for tick in outcome.ticked if before < tick.at <= step.at + timedelta(milliseconds=50)]
        lines.append(_line(script, step, begun=begun, before=before, ticks=ticks, hurried=hurried))
        before = max(step.at, before)
    return tuple(lines)


def _script(desk: Desk, outcome: Outcome) -> Script | None:
    try:
        return desk.script(outcome.scenario, outcome.script_version)
    except StaylineError:
        return None


def _line(
    script: Script | None, step: PathStep, *, begun: datetime, before: datetime, ticks: list[Ticked],
    hurried: frozenset[str],
) -> PathLine:  # fmt: skip
    stage, words, answer = _said(script, step)
    items = {item.id: item.label for item in script.checklist} if script else {}
    return PathLine(
        at_s=max(round((before - begun).total_seconds()), 0),
        stage=stage,
        words=words,
        answer=answer,
        seconds=(step.at - before).total_seconds() if step.at >= before else None,
        objection=step.step.startswith(OBJECTION),
        ticked=tuple(items.get(tick.item, Text(tick.item, tick.item)) for tick in ticks),
        hurried=any(tick.item in hurried for tick in ticks),
    )


def _said(script: Script | None, step: PathStep) -> tuple[Text, Text, Text]:
    named = Text(step.step, step.step)
    if script is None:
        return named, Text("", ""), Text(step.answer, step.answer)
    if step.step.startswith(OBJECTION):
        raised = next((one for one in script.objections if one.id == step.step.removeprefix(OBJECTION)), None)
        return (raised.label if raised else named), (raised.answer if raised else Text("", "")), Text("", "")
    found = next((one for one in script.steps if one.id == step.step), None)
    if found is None:
        return named, Text("", ""), Text(step.answer, step.answer)
    stage = next((one.label for one in script.stages if one.id == found.stage), named)
    chosen = int(step.answer) - 1 if step.answer.isdigit() else -1
    answer = found.answers[chosen].label if 0 <= chosen < len(found.answers) else Text("", "")
    words = found.words_on_record(step.said)
    return stage, _NOT_ON_RECORD if words is None else without_figures(words), answer


def without_figures(words: Text) -> Text:
    """Without the marks of a template: whoever scores sees how it goes, and no figure of the customer."""
    zh, en = (_GAP.sub("…", _FIGURE.sub("…", _CODE.sub("", said))) for said in (words.zh, words.en))
    begun = _BEGIN.sub("", en)
    # What stood in a sentence after the customer's name begins one now.
    return Text(_BEGIN.sub("", zh), begun if begun == en else begun[:1].upper() + begun[1:])
