"""Money is integer fen; here it becomes words, and what a person types becomes money."""

import re
import unicodedata

_TYPED = re.compile(r"[¥￥]?\s*([0-9]{1,6})(?:\.([0-9]{1,2})?)?")


def yuan(fen: int) -> str:
    """`9900` → `99.00`; the sign stands before the figure."""
    sign, rest = ("−" if fen < 0 else ""), abs(fen)
    return f"{sign}{rest // 100:,}.{rest % 100:02d}"


def yuan_short(fen: int) -> str:
    """`9900` → `99`, `9950` → `99.50`: for fees that are whole as a rule."""
    return yuan(fen).removesuffix(".00")


def yuan_typed(fen: int) -> str:
    """`123450` → `1234.50`, `7700` → `77`: as it stands in a field that can be typed in. `fen` is not negative."""
    return f"{fen // 100}.{fen % 100:02d}".removesuffix(".00")


def fen_of(text: str) -> int | None:
    """`77`, `77.5`, `¥77.50`, also in full-width characters, as fen; None for anything else, a sign or `1e2` say."""
    found = _TYPED.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    whole, part = found.groups()
    return int(whole) * 100 + int((part or "0").ljust(2, "0"))
