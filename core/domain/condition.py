"""The tree of conditions that warnings, eligibility and scripts share; core.rules evaluates it."""

from msgspec import Struct

from core.domain.bounded import refuse_endless

Scalar = str | int | float | bool | None


class Condition(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Either a branch (`all`, `any` or `not_`) or a leaf: `field` with exactly one comparison.

    A leaf whose field is missing is false, except `known: false`; so `not_` over a missing field is true.
    """

    all: tuple["Condition", ...] | None = None
    any: tuple["Condition", ...] | None = None
    not_: "Condition | None" = None
    field: str = ""
    eq: Scalar = None
    ne: Scalar = None
    lt: float | None = None
    le: float | None = None
    gt: float | None = None
    ge: float | None = None
    in_: tuple[Scalar, ...] | None = None
    known: bool | None = None

    def __post_init__(self) -> None:
        refuse_endless(self.eq, self.ne, self.lt, self.le, self.gt, self.ge, *(self.in_ or ()))
