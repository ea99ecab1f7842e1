"""A cell of data is never a formula to the program that opens it (S13)."""

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LOOKED_AT = frozenset("".join(_STARTS) + " <")
"""a text that begins with none of these is as harmless as it looks"""
MOST_UNITS = 32_767
"""of UTF-16, which is what a cell of a workbook takes"""


def neutral(value: str | int | float | None) -> str | int | float:
    """A text that a spreadsheet would run gets an apostrophe before it; nothing becomes an empty text."""
    if value is None:
        return ""
    return neutral_text(value) if isinstance(value, str) else value


def neutral_text(value: str) -> str:
    """The same for what is known to be a text."""
    # Nearly no text begins so: one look at its first character is all that a million cells pay.
    if value[:1] in LOOKED_AT and (value.lstrip(" ").startswith(_STARTS) or _is_markup(value)):
        return "'" + value
    return value


def _is_markup(value: str) -> bool:
    """xlsxwriter would put such a text into the sheet's XML as it is."""
    return value.startswith("<r>") and value.endswith("</r>")


def fitting(value: str) -> str:
    """What a workbook's cell can hold: a longer text is cut, and shows that it was."""
    if len(value) <= MOST_UNITS // 2 or len(value.encode("utf-16-le")) // 2 <= MOST_UNITS:
        return value
    return value.encode("utf-16-le")[: 2 * (MOST_UNITS - 1)].decode("utf-16-le", "ignore") + "…"
