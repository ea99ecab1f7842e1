"""How a value is written, in each language: money, dates, amounts."""

from datetime import date, datetime

from core.domain.clock import local_day
from core.domain.money import yuan, yuan_short
from core.domain.text import Lang, Text
from core.guidance.fact_names import FACTS, FactKind

MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_YES_NO = {True: Text("是", "Yes"), False: Text("否", "No")}


def spoken_yuan(fen: int, lang: Lang) -> str:
    """`9900` → `99 元`, `99 yuan`; `9950` → `99.50 元`."""
    return f"{yuan_short(fen)} 元" if lang is Lang.ZH else f"{yuan_short(fen)} yuan"


def spoken_day(day: date, lang: Lang) -> str:
    """`2027 年 1 月 8 日`, `8 January 2027`; a moment is taken at its wall clock in China."""
    if isinstance(day, datetime):
        day = local_day(day)
    if lang is Lang.ZH:
        return f"{day.year} 年 {day.month} 月 {day.day} 日"
    return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}"


def spoken_data(mb: int, lang: Lang) -> str:
    """`3481` → `3.4 GB`, `800` → `800 MB`; the same in both languages."""
    del lang
    return f"{mb} MB" if mb < 1024 else f"{mb / 1024:.1f}".removesuffix(".0") + " GB"


def fact_display(name: str, value: object, lang: Lang) -> str:
    """The value as a figure in the view; raises KeyError on an unknown fact."""
    kind = FACTS[name].kind
    if isinstance(value, Text):
        return value.of(lang)
    if isinstance(value, bool):
        return _YES_NO[value].of(lang)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return _amount(kind, value, lang)
    return str(value)


def _amount(kind: FactKind, value: int, lang: Lang) -> str:
    if kind is FactKind.FEN:
        return f"¥{yuan(value)}"
    if kind is FactKind.DATA:
        return spoken_data(value, lang)
    unit = _UNITS.get(kind)
    return f"{value:,}" if unit is None else f"{value:,} {plural(value, unit, lang)}"


def plural(value: int, unit: Text, lang: Lang) -> str:
    """The unit's word beside that number."""
    words = unit.of(lang)
    return words if lang is Lang.ZH or value == 1 or not words.endswith(("y", "r", "h")) else f"{words}s"


_UNITS = {
    FactKind.MINUTES: Text("分钟", "min"),
    FactKind.DAYS: Text("天", "day"),
    FactKind.MONTHS: Text("个月", "month"),
    FactKind.YEARS: Text("年", "year"),
    FactKind.SPEED: Text("Mbps", "Mbps"),
}
