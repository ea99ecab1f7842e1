"""What a role may grant without asking, and who is to be asked where it may not (VIP-07). Pure, without numpy."""

from enum import StrEnum

from msgspec import Struct

from core.domain.granting import GrantRow, GrantRules
from core.domain.people import Role


class Limit(StrEnum):
    """What keeps a role from granting by itself."""

    KIND = "kind"
    """offers of this kind are not this role's to grant"""
    AMOUNT = "amount"
    """it costs more than the role may grant in one case"""
    BUDGET = "budget"
    """the customer's retention budget does not reach"""


class Grant(Struct, frozen=True, kw_only=True):
    limit: Limit | None = None
    """None: granted"""
    needs: Role | None = None
    """who could grant it; None where it is granted, or where nobody may"""
    most_fen: int = 0
    """what the role itself may grant for this kind in one case; 0: nothing"""

    @property
    def granted(self) -> bool:
        return self.limit is None


def may_grant(rules: GrantRules, role: Role, kind: str, cost_fen: int, budget_left_fen: int) -> Grant:
    """Whether `role` may grant an offer of that `OfferKind`; one that the rules do not know nobody may.

    `cost_fen` is what the case costs the operator with it, the offers accepted before in the same case included;
    `budget_left_fen` what the customer's retention budget holds before the case. An offer that costs nothing needs the
    kind alone.
    """
    own = next((row for row in rules.rows if row.role is role), None)
    most_fen = own.most_fen if own is not None and kind in own.kinds else 0
    limit = Limit.KIND if own is None else _limit(own, kind, cost_fen, budget_left_fen)
    if limit is None:
        return Grant(most_fen=most_fen)
    above = rules.rows[rules.rows.index(own) + 1 :] if own is not None else rules.rows
    asked = (row for row in above if row.answers and _limit(row, kind, cost_fen, budget_left_fen) is None)
    return Grant(limit=limit, needs=next((row.role for row in asked), None), most_fen=most_fen)


def _limit(row: GrantRow, kind: str, cost_fen: int, budget_left_fen: int) -> Limit | None:
    if kind not in row.kinds:
        return Limit.KIND
    if cost_fen > row.most_fen:
        return Limit.AMOUNT
    if cost_fen > max(budget_left_fen, 0) and not row.beyond_budget:
        return Limit.BUDGET
    return None
