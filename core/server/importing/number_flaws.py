"""Why a cell of the number column is no number to call, in words for whoever mends the list."""

import re
import unicodedata

from core.domain.text import Text

_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?e\+?\d{1,2}", re.IGNORECASE)
_HIDDEN = re.compile(r"\d[*×xX#＊]{2,}\d")


def flaw_of(cell: str) -> Text | None:
    """None where the cell is empty, or holds nothing that was meant as a number."""
    plain = unicodedata.normalize("NFKC", cell).strip()
    if _HIDDEN.search(plain):
        return Text("号码中间被遮住了", "figures of the number are hidden")
    if _SCIENTIFIC.fullmatch(plain):
        return Text(
            "号码被存成科学计数，后几位已丢失，请从源头以文本重新导出",
            "the number was saved in scientific notation and its last figures are lost: export it anew as text",
        )
    digits = sum(one.isdigit() for one in plain)
    if not digits:
        return None
    return Text(f"号码有 {digits} 位数字，不是能拨的号码", f"{digits} figures are no number to call")
