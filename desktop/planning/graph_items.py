"""What a script's graph is drawn of: a box a step, a line an answer. They take their colours from the theme."""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QStyleOptionGraphicsItem, QWidget

from core.guidance.graph import Edge, Node
from desktop import theme
from desktop.widgets.painted import draw_box, draw_words

WIDTH, HEIGHT = 232, 62
GAP_X, GAP_Y = 26, 44
ARROW = 5
"""all in logical pixels of the scene"""
EDGE_SHARE = 0.06
"""of a step's width, at either side, where no line leaves or arrives"""


def place_of(node: Node, fullest: int, in_column: int) -> QPointF:
    """The upper left corner: layers below one another, each in the middle."""
    across = theme.px(WIDTH + GAP_X)
    left = (fullest - in_column) * across / 2
    return QPointF(left + node.row * across, node.column * theme.px(HEIGHT + GAP_Y))


class StepItem(QGraphicsItem):
    """A step: its id and stage above, the beginning of its words below, its answers that end the call at the foot."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.head, self.words, self.marks = "", "", ""
        self.current = self.walked = self.chosen = False
        self.setZValue(1)

    def boundingRect(self) -> QRectF:
        return QRectF(-1, -1, theme.px(WIDTH) + 2, theme.px(HEIGHT) + 2)

    def foot(self, share: float) -> QPointF:
        """Where a line leaves: `share` of the width from the left."""
        return self.pos() + QPointF(theme.px(WIDTH) * share, theme.px(HEIGHT))

    def top(self, share: float) -> QPointF:
        return self.pos() + QPointF(theme.px(WIDTH) * share, 0)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        t = theme.tokens()
        box = QRectF(0, 0, theme.px(WIDTH), theme.px(HEIGHT))
        fill, edge = (t.brand_bg, t.brand) if self.current else (t.ok_bg, t.ok) if self.walked else (t.card, t.edge)
        width = 2.5 if self.chosen else 1.0
        draw_box(
            painter, box, fill=theme.colour(fill), edge=theme.colour(t.brand if self.chosen else edge),
            radius=theme.px(6), width=width,
        )  # fmt: skip
        line, edge_px = theme.px(20), theme.px(8)
        inner = box.adjusted(edge_px, theme.px(2), -edge_px, 0)
        head = QRectF(inner.left(), inner.top(), inner.width(), line)
        draw_words(painter, head, self.head, theme.font(12, bold=True), theme.colour(t.ink))
        draw_words(painter, head.translated(0, line - theme.px(1)), self.words, theme.font(12), theme.colour(t.ink))
        draw_words(painter, head.translated(0, 2 * line - theme.px(3)), self.marks, theme.font(11), theme.colour(t.mut))


class EdgeItem(QGraphicsPathItem):
    """From the foot of a step to the top of the next; a loop goes round by the side, dashed."""

    def __init__(self, edge: Edge, start: StepItem, to: StepItem) -> None:
        super().__init__()
        self.edge, self.start, self.to = edge, start, to
        self.lit = False

    def lay(self, leaves: float, arrives: float) -> None:
        """From and to these shares of the widths of the two steps."""
        self.setPath(_loop(self.start, self.to) if self.edge.back else _way(self.start, self.to, leaves, arrives))

    def boundingRect(self) -> QRectF:
        room = theme.px(ARROW + 24)
        return super().boundingRect().adjusted(-room, -room, room, room)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        t = theme.tokens()
        colour = theme.colour(t.brand if self.lit else t.off)
        pen = QPen(colour, 2.0 if self.lit else 1.0)
        if self.edge.back:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self.path())
        self._arrow(painter)
        if self.lit:
            self._digits(painter)

    def _arrow(self, painter: QPainter) -> None:
        tip, size = self.path().currentPosition(), theme.px(ARROW)
        side = QPointF(size * 0.8, 0) if not self.edge.back else QPointF(0, size * 0.8)
        back = QPointF(0, -size * 1.4) if not self.edge.back else QPointF(size * 1.4, 0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(theme.tokens().brand if self.lit else theme.tokens().off))
        painter.drawPolygon(QPolygonF([tip, tip + back - side, tip + back + side]))

    def _digits(self, painter: QPainter) -> None:
        """The keys of the answers that lead along here, near where they leave."""
        t, words = theme.tokens(), "·".join(map(str, self.edge.digits))
        path = self.path()
        at = path.pointAtPercent(path.percentAtLength(min(theme.px(20), path.length() / 2)))
        width = ceil(theme.px(8) * len(words)) + theme.px(8)
        box = QRectF(at.x() - width / 2, at.y() - theme.px(9), width, theme.px(18))
        draw_box(painter, box, fill=theme.colour(t.card), edge=theme.colour(t.brand), radius=theme.px(4))
        draw_words(painter, box, words, theme.font(11, mono=True), theme.colour(t.brand), Qt.AlignmentFlag.AlignHCenter)

    def light(self, on: bool) -> None:
        """Stands out, above the others."""
        if on != self.lit:
            self.lit = on
            self.setZValue(0.5 if on else 0)
            self.update()


def lay_lines(lines: Sequence[EdgeItem]) -> None:
    """Lines leave and arrive side by side, in the order in which they lie, so that each can be followed."""
    shares: dict[EdgeItem, list[float]] = {line: [0.5, 0.5] for line in lines}
    ways = [line for line in lines if not line.edge.back]
    for end in (0, 1):
        groups: dict[str, list[EdgeItem]] = {}
        for line in ways:
            groups.setdefault((line.edge.start, line.edge.to)[end], []).append(line)
        for group in groups.values():
            group.sort(key=lambda line: (line.start if end else line.to).pos().x())
            for at, line in enumerate(group, start=1):
                shares[line][end] = EDGE_SHARE + (1 - 2 * EDGE_SHARE) * at / (len(group) + 1)
    for line, (leaves, arrives) in shares.items():
        line.lay(leaves, arrives)


def _way(start: StepItem, to: StepItem, leaves: float, arrives: float) -> QPainterPath:
    begin, end = start.foot(leaves), to.top(arrives)
    path = QPainterPath(begin)
    bend = max((end.y() - begin.y()) / 2, theme.px(GAP_Y) / 2)
    path.cubicTo(begin + QPointF(0, bend), end - QPointF(0, bend), end)
    return path


def _loop(start: StepItem, to: StepItem) -> QPainterPath:
    side, middle = theme.px(WIDTH), theme.px(HEIGHT) / 2
    begin, end = start.pos() + QPointF(side, middle), to.pos() + QPointF(side, middle)
    out = theme.px(GAP_X) + abs(begin.y() - end.y()) / 12
    path = QPainterPath(begin)
    path.cubicTo(begin + QPointF(out, 0), end + QPointF(out, 0), end)
    return path
