"""Taking pages of the pull: bytes as received, tombstones, content, numbers, the cursor with them."""

from collections.abc import Callable
from datetime import timedelta

import msgspec
from store_kit import NOW, Kind, a_document, a_page, a_task, asking, gone, put

from core.domain.customer import Care
from core.domain.indicator import Indicator, IndicatorType
from core.domain.task import Gone
from core.domain.text import Text
from core.store.store import Store
from core.wire.pull import Change, ContentDocument


def test_documents_are_the_bytes_that_came(store: Store) -> None:
    # VIEW-01: whole sections as the server encoded them, spaces and unknown parts included.
    body = b'{ "id": "C0001", "identity": {"name": "\xe5\x90\xb4"}, "later_section": [1, 2] }'
    store.apply(a_page(Change(kind=Kind.CUSTOMER, key="C0001", body=msgspec.Raw(body))), now=NOW)
    assert store.customer("C0001") == body
    assert store.customer("C0002") is None


def test_the_cursor_goes_with_the_page_and_survives_a_restart(store: Store, reopened: Callable[[], Store]) -> None:
    assert store.cursor() == ""
    applied = store.apply(a_page(put(a_task(1)), cursor="12", more=True), now=NOW)
    assert not applied.finished
    assert reopened().cursor() == "12"


def test_numbers_find_their_customers(store: Store) -> None:
    store.apply(
        a_page(put(a_document(1, numbers=("10010000001", "10010000002"))), put(a_document(2)), cursor="1"), now=NOW
    )
    assert store.customers_by_number("10010000002") == ["C0001"]
    store.apply(a_page(put(a_document(1, numbers=("10010000009",))), cursor="2"), now=NOW)
    assert store.customers_by_number("10010000002") == []
    store.apply(a_page(gone(Kind.CUSTOMER, "C0001"), cursor="3"), now=NOW)
    assert store.customers_by_number("10010000009") == []
    assert store.customer("C0001") is None


def test_content_and_catalogues_come_change_and_go(store: Store) -> None:
    def script(version: int, body: bytes) -> Change:
        return put(ContentDocument(kind="script", name="vip-care", version=version, body=msgspec.Raw(body)), key="s1")

    spend = Indicator(
        name="spend",
        label=Text("消费", "Spend"),
        group=Text("账", "Bill"),
        source=Text("计费", "B"),
        type=IndicatorType.FEN,
    )
    catalogue = Change(kind=Kind.INDICATORS, key="billing", body=msgspec.Raw(msgspec.json.encode([spend])))
    applied = store.apply(a_page(script(1, b'{"v":1}'), catalogue, cursor="1"), now=NOW)
    assert applied.content == (("script", "vip-care"),)
    assert applied.indicators
    assert store.indicators() == [spend]
    store.apply(a_page(script(2, b'{"v":2}'), cursor="2"), now=NOW)
    assert store.content("script", "vip-care") == b'{"v":2}'
    assert store.content_names("script") == ["vip-care"]
    applied = store.apply(a_page(gone(Kind.CONTENT, "s1"), gone(Kind.INDICATORS, "billing"), cursor="3"), now=NOW)
    assert applied.content == (("script", "vip-care"),)
    assert store.content("script", "vip-care") is None
    assert store.indicators() == []


def test_content_that_comes_again_as_it_is_is_no_news(store: Store) -> None:
    script = put(ContentDocument(kind="script", name="vip-care", version=1, body=msgspec.Raw(b"{}")), key="s1")
    catalogue = Change(kind=Kind.INDICATORS, key="billing", body=msgspec.Raw(b"[]"))
    store.apply(a_page(script, catalogue, cursor="1"), now=NOW)
    again = store.apply(a_page(script, catalogue, cursor="2"), now=NOW)
    assert again.content == ()
    assert not again.indicators
    assert store.content("script", "vip-care") == b"{}"


def test_an_object_of_the_wrong_kind_is_named_and_blocks_nothing(store: Store) -> None:
    store.apply(a_page(put(a_task(2)), cursor="1"), now=NOW)
    broken = Change(kind=Kind.TASK, key="T0002", body=msgspec.Raw(b'{"id": 7}'))
    applied = store.apply(a_page(broken, put(a_task(1)), cursor="2"), now=NOW)
    assert applied.unreadable == ("T0002",)
    assert {row.task_id for row in store.queue(asking(), offset=0, limit=9)} == {"T0001", "T0002"}
    assert store.cursor() == "2"


def test_the_mirror_can_be_forgotten_and_fetched_again(store: Store) -> None:
    store.apply(a_page(*(put(a_task(n)) for n in range(5)), put(a_document(1)), cursor="5"), now=NOW)
    store.clear_mirror()
    assert (store.cursor(), store.counts(asking()).total, store.find("wwj", now=NOW).total) == ("", 0, 0)
    store.apply(a_page(*(put(a_task(n)) for n in range(5)), cursor="5"), now=NOW)
    assert (store.counts(asking()).total, store.find("wwj", now=NOW).total) == (5, 5)


def test_whoever_refused_elsewhere_is_not_called_from_here_until_the_server_says_otherwise(
    store: Store, reopened: Callable[[], Store]
) -> None:
    # OUTCOME-11
    document, one = a_document(1), a_task(1, customer_id="C0001")
    store.apply(a_page(put(document), put(one)), now=NOW)
    told = store.apply(a_page(gone(Kind.TASK, one.id, "opted_out"), gone(Kind.CUSTOMER, "C0001"), cursor="2"), now=NOW)
    assert told.gone == ((one.id, Gone.OPTED_OUT),)
    again = reopened()
    assert again.opted_out("C0001", ())
    assert not again.opted_out("C0002", ())
    document.care = Care(whole=True, opted_out=True)
    again.apply(a_page(put(document), cursor="3"), now=NOW)
    assert again.opted_out("C0001", ())
    again.apply(a_page(put(one), cursor="4"), now=NOW)
    assert not again.opted_out("C0001", ())


def test_a_reason_that_only_a_later_server_knows_is_passed_over(store: Store) -> None:
    one = a_task(1)
    store.apply(a_page(put(one)), now=NOW)
    assert store.apply(a_page(gone(Kind.TASK, one.id, "vanished"), cursor="2"), now=NOW).gone == ()
    assert store.task(one.id) is None


def test_tasks_of_a_customer(store: Store) -> None:
    store.apply(a_page(put(a_task(1)), put(a_task(2, customer_id="C0001")), put(a_task(3))), now=NOW)
    assert {task.id for task in store.tasks_of("C0001")} == {"T0001", "T0002"}


def test_the_servers_time_only_goes_on_and_the_clocks_error_is_known(store: Store) -> None:
    assert store.server_time() is None
    store.apply(a_page(at=NOW), now=NOW - timedelta(hours=8))
    assert store.server_time() == NOW
    assert store.clock_offset_s() == 8 * 3600
    store.note_server_time(NOW - timedelta(days=1), NOW)
    assert store.server_time() == NOW
