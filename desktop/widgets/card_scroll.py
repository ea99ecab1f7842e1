"""Cards one below the other, each as high as it asks to be: what does not fit is reached by scrolling."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme

GAP_PX = 10


class CardScroll(QScrollArea):
    """Takes no keys itself: those are for what lies in the cards."""

    def __init__(self, *cards: QWidget, inner: QWidget | None = None) -> None:
        """`inner`: the widget that holds the cards, where it measures in its own way."""
        super().__init__()
        self._holder = holder = inner or QWidget()
        holder.setProperty("surface", "clear")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(GAP_PX))
        for card in cards:
            column.addWidget(card)
        column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(holder)


class YieldingCards(CardScroll):
    """As high as its cards where the page has the room; below that it gives way, and scrolls.

    A page whose cards stand by their content would push the window beyond a low screen.
    """

    def __init__(self, *cards: QWidget, least_px: int) -> None:
        super().__init__(*cards)
        self._least_px = least_px
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        return self._holder.sizeHint()

    def minimumSizeHint(self) -> QSize:
        whole = self._holder.minimumSizeHint()
        return QSize(whole.width(), min(theme.px(self._least_px), whole.height()))

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)
