"""Giving an agent's data on this machine another key, while the program is closed."""

from collections.abc import Callable, Iterator
from pathlib import Path

from core.domain.errors import StoreError
from core.domain.text import Text
from core.store.types import KeyKind

SHORTEST_PASSPHRASE = 8


def folders_with_store(base: Path, staff_number: str = "") -> Iterator[Path]:
    """Every store under a user's data folder, or those of one agent."""
    for folder in sorted((base / "desk").glob("*")):
        if (folder / "key.json").exists() and (not staff_number or folder.name.endswith(f"-{staff_number}")):
            yield folder


def change_key_of(folder: Path, ask: Callable[[bool], str]) -> KeyKind:
    """Another key from where the one in use comes from: the keyring, or a passphrase.

    `ask` gives the passphrase in use (False) and the new one (True); it is not called where a keyring has the key.
    Raises StoreLocked (wrong passphrase, keyring), StoreInUse, StoreDisk, StoreError (the new passphrase is short or
    the old one again): the key stays what it was.
    """
    from core.store import change_key, key_kind, keyring_key, new_from_passphrase, new_in_keyring, passphrase_key

    if key_kind(folder) is KeyKind.PASSPHRASE:
        before = ask(False)
        old, wanted = passphrase_key(folder, before), ask(True)
        if len(wanted) < SHORTEST_PASSPHRASE or wanted == before:
            raise _not_a_change()
        change_key(folder, old, lambda: new_from_passphrase(wanted))
        return KeyKind.PASSPHRASE
    change_key(folder, keyring_key(folder), lambda: new_in_keyring(folder))
    # Takes the key before out of the keyring.
    keyring_key(folder)
    return KeyKind.KEYRING


def _not_a_change() -> StoreError:
    return StoreError(
        title=Text("口令没有更换", "The passphrase was not changed"),
        message=Text(
            f"新口令至少 {SHORTEST_PASSPHRASE} 个字符，而且要和原来的不同。",
            f"A new passphrase has {SHORTEST_PASSPHRASE} characters or more and is not the one in use.",
        ),
        next_step=Text("请换一个口令再试。", "Choose another and try again."),
    )
