"""What all widgets painted by hand share: they follow the theme, tell their whole text when it was cut, show focus."""

from collections.abc import Callable, Hashable, Sequence
from weakref import ref

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPen, QPixmap, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop import theme
from desktop.widgets.values import Tone

_RESTYLED = (QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.PaletteChange)


_INKS = {
    Tone.NEUTRAL: "ink",
    Tone.MUTED: "mut",
    Tone.OK: "ok",
    Tone.WARN: "warn",
    Tone.BAD: "bad",
    Tone.VIP: "vip",
    Tone.BRAND: "brand",
}
_GROUNDS = {
    Tone.NEUTRAL: "card",
    Tone.MUTED: "quiet",
    Tone.OK: "ok_bg",
    Tone.WARN: "warn_bg",
    Tone.BAD: "bad_bg",
    Tone.VIP: "vip_bg",
    Tone.BRAND: "brand_bg",
}
"""by their names among the theme's tokens"""
_Align = Qt.AlignmentFlag
# Put together once: Python's flags are slow, and a window has hundreds of texts.
_IN_ONE_LINE = {
    align: align | _Align.AlignVCenter | Qt.TextFlag.TextSingleLine
    for align in (_Align.AlignLeft, _Align.AlignRight, _Align.AlignHCenter, _Align.AlignCenter)
}


def ink(tone: Tone) -> QColor:
    """The colour in which words of `tone` are written."""
    return theme.colour(getattr(theme.tokens(), _INKS[tone]))


def ground(tone: Tone) -> QColor:
    """The ground on which words of `tone` are read."""
    return theme.colour(getattr(theme.tokens(), _GROUNDS[tone]))


_MOST_WIDTHS = 20_000


def width_of(text: str, face: theme.Face) -> float:
    """The advance of `text` in one of the theme's faces, measured once: the same words come back at every paint."""
    found = face.widths.get(text)
    if found is None:
        if len(face.widths) >= _MOST_WIDTHS:
            face.widths.clear()
        found = face.widths[text] = QFontMetricsF(face).horizontalAdvance(text)
    return found


def fitting(words: str, room: float, sizes: Sequence[int], *, bold: bool = False) -> int:
    """The largest size at which the words fit, else the smallest: words are made smaller before they are cut."""
    return next((size for size in sizes if width_of(words, theme.font(size, bold=bold)) <= room), sizes[-1])


def height_of(face: QFont) -> float:
    """The height of a line of the sketches: 1.5 times the size."""
    return round(face.pixelSize() * 1.5)


OPAQUE = 255


def draw_box(
    painter: QPainter, rect: QRectF, *, fill: QColor | None, edge: QColor | None, radius: float, width: float = 1.0
) -> None:
    """A rounded box whose border lies inside `rect`."""
    if fill is not None and edge is not None and fill.alpha() == OPAQUE:
        # One box on the other looks the same, and costs a fifth of what a smooth line round the box does.
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(edge)
        painter.drawRoundedRect(rect, radius, radius)
        painter.setBrush(fill)
        within = max(radius - width, 0)
        painter.drawRoundedRect(rect.adjusted(width, width, -width, -width), within, within)
        return
    inset = width / 2
    painter.setPen(QPen(edge, width) if edge is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)


_corners: dict[tuple[int, int, int, float], QPixmap] = {}


def draw_sheet(painter: QPainter, rect: QRect, *, fill: QColor, edge: QColor, radius: int) -> None:
    """As `draw_box` on whole pixels, for large ones: only the corners are smooth, and those are kept."""
    if min(rect.width(), rect.height()) < 2 * radius:
        draw_box(painter, QRectF(rect), fill=fill, edge=edge, radius=radius)
        return
    ratio = painter.device().devicePixelRatioF()
    key = (fill.rgba(), edge.rgba(), radius, ratio)
    found = _corners.get(key)
    if found is None:
        found = _corners[key] = _round(fill, edge, radius, ratio)
    left, top, right, bottom = rect.left(), rect.top(), rect.right(), rect.bottom()
    across, down = rect.width() - 2 * radius, rect.height() - 2 * radius
    painter.fillRect(QRect(left + 1, top + radius, rect.width() - 2, down), fill)
    painter.fillRect(QRect(left + radius, top + 1, across, radius - 1), fill)
    painter.fillRect(QRect(left + radius, bottom - radius + 1, across, radius - 1), fill)
    for line in (QRect(left + radius, top, across, 1), QRect(left + radius, bottom, across, 1)):
        painter.fillRect(line, edge)
    for line in (QRect(left, top + radius, 1, down), QRect(right, top + radius, 1, down)):
        painter.fillRect(line, edge)
    side = radius * ratio
    for x, from_x in ((left, 0.0), (right + 1 - radius, side)):
        for y, from_y in ((top, 0.0), (bottom + 1 - radius, side)):
            painter.drawPixmap(QRectF(x, y, radius, radius), found, QRectF(from_x, from_y, side, side))


def _round(fill: QColor, edge: QColor, radius: int, ratio: float) -> QPixmap:
    """The four corners side by side: the smallest such box."""
    side = 2 * radius
    image = QPixmap(round(side * ratio), round(side * ratio))
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_box(painter, QRectF(0, 0, side, side), fill=fill, edge=edge, radius=radius)
    painter.end()
    return image


def draw_focus(painter: QPainter, rect: QRectF, radius: float) -> None:
    draw_box(painter, rect, fill=None, edge=theme.colour(theme.tokens().brand), radius=radius, width=2.0)


def draw_words(
    painter: QPainter,
    rect: QRectF,
    text: str,
    face: theme.Face,
    colour: QColor,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> bool:
    """One line, centred vertically, cut with an ellipsis where it does not fit; tells whether it was cut."""
    shown = text
    if width_of(text, face) > rect.width() + 0.5:
        shown = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, max(rect.width(), 0))
    painter.setFont(face)
    painter.setPen(colour)
    painter.drawText(rect, _IN_ONE_LINE[align], shown)
    return shown != text


_WRAP = QTextOption()
_WRAP.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)


_heights: dict[tuple[str, int, bool, float], float] = {}


def wrapped_height(text: str, face: theme.Face, width: float) -> float:
    """The height of `text` wrapped between words, and within one only where it is wider than a line; measured once."""
    key = (text, face.pixelSize(), face.bold(), width)
    found = _heights.get(key)
    if found is None:
        if len(_heights) >= _MOST_WIDTHS:
            _heights.clear()
        found = _heights[key] = _laid_out(text, face, width)
    return found


def _laid_out(text: str, face: theme.Face, width: float) -> float:
    return in_lines(QTextLayout(text.replace("\n", "\u2028"), face), width)


def in_lines(layout: QTextLayout, width: float, *, air: float = 1.0) -> float:
    """Breaks the words into lines of that width, each `air` times as high as its letters; returns their height."""
    layout.setTextOption(_WRAP)
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1.0))
        high = line.height() * air
        line.setPosition(QPointF(0, height + (high - line.height()) / 2))
        height += high
    layout.endLayout()
    return height


def pieces_of(text: str, face: theme.Face, widths: Sequence[float]) -> list[str]:
    """`text` in at most as many lines as there are widths, wrapped between words; the last holds all that is left."""
    layout = QTextLayout(text, face)
    layout.setTextOption(_WRAP)
    layout.beginLayout()
    starts: list[int] = []
    for width in widths:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(width, 1.0))
        starts.append(line.textStart())
    layout.endLayout()
    return [text[start:end].strip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def draw_wrapped(painter: QPainter, rect: QRectF, text: str, face: theme.Face, colour: QColor) -> None:
    """Words from the top of `rect`, wrapped as `wrapped_height` measures them."""
    painter.setFont(face)
    painter.setPen(colour)
    painter.drawText(rect, text, _WRAP)


def draw_cut(painter: QPainter, rect: QRectF, text: str, face: theme.Face, colour: QColor) -> None:
    """As many wrapped lines as stand whole in `rect`, at least one; the last ends in an ellipsis."""
    high = QFontMetricsF(face).height()
    lines = pieces_of(text.replace("\n", "\u2028"), face, [rect.width()] * max(int((rect.height() + 1) / high), 1))
    for at, line in enumerate(lines):
        draw_words(painter, QRectF(rect.left(), rect.top() + at * high, rect.width(), high), line, face, colour)


def smooth(widget: QWidget) -> QPainter:
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


class Told:
    """What a pointer that rests on a widget is told: the hint, and the whole text if it was cut.

    Kept as the widget's tool tip, which is set where it changes: to answer Qt's question in Python, each event of each
    widget would pass through it.
    """

    def __init__(self, widget: QWidget) -> None:
        self._widget, self._told = ref(widget), ""
        self._hint, self._whole, self._cut = "", "", False

    @property
    def hint(self) -> str:
        return self._hint

    @hint.setter
    def hint(self, hint: str) -> None:
        if hint != self._hint:
            self._hint = hint
            self._say()

    @property
    def whole(self) -> str:
        return self._whole

    @whole.setter
    def whole(self, whole: str) -> None:
        if whole != self._whole:
            self._whole = whole
            if self._cut:
                self._say()

    @property
    def cut(self) -> bool:
        return self._cut

    @cut.setter
    def cut(self, cut: bool) -> None:
        if cut is not self._cut:
            self._cut = cut
            self._say()

    def _say(self) -> None:
        told = "\n".join(part for part in (self._whole if self._cut else "", self._hint) if part)
        widget = self._widget()
        if told != self._told and widget is not None:
            self._told = told
            widget.setToolTip(told)


class KeptPainting:
    """A widget's last painting, copied as long as it looks the same: to be moved is no reason to be drawn anew."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = ref(widget)
        self._picture: QPixmap | None = None
        self._of: tuple[int, int, float, Hashable] | None = None

    def forget(self) -> None:
        self._picture = None

    def paint(self, state: Hashable, paint: Callable[[QPainter], None]) -> None:
        """What `paint` draws for `state`: a copy of it until that or the size is another, or `forget`."""
        widget = self._widget()
        if widget is None:
            return
        key = (widget.width(), widget.height(), widget.devicePixelRatio(), state)
        if self._picture is None or key != self._of:
            self._picture, self._of = QPixmap(widget.size() * key[2]), key
            self._picture.setDevicePixelRatio(key[2])
            self._picture.fill(Qt.GlobalColor.transparent)
            drawn = QPainter(self._picture)
            drawn.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint(drawn)
            drawn.end()
        painter = QPainter(widget)
        painter.drawPixmap(0, 0, self._picture)
        painter.end()


class Painted(QWidget):
    """A widget that paints itself from the tokens."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told = Told(self)

    def restyled(self) -> None:
        """Theme or scale has changed; widgets that keep measures drop them here."""
        self.updateGeometry()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _RESTYLED:
            self.restyled()


class PaintedButton(QAbstractButton):
    """A button that paints itself from the tokens; Space and Return press it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told = Told(self)
        self._kept = KeptPainting(self)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def restyled(self) -> None:
        """Theme or scale has changed; widgets that keep measures drop them here."""
        self.updateGeometry()
        self.look_changed()

    def look_changed(self) -> None:
        """Paint anew, also what was kept of the last painting."""
        self._kept.forget()
        self.update()

    def paint_kept(self, state: Hashable, paint: Callable[[QPainter], None]) -> None:
        """As `KeptPainting.paint`: where a column above grows by a line all chips below it move, and look the same."""
        self._kept.paint(state, paint)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _RESTYLED:
            self.restyled()
