"""Who may grant what without asking, as content (VIP-07). Money is fen."""

from msgspec import Struct

from core.domain.offer import Consequence
from core.domain.offer_kind import OfferKind
from core.domain.people import Role
from core.domain.text import Text


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


class Carriage(Struct, frozen=True, kw_only=True):
    """How what a lead granted of a kind, without an offer of the list, reaches the customer."""

    kinds: tuple[OfferKind, ...]
    gives: Text
    """as the agent says it; `{amount}` stands for the yuan that were granted"""
    order: bool = False
    """the CRM carries it out: read back, confirmed by SMS, accepted there (INTEG-07)"""
    then: tuple[Consequence, ...] = ()
    """what accepting it brings; where no order leaves, people carry it out"""


class GrantRules(Struct, frozen=True, kw_only=True):
    version: int
    rows: tuple[GrantRow, ...]
    """who may grant least first: whoever may not asks the next one that answers and may; a role without a row grants
    nothing"""
    carried: tuple[Carriage, ...] = ()
    """each kind once; empty in rules of an earlier program, whose grants leave as orders"""

    def most_fen(self, role: Role) -> int:
        """What the role may grant by itself in one case, whatever the kind; 0: nothing."""
        return next((row.most_fen for row in self.rows if row.role is role), 0)

    def carriage(self, kind: OfferKind) -> Carriage | None:
        return next((one for one in self.carried if kind in one.kinds), None)
