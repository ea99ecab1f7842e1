"""A plan of the list and a month of its bills, in words ready to be painted."""

from msgspec import Struct

from desktop.widgets.values import Cell, ChipValue, Tone

NOTHING = "—"


class PlanLine(Struct, frozen=True):
    """A plan of the list: its figures in columns, below them its marks."""

    code: str
    cells: tuple[Cell, ...]
    marks: tuple[ChipValue, ...]
    spoken: str


class PartLine(Struct, frozen=True):
    """A line of a month's bill: under the plan, and as it was billed."""

    label: str
    here: str
    billed: str
    detail: str


class MonthLine(Struct, frozen=True):
    """A month under the plan that is chosen; `mark` says that it is not counted."""

    cells: tuple[Cell, ...]
    mark: str
    parts: tuple[PartLine, ...]
    spoken: str


def tone_of(less_fen: int | None) -> Tone:
    """Of what is saved; a loss warns."""
    return Tone.MUTED if not less_fen else Tone.OK if less_fen > 0 else Tone.WARN
