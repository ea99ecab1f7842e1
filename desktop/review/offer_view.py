"""Offers beyond plans: for each how often it was told of, and of that how often taken and declined."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from core.domain.text import filled
from core.review.pictures import OfferBar
from desktop import theme
from desktop.review import words
from desktop.review.pickable import Pickable
from desktop.tongue import Tongue
from desktop.widgets.painted import draw_box, draw_words, height_of, ink, width_of
from desktop.widgets.values import Tone

MOST = 8


class OfferView(Pickable):
    def __init__(self) -> None:
        super().__init__()
        self._bars: tuple[tuple[str, OfferBar], ...] = ()

    def show_offers(self, bars: Sequence[tuple[str, OfferBar]], say: Tongue) -> None:
        self._bars = tuple(bars)[:MOST]
        hints = tuple(
            f"{label}: "
            + say(filled(words.OFFER_LINE, made=str(bar.made), accepted=str(bar.accepted), refused=str(bar.refused)))
            for label, bar in self._bars
        )
        self.show_parts(hints, say(words.NO_OFFERS))

    def boxes(self) -> list[QRectF]:
        high = self._row()
        return [QRectF(0, at * high, self.width(), high - theme.px(3)) for at in range(len(self._bars))]

    def _row(self) -> float:
        least = height_of(theme.font(12)) + theme.px(12)
        return min(max(self.height() / max(len(self._bars), 1), least), theme.px(40))

    def draw(self, painter: QPainter) -> None:
        t, face = theme.tokens(), theme.font(12)
        most = max(bar.made for _, bar in self._bars)
        line = height_of(face)
        for (label, bar), box in zip(self._bars, self.boxes(), strict=True):
            if box.bottom() > self.height() + 1:
                break
            told = f"{bar.made:,} · {bar.accepted:,} · {bar.refused:,}"
            wide = width_of(told, face) + 2
            draw_words(painter, QRectF(box.x(), box.y(), box.width() - wide - theme.px(6), line), label, face,
                       ink(Tone.NEUTRAL))  # fmt: skip
            draw_words(painter, QRectF(box.right() - wide, box.y(), wide, line), told, face, ink(Tone.MUTED))
            scale, left = box.width() / most, box.x()
            for count, colour in ((bar.accepted, t.ok), (bar.made - bar.accepted - bar.refused, t.bar),
                                  (bar.refused, t.edge)):  # fmt: skip
                if count > 0:
                    strip = QRectF(left, box.y() + line + theme.px(1), count * scale, theme.px(6))
                    draw_box(painter, strip, fill=theme.colour(colour), edge=None, radius=theme.px(2))
                    left += count * scale
