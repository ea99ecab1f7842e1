"""Money is integer fen; here it becomes words."""


def yuan(fen: int) -> str:
    """`9900` → `99.00`; the sign stands before the figure."""
    sign, rest = ("−" if fen < 0 else ""), abs(fen)
    return f"{sign}{rest // 100:,}.{rest % 100:02d}"


def yuan_short(fen: int) -> str:
    """`9900` → `99`, `9950` → `99.50`: for fees that are whole as a rule."""
    return yuan(fen).removesuffix(".00")
