"""P1, product: the program as it is started, until its first window is painted."""

import os
import sys

from painting import Painted

from desktop import app


def main() -> int:
    qt, application = app.make(sys.argv[1:])
    application.start()
    assert application.signin is not None

    def done() -> None:
        os.write(1, b"painted\n")
        qt.quit()

    Painted(application.signin, done)
    return qt.exec()


if __name__ == "__main__":
    sys.exit(main())
