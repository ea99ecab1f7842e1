"""How often a price is paid, and how it is said: nobody who was told 880 a year is billed 880 a month."""

from enum import StrEnum

from core.domain.money import yuan_short
from core.domain.text import Text, filled


class Charge(StrEnum):
    MONTH = "month"
    YEAR = "year"
    TERM = "term"
    """once for the whole of a term that is no year: holiday broadband"""
    ONCE = "once"


CHARGE_SAID: dict[Charge, Text] = {
    Charge.MONTH: Text("每月 {amount} 元", "{amount} yuan a month"),
    Charge.YEAR: Text("每年 {amount} 元", "{amount} yuan a year"),
    Charge.TERM: Text("整个期限共 {amount} 元", "{amount} yuan for the whole term"),
    Charge.ONCE: Text("一次性 {amount} 元", "{amount} yuan, once"),
}
"""as it is read back, confirmed by SMS and told"""

CHARGE_WORDS: dict[Charge, Text] = {
    Charge.MONTH: Text("每月", "a month"),
    Charge.YEAR: Text("每年", "a year"),
    Charge.TERM: Text("整个期限", "whole term"),
    Charge.ONCE: Text("一次性", "once"),
}
"""beside an amount"""

NO_CHARGE = Text("不收费", "no charge")


def charge_said(fen: int, charge: Charge) -> Text:
    """A price with how often it is paid; nothing is paid no times."""
    return filled(CHARGE_SAID[charge], amount=yuan_short(fen)) if fen else NO_CHARGE
