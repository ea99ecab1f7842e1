"""A server one of whose answers always fails, with the customer's words in the error: for S4.

`--unmasked` as the first word: the control, whose log says things as they are.
"""

import sys
import traceback
from collections.abc import Sequence
from typing import Any

from structlog.typing import ExcInfo

from core.domain import decoding
from core.server import logs
from core.server.cli import main
from core.server.db import customers

FAILS = "坏"
"""what a search has to begin with"""
_find = customers.find


def _failing(unit: Any, *, number: str, text: str, limit: int) -> Sequence[Any]:
    if text.startswith(FAILS):
        raise KeyError(text)
    return _find(unit, number=number, text=text, limit=limit)


def _in_full(exc_info: ExcInfo) -> str:
    return "".join(traceback.format_exception(exc_info[1]))


if __name__ == "__main__":
    customers.find = _failing
    if sys.argv[1] == "--unmasked":
        del sys.argv[1]
        logs.mask_event = lambda _logger, _name, event: event
        logs.frames_alone = _in_full
        decoding.flaw = str
    sys.exit(main())
