"""ID-07: the customers whom a model thinks likeliest to leave, with reasons in words for those asked for alone."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from core.domain.errors import InputError
from core.domain.factor import NO_FACTORS, Factor
from core.domain.text import Text
from core.screening.model.applying import apply, contributions
from core.screening.model.cautioning import of_drift
from core.screening.model.drift import shifts
from core.screening.model.naming import load_naming
from core.screening.model.reading import Listed
from core.screening.model.reasons import reasons
from core.screening.model.record import Caution, Record

if TYPE_CHECKING:
    from lightgbm import Booster


class Explained(Struct, frozen=True, kw_only=True):
    customer: str
    """as the list names it; the row's number, from 1, where it names nobody"""
    chance: float
    reasons: list[Text]


class Explanation(Struct, frozen=True, kw_only=True):
    customers: list[Explained]
    named: bool
    """the list says which customer a row is; else they are told by the row's number"""
    cautions: list[Caution]
    """how far the list is from those of training"""


def explain(
    record: Record, booster: "Booster", listed: Listed, labels: Mapping[str, Text], *,
    factors: Mapping[str, Factor] = NO_FACTORS, customers: Sequence[str] = (), top: int = 20,
) -> Explanation:  # fmt: skip
    """Those customers, or the `top` likeliest to leave, the likeliest first; `factors` where the list is a snapshot.

    Raises InputError where the list has another schema, or does not name a customer who was asked for."""
    applied = apply(record, booster, listed)
    names, named = named_by(record.roles.customer, listed, customers)
    places = np.argsort(-applied.scores, kind="stable")
    if customers:
        wanted = frozenset(customers)
        places = np.array([at for at in places if names[at] in wanted], dtype=np.int64)
    else:
        places = places[:top]
    added = contributions(record, booster, applied.figures[places])
    found = [
        Explained(
            customer=names[at], chance=float(applied.chances[at]),
            reasons=reasons(record.columns, applied.figures[at], row, labels, factors=factors),
        )
        for at, row in zip(places, added, strict=True)
    ]  # fmt: skip
    moved = shifts(record.columns, applied.figures, trained_on=record.source.trained)
    return Explanation(customers=found, named=named, cautions=list(of_drift(moved)))


def named_by(customer: str, listed: Listed, wanted: Sequence[str]) -> tuple[list[str], bool]:
    """By row the customer as the list names them, or the row's number; and whether the list names them. `customer`: the
    column of training.

    Raises InputError where somebody is wanted whom the list does not name."""
    column = _customers(customer, listed)
    if wanted and not column:
        raise nobody_named(customer, listed)
    names = [str(one) for one in listed.frame[column]] if column else [str(one + 1) for one in range(len(listed.frame))]
    known = frozenset(names)
    strange = [one for one in wanted if one not in known]
    if strange:
        raise _nobody(strange[0])
    return names, bool(column)


def _customers(customer: str, listed: Listed) -> str:
    """The column that says which customer a row is; empty where there is none."""
    if customer in listed.frame:
        return customer
    naming = load_naming()
    return next((str(one) for one in listed.frame.columns if naming.customer.meet(str(one))), "")


def nobody_named(customer: str, listed: Listed) -> InputError:
    """Of a list by whose rows nobody can be called."""
    known = customer or "customer_id"
    return InputError(
        title=Text("名单没有写明是哪位客户", "The list names no customer"),
        message=Text(
            f"{listed.file} 没有客户编号列，行号不是客户。",
            f"{listed.file} has no column of customers' ids, and a row's number is no customer.",
        ),
        next_step=Text(f"请把客户编号列命名为“{known}”。", f"Call the column of ids “{known}”."),
    )


def _nobody(customer: str) -> InputError:
    return InputError(
        title=Text("名单里没有这位客户", "Nobody of that name"),
        message=Text(f"名单里没有“{customer}”。", f"The list does not hold “{customer}”."),
        next_step=Text("请核对客户编号。", "Check the customer's id."),
    )
