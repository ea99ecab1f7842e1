"""Whether an outcome keeps to the content it was called under: its scenario, result, reason and length of talk.

A desk may have been away for weeks: what any version allowed that stood beside the script it names is taken.
"""

from collections.abc import Iterator

from core.domain.disposition import Dispositions, Result
from core.domain.outcome import Outcome
from core.domain.talk_bounds import out_of_bounds
from core.domain.task import Task
from core.domain.text import Text
from core.server.db import publications, published
from core.server.db.engine import Unit
from core.server.sync.answers import Code, Ruling, rejected
from core.wire.push import Verdict

_CALL_AGAIN = Text(
    "已收下，不算成功；请重新联系客户，或在“今日”里更正。",
    "It is taken, not as a success; call the customer again, or correct it under Today.",
)
_CORRECT_IT = Text("记录已另存；请在“今日”里更正。", "It is kept aside; correct it under Today.")


def result_of(unit: Unit, outcome: Outcome) -> Result | None:
    """The result as the newest version offers it, else the one beside the script of the call, else any version."""
    newest = published.dispositions(unit, outcome.scenario)
    return _leaf(newest, outcome.result) or next(_others(unit, outcome), None)


def breach(
    unit: Unit, outcome: Outcome, result: Result | None, *, task: Task | None, old: Outcome | None
) -> Ruling | None:
    """Why the outcome cannot stand as it is; None where it can.

    `result`: what `result_of` found. `old`: what a correction corrects, as far as the server took it. A success that
    was too short is not among them: see `unearned`.
    """
    if outcome.opt_out:
        # Whatever else is odd in it: the customer said that they want no more calls, and that binds at once.
        return None
    if result is None and _has_results(unit, outcome.scenario):
        return rejected(Code.UNKNOWN_RESULT)
    own = {one.scenario for one in (task, old) if one is not None}
    if outcome.scenario not in own and publications.is_unknown_scenario(unit, outcome.scenario):
        return rejected(Code.UNKNOWN_SCENARIO)
    if outcome.reason and not _has_reason(unit, outcome):
        return rejected(Code.UNKNOWN_REASON)
    words = _length(unit, outcome, result)
    if words is None:
        return None
    said = Text(f"{words.zh}。{_CORRECT_IT.zh}", f"{words.en}. {_CORRECT_IT.en}")
    return Ruling(Verdict.REJECTED, Code.TALK_OUT_OF_BOUNDS, said)


def unearned(unit: Unit, outcome: Outcome, result: Result | None, *, old: Outcome | None) -> Text | None:
    """Why a claimed success is none: a call of ten seconds is no sale. The record stands, and a lead looks at it."""
    if not outcome.success or result is None or (old is not None and old.success and old.result == outcome.result):
        return None
    return _bounds(unit, outcome, result, dialled=False)


def unearned_words(why: Text) -> Text:
    """The answer to the desk."""
    return Text(f"{why.zh}。{_CALL_AGAIN.zh}", f"{why.en}. {_CALL_AGAIN.en}")


def is_success(unit: Unit, outcome: Outcome, result: Result | None) -> bool:
    """Whether the result is one in any version that the call may have been under; where none is known, as it says."""
    if not outcome.success or result is None:
        return outcome.success
    return result.success or any(one.success for one in _others(unit, outcome))


def _leaf(dispositions: Dispositions | None, code: str) -> Result | None:
    """One that stands for finer ones cannot be recorded itself."""
    found = dispositions.result(code) if dispositions else None
    return None if found is None or found.choices else found


def _others(unit: Unit, outcome: Outcome) -> Iterator[Result]:
    """The result in the versions that stood beside the script of the call, newest first; in any where none did."""
    beside = publications.every_dispositions_beside(unit, outcome.scenario, outcome.script_version)
    found = [one for each in beside if (one := _leaf(each, outcome.result)) is not None]
    if not found:
        every = reversed(publications.every_dispositions(unit, outcome.scenario))
        found = [one for each in every if (one := _leaf(each, outcome.result)) is not None]
    yield from found


def _has_results(unit: Unit, scenario: str) -> bool:
    """Whether the scenario's results were ever published; else nobody can say that one is none of them."""
    return bool(published.dispositions(unit, scenario) or publications.every_dispositions(unit, scenario))


def _has_reason(unit: Unit, outcome: Outcome) -> bool:
    newest = published.dispositions(unit, outcome.scenario)
    if newest is not None and _names(newest, outcome.reason):
        return True
    every = publications.every_dispositions(unit, outcome.scenario)
    return not (newest or every) or any(_names(one, outcome.reason) for one in every)


def _names(dispositions: Dispositions, reason: str) -> bool:
    return any(one.code == reason for one in dispositions.reasons)


def _length(unit: Unit, outcome: Outcome, result: Result | None) -> Text | None:
    """Why the talk is too short or too long. A correction keeps the talk of its call, here as at the desk."""
    if result is None or outcome.corrects is not None or (outcome.success and result.success):
        return None
    dialled = outcome.call.dialled_at is not None or outcome.call.answered_at is not None
    return _bounds(unit, outcome, result, dialled=dialled)


def _bounds(unit: Unit, outcome: Outcome, result: Result, *, dialled: bool) -> Text | None:
    talk_s = outcome.call.talk_time_s
    words = out_of_bounds(result, talk_s=talk_s, dialled=dialled)
    if words is None:
        return None
    allowed = (out_of_bounds(one, talk_s=talk_s, dialled=dialled) is None for one in _others(unit, outcome))
    return None if any(allowed) else words
