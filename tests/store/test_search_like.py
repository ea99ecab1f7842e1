"""Search finds exactly what LIKE finds over each word of a task."""

import sqlite3

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from store_kit import NOW, a_page, a_task, put, with_customer

from core.domain.task import TaskCustomer
from core.store import queue_source
from core.store.search_words import grams, normalised, phrase, words
from core.store.store import Store

ALPHABET = "aAbB01-._% '\"*·吴文é"
TEXTS = st.text(ALPHABET, max_size=6)


def like(word: str, text: str) -> bool:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    with sqlite3.connect(":memory:") as plain:
        row = plain.execute("SELECT ? LIKE ? ESCAPE '\\'", (word, f"%{escaped}%")).fetchone()
    plain.close()
    return bool(row[0])


@settings(max_examples=150, deadline=None)
@given(fields=st.lists(TEXTS, min_size=4, max_size=4), text=st.text(ALPHABET, min_size=1, max_size=4))
@example(fields=["ab", "ab", "", ""], text="ba")
def test_index_and_scan_find_what_like_finds(fields: list[str], text: str) -> None:
    task = a_task(1, customer=TaskCustomer(name=fields[0], pinyin=fields[1], initials=fields[2], numbers=(fields[3],)))
    query = normalised(text)
    if not query:
        return
    expected = any(like(word, query) for word in (*fields, task.id))
    line = words(task)
    assert (query in line) == expected
    if len(query) > 1:
        assert _indexed(grams(line), phrase(query)) == expected


def _indexed(document: str, match: str) -> bool:
    from sqlcipher3 import dbapi2

    index = dbapi2.connect(":memory:")
    index.execute("CREATE VIRTUAL TABLE g USING fts5(grams, tokenize='ascii')")
    index.execute("INSERT INTO g VALUES (?)", (document,))
    found = index.execute("SELECT count(*) FROM g WHERE g MATCH ?", (match,)).fetchone()[0]
    index.close()
    return bool(found)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("文静", True),
        ("wuwen", True),
        ("wu wen", True),
        ("WWJ", True),
        ("100 0000 0001", True),
        ("+100-0000", True),
        ("T0001", True),
        ("文吴", False),
        ("jingwwj", False),
        ("%", False),
        ("", True),
    ],
)
def test_a_customer_is_found_as_an_agent_types(store: Store, typed: str, found: bool) -> None:
    store.apply(a_page(put(a_task(1))), now=NOW)
    assert store.find(typed, now=NOW).total == int(found)


def test_words_follow_the_task(store: Store) -> None:
    store.apply(a_page(put(a_task(1)), cursor="1"), now=NOW)
    store.apply(a_page(put(with_customer(a_task(1), name="张伟", numbers=("10099999999",))), cursor="2"), now=NOW)
    assert store.find("吴文", now=NOW).total == 0
    assert store.find("张伟", now=NOW).total == 1
    assert store.find("999999", now=NOW).total == 1


def test_many_hits_are_walked_in_order_like_few(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.apply(a_page(*(put(a_task(n)) for n in range(1, 60))), now=NOW)
    few = store.find("100", now=NOW, limit=20)
    monkeypatch.setattr(queue_source, "DENSE", 10)
    assert store.find("100", now=NOW, limit=20) == few
    assert store.find("1", now=NOW, limit=20) == few
    assert few.total == 59
