"""What the answers and objections of a call point to: a result, a reason, follow-ups, an order. Pure."""

from collections.abc import Iterator

from core.domain.script import Answer, LineProposal
from core.guidance.script_index import ScriptIndex
from core.guidance.state import OBJECTION, ConversationState


def result_of(state: ConversationState, index: ScriptIndex) -> str:
    """Code of the result; empty where nothing points to one."""
    return _latest(state, index, "suggests")


def reason_of(state: ConversationState, index: ScriptIndex) -> str:
    """Code of the reason; empty where nothing points to one."""
    return _latest(state, index, "reason")


def promised(state: ConversationState, index: ScriptIndex, *, in_writing: bool) -> tuple[str, ...]:
    """Codes of the follow-up presets that the latest answer's words promise.

    `in_writing`: the customer hears badly, and gets the end of a call as a text where the script has one."""
    at = state.at if state.ended else max(state.at - 1, 0)
    entry = state.trail[at]
    if not entry.answer:
        return ()
    plans = index.steps[entry.step].answers[entry.answer - 1].plans
    text = index.script.in_writing
    return (*plans, text) if state.ended and in_writing and text else plans


def taken(state: ConversationState, index: ScriptIndex) -> Answer | None:
    """The latest answer by which the customer takes something that the bill calculator found."""
    return next((answer for answer in _given_last(state, index) if answer.orders is not None), None)


def line_taken(state: ConversationState, index: ScriptIndex) -> LineProposal | None:
    """What the customer said last to take in place of the present line."""
    return next((answer.line for answer in _given_last(state, index) if answer.line is not None), None)


def renewed(state: ConversationState, index: ScriptIndex) -> bool:
    """Whether the customer renews the contract as it is, and took nothing else after that."""
    last = next((a for a in _given_last(state, index) if a.renews or a.orders is not None or a.line is not None), None)
    return last is not None and last.renews


def _given_last(state: ConversationState, index: ScriptIndex) -> Iterator[Answer]:
    """The answers on this way, the last one first."""
    return (index.steps[t.step].answers[t.answer - 1] for t in reversed(state.trail) if t.answer)


def _latest(state: ConversationState, index: ScriptIndex, what: str) -> str:
    """`suggests` or `reason` of the latest answer on the trail or objection in the log that has one."""
    answered = {(t.step, str(t.answer)) for t in state.trail if t.answer}
    for entry in reversed(state.log):
        found = ""
        objection = index.objections.get(entry.step.removeprefix(OBJECTION))
        if entry.step.startswith(OBJECTION) and objection is not None:
            found = getattr(objection, what)
        elif (entry.step, entry.answer) in answered:
            found = getattr(index.steps[entry.step].answers[int(entry.answer) - 1], what)
        if found:
            return found
    return ""
