"""The catalogue of indicators, read from resources/indicators."""

from functools import cache

from core.domain.indicator import Indicator


@cache
def load_catalogue() -> tuple[Indicator, ...]:
    return ()
