"""What of a customer may stand on a screen or in a log without a reveal, and what free text may not hold."""

import re
import unicodedata

DIGITS_MOST = 6
"""a run of more is somebody's number, card or birthday"""
_COUNTING = "〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺"
_NUMBER_MOST = 13
"""digits: a mobile number after 86, the longest area code before eight"""
_RUN = re.compile(rf"(?:[0-9{_COUNTING}][\s\-–—−./·()+]{{0,2}}){{{DIGITS_MOST + 1},}}")
_TELEPHONE = re.compile(r"(?<![0-9A-Za-z])(?:\+?86)?1[0-9]{10}(?![0-9A-Za-z])")
_BESIDE_LETTERS = re.compile(r"(?<![0-9])(?:86)?1[3-9][0-9]{9}(?![0-9])")
_HEXADECIMAL = re.compile(
    r"(?i)(?<![0-9a-z])(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32}|[0-9a-f]{40})(?![0-9a-z])"
)
"""of a UUID or a digest, in which eleven digits may follow each other by chance"""


def mask_number(number: str) -> str:
    """`10000000417` → `100 **** 0417`; shorter ones keep two digits at most, and of what is longer than a number with
    its country's code, such as two typed in one line, no more is told than of one."""
    # A queue masks hundreds at a key: most are digits alone.
    digits = number if number.isdigit() else "".join(c for c in number if c.isdigit())
    if len(digits) > _NUMBER_MOST:
        return f"{digits[:3]} **** {digits[-4:]}"
    if len(digits) >= 11:
        return f"{digits[:-8]} **** {digits[-4:]}"
    return f"{'*' * max(len(digits) - 2, 0)}{digits[-2:]}" if digits else ""


def mask_name(name: str) -> str:
    """`吴文静` → `吴**`: for logs and exports, not for the agent's own call."""
    return name[:1] + "*" * max(len(name) - 1, 0)


def mask_text(text: str) -> str:
    """Every run of seven or more digits in free text, masked; for logs and diagnostics."""
    out: list[str] = []
    run = ""
    for char in text + "\0":
        if char.isascii() and char.isdigit():
            run += char
            continue
        out.append("*" * (len(run) - 2) + run[-2:] if len(run) >= 7 else run)
        out.append(char)
        run = ""
    return "".join(out)[:-1]


def holds_telephone(text: str) -> bool:
    """A mobile number, by itself or with letters beside it: an id may be longer digits, or hold them by chance where it
    is drawn by chance, and is none."""
    plain = unicodedata.normalize("NFKC", text)
    return bool(_TELEPHONE.search(plain) or _BESIDE_LETTERS.search(_HEXADECIMAL.sub("", plain)))


def holds_long_number(text: str) -> bool:
    """More than six digits in a row, also full-width, spelled in Chinese, or parted by blanks, dots and dashes."""
    return _RUN.search(unicodedata.normalize("NFKC", text)) is not None
