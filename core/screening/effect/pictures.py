"""Effects as dots with whiskers around a line at nought, as inline SVG."""

from collections.abc import Sequence
from html import escape

from core.domain.effect_words import points
from core.wire.campaign_effect import Interval

_ROW, _START, _WIDE, _TOLD = 26, 200, 300, 150
_INK, _FAINT, _MAIN, _PALE = "#33404d", "#d5dbe1", "#1f6feb", "#8a94a0"
_LEAST = 0.02
_SHORT = 24


def whiskers(named: Sequence[tuple[str, Interval, bool]], *, label: str) -> str:
    """One a line, its name before it and its figures behind; those flagged as few are grey."""
    far = max(_LEAST, *(max(abs(one.low), abs(one.high)) for _name, one, _few in named))
    high = _ROW * len(named) + 30
    parts = [
        f'<svg viewBox="0 0 {_START + _WIDE + _TOLD} {high}" role="img" aria-label="{escape(label)}" font-size="12"'
        f' fill="{_INK}">'
    ]

    def across(value: float) -> float:
        return _START + (value + far) / (2 * far) * _WIDE

    for share in (-far, 0.0, far):
        x, ink = across(share), _INK if share == 0 else _FAINT
        parts.append(f'<path d="M{x:.1f} 4V{high - 22}" stroke="{ink}"/>')
        told = points(share) if share else "0"
        parts.append(f'<text x="{x:.1f}" y="{high - 6}" text-anchor="middle">{told}</text>')
    for at, (name, one, few) in enumerate(named):
        y, ink = at * _ROW + 18, _PALE if few else _MAIN
        short = name if len(name) <= _SHORT else name[: _SHORT - 1] + "…"
        parts.append(f'<text x="{_START - 10}" y="{y + 4}" text-anchor="end">{escape(short)}</text>')
        low, up = across(one.low), across(one.high)
        parts.append(f'<path d="M{low:.1f} {y}H{up:.1f}" stroke="{ink}" stroke-width="2"/>')
        parts.extend(f'<path d="M{end:.1f} {y - 5}V{y + 5}" stroke="{ink}" stroke-width="2"/>' for end in (low, up))
        parts.append(f'<circle cx="{across(one.value):.1f}" cy="{y}" r="4.5" fill="{ink}"/>')
        told = f"{points(one.value)} ({points(one.low)} … {points(one.high)})"
        parts.append(f'<text x="{_START + _WIDE + 12}" y="{y + 4}">{told}</text>')
    return "".join([*parts, "</svg>"])
