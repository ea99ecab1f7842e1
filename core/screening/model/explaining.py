"""ID-07: the customers whom a model thinks likeliest to leave, with reasons in words for those asked for alone."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from core.domain.errors import InputError
from core.domain.factor import NO_FACTORS, Factor
from core.domain.text import Text
from core.screening.model.applying import apply, contributions
from core.screening.model.naming import load_naming
from core.screening.model.reading import Listed
from core.screening.model.reasons import reasons
from core.screening.model.record import Record

if TYPE_CHECKING:
    from lightgbm import Booster


class Explained(Struct, frozen=True, kw_only=True):
    customer: str
    """as the list names it; the row's number, from 1, where it names nobody"""
    chance: float
    reasons: list[Text]


def explain(
    record: Record, booster: "Booster", listed: Listed, labels: Mapping[str, Text], *,
    factors: Mapping[str, Factor] = NO_FACTORS, customers: Sequence[str] = (), top: int = 20,
) -> list[Explained]:  # fmt: skip
    """Those customers, or the `top` likeliest to leave, the likeliest first; `factors` where the list is a snapshot.

    Raises InputError where the list has another schema, or does not hold a customer who was asked for."""
    applied = apply(record, booster, listed)
    names = _names(record, listed)
    places = np.argsort(-applied.scores, kind="stable")
    if customers:
        wanted, known = frozenset(customers), frozenset(names)
        strange = [one for one in customers if one not in known]
        if strange:
            raise _nobody(strange[0])
        places = np.array([at for at in places if names[at] in wanted], dtype=np.int64)
    else:
        places = places[:top]
    added = contributions(record, booster, applied.figures[places])
    return [
        Explained(
            customer=names[at], chance=float(applied.chances[at]),
            reasons=reasons(record.columns, applied.figures[at], row, labels, factors=factors),
        )
        for at, row in zip(places, added, strict=True)
    ]  # fmt: skip


def _names(record: Record, listed: Listed) -> list[str]:
    known = record.roles.customer if record.roles.customer in listed.frame else ""
    naming = load_naming()
    column = known or next((str(one) for one in listed.frame.columns if naming.customer.meet(str(one))), "")
    if not column:
        return [str(at) for at in range(1, len(listed.frame) + 1)]
    return [str(one) for one in listed.frame[column]]


def _nobody(customer: str) -> InputError:
    return InputError(
        title=Text("名单里没有这位客户", "Nobody of that name"),
        message=Text(f"名单里没有“{customer}”。", f"The list does not hold “{customer}”."),
        next_step=Text("请核对客户编号。", "Check the customer's id."),
    )
