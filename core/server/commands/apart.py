"""Long work in a process of its own: what it takes of memory and processors is given back when it is done."""

import argparse
import multiprocessing
import sys
from collections.abc import Callable

from core.domain.errors import StaylineError
from core.server.commands.in_plain_words import in_plain_words
from core.server.commands.say import told, warn

Work = Callable[[argparse.Namespace], None]


def apart(work: Work, options: argparse.Namespace) -> int:
    """The exit status of `work`, which says on its own what it has to say; `--here` does it in this process."""
    if options.here:
        work(options)
        return 0
    child = multiprocessing.get_context("spawn").Process(target=_run, args=(work, options), daemon=True)
    child.start()
    child.join()
    return 1 if child.exitcode is None or child.exitcode < 0 else child.exitcode


def add_here(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)


def _run(work: Work, options: argparse.Namespace) -> None:
    try:
        work(options)
    except StaylineError as error:
        for line in told(error):
            warn(line)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        lines = in_plain_words(error, options)
        if not lines:
            raise
        for line in lines:
            warn(line)
        sys.exit(1)
