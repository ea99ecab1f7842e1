"""What stands in a list twice: a customer of one moment, or a row on both sides of the split."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from msgspec import Struct

from core.screening.model.labels import Roles
from core.screening.model.reading import Flags, Floats, blank
from core.screening.model.splitting import Split, keys_of


class Repeated(Struct, frozen=True, kw_only=True):
    """Rows whose customer stands in the list before, at the same time where there is one."""

    rows: int
    otherwise: int
    """of them, how many say otherwise whether the customer left"""


def held(frame: pd.DataFrame, names: list[str], roles: Roles) -> npt.NDArray[np.uint64]:
    """A number for all that each row says. Customers who are alike are still two, where the list names them."""
    return keys_of(frame[[*([roles.customer] if roles.customer else []), *names, roles.label]])


def on_both_sides(parts: Split, held: npt.NDArray[np.uint64]) -> int:
    """Rows of the proof that also stand, word for word, in what was learnt from."""
    return sum(
        int(np.isin(held[one.test], held[np.concatenate([one.train, one.calibrate])]).sum()) for one in parts.parts
    )


def repeated(frame: pd.DataFrame, roles: Roles, moment: Floats, left: Flags) -> Repeated:
    """None where the list names no customers."""
    if not roles.customer:
        return Repeated(rows=0, otherwise=0)
    there = ~blank(frame[roles.customer])
    whose = pd.DataFrame({"customer": frame[roles.customer].astype(str), "moment": moment, "left": left})[there]
    again = whose.duplicated(["customer", "moment"])
    first = whose.groupby(["customer", "moment"], dropna=False, sort=False)["left"].transform("first")
    return Repeated(rows=int(again.sum()), otherwise=int((again & (first != whose["left"])).sum()))
