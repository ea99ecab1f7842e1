"""Customers without an open task are found as well, as they stand after each change."""

from store_kit import NOW, Kind, a_document, a_page, a_task, gone, put, saved, with_customer

from core.store.store import Store


def found(store: Store, text: str) -> list[str]:
    return [person.customer_id for person in store.find_customers(text)]


def test_a_customer_without_a_task_is_found_by_name_number_and_id(store: Store) -> None:
    page = a_page(
        put(a_document(1, name="王秀兰", numbers=("10012345678",))),
        put(a_document(2, name="王建国")),
        put(a_task(2)),
    )
    store.apply(page, now=NOW)
    assert found(store, "王") == ["C0001"], "who has a task is found by it"
    assert found(store, "1234 567") == ["C0001"]
    assert found(store, "c0001") == ["C0001"]
    assert found(store, "") == []
    (person,) = store.find_customers("秀兰")
    assert (person.name, person.number_masked) == ("王秀兰", "100 **** 5678")


def test_who_is_found_follows_each_change(store: Store) -> None:
    store.apply(a_page(put(a_document(1, name="王秀兰")), put(a_task(1))), now=NOW)
    assert found(store, "王秀兰") == []
    store.apply(a_page(gone(Kind.TASK, "T0001"), cursor="2"), now=NOW)
    assert found(store, "王秀兰") == ["C0001"]
    store.apply(a_page(put(a_document(1, name="王秀")), cursor="3"), now=NOW)
    assert found(store, "王秀兰") == []
    store.clear_mirror()
    assert found(store, "王秀") == []


def test_pinyin_and_initials_outlast_the_task_once_a_call_was_saved(store: Store) -> None:
    task = with_customer(a_task(1), name="王秀兰", pinyin="wangxiulan", initials="wxl")
    store.apply(a_page(put(a_document(1, name="王秀兰")), put(task)), now=NOW)
    store.save(saved(task))
    store.apply(a_page(gone(Kind.TASK, "T0001"), cursor="2"), now=NOW)
    assert found(store, "wxl") == ["C0001"]
    assert found(store, "wang xiu") == ["C0001"]
