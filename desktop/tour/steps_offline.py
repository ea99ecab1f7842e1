"""The network goes and comes back: the server process is stopped, work goes on, everything is uploaded once."""

from core.domain.text import Text
from core.store.types import QueueRow, Section
from desktop.settings import words as settings_words
from desktop.shell import words as shell_words
from desktop.tour import calling
from desktop.tour.day import Day
from desktop.tour.hand import Key, Mod
from desktop.tour.report import Seen
from desktop.tour.waiting import expect, until

NOTE = Text(" 断网期间记录。", " Recorded while offline.")


def server_stops(day: Day) -> Seen:
    """Nothing pops up; the status line says it."""
    pid = day.server.pid
    day.server.stop()
    # What a round would find a little later.
    day.main.entered.syncer.retry_now()
    mark = day.say(shell_words.OFFLINE_NONE).split("{since}")[0].strip()
    until(lambda: day.sync_line.startswith(mark), f"the status line says “{mark}”", within_s=40)
    return {"server_pid": pid, "status": day.sync_line}


def first_kept(day: Day) -> Seen:
    """A call that is answered, recorded without a server."""
    calling.open_row(day, _next_row(day))
    calling.dial(day)
    calling.answered(day)
    calling.owner(day)
    calling.talk_until(day, 10)
    calling.end(day)
    calling.choose_result(day, "not_needed" if day.session.opened.script.id == "4g-upgrade" else "call_later")
    if day.session.form.result == "not_needed":
        day.hand.letter("Z")
    else:
        day.hand.letter("D")
    calling.note(day, NOTE)
    return _kept(day)


def second_kept(day: Day) -> Seen:
    """A call that nobody answers."""
    calling.open_row(day, _next_row(day))
    calling.dial(day)
    day.hand.key(Key.Key_4, Mod.AltModifier)
    return _kept(day)


def _kept(day: Day) -> Seen:
    before = len(day.ledger.fresh())
    seen = calling.save(day)
    offline = day.say(shell_words.OFFLINE_NONE).split("{since}")[0].strip()
    until(lambda: day.sync_line.startswith(offline) and _waiting(day) > 0, "the line counts what waits", within_s=40)
    expect(len(day.ledger.fresh()) == before, "a stopped server has taken an outcome")
    return {**seen, "status": day.sync_line, "outcomes_on_server": before}


def _waiting(day: Day) -> int:
    """What the status line says of waiting items; none where it names no number."""
    parts = day.sync_line.split("·")
    digits = "".join(c for c in parts[-1] if c.isdigit()) if len(parts) > 1 else ""
    return int(digits or 0)


def server_returns(day: Day) -> Seen:
    """On the same port; "sync now" in the settings, and the line says that everything is uploaded."""
    day.server.start()
    day.hand.key(Key.Key_4, Mod.ControlModifier)
    button = day.main.settings.sync_button
    expect(button.text() == day.say(settings_words.SYNC_NOW), "the button to sync now has other words")
    day.hand.click(button)
    day.until_uploaded(within_s=60)
    held = day.ledger.fresh()
    keys = {one.key: one for one in day.made[-2:]}
    mine = [one for one in held if one.task_id in keys and one.result == keys[one.task_id].result]
    expect(len(mine) == len(keys), f"of {len(keys)} kept outcomes the server holds {len(mine)}")
    expect(all(one.copies == 1 for one in mine), "an outcome is on the server more than once")
    day.hand.key(Key.Key_1, Mod.ControlModifier)
    return {"server_pid": day.server.pid, "status": day.sync_line, "uploaded": [one.id for one in mine]}


def _next_row(day: Day) -> QueueRow:
    made = {one.key for one in day.made}
    fit = [row for row in day.rows() if row.section is Section.SCENARIO and row.task_id not in made]
    expect(fit, "no task is left in the queue")
    return fit[0]
