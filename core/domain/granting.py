"""Who may grant what without asking, as content (VIP-07). Money is fen."""

from msgspec import Struct

from core.domain.offer_kind import OfferKind
from core.domain.people import Role


class GrantRow(Struct, frozen=True, kw_only=True):
    """What one role may grant in one case."""

    role: Role
    kinds: tuple[OfferKind, ...]
    most_fen: int
    """what all that is granted in one case may cost the operator"""
    beyond_budget: bool = False
    """also where the customer's retention budget does not reach"""
    answers: bool = False
    """is asked by those who may not, and answers them"""


class GrantRules(Struct, frozen=True, kw_only=True):
    version: int
    rows: tuple[GrantRow, ...]
    """who may grant least first: whoever may not asks the next one that answers and may; a role without a row grants
    nothing"""
