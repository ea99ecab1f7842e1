"""Use against the allowance, by month and by day, and how the plan fits (VIEW-02, 03, 11)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.domain.customer import Document, MonthUse, Usage
from core.domain.spending import last_months
from core.domain.text import Text
from desktop.call.view360_parts import money, words
from desktop.call.view360_parts.writing import MB_PER_GB, Writing, short_month
from desktop.widgets.values import Point, Row, Tone


@dataclass(frozen=True, slots=True)
class Curve:
    """Points with the dashed level of the allowance, if there is one."""

    points: list[Point]
    level: float | None
    level_label: str


def _usage(document: Document) -> Usage:
    return document.usage or Usage()


def _mean(months: Sequence[MonthUse], of: Callable[[MonthUse], int | None]) -> float | None:
    known = [value for month in months if (value := of(month)) is not None]
    return sum(known) / len(known) if known else None


def recent(document: Document) -> Sequence[MonthUse]:
    return last_months(_usage(document).months)


def usage_title(document: Document, w: Writing) -> str:
    """Over how many months the means are taken."""
    count = len(recent(document))
    return w(words.USAGE, n=count) if count else w(words.USAGE_PLAIN)


def mean_rows(document: Document, w: Writing) -> list[Row]:
    """Means of the last six months beside the allowance."""
    usage, months = _usage(document), recent(document)
    data = _mean(months, lambda m: m.data_mb)
    voice = _mean(months, lambda m: m.voice_min)
    sms = _mean(months, lambda m: m.sms)
    return [
        _against(words.DATA, data, usage.allowance_data_mb, w.data, w),
        _against(words.VOICE, voice, usage.allowance_voice_min, w.minutes, w),
        _against(words.SMS, sms, usage.allowance_sms, lambda n: _messages(n, w), w),
    ]


def more_rows(document: Document, w: Writing) -> list[Row]:
    """On-net share of the calls, and roaming."""
    months = recent(document)
    return [
        w.row(words.OFF_NET, _on_net(months)),
        w.row(words.ROAMING_DATA, w.data(_mean(months, lambda m: m.roaming_mb))),
    ]


def _on_net(months: Sequence[MonthUse]) -> str | None:
    both = [(m.voice_min, m.off_net_min) for m in months if m.voice_min and m.off_net_min is not None]
    total = sum(voice for voice, _ in both)
    return f"{1 - sum(off for _, off in both) / total:.0%}" if total else None


def _messages(n: float | None, w: Writing) -> str | None:
    return None if n is None else w(words.MESSAGES, n=f"{n:,.0f}")


def _against(
    label: Text, used: float | None, allowance: int | None, write: Callable[[float | None], str | None], w: Writing
) -> Row:
    if used is None:
        return w.row(label, None)
    if allowance is None:
        return w.row(label, write(used))
    over = used > allowance
    told = words.WITHIN if allowance else words.NONE_IN_PLAN
    said = w(told, used=write(used), allowance=write(allowance))
    return w.row(label, said, Tone.WARN if over else Tone.NEUTRAL)


def monthly_data(document: Document, w: Writing) -> Curve:
    """In GB."""
    usage = _usage(document)
    points = [
        Point(
            short_month(m.month),
            None if m.data_mb is None else m.data_mb / MB_PER_GB,
            f"{m.month} {w.data(m.data_mb) or w.missing}",
        )
        for m in usage.months
    ]
    allowance = usage.allowance_data_mb
    label = "" if allowance is None else w(words.ALLOWANCE_LINE, allowance=w.data(allowance))
    return Curve(points, None if allowance is None else allowance / MB_PER_GB, label)


def monthly_voice(document: Document, w: Writing) -> Curve:
    """In minutes."""
    usage = _usage(document)
    points = [
        Point(short_month(m.month), m.voice_min, f"{m.month} {w.minutes(m.voice_min) or w.missing}")
        for m in usage.months
    ]
    allowance = usage.allowance_voice_min
    label = "" if allowance is None else w(words.ALLOWANCE_LINE, allowance=w.minutes(allowance))
    return Curve(points, allowance, label)


def daily_data(document: Document, w: Writing) -> Curve:
    """VIEW-03, in MB."""
    days = _usage(document).days
    return Curve([Point(f"{d.day:%m-%d}", d.data_mb, f"{d.day} {w.data(d.data_mb)}") for d in days], None, "")


def daily_voice(document: Document, w: Writing) -> Curve:
    """VIEW-03, in minutes."""
    days = _usage(document).days
    return Curve([Point(f"{d.day:%m-%d}", d.voice_min, f"{d.day} {w.minutes(d.voice_min)}") for d in days], None, "")


def fit_rows(document: Document, w: Writing) -> list[Row]:
    """VIEW-11: the habit of going over, and what is paid above the fee."""
    usage, bills, fee = _usage(document), money.recent_bills(document), money.plan_fee_fen(document)
    over = usage.months_over_data
    mean = money.mean_spend_fen(document)
    above = None if fee is None or mean is None else mean - fee
    higher = None if fee is None or not bills else sum(bill.total_fen > fee for bill in bills)
    habit = None if over is None else w(words.OVER_OF_SIX, n=over)
    return [
        w.row(words.OVER_HABIT, habit, Tone.WARN if over and over >= 3 else Tone.NEUTRAL),
        w.row(money.mean_label(document), w.money(mean)),
        w.row(words.PLAN_FEE, w.money(fee)),
        w.row(words.OVER_SPEND, w.money(above), Tone.WARN if above and above > 0 else Tone.NEUTRAL),
        w.row(words.OVER_MONTHS, None if higher is None else w(words.OF_MONTHS, n=higher, of=len(bills))),
    ]
