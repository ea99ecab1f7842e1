"""A store's key is changed: with the keyring, with a passphrase, cut short, refused; work is never lost."""

import os
from pathlib import Path

import pytest
from store_kit import NOW, a_page, a_task, put, saved

from core.desk.key_changing import change_key_of, folders_with_store
from core.domain.errors import StoreError, StoreFull, StoreInUse, StoreLocked
from core.store import files, key, key_change
from core.store.key import NewKey, StoreKey, key_kind, keyring_key, new_in_keyring, passphrase_key
from core.store.key_change import change_key
from core.store.opening import open_store
from core.store.types import KeyKind
from desktop import change_key as command

OLD, NEW = StoreKey("5a" * 32), StoreKey("6b" * 32)


class Ring:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Ring:
    made = Ring()
    monkeypatch.setattr(key, "backend", lambda: made)
    return made


def test_after_a_change_the_new_key_alone_opens_and_all_is_there(tmp_path: Path, ring: Ring) -> None:
    # Reliability R4
    old = keyring_key(tmp_path)
    kept = saved(None)
    with_work(tmp_path, old, kept)
    assert change_key_of(tmp_path, never) is KeyKind.KEYRING
    new = keyring_key(tmp_path)
    assert new != old
    assert list(ring.kept.values()) == [new.hex], "the former key is in the keyring no longer"
    with pytest.raises(StoreLocked):
        open_store(tmp_path, old)
    store = open_store(tmp_path, new)
    assert store.saved(kept.id) == kept
    assert store.task(a_task(1).id) is not None, "nor is anything fetched again"
    store.close()


def test_a_passphrase_is_changed(tmp_path: Path) -> None:
    kept = saved(None)
    with_work(tmp_path, passphrase_key(tmp_path, "春眠不觉晓处处"), kept)
    given = {False: "春眠不觉晓处处", True: "闻啼鸟夜来风雨声"}
    assert change_key_of(tmp_path, given.__getitem__) is KeyKind.PASSPHRASE
    with pytest.raises(StoreLocked):
        open_store(tmp_path, passphrase_key(tmp_path, given[False]))
    store = open_store(tmp_path, passphrase_key(tmp_path, given[True]))
    assert store.saved(kept.id) == kept
    store.close()


def test_a_wrong_passphrase_or_one_that_is_no_change_changes_nothing(tmp_path: Path) -> None:
    with_work(tmp_path, passphrase_key(tmp_path, "春眠不觉晓处处"), saved(None))
    for used, wanted in (("春眠不觉晓", "闻啼鸟夜来风雨声"), ("春眠不觉晓处处", "短"), ("春眠不觉晓处处",) * 2):
        with pytest.raises(StoreError):
            change_key_of(tmp_path, {False: used, True: wanted}.__getitem__)
    open_store(tmp_path, passphrase_key(tmp_path, "春眠不觉晓处处")).close()


def test_an_open_store_keeps_its_key(tmp_path: Path) -> None:
    store = open_store(tmp_path, OLD)
    with pytest.raises(StoreInUse):
        change_key(tmp_path, OLD, lambda: NewKey(key=NEW, key_file=b"{}"))
    store.close()


def test_a_full_disk_leaves_the_old_key_and_no_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_work(tmp_path, OLD, saved(None))

    def no_room(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    with monkeypatch.context() as patched:
        patched.setattr(key_change.shutil, "copyfile", no_room)
        with pytest.raises(StoreFull):
            change_key(tmp_path, OLD, lambda: NewKey(key=NEW, key_file=b"{}"))
    assert not list(tmp_path.glob("*.next*"))
    open_store(tmp_path, OLD).close()


def test_a_change_that_was_decided_and_cut_short_is_carried_out_at_the_next_opening(
    tmp_path: Path, ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Reliability R4
    old = keyring_key(tmp_path)
    kept = saved(None)
    with_work(tmp_path, old, kept)
    decided = key_change.settle

    def cut(folder: Path) -> None:
        if (folder / files.CHANGE).exists():
            raise KeyboardInterrupt
        decided(folder)

    with monkeypatch.context() as patched:
        patched.setattr(key_change, "settle", cut)
        with pytest.raises(KeyboardInterrupt):
            change_key(tmp_path, old, lambda: new_in_keyring(tmp_path))
    new = keyring_key(tmp_path)
    assert new != old
    assert key_kind(tmp_path) is KeyKind.KEYRING
    store = open_store(tmp_path, new)
    assert store.saved(kept.id) == kept
    store.close()
    assert keyring_key(tmp_path) == new
    assert list(ring.kept.values()) == [new.hex]
    assert not (tmp_path / files.CHANGE).exists()


def test_the_command_says_what_became_of_each_agents_data(
    tmp_path: Path, ring: Ring, capsys: pytest.CaptureFixture[str]
) -> None:
    mine, other = tmp_path / "desk" / "localhost-1-1001", tmp_path / "desk" / "localhost-2-1002"
    keys = {folder: keyring_key(folder) for folder in (mine, other)}
    for folder, one in keys.items():
        with_work(folder, one, saved(None))
    assert list(folders_with_store(tmp_path, "1001")) == [mine]
    assert command.main(["--data", str(tmp_path), "--staff", "1001"]) == 0
    assert keyring_key(mine) != keys[mine]
    assert keyring_key(other) == keys[other]
    held = open_store(mine, keyring_key(mine))
    assert command.main(["--data", str(tmp_path)]) == 1
    held.close()
    said = capsys.readouterr().out
    assert "Another window is using the local data" in said
    assert command.main(["--data", str(tmp_path / "nowhere")]) == 1


def with_work(folder: Path, one: StoreKey, kept: object) -> None:
    store = open_store(folder, one)
    store.apply(a_page(put(a_task(1))), now=NOW)
    store.save(kept)  # type: ignore[arg-type]
    store.close()


def never(_new: bool) -> str:
    raise AssertionError("a keyring asks for no passphrase")
