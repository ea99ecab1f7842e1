"""A window of a few widgets to be pressed by the tour's hand."""

from PySide6.QtWidgets import QCheckBox, QLineEdit, QListWidget, QPushButton, QScrollArea, QVBoxLayout, QWidget


class Bench(QWidget):
    """A field, a button, a box to tick whose words leave room, a list, and a button far down a scrolled area."""

    def __init__(self) -> None:
        super().__init__()
        self.resize(400, 400)
        self.pressed: list[str] = []
        self.field, self.button, self.deep = QLineEdit(), QPushButton("go"), QPushButton("deep")
        self.box, self.people = QCheckBox("yes"), QListWidget()
        self.field.setAccessibleName("field")
        self.people.addItems([f"row {at}" for at in range(60)])
        self.button.clicked.connect(lambda: self.pressed.append("go"))
        self.deep.clicked.connect(lambda: self.pressed.append("deep"))
        inner = QWidget()
        inner.setMinimumHeight(2_000)
        down = QVBoxLayout(inner)
        down.addStretch(1)
        down.addWidget(self.deep)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setWidget(inner)
        column = QVBoxLayout(self)
        for widget in (self.field, self.button, self.box, self.people, self.area):
            column.addWidget(widget)
