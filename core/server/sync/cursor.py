"""A place in the feed as desks keep it: opaque to them, and worth nothing in another database."""

from dataclasses import dataclass

from core.server.db.feed import Found, Position

_FRESH = ".f"


class BadCursor(ValueError):
    """A cursor that no server of ours can have given."""


@dataclass(frozen=True, slots=True)
class Cursor:
    position: Position
    began: Position | None = None
    """where the feed ended when a desk that had nothing began its first run: tombstones up to there are passed over.
    Those after it may be of what an earlier page brought"""
    of_another: bool = False
    """another database gave it"""

    def passes_over(self, entry: Found) -> bool:
        return entry.deleted and self.began is not None and entry.position <= self.began


def written(mark: str, reached: Position, began: Position | None = None) -> str:
    run = "" if began is None else f"{_FRESH}{began.xid}.{began.seq}"
    return f"{mark}.{reached.xid}.{reached.seq}{run}"


def read(cursor: str, mark: str) -> Cursor:
    """Where to go on; the start for a cursor of another database, whose tombstones then repair the desk.

    Raises BadCursor."""
    place, run, began = cursor.partition(_FRESH)
    parts = place.split(".")
    # A run that an older server began does not say where: each tombstone is told.
    numbers = [*parts[1:], *(began.split(".") if began else ())]
    if len(parts) != 3 or len(numbers) not in (2, 4) or not all(map(_is_number, numbers)):
        raise BadCursor(cursor)
    if parts[0] != mark:
        return Cursor(Position(), of_another=True)
    xid, seq, *rest = map(int, numbers)
    return Cursor(Position(xid, seq), began=Position(*rest) if run and rest else None)


def _is_number(part: str) -> bool:
    return part.isascii() and part.isdigit() and len(part) < 19
