"""The report's pictures as inline SVG: few lines, no scripts, readable in print."""

import math
from collections.abc import Callable, Sequence
from html import escape
from unicodedata import east_asian_width

_WIDE, _HIGH, _LEFT, _LOW = 420, 300, 52, 40
_INK, _FAINT, _MAIN, _OTHER = "#33404d", "#d5dbe1", "#1f6feb", "#8a94a0"
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_MOST_STEPS = 5
_LETTER = 7.2
"""pixels of a wide Latin letter; a Chinese one takes two"""


class Canvas:
    """Axes from 0, or from where what is drawn begins below it, to the round number above `right` and `top`."""

    def __init__(
        self, *, x: str, y: str, right: float, top: float, bottom: float = 0.0, percent: bool = True
    ) -> None:  # fmt: skip
        """`percent`: what goes up is a share too, as what goes across always is."""
        across, up = ticks(0.0, right), ticks(bottom, top)
        self.right, self.bottom, self.top = across[-1], up[0], up[-1]
        self._parts = [
            f'<svg viewBox="0 0 {_WIDE} {_HIGH}" role="img" aria-label="{escape(y)} / {escape(x)}" '
            f'font-size="12" fill="{_INK}">'
        ]
        says = _shares(up) if percent else _plain
        for at in up:
            high = self._y(at)
            self._parts.append(f'<path d="M{_LEFT} {high:.1f}H{_WIDE - 12}" stroke="{_FAINT}"/>')
            self._parts.append(f'<text x="{_LEFT - 6}" y="{high + 4:.1f}" text-anchor="end">{says(at)}</text>')
        says = _shares(across)
        for at in across:
            self._parts.append(f'<text x="{self._x(at):.1f}" y="{_HIGH - 24}" text-anchor="middle">{says(at)}</text>')
        self._parts.append(f'<text x="{_WIDE / 2:.0f}" y="{_HIGH - 6}" text-anchor="middle">{escape(x)}</text>')
        self._parts.append(f'<text x="{_LEFT}" y="12">{escape(y)}</text>')

    def _x(self, value: float) -> float:
        return _LEFT + value / self.right * (_WIDE - 20 - _LEFT)

    def _y(self, value: float) -> float:
        return _HIGH - _LOW - (value - self.bottom) / (self.top - self.bottom) * (_HIGH - _LOW - 22)

    def line(self, points: Sequence[tuple[float, float]], *, main: bool = True) -> None:
        path = "L".join(f"{self._x(across):.1f} {self._y(up):.1f}" for across, up in points)
        style = f'stroke="{_MAIN}" stroke-width="2.5"' if main else f'stroke="{_OTHER}" stroke-dasharray="5 4"'
        self._parts.append(f'<path d="M{path}" fill="none" {style}/>')

    def point(self, across: float, up: float, low: float, high: float) -> None:
        """A dot with its interval."""
        x = self._x(across)
        self._parts.append(f'<path d="M{x:.1f} {self._y(low):.1f}V{self._y(high):.1f}" stroke="{_MAIN}"/>')
        self._parts.append(f'<circle cx="{x:.1f}" cy="{self._y(up):.1f}" r="4" fill="{_MAIN}"/>')

    def drawn(self) -> str:
        return "".join([*self._parts, "</svg>"])


def bars(named: Sequence[tuple[str, float]]) -> str:
    """Shares as bars, one a line, the name before it."""
    row, start = 22, 190
    most = max((value for _name, value in named), default=1.0) or 1.0
    parts = [f'<svg viewBox="0 0 520 {row * len(named) + 6}" role="img" font-size="12" fill="{_INK}">']
    for at, (name, value) in enumerate(named):
        up, wide = at * row + 4, value / most * 260
        short = escape(shortened(name, start - 8))
        parts.append(f'<text x="{start - 8}" y="{up + 12}" text-anchor="end">{short}</text>')
        parts.append(f'<rect x="{start}" y="{up}" width="{wide:.1f}" height="15" rx="2" fill="{_MAIN}"/>')
        parts.append(f'<text x="{start + wide + 6:.1f}" y="{up + 12}">{_share(value)}</text>')
    return "".join([*parts, "</svg>"])


def spans(named: Sequence[tuple[str, float, float, float]], *, x: str, least: float, most: float) -> str:
    """Figures with their intervals, one a line, the name before it, over an axis of `least` to `most` called `x`."""
    row, start, wide = 24, 220, 230
    foot = row * len(named) + 4
    parts = [f'<svg viewBox="0 0 520 {foot + 38}" role="img" font-size="12" fill="{_INK}">']

    def across(value: float) -> float:
        return start + (min(max(value, least), most) - least) / (most - least) * wide

    for one in ticks(least, most):
        parts.append(f'<path d="M{across(one):.1f} 2V{foot}" stroke="{_FAINT}"/>')
        parts.append(f'<text x="{across(one):.1f}" y="{foot + 15}" text-anchor="middle">{_plain(one)}</text>')
    parts.append(f'<text x="{start + wide / 2}" y="{foot + 32}" text-anchor="middle">{escape(x)}</text>')
    for at, (name, value, low, high) in enumerate(named):
        up = at * row + 16
        short = escape(shortened(name, start - 10))
        parts.append(f'<text x="{start - 10}" y="{up + 4}" text-anchor="end">{short}</text>')
        parts.append(f'<path d="M{across(low):.1f} {up}H{across(high):.1f}" stroke="{_MAIN}" stroke-width="2"/>')
        parts.append(f'<circle cx="{across(value):.1f}" cy="{up}" r="4" fill="{_MAIN}"/>')
        parts.append(f'<text x="{start + wide + 12}" y="{up + 4}">{value:.3f}</text>')
    return "".join([*parts, "</svg>"])


def ticks(low: float, high: float) -> list[float]:
    """Round numbers from the last below `low` to the first above `high`, six or seven at the most."""
    width = max(high - low, 1e-6)
    power = 10.0 ** math.floor(math.log10(width / _MOST_STEPS))
    step = next(one * power for one in _STEPS if one * power * _MOST_STEPS >= width * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(at * step, 12) for at in range(first, max(last, first + 1) + 1)]


def shortened(name: str, room: float) -> str:
    """So much of a name as so many pixels hold."""
    left, out = room / _LETTER, ""
    widths = [2 if east_asian_width(one) in "WF" else 1 for one in name]
    if sum(widths) <= left:
        return name
    for one, width in zip(name, widths, strict=True):
        left -= width
        if left < 1:
            break
        out += one
    return out + "…"


def _plain(value: float) -> str:
    return f"{value:g}"


def _shares(axis: Sequence[float]) -> Callable[[float], str]:
    """With as many digits as the steps of that axis need."""
    step = (axis[1] - axis[0]) * 100
    digits = next(one for one in range(8) if math.isclose(step, round(step, one), rel_tol=1e-6))
    return lambda value: f"{value * 100:.{digits}f}%"


def _share(value: float) -> str:
    return f"{value:.0%}" if value in (0.0, 1.0) or abs(value) >= 0.095 else f"{value:.1%}"
