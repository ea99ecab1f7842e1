"""What a team lead asks of the tips: GET /v1/tips, POST /v1/tips/{id}/decision, /withdrawal, /wording."""

from datetime import datetime

from msgspec import Struct

from core.domain.knowledge import Tip, TipState


class JudgedTip(Struct, frozen=True, kw_only=True):
    tip: Tip
    state: TipState
    received_at: datetime
    author: str = ""
    """name of who wrote it; empty where an earlier server does not tell"""
    decided_by: str = ""
    reason: str = ""


class Tips(Struct, frozen=True, kw_only=True):
    """Oldest first."""

    tips: tuple[JudgedTip, ...]


class TipWithdrawal(Struct, frozen=True, kw_only=True):
    """An approved tip is taken back: everyone forgets it."""

    reason: str
    """to the author"""


class TipWording(Struct, frozen=True, kw_only=True):
    """An approved tip in better words."""

    title: str
    text: str
    reason: str = ""
    """to the author; empty: only that it was reworded"""


class TipDecision(Struct, frozen=True, kw_only=True):
    approve: bool
    reason: str = ""
    """to the author; a refusal and a return need one"""
    again: bool = False
    """not approved, but returned to be written anew"""
