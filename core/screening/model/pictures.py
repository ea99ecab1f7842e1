"""The report's pictures as inline SVG: few lines, no scripts, readable in print."""

from collections.abc import Sequence
from html import escape

_WIDE, _HIGH, _LEFT, _LOW = 420, 300, 52, 40
_INK, _FAINT, _MAIN, _OTHER = "#33404d", "#d5dbe1", "#1f6feb", "#8a94a0"


class Canvas:
    """Axes from 0 to `right` and `top`, and what is drawn on them."""

    def __init__(self, *, x: str, y: str, right: float, top: float, percent: bool = True) -> None:
        self.right, self.top = right or 1.0, top or 1.0
        self._parts = [
            f'<svg viewBox="0 0 {_WIDE} {_HIGH}" role="img" aria-label="{escape(y)} / {escape(x)}" '
            f'font-size="12" fill="{_INK}">'
        ]
        for at in range(5):
            share = at / 4
            across, up = self._x(share * self.right), self._y(share * self.top)
            told_x, told_y = (_share(share * one) if percent else f"{share * one:g}" for one in (self.right, self.top))
            self._parts.append(f'<path d="M{_LEFT} {up:.1f}H{_WIDE - 12}" stroke="{_FAINT}"/>')
            self._parts.append(f'<text x="{_LEFT - 6}" y="{up + 4:.1f}" text-anchor="end">{told_y}</text>')
            self._parts.append(f'<text x="{across:.1f}" y="{_HIGH - 24}" text-anchor="middle">{told_x}</text>')
        self._parts.append(f'<text x="{_WIDE / 2:.0f}" y="{_HIGH - 6}" text-anchor="middle">{escape(x)}</text>')
        self._parts.append(f'<text x="{_LEFT}" y="12">{escape(y)}</text>')

    def _x(self, value: float) -> float:
        return _LEFT + value / self.right * (_WIDE - 12 - _LEFT)

    def _y(self, value: float) -> float:
        return _HIGH - _LOW - value / self.top * (_HIGH - _LOW - 22)

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
        short = name if len(name) <= 26 else name[:25] + "…"
        parts.append(f'<text x="{start - 8}" y="{up + 12}" text-anchor="end">{escape(short)}</text>')
        parts.append(f'<rect x="{start}" y="{up}" width="{wide:.1f}" height="15" rx="2" fill="{_MAIN}"/>')
        parts.append(f'<text x="{start + wide + 6:.1f}" y="{up + 12}">{_share(value)}</text>')
    return "".join([*parts, "</svg>"])


def spans(named: Sequence[tuple[str, float, float, float]], *, least: float, most: float) -> str:
    """Figures with their intervals, one a line, the name before it."""
    row, start, wide = 24, 220, 230
    parts = [f'<svg viewBox="0 0 520 {row * len(named) + 10}" role="img" font-size="12" fill="{_INK}">']

    def across(value: float) -> float:
        return start + (min(max(value, least), most) - least) / (most - least) * wide

    for at, (name, value, low, high) in enumerate(named):
        up = at * row + 16
        short = name if len(name) <= 30 else name[:29] + "…"
        parts.append(f'<text x="{start - 10}" y="{up + 4}" text-anchor="end">{escape(short)}</text>')
        parts.append(f'<path d="M{across(low):.1f} {up}H{across(high):.1f}" stroke="{_MAIN}" stroke-width="2"/>')
        parts.append(f'<circle cx="{across(value):.1f}" cy="{up}" r="4" fill="{_MAIN}"/>')
        parts.append(f'<text x="{start + wide + 12}" y="{up + 4}">{value:.3f}</text>')
    return "".join([*parts, "</svg>"])


def _share(value: float) -> str:
    return f"{value:.0%}" if value in (0.0, 1.0) or abs(value) >= 0.095 else f"{value:.1%}"
