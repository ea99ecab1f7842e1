"""How a call is made by hand: open, dial, talk, end, fill in, save. The steps of the tour are put together of these."""

from core.domain.call import CallState
from core.domain.outcome import Verification
from core.domain.text import Text
from core.guidance.views import StepView
from core.store.types import QueueRow
from desktop.call import words
from desktop.call.script_panel import TICK_KEYS
from desktop.tour.day import Day, Made
from desktop.tour.hand import Key, Mod
from desktop.tour.report import Seen
from desktop.tour.talk import Talk
from desktop.tour.waiting import NotSeen, expect, until
from desktop.widgets.answer_button import AnswerButton

LONGEST_TALK = 40
"""answers in one call; a script that goes round in circles is a fault"""


def open_row(day: Day, row: QueueRow) -> Seen:
    """Click the task in the queue and wait for its customer."""
    model, view = day.main.queue.model, day.main.queue.list_view
    day.hand.click_row(view, lambda: model.row_of(row.task_id))
    until(lambda: _open_key(day) == row.task_id, f"task {row.task_id} is open")
    session = day.session
    return {
        "task_id": row.task_id,
        "customer_id": session.opened.customer_id,
        "scenario": row.scenario,
        "reason": row.reason.of(day.app.tongue.lang),
        "numbers": len(session.opened.numbers),
        "calling": day.say(session.opened.standing.verdict),
    }


def _open_key(day: Day) -> str:
    session = day.main.presenter.session
    return session.opened.key if session else ""


def dial(day: Day) -> None:
    """F7; the phone has the number then."""
    before = day.phone.calls
    day.hand.key(Key.Key_F7)
    try:
        until(lambda: day.phone.calls > before, "the number is handed to the phone", within_s=5)
    except NotSeen as missed:
        raise NotSeen(f"{missed}; said: {day.banner}") from missed
    until(lambda: day.session.flow.state is CallState.DIALLING, "the call is shown as dialling")


def answered(day: Day) -> None:
    """F7 again, as the customer picks up."""
    day.hand.key(Key.Key_F7)
    until(lambda: day.session.flow.state is CallState.IN_CALL, "the call is shown as answered")


def owner(day: Day) -> None:
    """Alt+Z: it is the owner who speaks."""
    day.hand.key(Key.Key_Z, Mod.AltModifier)
    expect(day.session.conversation.verification is Verification.OWNER, "the owner is not verified")


def end(day: Day) -> None:
    day.hand.key(Key.Key_F8)
    until(lambda: day.session.flow.state is CallState.WRAP_UP, "the call is shown as ended")


def talk_until(day: Day, seconds: int) -> None:
    """Real talk time: nobody can hurry it."""
    until(lambda: day.session.talk_s() >= seconds, f"{seconds} s of talk", within_s=seconds + 15)


def converse(day: Day, talk: Talk, *, stop_at: str = "") -> list[str]:
    """Press the digit of what the customer says, step by step, until the script ends or the talk does.

    Gives the steps walked; at the step `stop_at` nothing is answered yet.
    """
    walked: list[str] = []
    for _ in range(LONGEST_TALK):
        view = day.session.conversation.view()
        if view.ended or view.step_id not in talk or view.step_id == stop_at:
            return walked
        walked.append(view.step_id)
        digit = _digit(day, view, talk[view.step_id])
        day.hand.letter(digit)
        until(lambda at=view.step_id: _moved_on(day, at), f"the script goes on after {view.step_id}")  # type: ignore[misc]
    raise NotSeen(f"the script does not end: {walked}")


def _moved_on(day: Day, step: str) -> bool:
    view = day.session.conversation.view()
    return view.ended or view.step_id != step


def _digit(day: Day, view: StepView, said: tuple[str, ...]) -> str:
    expect(view.closed is None, f"step {view.step_id} is closed: {view.closed}")
    for answer in view.answers:
        if answer.label.zh in said and answer.enabled:
            label = day.say(answer.label)
            button = day.hand.named(day.page.script, AnswerButton, label)
            return button.digit
    raise NotSeen(f"at {view.step_id} nobody can say {said}: {[a.label.zh for a in view.answers]}")


def tick_missing(day: Day) -> list[str]:
    """Alt and a letter for whatever the chosen result still asks to be said; gives the items."""
    result = day.session.result
    expect(result, "no result is chosen")
    assert result is not None
    checks = [check.item.id for check in day.session.conversation.checklist()]
    missing = [item.id for item in day.session.conversation.missing(result)]
    for item in missing:
        day.hand.key(Key(ord(TICK_KEYS[checks.index(item)])), Mod.AltModifier)
    expect(not day.session.conversation.missing(result), "an item that must be said cannot be ticked")
    return missing


def choose_result(day: Day, code: str) -> None:
    """Alt and the digit of the row, once more for each finer result below it."""
    rows = day.session.opened.dispositions.results
    for position, row in enumerate(rows, start=1):
        codes = [choice.code for choice in row.choices] or [row.code]
        if code in codes:
            for _ in codes:
                if day.session.form.result == code:
                    return
                day.hand.key(Key(int(Key.Key_0) + position), Mod.AltModifier)
            expect(day.session.form.result == code, f"result {code} is not chosen")
            return
    raise NotSeen(f"no result {code} in this scenario")


def note(day: Day, text: Text) -> None:
    """Write behind what the note says already."""
    day.hand.key(Key.Key_N, Mod.AltModifier)
    day.hand.key(Key.Key_End, Mod.ControlModifier)
    day.hand.type(day.say(text))
    until(lambda: day.session.form.note_edited, "the note is taken as edited")


def _handled(day: Day) -> int:
    return len({one.key for one in day.made_today})


def _counted(day: Day) -> int:
    return int(day.main.queue.done.partition(" ")[0] or -1)


def save_online(day: Day) -> Seen:
    """Save, and see that the server's database has it."""
    seen = save(day)
    until_on_server(day)
    return {**seen, "status": day.sync_line}


def until_on_server(day: Day) -> None:
    """The outcome saved last stands in the server's database, and the status line says that nothing waits."""
    last = day.made[-1]
    until(
        lambda: any((one.task_id, one.result) == (last.key, last.result) for one in day.ledger.fresh()),
        "the server has the outcome",
    )
    day.until_uploaded()


def save(day: Day) -> Seen:
    """Ctrl+Return: saved, and the next customer stands there. What was meant is kept to compare with the server."""
    session = day.session
    lacks = [day.say(text) for text in session.lacking()]
    expect(not lacks, f"cannot be saved: {lacks}")
    key, result = session.opened.key, session.result
    assert result is not None
    day.hand.key(Key.Key_Return, Mod.ControlModifier)
    wanted = day.say(words.SAVED).format(name=session.opened.name)
    until(lambda: not day.main.presenter.saving and _open_key(day) != key, "the next customer is shown")
    said = day.banner
    record = session.flow.record(session.moment())
    connected = record.answered_at is not None
    made = Made(
        key=key,
        scenario=session.opened.script.id,
        result=result.code,
        connected=connected,
        owner=result.contact is None and session.conversation.verification is Verification.OWNER,
        success=result.success,
        talk_s=record.talk_time_s,
        at=day.session.moment().wall,
    )
    day.made.append(made)
    handled = _handled(day)
    # The list may have been read on either side of midnight.
    until(lambda: _counted(day) in (handled, _handled(day)), f"the list counts {handled} as handled")
    return {
        "task_id": key,
        "result": result.code,
        "talk_time_s": made.talk_s,
        "said": said,
        "said_saved": said == wanted,
        "next_task_id": _open_key(day),
    }
