"""What the city calls by Chinese names an English window can say, too; only persons and addresses stay as they are."""

import re

import pytest

from core.demo.english import english_of
from core.demo.world import World
from core.domain.customer import Document
from core.domain.indicator import IndicatorType

CJK = re.compile(r"[\u3400-\u9fff]")


def chinese_names(document: Document) -> list[tuple[str, dict[str, str]]]:
    """Each with the English that its section brings."""
    found: list[tuple[str, dict[str, str]]] = []
    if who := document.identity:
        found += [(name, who.english) for name in (who.brand, who.area, who.grid, who.branch)]
    if contact := document.contact:
        found += [(name, contact.english) for name in (contact.acquiring_dealer, *(n.source for n in contact.numbers))]
    if (held := document.holdings) and held.handset:
        found.append((held.handset.model, held.english))
    if (services := document.services) and services.broadband:
        found += [(rival, services.english) for rival in services.broadband.rivals]
    return [(name, english) for name, english in found if CJK.search(name)]


# VIEW-14, VIEW-16
def test_every_name_that_is_content_has_its_english(documents: list[Document]) -> None:
    named = [pair for document in documents for pair in chinese_names(document)]
    assert len(named) > len(documents)
    assert [name for name, english in named if not english.get(name)] == []
    assert [text for _, english in named for text in english.values() if CJK.search(text)] == []


def test_a_name_without_english_is_noticed_and_one_in_letters_needs_none() -> None:
    assert english_of(["", "CRM", "渡口东网格"]) == {"渡口东网格": "Ferry East Grid"}
    with pytest.raises(KeyError):
        english_of(["无此名"])


# VIEW-01
def test_a_text_of_an_indicator_is_one_of_its_choices_or_said_elsewhere_in_the_document(
    world: World, documents: list[Document]
) -> None:
    texts = [one for one in world.indicators() if one.type is IndicatorType.TEXT]
    for document in documents:
        care, billing = document.care, document.billing
        assert care is not None
        assert billing is not None
        elsewhere = {text.zh for call in care.calls for text in (call.result, call.scenario_label)}
        elsewhere |= {ticket.topic.zh for ticket in care.tickets} | {warning.label.zh for warning in care.warnings}
        elsewhere |= {payment.channel.zh for payment in billing.payments}
        for one in texts:
            value = (document.indicators or {}).get(one.name, "")
            known = value in elsewhere or value in {choice.zh for choice in one.choices}
            assert known or not CJK.search(str(value)), (one.name, value)


# VIEW-09
def test_a_warning_is_english_in_english(documents: list[Document]) -> None:
    labels = [warning.label.en for document in documents if document.care for warning in document.care.warnings]
    assert [label for label in labels if CJK.search(label)] == []
