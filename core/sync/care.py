"""What a planner asks of the server to begin care; each raises what `Ask` does."""

from urllib.parse import quote

import msgspec

from core.sync.ask import Ask
from core.wire.care import BeginCare, CareAreas, CareBegun


class AskCare:
    """To be asked from a job off the window's thread."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def areas(self) -> CareAreas:
        """Where customers live, and how many of them."""
        return self._ask.asked("GET", "/care/areas", CareAreas)

    def begin(self, code: str, asked: BeginCare) -> CareBegun:
        """A page of it, counted or begun. Raises Refused where the server knows no such class."""
        path = f"/care/{quote(code, safe='')}"
        return self._ask.asked("POST", path, CareBegun, body=msgspec.json.encode(asked))
