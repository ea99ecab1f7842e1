"""A key customer whose phone fails abroad: the one-to-one repair, from the first look to the promise of a callback."""

from functools import partial

from core.domain.follow_up import FollowUpKind
from core.domain.text import Text
from core.store.types import Section
from desktop.call import words
from desktop.tour import calling
from desktop.tour.day import Day
from desktop.tour.hand import Key, Mod
from desktop.tour.report import Seen
from desktop.tour.talk import ROAMING_REPAIR
from desktop.tour.waiting import expect, until
from desktop.widgets.chip import Chip

NOTE = Text(" 客户要求书面回复。", " The customer wants it in writing as well.")
CUSTOMER = "李建国"
RESULT = "eased"


def opened(day: Day) -> Seen:
    """The customer with everything beside each other, and the number shown on purpose."""
    row = next(row for row in day.rows() if row.section is Section.VIP and row.name == CUSTOMER)
    seen = calling.open_row(day, row)
    document = day.session.opened.document
    needs = document.contact.special_needs if document.contact else []
    spoken = [day.say(need.label) for need in needs]
    for label in spoken:
        day.hand.where(day.page.header, Chip, partial(_begins, label), label)
    reveals = day.ledger.count("reveal")
    day.hand.key(Key.Key_S, Mod.AltModifier)
    until(lambda: day.main.presenter.call.revealed, "the number is shown")
    day.kept["number"] = day.main.presenter.call.number
    day.kept["number_task"] = row.task_id
    return {**seen, "special_needs": spoken, "number_shown": True, "reveals_before": reveals}


def _begins(words: str, chip: Chip) -> bool:
    return chip.words.startswith(words)


def in_call(day: Day) -> Seen:
    """F7 dials, F7 again says that the customer picked up."""
    calling.dial(day)
    dialled = day.say(words.DIALLING)
    calling.answered(day)
    return {"phone_took": day.phone.last, "states": [dialled, day.say(words.IN_CALL)]}


def roaming_repair(day: Day) -> Seen:
    """Verified, apologised, tested: up to the report that the network is to be checked."""
    walked = calling.converse(day, ROAMING_REPAIR, stop_at="roaming-report")
    expect("swap-test" in walked, f"the roaming repair was not walked: {walked}")
    return {"walked": walked, "verified": day.session.conversation.verification.value}


def objection(day: Day) -> Seen:
    """The customer complains in the middle: one key opens what to say, Escape puts it away."""
    day.hand.letter("Q")
    until(lambda: day.page.script.objection_open, "the objection is open")
    return {"objection": day.say(day.session.conversation.objections()[0].label)}


def script_end(day: Day) -> Seen:
    """Back to the script and through to its end; then the talk's real length, and the end of the call."""
    day.hand.key(Key.Key_Escape)
    until(lambda: not day.page.script.objection_open, "the objection is put away")
    walked = calling.converse(day, ROAMING_REPAIR)
    expect(day.session.conversation.ended, "the script has not ended")
    calling.talk_until(day, 30)
    calling.end(day)
    return {"walked": walked, "talk_time_s": day.session.talk_s()}


def outcome(day: Day) -> Seen:
    """Result, reason, callback for tomorrow, an SMS, and a note in the agent's own words."""
    calling.choose_result(day, RESULT)
    ticked = calling.tick_missing(day)
    if not day.session.form.reason:
        day.hand.letter("X")
    day.hand.letter("D")
    day.hand.letter("G")
    planned = [one.kind for one in day.session.form.planned]
    # The order was announced in the talk, and stands there since.
    wanted = [FollowUpKind.WORK_ORDER, FollowUpKind.CALLBACK, FollowUpKind.SMS]
    expect(planned == wanted, f"follow-ups are {planned}")
    calling.note(day, NOTE)
    checks = day.session.conversation.checklist()
    return {
        "result": day.session.form.result,
        "reason": day.session.form.reason,
        "follow_ups": [kind.value for kind in planned],
        "ticked_by_hand": ticked,
        "ticked": [check.item.id for check in checks if check.ticked],
        "note": day.session.form.note,
    }


def saved(day: Day) -> Seen:
    return {**calling.save_online(day), "reveals_on_server": day.ledger.count("reveal")}
