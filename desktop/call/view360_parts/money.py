"""Bills, their make-up, ARPU, MOU and ARPM, balance and payments (VIEW-02, 03, 04)."""

from collections.abc import Sequence

from core.domain.arrears import arrears_since
from core.domain.customer import Bill, Billing, Document, Usage
from core.domain.spending import WINDOW, last_months, mean_fen
from core.domain.text import Text, filled
from desktop.call.view360_parts import words
from desktop.call.view360_parts.writing import Writing, short_month
from desktop.widgets.values import Cell, Point, Row, Segment, TableRow, Tone


def bills_of(document: Document) -> Sequence[Bill]:
    """Oldest first."""
    return document.billing.bills if document.billing else ()


def recent_bills(document: Document) -> Sequence[Bill]:
    """The last six, or as many as there are."""
    return last_months(bills_of(document))


def mean_spend_fen(document: Document) -> int | None:
    """Of the last months' bills; without any, what a list states."""
    mean = mean_fen(recent_bills(document))
    return document.billing.arpu_fen if mean is None and document.billing else mean


def mean_label(document: Document) -> Text:
    """Of how many months the mean is: fewer than six are not said to the customer."""
    bills = recent_bills(document)
    if not bills and mean_spend_fen(document) is not None:
        return words.ARPU_LISTED
    return filled(words.ARPU, n=str(len(bills) or WINDOW))


def plan_fee_fen(document: Document) -> int | None:
    """The fee of the plan in use, else the one on the newest bill that states one."""
    if document.identity and document.identity.plan_fee_fen is not None:
        return document.identity.plan_fee_fen
    stated = [bill.plan_fee_fen for bill in bills_of(document) if bill.plan_fee_fen is not None]
    return stated[-1] if stated else None


def bill_points(document: Document, w: Writing) -> list[Point]:
    """A bar a bill, in yuan."""
    return [
        Point(short_month(bill.month), bill.total_fen / 100, f"{bill.month} {w.money(bill.total_fen)}")
        for bill in bills_of(document)
    ]


def bills_note(document: Document, w: Writing) -> str:
    fee = w.fee(plan_fee_fen(document)) or w.missing
    return w(words.BILLS_NOTE, n=len(bills_of(document)), fee=fee)


def makeup(document: Document, index: int, w: Writing) -> tuple[str, list[Segment]]:
    """Month and total of the bill at `index`, and its parts; parts that the bill does not name are one of their own."""
    bills = bills_of(document)
    if not 0 <= index < len(bills):
        return "", []
    bill = bills[index]
    note = w(words.MAKEUP_NOTE, month=bill.month, total=w.money(bill.total_fen))
    if not bill.items:
        return note, []
    parts = [Segment(w(item.label), item.fen / 100, w.money(item.fen) or "") for item in bill.items]
    rest = bill.total_fen - sum(item.fen for item in bill.items)
    if rest:
        parts.append(Segment(w(words.REMAINDER), rest / 100, w.money(rest) or ""))
    return note, parts


def spend_rows(document: Document, w: Writing) -> list[Row]:
    """VIEW-02, each over the last six months that were supplied. ARPM = ARPU ÷ MOU, in yuan a minute."""
    bills = recent_bills(document)
    mean = mean_spend_fen(document)
    minutes = _recent_minutes(document.usage)
    mou = sum(minutes.values()) / len(minutes) if minutes else None
    top = max(bills_of(document), key=lambda bill: bill.total_fen, default=None)
    return [
        w.row(mean_label(document), None if mean is None else w(words.PER_MONTH, amount=w.money(mean))),
        w.row(words.MOU, w.minutes(mou)),
        w.row(words.ARPM, _arpm(bills, minutes, w)),
        w.row(words.HIGHEST, None if top is None else f"{top.month} {w.money(top.total_fen)}"),
    ]


def _recent_minutes(usage: Usage | None) -> dict[str, int]:
    months = last_months(usage.months) if usage else []
    return {month.month: month.voice_min for month in months if month.voice_min is not None}


def _arpm(bills: Sequence[Bill], minutes: dict[str, int], w: Writing) -> str | None:
    both = [bill for bill in bills if bill.month in minutes]
    if not both:
        return None
    total = sum(minutes[bill.month] for bill in both)
    if total == 0:
        return w(words.NOT_APPLICABLE)
    return w(words.PER_MINUTE, amount=f"¥{sum(bill.total_fen for bill in both) / 100 / total:.2f}")


def account_rows(document: Document, w: Writing) -> list[Row]:
    billing = document.billing or Billing()
    arrears, since = billing.arrears_fen, arrears_since(billing, w.today)
    owed = w.money(arrears)
    if owed and since is not None:
        owed = w(words.ARREARS_SINCE, amount=owed, day=w.day(since))
    return [
        w.row(words.BALANCE, w.money(billing.balance_fen)),
        w.row(words.ARREARS, owed, Tone.BAD if arrears else Tone.NEUTRAL),
        w.row(words.PLAN_FEE, w.money(plan_fee_fen(document))),
    ]


def payment_table(document: Document, w: Writing) -> tuple[list[str], list[TableRow]]:
    """VIEW-04: heads and rows, newest first."""
    payments = sorted(document.billing.payments if document.billing else (), key=lambda p: p.at, reverse=True)
    rows = [
        TableRow((Cell(w.moment(payment.at)), Cell(w.money(payment.fen) or ""), Cell(w(payment.channel))))
        for payment in payments
    ]
    return [w(head) for head in words.PAYMENT_HEADS], rows


def payments_absent(document: Document, w: Writing) -> str:
    return w.absent(bool(document.billing and document.billing.whole))
