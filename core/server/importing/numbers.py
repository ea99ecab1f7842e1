"""Phone numbers as lists hold them: text, floats, several to a cell; digits come out or nothing."""

import re
import unicodedata

_SEPARATORS = re.compile(r"[/,;、，；|\s]+(?=\+?\d{5,}|\(?0\d{2,3})|[/,;、，；|]")
_DECORATION = re.compile(r"[\s\-()‐–—.]+")
_EXTENSION = re.compile(r"(?:转|ext\.?|x|#)\s*\d+$", re.IGNORECASE)
_FLOAT = re.compile(r"^\d+\.0*$")
_SCIENTIFIC = re.compile(r"^(\d)(?:\.(\d+))?e(\+?)(\d{1,2})$", re.IGNORECASE)
_DIALLABLE = re.compile(r"1\d{10}|0\d{9,11}|[2-8]\d{6,7}|[48]00\d{7}")
_MOBILE = re.compile(r"1\d{10}")
_SHOWN_DIGITS = 7
"""A spreadsheet that shows 1.39E+10 keeps at most so many figures: the rest of the number is lost."""


def diallable(digits: str) -> bool:
    """Whether the digits have the form of a mobile, a landline or a service number of mainland China."""
    return _DIALLABLE.fullmatch(digits) is not None


def is_mobile(digits: str) -> bool:
    return _MOBILE.fullmatch(digits) is not None


def read_number(text: str) -> str:
    """The digits to dial of one number; empty where the text is none, is masked or has lost figures."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if _FLOAT.match(plain):
        plain = plain.split(".")[0]
    if scientific := _SCIENTIFIC.match(plain):
        return _from_scientific(scientific)
    plain = _DECORATION.sub("", _EXTENSION.sub("", plain))
    if plain.startswith(("+86", "0086")):
        plain = plain[3:] if plain[0] == "+" else plain[4:]
    elif plain.startswith("86") and len(plain) == 13:
        plain = plain[2:]
    return plain if plain.isascii() and plain.isdigit() and diallable(plain) else ""


def _from_scientific(match: re.Match[str]) -> str:
    whole, fraction, plus, exponent = match[1], match[2] or "", match[3], int(match[4])
    if (plus and len(whole + fraction) <= _SHOWN_DIGITS) or len(fraction) > exponent or exponent > 12:
        return ""
    digits = whole + fraction + "0" * (exponent - len(fraction))
    return digits if diallable(digits) else ""


def read_numbers(text: str) -> tuple[str, ...]:
    """Every number of a cell in its order, each once."""
    single = read_number(text)
    if single:
        return (single,)
    parts = (read_number(part) for part in _SEPARATORS.split(text))
    return tuple(dict.fromkeys(number for number in parts if number))
