"""What has passed between us: contacts, callbacks, warnings, repair cases, and all of it on one line of time.

VIEW-03, 04, 05, 07, 08, 09, 17.
"""

from datetime import datetime

from core.domain.customer import Billing, Care, Document, EventKind, PastCall, PastCare, RepairCase, Ticket, Warning_
from desktop.call.view360_parts import words
from desktop.call.view360_parts.writing import Writing
from desktop.widgets.values import Row, TimelineEntry, Tone

HIGH_RISK = 0.7
"""from here on a warning's risk is written in the alarming tone"""


def care_of(document: Document) -> Care:
    return document.care or Care()


def kinds(w: Writing) -> list[tuple[str, str]]:
    """The timeline's filters in their fixed order."""
    named = {
        EventKind.CALL: words.CALL,
        EventKind.TICKET: words.TICKET,
        EventKind.PAYMENT: words.PAYMENT,
        EventKind.ORDER: words.ORDER,
        EventKind.WARNING: words.WARNING,
    }
    return [("", w(words.ALL)), *((kind.value, w(label)) for kind, label in named.items())]


def timeline(document: Document, w: Writing) -> list[TimelineEntry]:
    """Newest first."""
    care, billing = care_of(document), document.billing or Billing()
    found: list[tuple[datetime, TimelineEntry]] = []
    found += [(call.at, _call_entry(call, w)) for call in care.calls]
    found += [(given.at, _given_entry(given, w)) for given in care.given]
    found += [(ticket.opened_at, _ticket_entry(ticket, w)) for ticket in care.tickets]
    found += [(warning.at, _warning_entry(warning, w)) for warning in care.warnings]
    found += [(case.opened_at, _case_entry(case, w)) for case in care.cases]
    for order in care.orders:
        found.append((order.at, _entry(EventKind.ORDER, w(words.ORDER), order.at, w(order.label), Tone.VIP, w)))
    for payment in billing.payments:
        said = f"{w.money(payment.fen)} · {w(payment.channel)}"
        found.append((payment.at, _entry(EventKind.PAYMENT, w(words.PAYMENT), payment.at, said, Tone.OK, w)))
    found.sort(key=lambda pair: pair[0], reverse=True)
    return [entry for _, entry in found]


def _entry(kind: EventKind, label: str, at: datetime, text: str, tone: Tone, w: Writing) -> TimelineEntry:
    return TimelineEntry(kind.value, label, w.short_day(at), text, tone, f"{w.moment(at)} {label} {text}")


def _call_entry(call: PastCall, w: Writing) -> TimelineEntry:
    text = f"{w(call.scenario_label)} · {_call_words(call, w)}"
    return _entry(EventKind.CALL, w(words.CALL), call.at, text, Tone.BRAND, w)


def _given_entry(given: PastCare, w: Writing) -> TimelineEntry:
    """CARE-24: what a colleague wrote or said, so that nobody greets twice."""
    how = words.CARE_CHANNELS.get(given.channel)
    text = _joined(w(given.label), w(how) if how else given.channel, given.agent)
    return _entry(EventKind.CALL, w(words.CARE_GIVEN), given.at, text, Tone.OK, w)


def _ticket_entry(ticket: Ticket, w: Writing) -> TimelineEntry:
    tone = Tone.BAD if ticket.complaint else Tone.VIP
    return _entry(EventKind.TICKET, w(ticket.kind), ticket.opened_at, _ticket_words(ticket, w), tone, w)


def _warning_entry(warning: Warning_, w: Writing) -> TimelineEntry:
    return _entry(EventKind.WARNING, w(words.WARNING), warning.at, warning_words(warning, w), Tone.WARN, w)


def _case_entry(case: RepairCase, w: Writing) -> TimelineEntry:
    return _entry(EventKind.TICKET, w(words.CASE), case.opened_at, _case_words(case, w), Tone.BAD, w)


def warning_words(warning: Warning_, w: Writing) -> str:
    """With its risk, 0 to 1, where a model gave one."""
    said = w(warning.label)
    return said if warning.risk is None else f"{said} · {w(words.CHIP_RISK)} {warning.risk:.2f}"


def warning_tone(warning: Warning_) -> Tone:
    return Tone.BAD if warning.risk is not None and warning.risk >= HIGH_RISK else Tone.WARN


def _damaged(code: str, w: Writing) -> str:
    known = words.DAMAGED.get(code)
    return w(known) if known else code


def _ticket_words(ticket: Ticket, w: Writing) -> str:
    state = w(words.OPEN if ticket.closed_at is None else words.CLOSED)
    content = "" if ticket.satisfied is None else w(words.SATISFIED if ticket.satisfied else words.DISSATISFIED)
    return _joined(w(ticket.topic), state, content, _damaged(ticket.damaged, w))


def _call_words(call: PastCall, w: Writing) -> str:
    talk = ""
    if call.talk_time_s is not None:
        words_of = words.TALK_MEASURED if call.measured else words.TALK_STATED
        talk = w(words_of, time=w.clock_time(call.talk_time_s))
    return _joined(w(call.result), call.note, talk, call.agent)


def _case_words(case: RepairCase, w: Writing) -> str:
    checks = " / ".join(w(check) for check in case.checks)
    return _joined(w(case.title), w.text(case.state) or "", _damaged(case.damaged, w), checks)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def ticket_rows(document: Document, w: Writing) -> list[Row]:
    """VIEW-07: complaints, enquiries, wishes."""
    care = care_of(document)
    rows = []
    for ticket in sorted(care.tickets, key=lambda t: t.opened_at, reverse=True):
        tone = Tone.BAD if ticket.complaint and ticket.closed_at is None else Tone.NEUTRAL
        rows.append(Row(f"{w.short_day(ticket.opened_at)} {w(ticket.kind)}", _ticket_words(ticket, w), tone))
    return rows or [Row(w(words.TICKETS), w.absent(care.whole), Tone.MUTED)]


def call_rows(document: Document, w: Writing) -> list[Row]:
    """VIEW-08: earlier callbacks with their outcomes."""
    care = care_of(document)
    ordered = sorted(care.calls, key=lambda c: c.at, reverse=True)
    rows = [Row(f"{w.short_day(call.at)} {w(call.scenario_label)}", _call_words(call, w)) for call in ordered]
    return rows or [Row(w(words.CALLS), w.absent(care.whole), Tone.MUTED)]


def warning_rows(document: Document, w: Writing) -> list[Row]:
    """VIEW-09: the history."""
    care = care_of(document)
    ordered = sorted(care.warnings, key=lambda warning: warning.at, reverse=True)
    rows = [Row(w.short_day(each.at), warning_words(each, w), warning_tone(each)) for each in ordered]
    return rows or [Row(w(words.WARNINGS), w.absent(care.whole), Tone.MUTED)]


def warning_count(document: Document, w: Writing) -> str:
    """VIEW-09: the count; nothing where none was supplied."""
    count = len(care_of(document).warnings)
    return w(words.COUNT, n=count) if count else ""


def case_rows(document: Document, w: Writing) -> list[Row]:
    """VIEW-17: repair cases."""
    care = care_of(document)
    ordered = sorted(care.cases, key=lambda case: case.opened_at, reverse=True)
    rows = [Row(w.short_day(case.opened_at), _case_words(case, w), Tone.WARN) for case in ordered]
    return rows or [Row(w(words.CASES), w.absent(care.whole), Tone.MUTED)]
