"""Phone numbers as lists hold them: text, floats, several to a cell. Digits come out, spelled as compliance counts."""

import re
import unicodedata

from core.compliance import normalise

_SEPARATORS = re.compile(r"[/,;、，；|\s]+(?=\+?\d{5,}|\(?0\d{2,3})|[/,;、，；|]")
_PLAIN = re.compile(r"\+?[\d\s\-()‐–—.·]+")
_EXTENSION = re.compile(r"(?:转|ext\.?|x|#)\s*\d+$", re.IGNORECASE)
_FLOAT = re.compile(r"\d+\.0*")
_SCIENTIFIC = re.compile(r"(\d)(?:\.(\d+))?e(\+?)(\d{1,2})", re.IGNORECASE)
_LINE = re.compile(r"1\d{10}|0[1-9]\d{8,10}|00\d{7,13}|[2-8]\d{6,7}|[48]00\d{7}")
_SHOWN_DIGITS = 7
"""A spreadsheet that shows 1.39E+10 keeps at most so many figures: the rest of the number is lost."""
_MOBILE_DIGITS = 11


def diallable(digits: str) -> bool:
    """Whether the digits have the form of a mobile, a fixed or a service line, or of one abroad."""
    return _LINE.fullmatch(digits) is not None


def is_mobile(digits: str) -> bool:
    return len(digits) == _MOBILE_DIGITS and digits[0] == "1"


def read_number(text: str) -> str:
    """The digits to dial of one number; empty where the text is none, is masked or has lost figures."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if _FLOAT.fullmatch(plain):
        plain = plain.split(".")[0]
    if scientific := _SCIENTIFIC.fullmatch(plain):
        plain = _from_scientific(scientific)
    plain = _EXTENSION.sub("", plain).strip()
    if not _PLAIN.fullmatch(plain):
        return ""
    digits = normalise(plain)
    return digits if diallable(digits) else ""


def _from_scientific(match: re.Match[str]) -> str:
    whole, fraction, plus, exponent = match[1], match[2] or "", match[3], int(match[4])
    if (plus and len(whole + fraction) <= _SHOWN_DIGITS) or not len(fraction) <= exponent <= _MOBILE_DIGITS + 1:
        return ""
    return whole + fraction + "0" * (exponent - len(fraction))


def read_numbers(text: str) -> tuple[str, ...]:
    """Every number of a cell in its order, each once."""
    if single := read_number(text):
        return (single,)
    parts = (read_number(part) for part in _SEPARATORS.split(text))
    return tuple(dict.fromkeys(number for number in parts if number))
