"""Whom a model learnt from, kept beside it so that a list which holds them again can be told, however it was saved.

A bit for each of eight times as many places as there are customers, by a hash of the id: about one stranger in nine
falls on a place that is taken, so that the file says of nobody that they were there, and of a whole list how many were.
"""

import base64
from math import sqrt

import numpy as np
import pandas as pd

from core.domain.text import Text
from core.screening.model.reading import Floats, blank
from core.screening.model.record import Caution, CautionKind
from core.screening.model.splitting import keys_of

MET = "met.txt"
_PLACES, _LEAST, _MOST = 8, 64, 2**23
_TOLD, _CHANCE, _ALL = 0.05, 3.0, 0.995


def met_in(customers: "pd.Series[str]") -> str:
    """What is kept of the customers of these rows; empty of none."""
    keys = _keys(customers)
    if not len(keys):
        return ""
    bits = np.zeros(min(_MOST, max(_LEAST, -(-_PLACES * len(keys) // 8) * 8)), dtype=np.uint8)
    bits[keys % np.uint64(len(bits))] = 1
    return base64.b64encode(np.packbits(bits).tobytes()).decode()


def met_again(met: str, customers: "pd.Series[str]") -> float:
    """Which share of these rows' customers was learnt from, 0…1; 0 where it may be chance. `met`: as kept."""
    keys = _keys(customers)
    if not met or not len(keys):
        return 0.0
    bits = np.unpackbits(np.frombuffer(base64.b64decode(met), dtype=np.uint8))
    taken = float(bits.mean())
    if taken >= 1:
        return 0.0
    hit = float(bits[keys % np.uint64(len(bits))].mean())
    share = (hit - taken) / (1 - taken)
    chance = sqrt(taken * (1 - taken) / len(keys)) / (1 - taken)
    return min(1.0, share) if share > max(_TOLD, _CHANCE * chance) else 0.0


def of_met(share: float) -> list[Caution]:
    """What has to be said where a list that is not known to be later holds customers who were learnt from."""
    if not share:
        return []
    zh, en = ("客户都", "All") if share > _ALL else (f"约 {share:.0%} 的客户", f"About {share:.0%}")
    told = Text(
        f"名单里{zh}是训练时学过的：除非名单说的是之后的日子，以下数字偏好。",
        f"{en} of its customers are ones that it learnt from: unless the list tells of later days, these figures look"
        " too good.",
    )
    return [Caution(kind=CautionKind.TWICE, words=told)]


def last_of(moment: Floats) -> str:
    """The latest of rows' own days, YYYY-MM-DD; empty where none has any. `moment`: days since 1970."""
    known = moment[np.isfinite(moment)]
    return str(np.datetime64(int(known.max()), "D")) if len(known) else ""


def all_later(moment: Floats, last_day: str) -> bool:
    """Whether every row tells of a day after those that were learnt from, as far as both say one."""
    known = moment[np.isfinite(moment)]
    if not last_day or not len(known):
        return False
    return bool(np.datetime64(int(known.min()), "D") > np.datetime64(last_day))


def _keys(customers: "pd.Series[str]") -> "np.ndarray[tuple[int], np.dtype[np.uint64]]":
    return np.unique(keys_of(customers[~blank(customers)].astype(str).str.strip()))
