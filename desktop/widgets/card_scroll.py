"""Cards one below the other, each as high as it asks to be: what does not fit is reached by scrolling."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop import theme

GAP_PX = 10


class CardScroll(QScrollArea):
    """Takes no keys itself: those are for what lies in the cards."""

    def __init__(self, *cards: QWidget, inner: QWidget | None = None) -> None:
        """`inner`: the widget that holds the cards, where it measures in its own way."""
        super().__init__()
        holder = inner or QWidget()
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
