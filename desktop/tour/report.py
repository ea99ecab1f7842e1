"""tour.json: each step with what was seen, and what the server's database holds of each outcome."""

from pathlib import Path

import msgspec
from msgspec import Struct

from desktop.tour.ledger import Held

Seen = dict[str, object]
PHONE = "stand-in: a receiver of tel: addresses inside the tour; no number is dialled"


class StepTaken(Struct, frozen=True, kw_only=True):
    name: str
    ok: bool
    milliseconds: int
    seen: Seen
    """ids, counts and words; `failed` says why a step is not ok"""
    picture: str


class Report(Struct, kw_only=True):
    lang: str
    size: str
    ok: bool = False
    milliseconds: int = 0
    phone: str = PHONE
    calling_hours: str = "00:00-24:00, calendar `training`: numbers that cannot be dialled may be rung at any hour"
    steps: list[StepTaken] = []
    outcomes: list[Held] = []

    def write(self, folder: Path) -> None:
        body = msgspec.json.format(msgspec.json.encode(self), indent=2)
        (folder / "tour.json").write_bytes(body + b"\n")
