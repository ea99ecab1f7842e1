"""The plain values that widgets show. No Qt, so that presenters can make them and be tested without it."""

from enum import StrEnum

from msgspec import Struct


class Tone(StrEnum):
    """What a colour says; the words say it too."""

    NEUTRAL = "neutral"
    MUTED = "muted"
    """less important, or not supplied"""
    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    VIP = "vip"
    BRAND = "brand"


class StageState(StrEnum):
    DONE = "done"
    CURRENT = "current"
    AHEAD = "ahead"


class OptionState(StrEnum):
    NORMAL = "normal"
    ON = "on"
    OFF = "off"
    """shown, with the reason in its sub-line, but not to be chosen"""


class Row(Struct, frozen=True):
    """A line of a list of labels and values."""

    label: str
    value: str
    tone: Tone = Tone.NEUTRAL


class Tile(Struct, frozen=True):
    label: str
    value: str
    tone: Tone = Tone.NEUTRAL
    hint: str = ""


class ChipValue(Struct, frozen=True):
    text: str
    tone: Tone = Tone.NEUTRAL
    hint: str = ""


class Point(Struct, frozen=True):
    """One bar or point of a chart; `value` is None where nothing was supplied."""

    label: str
    """on the axis: 26-11"""
    value: float | None
    hint: str
    """what a pointer, the keyboard and a screen reader are told: 2026-11 ¥99.00"""


class Segment(Struct, frozen=True):
    """A part of a whole; `amount` is at least 0, `text` is how it is written."""

    label: str
    amount: float
    text: str


class TimelineEntry(Struct, frozen=True):
    kind: str
    """the filter's key"""
    kind_label: str
    day: str
    text: str
    tone: Tone = Tone.NEUTRAL
    hint: str = ""


class Cell(Struct, frozen=True):
    text: str
    tone: Tone = Tone.NEUTRAL


class TableRow(Struct, frozen=True):
    cells: tuple[Cell, ...]
    best: bool = False
    """stands out as the one to look at"""
