"""What calls cost and what they bring, as whoever trained a model has stated it. Integer fen. Pure."""

from msgspec import Struct


class Costs(Struct, frozen=True, kw_only=True):
    call_fen: int
    """what one call costs"""
    worth_fen: int
    """what a customer who stays is worth"""
    saved: float
    """share of leavers whom a call keeps, 0 to 1: assumed, and only a campaign with a control group shows it"""

    @property
    def worth_calling_from(self) -> float:
        """The chance of leaving from which a call pays: call ÷ (worth · saved)."""
        return self.call_fen / (self.worth_fen * self.saved)
