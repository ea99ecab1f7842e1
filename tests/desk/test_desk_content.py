"""Content is decoded once; what was forgotten while a decode ran does not come back."""

import pytest

from core.desk.desk import Desk
from core.store.store import Store


def test_a_decode_under_way_keeps_nothing_old(desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    read = store.content

    def content(kind: str, name: str) -> bytes | None:
        body = read(kind, name)
        desk.forget_content()
        return body

    monkeypatch.setattr(store, "content", content)
    old = desk.dispositions("4g-upgrade")
    monkeypatch.undo()
    assert desk.dispositions("4g-upgrade") is not old
    assert desk.dispositions("4g-upgrade") is desk.dispositions("4g-upgrade")


def test_the_catalogue_is_read_once_until_content_comes(
    desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = desk.catalogue
    assert desk.catalogue is first
    monkeypatch.setattr(store, "indicators", lambda: desk.forget_content() or [])
    desk.forget_content()
    old = desk.catalogue
    monkeypatch.undo()
    assert desk.catalogue is not old
