"""One spelling for each telephone number, so that the same line is counted once however it was written."""

import unicodedata

_EXTENSION = ("转", "ext", "x", "#", ",", ";")
_SHORTEST, _LONGEST = 7, 15
_MOBILE = 11
_WITH_COUNTRY = 12
"""digits at least of a fixed line behind 86: its 0, area code and number"""


def normalise(number: str) -> str:
    """The digits that name the line, or "" where there are none.

    A number that begins with 1 and has eleven digits stands as it is; a fixed line keeps its leading 0 and area code;
    a foreign one begins with 00. `+86`, `0086`, a trunk 0 before a mobile number, blanks, dashes, full-width digits and
    extensions fall away.
    """
    # Asked of every number wherever calls are looked at, and nearly all are written so.
    if len(number) == _MOBILE and number.startswith("1") and number.isascii() and number.isdigit():
        return number
    text = unicodedata.normalize("NFKC", number).strip().lower()
    for mark in _EXTENSION:
        text = text.split(mark, 1)[0]
    foreign = text.startswith("+")
    digits = "".join(c for c in text if c.isascii() and c.isdigit())
    if digits.startswith("00"):
        foreign, digits = True, digits[2:]
    if foreign:
        return _national(digits[2:]) if digits.startswith("86") else "00" + digits if digits else ""
    if len(digits) == _MOBILE + 2 and digits.startswith("861"):
        return digits[2:]
    if digits.startswith("860") and len(digits) >= _WITH_COUNTRY:
        return _national(digits[2:])
    return _without_trunk(digits)


def _national(digits: str) -> str:
    """What follows the country code: a mobile number, or an area code that has lost its 0."""
    digits = _without_trunk(digits)
    if not digits or digits.startswith("0") or (len(digits) == _MOBILE and digits.startswith("1")):
        return digits
    return "0" + digits


def _without_trunk(digits: str) -> str:
    if len(digits) == _MOBILE + 1 and digits.startswith("01"):
        return digits[1:]
    return digits


def is_line(number: str) -> bool:
    """Whether a normalised number can be a customer's: emergency and service codes (110, 10086) are too short."""
    return _SHORTEST <= len(number) <= _LONGEST
