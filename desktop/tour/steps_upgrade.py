"""4G upgrades: one customer who has no time and is promised a call in a minute; one who orders."""

from datetime import datetime, timedelta

from PySide6.QtWidgets import QCheckBox, QDateTimeEdit, QDialog

from core.desk.call_session import CallSession
from core.desk.plans import PlanComparison
from core.domain.clock import CHINA
from core.domain.money import yuan_short
from core.domain.outcome import Verification
from core.domain.text import Text
from core.store.types import QueueRow
from desktop.call import words
from desktop.call.callback_time import TITLE, CallbackTime
from desktop.tour import calling, steps_offers, steps_plans
from desktop.tour.day import Day
from desktop.tour.hand import Key
from desktop.tour.report import Seen
from desktop.tour.talk import AFTER_ORDER, NOT_NOW, UPGRADE_TO_ORDER
from desktop.tour.waiting import expect, until

UNDER_CONTRACT = "协议期内"
"""what the queue says of a customer whose contract forbids a change of plan"""
NOTE = Text(" 客户想先看短信。", " The customer wants to read the SMS first.")


def no_time(day: Day) -> Seen:
    """No time now: the customer names a time, and it is chosen in the time panel."""
    seen = calling.open_row(day, _under_contract(day))
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
    """The customer who would save: the bill worked out aloud."""
    seen = steps_plans.open_first(day, _saves, "would save")
    calling.dial(day)
    calling.answered(day)
    walked = calling.converse(day, UPGRADE_TO_ORDER, stop_at="computed")
    expect(day.session.conversation.verification is Verification.OWNER, "the owner is not verified")
    return {**seen, "walked": walked, "said": steps_plans.spoken(day)}


def read_back(day: Day) -> Seen:
    """What the customer takes stands in the order as the calculator proposes it; the script reads it back."""
    calling.converse(day, UPGRADE_TO_ORDER)
    found, form, said = day.session.compared, day.session.form.order, steps_plans.spoken(day)
    assert found is not None
    assert found.proposed is not None
    plan = found.proposed
    calling.choose_result(day, "order_agreed")
    expect((form.product, form.price_fen) == (day.say(plan.name), plan.fee_fen), f"the form holds {form}")
    for part in (form.product, yuan_short(plan.fee_fen), str(form.starts_on.year if form.starts_on else "?")):
        expect(part in said, f"“{part}” is not read back: {said}")
    return {
        "product": form.product,
        "form_fen": form.price_fen,
        "catalogue_fen": plan.fee_fen,
        "term_months": form.term_months,
        "starts_on": str(form.starts_on),
        "locked": form.locked,
        "said": said,
    }


def order(day: Day) -> Seen:
    """The customer agrees in so many words: consent ticked, and the script to its end."""
    panel = day.page.outcome
    consent = day.hand.where(panel, QCheckBox, lambda box: box.text() == day.say(words.CONSENT), "consent")
    day.hand.click(consent)
    expect(consent.isChecked(), "consent is not ticked")
    walked = calling.converse(day, AFTER_ORDER)
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
    expect(day.session.form.planned_as("sms_confirm"), "the text that the words announced is not chosen")
    calling.note(day, NOTE)
    return {"lacking_before": early, "talk_time_s": day.session.talk_s(), "ticked_by_hand": ticked}


def order_saved(day: Day) -> Seen:
    """The server's database has the outcome, and the offer with the customer's reply and its cost."""
    return {**calling.save_online(day), **steps_offers.kept(day)}


def _under_contract(day: Day) -> QueueRow:
    """The last one, so that the others are left for what their contract allows."""
    rows = [row for row in steps_plans.upgrade_rows(day) if row.figure and row.figure.zh == UNDER_CONTRACT]
    expect(rows, "nobody under contract in the queue")
    return rows[-1]


def _saves(session: CallSession, found: PlanComparison) -> bool:
    return "saving_fen" in found.facts and not session.opened.facts.get("contract_locked")


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
