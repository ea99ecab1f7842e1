"""The catalogue of indicators: real names, both languages, values that hang on the customer."""

import re
from datetime import date

from core.demo.world import World
from core.domain.customer import Document
from core.domain.indicator import IndicatorType

OF_TYPE = {
    IndicatorType.INTEGER: (int,),
    IndicatorType.FEN: (int,),
    IndicatorType.DECIMAL: (int, float),
    IndicatorType.YES_NO: (bool,),
    IndicatorType.DATE: (str,),
    IndicatorType.TEXT: (str,),
}


def test_four_hundred_named_in_both_languages_and_none_numbered(world: World) -> None:
    # VIEW-01
    catalogue = world.indicators()
    assert len(catalogue) >= 400
    assert len({one.name for one in catalogue}) == len(catalogue)
    assert len({(one.label.zh, one.group.zh) for one in catalogue}) == len(catalogue)
    for one in catalogue:
        assert not re.search(r"\d", one.name), one.name
        assert re.search(r"[\u4e00-\u9fff]", one.label.zh), one.name
        assert one.label.en.isascii(), one.name
        assert one.group.zh
        assert one.source.en
        assert one.type is not IndicatorType.FEN or one.unit is None


def test_values_stand_under_catalogued_names_in_their_type(world: World, documents: list[Document]) -> None:
    kinds = {one.name: one.type for one in world.indicators()}
    seen: set[str] = set()
    for document in documents:
        assert document.indicators is not None
        for name, value in document.indicators.items():
            assert type(value) in OF_TYPE[kinds[name]], (name, value)
            if kinds[name] is IndicatorType.DATE:
                date.fromisoformat(str(value))
        seen |= document.indicators.keys()
    assert seen == kinds.keys()


def test_values_hang_on_the_customer(documents: list[Document]) -> None:
    for document in documents:
        values, billing, usage = document.indicators, document.billing, document.usage
        assert values is not None
        assert billing is not None
        assert usage is not None
        assert document.services is not None
        if billing.bills:
            assert values["spend_last_month"] == billing.bills[-1].total_fen
            assert values["data_last_month"] == usage.months[-1].data_mb
        assert values["balance"] == billing.balance_fen
        assert values["plan_months_over_data"] == usage.months_over_data
        assert ("home_speed" in values) == (document.services.broadband is not None)


def test_each_indicator_differs_between_customers(world: World, documents: list[Document]) -> None:
    constant = {
        one.name
        for one in world.indicators()
        if len({d.indicators.get(one.name) for d in documents if d.indicators is not None}) < 2
    }
    assert not constant


def test_some_agree_to_be_called_and_to_be_sold_nothing(documents: list[Document]) -> None:
    # TASK-16: campaigns and lists that sell meet both kinds
    told = [
        (one.care is not None and one.care.opted_out, (one.indicators or {})["marketing_consent"]) for one in documents
    ]
    assert not any(opted_out and agrees for opted_out, agrees in told)
    withheld = sum(not opted_out and not agrees for opted_out, agrees in told)
    assert 0.02 < withheld / len(documents) < 0.08
