"""VIEW-01: the catalogue of indicators; values stand in the customer's document by `name`."""

from enum import StrEnum

from msgspec import Struct

from core.domain.text import Text


class IndicatorType(StrEnum):
    INTEGER = "integer"
    DECIMAL = "decimal"
    FEN = "fen"
    YES_NO = "yes_no"
    DATE = "date"
    TEXT = "text"


class Indicator(Struct, frozen=True, kw_only=True, omit_defaults=True):
    name: str
    label: Text
    unit: Text | None = None
    group: Text
    source: Text
    type: IndicatorType
    choices: tuple[Text, ...] = ()
    """the values that a text takes, where they come from a list; the document holds the Chinese one"""
