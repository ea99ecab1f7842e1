"""P1, reference: the smallest window that a program with a table can show."""

import os
import sys

from painting import Painted
from PySide6.QtWidgets import QApplication, QTableWidget, QTableWidgetItem


def main() -> int:
    qt = QApplication(sys.argv[:1])
    table = QTableWidget(12, 4)
    for row in range(12):
        for column in range(4):
            table.setItem(row, column, QTableWidgetItem(f"{row} {column}"))
    table.resize(560, 640)

    def done() -> None:
        os.write(1, b"painted\n")
        qt.quit()

    Painted(table.viewport(), done)
    table.show()
    return qt.exec()


if __name__ == "__main__":
    sys.exit(main())
