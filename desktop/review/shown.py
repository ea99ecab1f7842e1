"""Figures as they are written. No widgets."""

from core.domain.money import yuan_short
from core.domain.text import Text, filled
from core.review.measures import Change, Figure, Kind
from desktop.review import words
from desktop.tongue import Tongue
from desktop.widgets.values import Tone

DASH = "—"
_FLATS = {Kind.RATE: 0.0005, Kind.SHARE: 0.0005, Kind.MEAN_DAYS: 0.05, Kind.MEAN_POINTS: 0.05}
"""differences that would be written as 0.0"""


def percent(share: float | None, digits: int = 1) -> str:
    """`38.4%`; a dash where there is none."""
    return DASH if share is None else f"{100 * share:.{digits}f}%"


def clock(seconds: float | None) -> str:
    """`3:05`, with hours from the first on: `12:03:05`."""
    if seconds is None:
        return DASH
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


def value_of(figure: Figure) -> str:
    """As it is read in both languages; a dash where there is nothing to divide by."""
    kind, value = figure.definition.kind, figure.value
    if kind is Kind.COUNT:
        return f"{figure.part:,}"
    if value is None:
        return DASH
    return _written(kind, value)


def _written(kind: Kind, value: float) -> str:
    if kind in (Kind.RATE, Kind.SHARE):
        return percent(value)
    if kind in (Kind.MEAN_DAYS, Kind.MEAN_POINTS):
        return f"{value:.1f}"
    if kind is Kind.SUM_FEN:
        return f"¥{yuan_short(round(value))}"
    return f"{value:,.0f}" if kind is Kind.COUNT else clock(value)


def interval_of(figure: Figure) -> str:
    """`34.8–41.3`, in per cent; empty where it is no rate."""
    return _interval(figure, 1)


def _interval(figure: Figure, digits: int) -> str:
    found = figure.interval
    return f"{100 * found[0]:.{digits}f}–{100 * found[1]:.{digits}f}" if found else ""


def with_interval(figure: Figure) -> str:
    """`32.1% 21–46`, as it stands in a column; of few calls `94% 73–99`: tenths of a per cent would say nothing."""
    told = _interval(figure, 0)
    return f"{percent(figure.value, 0 if figure.few else 1)} {told}" if told else value_of(figure)


def change_of(change: Change, say: Tongue) -> tuple[str, Tone]:
    """`▲2.1 pp` with a colour only where the difference is more than chance."""
    apart = change.apart
    if apart is None:
        return "", Tone.MUTED
    kind = change.now.definition.kind
    flat = abs(apart) < _FLATS.get(kind, 0.5)
    if flat:
        return say(words.AS_BEFORE), Tone.MUTED
    mark = "▲" if apart > 0 else "▼"
    if kind in (Kind.RATE, Kind.SHARE):
        text = say(words.PP).replace("{x}", f"{100 * abs(apart):.1f}")
    else:
        text = _written(kind, abs(apart))
    known = change.sure if kind is Kind.RATE else not (change.now.few or change.before.few)
    tone = Tone.MUTED if change.good is None or not known else Tone.OK if change.good else Tone.BAD
    return f"{mark}{text}", tone


def below(change: Change, say: Tongue, *, compared: bool) -> list[tuple[str, Tone]]:
    """The small parts beside a figure: its change, its interval, what is not yet due. A change of few calls says
    little and would push out the interval, which says how little; so would how few beside what is not yet due."""
    now = change.now
    parts: list[tuple[str, Tone]] = []
    if now.young:
        parts.append((say(filled(words.YOUNG, n=f"{now.young:,}")), Tone.MUTED))
    if now.few and now.whole and not now.young:
        parts.append((say(filled(words.FROM_FEW, n=str(now.whole))), Tone.MUTED))
    if compared and not now.few and (told := change_of(change, say))[0]:
        parts.insert(0, told)
    if now.definition.kind is Kind.RATE and now.whole:
        parts.append((_interval(now, 0), Tone.MUTED))
    return parts


def hint_of(change: Change, say: Tongue, *, compared: bool) -> str:
    """What a pointer that rests is told."""
    now, before = change.now, change.before
    lines = [say(now.definition.how)]
    if now.whole:
        lines.append(division(now))
    if compared:
        lines.append(f"{say(_BEFORE)} {value_of(before)}")
    return "\n".join(lines)


def division(figure: Figure) -> str:
    """What was divided by what."""
    kind = figure.definition.kind
    if kind is Kind.SHARE:
        return f"¥{yuan_short(figure.part)} ÷ ¥{yuan_short(figure.whole)}"
    if kind in (Kind.MEAN_S, Kind.MEAN_DAYS):
        return f"{clock(figure.part)} ÷ {figure.whole:,}"
    return f"{figure.part:,} ÷ {figure.whole:,}"


_BEFORE = Text("上期", "before:")
