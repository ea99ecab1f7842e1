"""Figures and days of elsewhere, in the way that they are written here: `1.234,5` as 1234.5, 31.12.2026
and 12/31/2026 as 2026-12-31. What a column means follows from all of its cells; where they leave it open it stays."""

import re

import pandas as pd

_LOOK = 200
_SOME = 0.5
"""share of the filled cells from which on a column may be of days, or of figures"""
_FIGURE = r"^\D{0,4}\d[\d.,\s']*\D{0,4}$"
_COMMA = re.compile(r"(?<![\d,])\d[\d.\s']*,(?:\d{1,2}|\d{4,})(?![\d,])|(?<!\d)0,\d+(?![\d,])|\.\d{3},\d")
"""a comma behind which no thousands stand"""
_POINT = re.compile(r",\d{3}[.,]\d|(?<!\d)0\.\d|(?<![\d.])\d[\d,\s']*\.(?:\d{1,2}|\d{4,})(?![\d.])")
"""a point, or commas, that can be nothing else"""
_DAY = re.compile(r"^\s*(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[ T].*)?$")
_NAMED = re.compile(r"^\s*(\d{1,2})[- ]([A-Za-z]{3})[a-z]*[- ,]+(\d{4})\s*$")
_ABBREVIATED = "janfebmaraprmayjunjulaugsepoctnovdec"
_MONTHS = {_ABBREVIATED[at : at + 3]: at // 3 + 1 for at in range(0, len(_ABBREVIATED), 3)}
_NAMED_ALONE = "named"
_MOST = 12
"""months"""


def written_here(frame: pd.DataFrame) -> pd.DataFrame:
    """The list with such columns written anew; a column of another type than text is left as it is."""
    worded = [
        one for one in frame.columns if frame[one].dtype == object or isinstance(frame[one].dtype, pd.StringDtype)
    ]
    days = [one for one in worded if _mostly(frame[one], _DAY.pattern) or _mostly(frame[one], _NAMED.pattern)]
    orders = {one: _order(frame[one]) for one in days}
    said = set(orders.values()) - {"", _NAMED_ALONE}
    other = said.pop() if len(said) == 1 else ""
    out = {name: _days(frame[name], order) for name in days if (order := orders[name] or other or _firsts(frame[name]))}
    figures = (one for one in worded if one not in orders and _mostly(frame[one], _FIGURE, holding=","))
    out |= {name: _figures(frame[name]) for name in figures if _by_comma(frame[name])}
    return frame.assign(**out) if out else frame


def _mostly(values: "pd.Series[str]", pattern: str, *, holding: str = "") -> bool:
    """Whether the first cells look like that."""
    there = values.dropna().astype(str).str.strip()
    there = there[there != ""]
    first = there.head(_LOOK)
    if holding and not first.str.contains(holding, regex=False).any():
        return False
    return bool(len(first)) and bool(first.str.match(pattern).mean() >= _SOME)


def _order(values: "pd.Series[str]") -> str:
    """`dmy` or `mdy`, empty where the cells leave it open; or their months are named."""
    parts = _parts(values)
    if parts.empty:
        return _NAMED_ALONE
    first, second = parts["first"].max() > _MOST, parts["second"].max() > _MOST
    if first and second:
        return ""
    if first or (parts["sign"] == ".").all():
        return "dmy"
    return "mdy" if second else ""


def _firsts(values: "pd.Series[str]") -> str:
    """Of days of which each is the first of a month."""
    parts = _parts(values)
    one, other = (parts["first"] == 1).all(), (parts["second"] == 1).all()
    return "" if one == other else "dmy" if one else "mdy"


def _parts(values: "pd.Series[str]") -> pd.DataFrame:
    found = values.astype(str).str.extract(_DAY.pattern).dropna()
    found.columns = pd.Index(["first", "sign", "second", "year"])
    return found.astype({"first": int, "second": int, "year": int})


def _days(values: "pd.Series[str]", order: str) -> "pd.Series[str]":
    def anew(cell: object) -> object:
        if found := _DAY.match(str(cell)):
            day, month = (found[1], found[3]) if order == "dmy" else (found[3], found[1])
            return f"{found[4]}-{int(month):02d}-{int(day):02d}"
        if found := _NAMED.match(str(cell)):
            month_of = _MONTHS.get(found[2].casefold())
            return f"{found[3]}-{month_of:02d}-{int(found[1]):02d}" if month_of else cell
        return cell

    return values.map(anew)


def _by_comma(values: "pd.Series[str]") -> bool:
    """Whether some cells can only have a decimal comma, and none only a decimal point."""
    plain = values.dropna().astype(str)
    return bool(plain.str.contains(_COMMA).any()) and not bool(plain.str.contains(_POINT).any())


def _figures(values: "pd.Series[str]") -> "pd.Series[str]":
    def anew(cell: object) -> object:
        words = str(cell)
        return words.replace(".", "").replace(",", ".") if re.match(_FIGURE, words.strip()) else cell

    return values.map(anew)
