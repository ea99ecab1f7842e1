"""P2, reference: raw driver, keyring, the same page and counts in a plain table, the down key. Nothing of ours."""

import json
import os
import sys
import time
from pathlib import Path

from bare_queue import BareModel, BareQueue, bare_view
from keyring.backends.SecretService import Keyring
from painting import Painted
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication


def main(mirror: Path, service: str, entry: str) -> int:
    qt = QApplication(sys.argv[:1])
    model = BareModel()
    view = bare_view(model)
    view.resize(300, 900)
    key = Keyring().get_password(service, entry)
    assert key is not None
    queue = BareQueue(mirror, key)
    total, rows = queue.look(sort="queue", scenario="", now=time.time_ns() // 1000)
    model.show(total, rows)

    def first_page() -> None:
        Painted(view.viewport(), answered, lambda: view.currentIndex().isValid())
        QCoreApplication.sendEvent(
            view, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
        )

    def answered() -> None:
        os.write(1, b"painted\n")
        sys.stdout.write(json.dumps([total, rows]))
        sys.stdout.flush()
        queue.close()
        qt.quit()

    Painted(view.viewport(), first_page)
    view.show()
    view.setFocus()
    return qt.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
