"""Shares as authors write them: `91.5 %` → 9,150 permyriads."""

import re
from decimal import Decimal

_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")
_MOST = 1_000


def permyriads(text: str) -> int:
    """Raises ValueError with the reason for the author."""
    found = _PERCENT.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"`{text}` is no share; write it as in `91.5 %`")
    exact = Decimal(found[1]) * 100
    if exact != int(exact):
        raise ValueError(f"`{text}` is finer than is counted")
    if exact > _MOST * 100:
        raise ValueError(f"`{text}` is more than {_MOST} %")
    return int(exact)
