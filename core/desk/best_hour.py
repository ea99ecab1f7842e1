"""The hour at which a customer likes to be called, read from the words in which it was noted."""

import re

from core.domain.text import Text

_AFTERNOON = ("下午", "晚上", "傍晚", "晚")
_NOON = "中午"
_MARK = re.compile(
    r"(?P<part>上午|早上|中午|下午|傍晚|晚上|晚)?\s*(?<!\d)(?P<hour>\d{1,2})"
    r"(?:[:：](?P<minute>[0-5]\d)|\s*[点时]|\s*[-–~到至]\s*\d)"
)
"""an hour, not any number: `周2下午` names none"""
_PART = re.compile(r"上午|早上|中午|下午|傍晚|晚上|晚")
_BY_PART = {"上午": 10 * 60, "早上": 10 * 60, "中午": 12 * 60, "下午": 15 * 60, "傍晚": 18 * 60}
_EVENING = 19 * 60


def best_minute(best_time: Text | None) -> int | None:
    """Minutes after midnight at which the noted stretch begins: `下午 3–5 点` is 900, `晚上` 1140.

    None where no time of day stands in the words."""
    words = best_time.zh if best_time else ""
    mark = _MARK.search(words)
    if mark is not None:
        hour = int(mark["hour"])
        afternoon = mark["part"] in _AFTERNOON or (mark["part"] == _NOON and hour < 6)
        hour += 12 if afternoon and hour < 12 else 0
        return hour * 60 + int(mark["minute"] or 0) if hour < 24 else None
    part = _PART.search(words)
    return None if part is None else _BY_PART.get(part[0], _EVENING)
