"""FIRST-START: the desktop at its first start, signed in to as a person does, until the first tasks are painted."""

import os
import sys

from painting import Painted
from PySide6.QtCore import QTimer

from core.demo.people import PASSWORD
from desktop import app

STAFF_NUMBER = "1027"


def main() -> int:
    qt, application = app.make(sys.argv[1:])
    show_main = application.show_main

    def shown(entered: object) -> None:
        show_main(entered)
        assert application.main is not None
        queue = application.main.queue
        Painted(queue.list_view.viewport(), done, lambda: queue.model.rowCount() > 0)

    def done() -> None:
        os.write(1, b"painted\n")
        QTimer.singleShot(0, qt.quit)

    def sign_in() -> None:
        window = application.signin
        assert window is not None
        window.staff_number.setText(STAFF_NUMBER)
        window.password.setText(PASSWORD)
        window.button.click()

    application.show_main = shown
    application.start()
    assert application.signin is not None
    Painted(application.signin, sign_in)
    return qt.exec()


if __name__ == "__main__":
    sys.exit(main())
