"""4G upgrades: one customer who has no time and is promised a call in a minute; one who orders."""

from datetime import datetime, timedelta

from PySide6.QtWidgets import QCheckBox, QDateTimeEdit, QDialog, QLineEdit, QSpinBox

from core.domain.clock import CHINA
from core.domain.outcome import Verification
from core.domain.text import Text
from core.store.types import QueueRow, Section
from desktop.call import words
from desktop.call.callback_time import TITLE, CallbackTime
from desktop.tour import calling
from desktop.tour.day import Day
from desktop.tour.hand import Key
from desktop.tour.report import Seen
from desktop.tour.talk import NOT_NOW, UPGRADE_AFTER_ORDER, UPGRADE_TO_ORDER
from desktop.tour.waiting import NotSeen, expect, until

SCENARIO = "4g-upgrade"
SAVES = "月省"
"""what the queue says of a customer who would pay less"""
PRODUCT, PRICE, MONTHS = Text("4G 畅享 99", "4G Enjoy 99"), "99", "24"
_IN_THE_WAY = ("complaint_open", "current_is_best", "arrears_fen", "contract_locked")
NOTE = Text(" 客户想先看短信。", " The customer wants to read the SMS first.")


def no_time(day: Day) -> Seen:
    """No time now: the customer names a time, and it is chosen in the time panel."""
    seen = calling.open_row(day, _rows(day, saves=False)[0])
    calling.dial(day)
    calling.answered(day)
    walked = calling.converse(day, NOT_NOW)
    calling.end(day)
    calling.choose_result(day, "call_later")
    day.hand.letter("P")
    until(lambda: _panel(day), "the time panel opens")
    panel = _panel(day)
    assert panel is not None
    promised = _soon()
    _type_time(day, day.hand.named(panel, QDateTimeEdit, day.say(TITLE)), promised)
    day.kept["callback_task"], day.kept["callback_at"] = day.session.opened.key, promised.isoformat()
    return {**seen, "walked": walked, "promised": f"{promised:%H:%M}"}


def callback_promised(day: Day) -> Seen:
    """Return accepts the time; the outcome carries it to the server."""
    day.hand.key(Key.Key_Return)
    until(lambda: _panel(day) is None, "the time panel closes")
    plan = day.session.form.callback()
    expect(plan and plan.due_at, "no callback is planned")
    assert plan is not None
    assert plan.due_at is not None
    expect(
        plan.due_at.isoformat()
        == datetime.fromisoformat(day.kept["callback_at"]).astimezone(plan.due_at.tzinfo).isoformat(),
        f"the time is {plan.due_at}",
    )
    return {**calling.save_online(day), "due_at": plan.due_at.isoformat()}


def figures(day: Day) -> Seen:
    """The customer who would save: the bill worked out aloud, up to the reading back."""
    seen = _open_who_saves(day)
    calling.dial(day)
    calling.answered(day)
    walked = calling.converse(day, UPGRADE_TO_ORDER)
    expect(day.session.conversation.verification is Verification.OWNER, "the owner is not verified")
    spoken = "".join(span.text for span in day.session.conversation.view().spans)
    return {**seen, "walked": walked, "said": spoken}


def read_back(day: Day) -> Seen:
    """The order is filled in while the talk goes on; the script reads it back word for word."""
    calling.choose_result(day, "order_agreed")
    product = day.say(PRODUCT)
    panel = day.page.outcome
    day.hand.fill(day.hand.named(panel, QLineEdit, day.say(words.PRODUCT)), product)
    day.hand.fill(day.hand.named(panel, QLineEdit, day.say(words.PRICE)), PRICE)
    day.hand.fill(day.hand.named(panel, QSpinBox, day.say(words.TERM)), MONTHS)
    day.hand.key(Key.Key_Tab)
    spoken = "".join(span.text for span in day.session.conversation.view().spans)
    for figure in (product, PRICE, MONTHS):
        expect(figure in spoken, f"“{figure}” is not read back: {spoken}")
    form = day.session.form.order
    return {"product": form.product, "price_fen": form.price_fen, "term_months": form.term_months, "said": spoken}


def order(day: Day) -> Seen:
    """The customer agrees in so many words: consent ticked, and the script to its end."""
    panel = day.page.outcome
    consent = day.hand.where(panel, QCheckBox, lambda box: box.text() == day.say(words.CONSENT), "consent")
    day.hand.click(consent)
    expect(consent.isChecked(), "consent is not ticked")
    walked = calling.converse(day, UPGRADE_AFTER_ORDER)
    expect(day.session.conversation.ended, "the script has not ended")
    return {"consent": day.session.form.order.consent, "walked": walked}


def ordered(day: Day) -> Seen:
    """After a real minute of talk the order can be saved; before it could not."""
    talk = day.session.result
    assert talk is not None
    early = [day.say(text) for text in day.session.lacking()]
    calling.talk_until(day, talk.talk_min_s or 0)
    calling.end(day)
    ticked = calling.tick_missing(day)
    day.hand.letter("H")
    calling.note(day, NOTE)
    return {"lacking_before": early, "talk_time_s": day.session.talk_s(), "ticked_by_hand": ticked}


def order_saved(day: Day) -> Seen:
    return calling.save_online(day)


def _open_who_saves(day: Day) -> Seen:
    """The first who would save and to whom something may be sold: no open complaint, no arrears, no contract lock."""
    for row in _rows(day, saves=True):
        seen = calling.open_row(day, row)
        facts = day.session.opened.facts
        if not any(facts.get(one) for one in _IN_THE_WAY):
            return seen
    raise NotSeen("nobody in the queue would save")


def _rows(day: Day, *, saves: bool) -> list[QueueRow]:
    fit = [row for row in day.rows() if row.scenario == SCENARIO and row.section is Section.SCENARIO]
    found = [row for row in fit if saves is bool(row.figure and row.figure.zh.startswith(SAVES))]
    expect(found, "no such task in the queue")
    return found


def _panel(day: Day) -> QDialog | None:
    return next((one for one in day.page.findChildren(CallbackTime) if one.isVisible()), None)


def _soon() -> datetime:
    """The next whole minute that is at least half a minute off, on the centre's wall clock."""
    now = datetime.now(CHINA)
    return (now + timedelta(seconds=90)).replace(second=0, microsecond=0)


def _type_time(day: Day, field: QDateTimeEdit, moment: datetime) -> None:
    """Typed over what stands there, part by part."""
    sections = QDateTimeEdit.Section
    parts = (
        (sections.YearSection, f"{moment:%Y}"),
        (sections.MonthSection, f"{moment:%m}"),
        (sections.DaySection, f"{moment:%d}"),
        (sections.HourSection, f"{moment:%H}"),
        (sections.MinuteSection, f"{moment:%M}"),
    )
    field.setFocus()
    for section, digits in parts:
        field.setSelectedSection(section)
        day.hand.type(digits)
    shown = field.dateTime().toString("yyyy-MM-dd HH:mm")
    expect(shown == f"{moment:%Y-%m-%d %H:%M}", f"the time panel shows {shown}")
