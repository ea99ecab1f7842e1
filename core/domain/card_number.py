"""Numbers of reinstall cards (回装卡): nine letters and figures that cannot be mistaken for one another, and a check.

`7K4M-2Q9X-5C`. The check is the weighted sum of the nine places modulo 29: a letter mistyped or two neighbours
exchanged are noticed.
"""

from uuid import UUID

ALPHABET = "23456789ACDEFGHJKMNPQRTUVWXYZ"
"""without 0 O 1 I L B S"""
_PLACES = 9


def card_number(source: UUID) -> str:
    """The number made of a random UUID: the same one makes the same number."""
    rest, found = source.int, ""
    for _ in range(_PLACES):
        rest, at = divmod(rest, len(ALPHABET))
        found += ALPHABET[at]
    return _written(found + _check(found))


def read_card_number(text: str) -> str | None:
    """The number as it is written, from what somebody typed; None where it is none."""
    bare = "".join(one for one in text.upper() if one.isalnum())
    if len(bare) != _PLACES + 1 or any(one not in ALPHABET for one in bare):
        return None
    return _written(bare) if _check(bare[:_PLACES]) == bare[_PLACES] else None


def _check(places: str) -> str:
    return ALPHABET[sum(at * ALPHABET.index(one) for at, one in enumerate(places, start=1)) % len(ALPHABET)]


def _written(bare: str) -> str:
    return f"{bare[:4]}-{bare[4:8]}-{bare[8:]}"
