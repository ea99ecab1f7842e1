"""Where bars, ticks and labels of a chart lie: plain arithmetic, no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

STEPS = 3
"""of an axis, about"""
GAP_SHARE = 0.18
"""of a bar's place that stays empty"""
_LEAST = 1e-9
"""below this a value is drawn as nothing: its tenth power would leave the numbers"""


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    def meets(self, other: "Box") -> bool:
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from 0 to `top` in steps; values above 0 only."""

    top: float
    step: float

    def ticks(self) -> list[float]:
        return [self.step * i for i in range(round(self.top / self.step) + 1)]


def scale_for(values: Sequence[float]) -> Scale:
    """A round scale whose top lies at or above every value, with about `STEPS` steps of 1, 2, 2.5 or 5 times ten."""
    highest = max(values, default=0.0)
    if highest < _LEAST:
        return Scale(top=1.0, step=1.0)
    rough = highest / STEPS
    power = 10.0 ** floor(log10(rough))
    step = next(m * power for m in (1.0, 2.0, 2.5, 5.0, 10.0) if m * power >= rough * 0.999)
    return Scale(top=step * max(ceil(highest / step - 1e-9), 1), step=step)


def height_at(plot: Box, scale: Scale, value: float) -> float:
    """The y of a value in the plot; y grows downwards."""
    return plot.bottom - plot.h * min(max(value / scale.top, 0.0), 1.0)


def bar_boxes(plot: Box, scale: Scale, values: Sequence[float | None]) -> list[Box]:
    """A box a value, side by side over the whole plot; None has a box without height."""
    if not values:
        return []
    slot = plot.w / len(values)
    gap = slot * GAP_SHARE
    tops = [height_at(plot, scale, value) if value is not None else plot.bottom for value in values]
    return [Box(plot.x + i * slot + gap / 2, top, slot - gap, plot.bottom - top) for i, top in enumerate(tops)]


def place_label(plot: Box, bars: Sequence[Box], line_y: float, width: float, height: float) -> Box:
    """Where the words of a dashed line stand: just above it at the right-most place clear of bars.

    Where no place is clear they stand over the plot's top edge, at its right: the plot keeps a strip free there."""
    step = max(plot.w / 48, 1.0)
    y = line_y - height - 1
    x = plot.right - width
    while x >= plot.x and y >= plot.y - height:
        box = Box(x, y, width, height)
        if not any(box.meets(bar) for bar in bars):
            return box
        x -= step
    return Box(plot.right - width, plot.y - height, width, height)


def index_at(plot: Box, count: int, x: float) -> int | None:
    """Which of `count` equal slots of the plot holds x."""
    if count == 0 or not plot.x <= x <= plot.right:
        return None
    return min(int((x - plot.x) / plot.w * count), count - 1)
