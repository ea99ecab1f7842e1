"""A command of a job in a process of its own: it, and what it has begun, ends with the server that runs it. Else a run
whose server was killed would go on while the next server takes it up again."""

import os
import signal
import sys

from core.server.cli import main
from core.server.parent import when_parent_ends


def _end() -> None:
    if os.name == "posix":
        # The runner has made this process the first of a group of its own.
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(1)


if __name__ == "__main__":
    when_parent_ends(_end)
    sys.exit(main())
