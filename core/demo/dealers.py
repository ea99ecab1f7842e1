"""Which dealer acquired a customer. Dealers differ in how many of their customers are who they are said to be, so the
choice goes by what calls found (EVAL-05)."""

from collections.abc import Collection

from core.demo.rng import Purpose, stream, weighted
from core.domain.outcome import Contact

_SHARE = 0.4
"""of customers that a dealer acquired"""
_DEALERS = ("江畔通讯", "学府路代理点", "新潮数码", "惠民手机城", "东站合作厅")
FALSE_FOUND = frozenset({Contact.NOT_OWNER, Contact.BAD_NUMBER})
"""what is on record does not hold: another has the number, or nobody"""
_VERIFIED, _UNMET, _FALSE = (
    tuple(zip(_DEALERS, shares, strict=True))
    for shares in ((0.3, 0.26, 0.2, 0.08, 0.16), (0.14, 0.16, 0.18, 0.32, 0.2), (0.04, 0.08, 0.14, 0.56, 0.18))
)
"""of customers whom calls found to be the owners, did not meet, or found to be somebody else"""


def acquired_by(seed: int, index: int, found: Collection[Contact]) -> str:
    """The dealer, empty: none; `found` is whom the customer's calls reached."""
    rng = stream(seed, index, Purpose.DEALER)
    if rng.random() >= _SHARE:
        return ""
    if FALSE_FOUND.intersection(found):
        return weighted(rng, _FALSE)
    return weighted(rng, _VERIFIED if Contact.OWNER in found else _UNMET)
