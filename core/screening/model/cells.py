"""Cells as figures and days; what is neither is told apart from what is blank."""

import re

import numpy as np
import pandas as pd

from core.domain.clock import CHINA
from core.screening.model.reading import Flags, Floats, blank

_DAY = r"^\s*(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?(?:日|月)?(?:[ T].*)?$"
_COMPACT = r"^\s*(\d{4})(\d{2})(\d{2})?(?:\.0)?$"
_NEVER = r"^\s*000[01][-/.年]"
YEARS = (1900, 2100)


def numbers(values: "pd.Series[str]") -> tuple[Floats, Flags]:
    """The figures, NaN where there is none; and which cells hold something that is no figure."""
    missing = blank(values)
    if values.dtype.kind in "biuf":
        plain_figures = values.astype("float64").to_numpy(dtype=np.float64, na_value=np.nan)
        return np.where(np.isfinite(plain_figures), plain_figures, np.nan), np.zeros(len(values), dtype=bool)
    if pd.api.types.is_datetime64_any_dtype(values):
        return np.full(len(values), np.nan), ~missing
    plain = values.astype(str).str.normalize("NFKC").str.strip().str.replace(r"R\$|[,'’¥$€£₹₽%元\s]", "", regex=True)
    read = pd.to_numeric(plain.where(~missing), errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    out = np.where(np.isfinite(read), read, np.nan)
    return out, np.isnan(out) & ~missing


def days(values: "pd.Series[str]", *, compact: bool) -> tuple[Floats, Flags]:
    """Days since 1970, a month as its first; and which cells hold no day between 1900 and 2100.

    `compact`: 20261123 and 202611 are days too, which elsewhere are figures."""
    missing = blank(values)
    if pd.api.types.is_datetime64_any_dtype(values):
        moments = pd.to_datetime(values)
    else:
        moments = _moments(values.astype(str), _COMPACT if compact else _DAY)
        if compact:
            moments = moments.fillna(_moments(values.astype(str), _DAY))
    year = moments.dt.year
    moments = moments.where((year >= YEARS[0]) & (year <= YEARS[1]))
    # The day of a moment is the one in China, as everywhere.
    plain = moments.dt.tz_convert(CHINA).dt.tz_localize(None) if moments.dt.tz is not None else moments
    out = (plain - pd.Timestamp("1970-01-01")) / pd.Timedelta(days=1)
    found = np.floor(out.to_numpy(dtype=np.float64, na_value=np.nan))
    return found, np.isnan(found) & ~missing


def never(values: "pd.Series[str]") -> Flags:
    """Which cells are of year 0 or 1, such as 0000-00-00: what systems write where there is no day."""
    return values.astype(str).str.match(_NEVER).to_numpy(dtype=bool, na_value=False)


def like_days(values: "pd.Series[str]") -> Flags:
    """Which cells are written as a day or month, such as 2026-11-23, whether or not there is such a day."""
    return values.astype(str).str.match(_DAY).to_numpy(dtype=bool, na_value=False) & ~blank(values)


def _moments(words: "pd.Series[str]", pattern: str) -> "pd.Series[pd.Timestamp]":
    parts = words.str.extract(pattern)
    parts.columns = pd.Index(["year", "month", "day"])
    parts["day"] = parts["day"].fillna("1")
    figures = parts.apply(pd.to_numeric, errors="coerce")
    whole = figures.notna().all(axis=1) & figures["year"].between(*YEARS)
    moments: pd.Series[pd.Timestamp] = pd.to_datetime(figures.where(whole), errors="coerce")
    return moments


_TIMELY = re.compile(r"date|day|time|month|period|taken|since|日期|时间|账期|月份|月$|日$", re.IGNORECASE)


def timely(name: str) -> bool:
    """Whether a column's name says that its figures are days."""
    return bool(_TIMELY.search(name))
