"""How figures, days and spans of time are written in the language of the window; what is missing says so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from core.domain.clock import CHINA, local_day
from core.domain.money import yuan, yuan_short
from core.domain.tenure import months_between
from core.domain.text import Lang, Text
from desktop.call.view360_parts import words
from desktop.widgets.values import Row, Tone

MB_PER_GB = 1024


@dataclass(frozen=True, slots=True)
class Writing:
    """A language and the present; every method gives words."""

    lang: Lang
    now: datetime

    @property
    def today(self) -> date:
        return local_day(self.now)

    def __call__(self, text: Text, **values: object) -> str:
        """The words, with their {places} filled."""
        said = text.of(self.lang)
        return said.format(**values) if values else said

    @property
    def missing(self) -> str:
        return self(words.NOT_SUPPLIED)

    def absent(self, whole: bool) -> str:
        """What an empty list says: none, if its source said that it is whole, else not supplied."""
        return self(words.NONE if whole else words.NOT_SUPPLIED)

    def row(self, label: Text, value: str | None, tone: Tone = Tone.NEUTRAL) -> Row:
        """A line; one without a value says that it was not supplied."""
        if not value:
            return Row(self(label), self.missing, Tone.MUTED)
        return Row(self(label), value, tone)

    def row_or_none(self, label: Text, value: str | None, whole: bool, tone: Tone = Tone.NEUTRAL) -> Row:
        """A line whose missing value means none where the source is whole."""
        return self.row(label, value, tone) if value else Row(self(label), self.absent(whole), Tone.MUTED)

    def named(self, name: str, english: Mapping[str, str]) -> str:
        """A name that is content, in English where the document has it so."""
        return english.get(name, name) if self.lang is Lang.EN else name

    def text(self, text: Text | None) -> str | None:
        return None if text is None else self(text)

    def money(self, fen: int | None) -> str | None:
        """`9900` → `¥99.00`, `−500` → `−¥5.00`."""
        if fen is None:
            return None
        return f"−¥{yuan(-fen)}" if fen < 0 else f"¥{yuan(fen)}"

    def fee(self, fen: int | None) -> str | None:
        """Money without decimals where it is whole: `¥58`."""
        if fen is None:
            return None
        return f"−¥{yuan_short(-fen)}" if fen < 0 else f"¥{yuan_short(fen)}"

    def day(self, day: date | None) -> str | None:
        return None if day is None else day.isoformat()

    def short_day(self, moment: datetime) -> str:
        """`11-18` in the present year, `2025-11-18` in others."""
        day = local_day(moment)
        return f"{day:%m-%d}" if day.year == self.today.year else day.isoformat()

    def moment(self, moment: datetime) -> str:
        return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"

    def yes_no(self, value: bool | None) -> str | None:
        return None if value is None else self(words.YES if value else words.NO)

    def data(self, mb: float | None) -> str | None:
        """Data in MB, from 1 GB on in GB with one decimal."""
        if mb is None:
            return None
        if mb < MB_PER_GB:
            return f"{mb:,.0f} MB"
        return f"{mb / MB_PER_GB:,.1f} GB".replace(".0 GB", " GB")

    def minutes(self, minutes: float | None) -> str | None:
        return None if minutes is None else self(words.MINUTES, n=f"{minutes:,.0f}")

    def counted(self, n: int, one: Text, many: Text) -> str:
        return self(one if n == 1 else many, n=f"{n:,}")

    def left_until(self, day: date) -> str:
        """From today: days up to three months, then whole months; 0 days where `day` is past."""
        days = max((day - self.today).days, 0)
        if days <= 92:
            return self.counted(days, words.DAY, words.DAYS)
        return self.counted(months_between(self.today, day), words.MONTH, words.MONTHS)

    def span_months(self, months: int) -> str:
        """Months up to two years, then whole years."""
        if months < 24:
            return self.counted(months, words.MONTH, words.MONTHS)
        return self.counted(months // 12, words.YEAR, words.YEARS)

    def listed(self, items: Iterable[str]) -> str:
        """`甲、乙` or `a, b`."""
        return ("、" if self.lang is Lang.ZH else ", ").join(items)

    @property
    def colon(self) -> str:
        return "：" if self.lang is Lang.ZH else ": "

    def clock_time(self, seconds: int) -> str:
        """`151` → `2:31`."""
        return f"{seconds // 60}:{seconds % 60:02d}"


def short_month(month: str) -> str:
    """`2026-11` → `26-11`."""
    return month[2:] if len(month) == 7 else month
