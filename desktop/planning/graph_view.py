"""A script's graph to look at and walk about in: by arrows from step to step, nearer and further by plus and minus."""

from collections.abc import Collection

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView, QWidget

from core.domain.script import Script
from core.domain.text import Lang, filled
from core.guidance.graph import Graph, Node
from desktop import theme
from desktop.planning import words
from desktop.planning.graph_items import EdgeItem, StepItem, lay_lines, place_of
from desktop.tongue import Tongue

CLOSER, LEAST, MOST = 1.2, 0.3, 2.5
MARGIN = 24
_MOVES = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}


class GraphView(QGraphicsView):
    chosen = Signal(str)
    """a step was pressed, or Enter on it"""

    def __init__(self, tongue: Tongue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tongue = tongue
        self._scene = QGraphicsScene(self)
        self.setScene(self._scene)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._script: Script | None = None
        self._graph: Graph | None = None
        self._steps: dict[str, StepItem] = {}
        self._edges: list[EdgeItem] = []
        self._at = ""
        self._style()

    @property
    def at(self) -> str:
        """Id of the step that is chosen; empty while nothing is drawn."""
        return self._at

    def steps(self) -> dict[str, StepItem]:
        return self._steps

    def edges(self) -> list[EdgeItem]:
        return self._edges

    def show_graph(self, script: Script | None, graph: Graph | None) -> None:
        """Draws a script; the step that was chosen stays so where the script still has it."""
        same = self._script is not None and script is not None and self._script.id == script.id
        self._script, self._graph = script, graph
        self._scene.clear()
        self._steps, self._edges = {}, []
        if script is None or graph is None:
            self._at = ""
            return
        heights = [sum(node.column == at for node in graph.nodes.values()) for at in range(graph.columns)]
        for name, node in graph.nodes.items():
            item = self._steps[name] = StepItem(name)
            item.setPos(place_of(node, graph.rows, heights[node.column]))
            self._scene.addItem(item)
        for edge in graph.edges:
            line = EdgeItem(edge, self._steps[edge.start], self._steps[edge.to])
            self._edges.append(line)
            self._scene.addItem(line)
        lay_lines(self._edges)
        margin = theme.px(MARGIN)
        self._scene.setSceneRect(self._scene.itemsBoundingRect().adjusted(-margin, -margin, margin, margin))
        self.retranslate()
        self.choose(self._at if same and self._at in self._steps else script.start)
        if not same:
            self.resetTransform()
            self.centerOn(self._steps[script.start])

    def show_way(self, way: Collection[str], here: str) -> None:
        """The steps walked, and the one in view, which is brought into sight."""
        for name, item in self._steps.items():
            item.walked, item.current = name in way, name == here
            item.update()
        if here in self._steps:
            self.choose(here)

    def choose(self, name: str) -> None:
        """The lines to and from this step stand out."""
        if name not in self._steps:
            return
        self._at = name
        for step, item in self._steps.items():
            item.chosen = step == name
            item.update()
        for line in self._edges:
            line.light(name in (line.edge.start, line.edge.to))
        self.ensureVisible(self._steps[name], theme.px(MARGIN), theme.px(MARGIN))
        self.setAccessibleDescription(self._spoken(name))

    def retranslate(self) -> None:
        self.setAccessibleName(self._tongue(words.GRAPH))
        self.setToolTip(self._tongue(words.ZOOM))
        if self._graph is None or self._script is None:
            return
        for name, node in self._graph.nodes.items():
            item, lang = self._steps[name], self._tongue.lang
            item.head = f"{name} · {self._script.stages[node.stage].label.of(lang)}"
            item.words = bare_words(node.step.say[-1].text.of(lang))
            item.marks = self._marks(node)
            item.setToolTip(self._hint(node))
            item.update()

    def whole(self) -> None:
        """As small as it takes to see all of it."""
        self.fitInView(self._scene.sceneRect(), Qt.AspectRatioMode.KeepAspectRatio)
        if self.transform().m11() > 1:
            self.resetTransform()

    def zoom(self, factor: float) -> None:
        scale = self.transform().m11() * factor
        if LEAST <= scale <= MOST:
            self.scale(factor, factor)

    # Words

    def _marks(self, node: Node) -> str:
        say, step = self._tongue, node.step
        marks = [say(words.START)] if self._script is not None and step.id == self._script.start else []
        marks += [say(words.DISCLOSES)] if step.discloses else []
        marks += [say(words.SELLS)] if step.sells else []
        marks += [say(words.ASKS)] if step.question else []
        marks += [f"≤ {step.at_most}×"] if step.at_most is not None else []
        marks += [f"{'·'.join(map(str, node.ends))} → {say(words.ENDS)}"] if node.ends else []
        return " · ".join(marks)

    def _hint(self, node: Node) -> str:
        lang = self._tongue.lang
        lines = [one.text.of(lang) for one in node.step.say]
        lines += [f"{at}  {one.label.of(lang)} → {one.to}" for at, one in enumerate(node.step.answers, start=1)]
        return "\n".join(lines)

    def _spoken(self, name: str) -> str:
        item = self._steps[name]
        return " · ".join(part for part in (item.head, item.words, item.marks) if part)

    # Hands

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move, text = _MOVES.get(Qt.Key(event.key())), event.text()
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            # The page's, such as the step back.
            event.ignore()
        elif move is not None and self._at:
            self.choose(self._nearest(move))
        elif text in ("+", "="):
            self.zoom(CLOSER)
        elif text in ("-", "_"):
            self.zoom(1 / CLOSER)
        elif text == "0":
            self.whole()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at:
            self.chosen.emit(self._at)
        else:
            # Digits answer the walk: they are the page's.
            event.ignore()

    def _nearest(self, move: QPointF) -> str:
        """The step that lies nearest in that direction; the same one where none does."""
        here = self._steps[self._at].pos()
        best, found = float("inf"), self._at
        for name, item in self._steps.items():
            way = item.pos() - here
            ahead = way.x() * move.x() + way.y() * move.y()
            aside = abs(way.x() * move.y()) + abs(way.y() * move.x())
            if ahead > 1 and ahead + 2 * aside < best:
                best, found = ahead + 2 * aside, name
        return found

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        item = self.itemAt(event.position().toPoint())
        if isinstance(item, StepItem):
            self.choose(item.name)
            self.chosen.emit(item.name)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(CLOSER if event.angleDelta().y() > 0 else 1 / CLOSER)
            return
        super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._at in self._steps:
            self.ensureVisible(self._steps[self._at], theme.px(MARGIN), theme.px(MARGIN))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._style()
            if self._script is not None:
                self.show_graph(self._script, self._graph)

    def _style(self) -> None:
        self.setBackgroundBrush(theme.colour(theme.tokens().quiet))


def bare_words(template: str) -> str:
    """The words with a dot for each figure and case that is filled in."""
    out, depth, at = [], 0, 0
    while at < len(template):
        two = template[at : at + 2]
        if two in ("{{", "{%"):
            depth, at = depth + 1, at + 2
        elif two in ("}}", "%}"):
            depth, at = max(depth - 1, 0), at + 2
            if two == "}}":
                out.append("…")
        else:
            if not depth:
                out.append(template[at])
            at += 1
    return " ".join("".join(out).split())


def counted(graph: Graph, lang: Lang) -> str:
    """How large a script is."""
    answers = sum(len(node.step.answers) for node in graph.nodes.values())
    return filled(words.STEPS, steps=str(len(graph.nodes)), answers=str(answers)).of(lang)
