"""The key: named keyrings only, a passphrase where there is none; lost keys lose no work."""

import subprocess
import sys
from pathlib import Path

import pytest
from store_kit import saved

from core.domain.errors import StoreForeign, StoreLocked
from core.store import files, key, keyring_backend
from core.store.key import StoreKey, key_kind, keyring_key, passphrase_key
from core.store.keyring_backend import KeyringRefused
from core.store.opening import open_store
from core.store.types import KeyKind, KeyringState

ROOT = Path(__file__).parent.parent.parent


class Ring:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringRefused("locked")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise KeyringRefused("locked")
        self.kept[service, username] = password


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Ring:
    made = Ring()
    monkeypatch.setattr(key, "backend", lambda: made)
    return made


def test_the_keyrings_key_opens_the_store_again(tmp_path: Path, ring: Ring) -> None:
    first = keyring_key(tmp_path)
    open_store(tmp_path, first).close()
    assert keyring_key(tmp_path) == first
    assert key_kind(tmp_path) is KeyKind.KEYRING
    assert first.hex not in (tmp_path / files.KEY).read_text()


def test_a_key_that_is_gone_locks_the_store_and_deletes_nothing(tmp_path: Path, ring: Ring) -> None:
    # Reliability S12
    good = keyring_key(tmp_path)
    store = open_store(tmp_path, good)
    kept = saved(None)
    store.save(kept)
    store.close()
    remembered = dict(ring.kept)
    changed = dict.fromkeys(remembered, "ab" * 32)
    for state, kept_now in {"gone": {}, "changed": changed, "locked": remembered, "no file": remembered}.items():
        ring.kept = kept_now
        ring.locked = state == "locked"
        key_file = (tmp_path / files.KEY).read_bytes()
        if state == "no file":
            (tmp_path / files.KEY).unlink()
        with pytest.raises(StoreLocked):
            open_store(tmp_path, keyring_key(tmp_path))
        (tmp_path / files.KEY).write_bytes(key_file)
    ring.kept, ring.locked = remembered, False
    store = open_store(tmp_path, keyring_key(tmp_path))
    assert store.saved(kept.id) == kept
    store.close()


def test_a_key_whose_store_was_never_made_is_made_anew(tmp_path: Path, ring: Ring) -> None:
    first = keyring_key(tmp_path)
    ring.kept.clear()
    second = keyring_key(tmp_path)
    assert second != first
    open_store(tmp_path, second).close()
    assert keyring_key(tmp_path) == second, "the new one is remembered"


def test_a_passphrase_opens_and_a_wrong_one_does_not(tmp_path: Path) -> None:
    open_store(tmp_path, passphrase_key(tmp_path, "春眠不觉晓")).close()
    assert key_kind(tmp_path) is KeyKind.PASSPHRASE
    with pytest.raises(StoreLocked):
        open_store(tmp_path, passphrase_key(tmp_path, "春眠不觉"))
    open_store(tmp_path, passphrase_key(tmp_path, "春眠不觉晓")).close()
    with pytest.raises(StoreLocked):
        keyring_key(tmp_path)


def test_a_damaged_key_file_is_told(tmp_path: Path) -> None:
    (tmp_path / files.KEY).write_text("{")
    with pytest.raises(StoreForeign):
        passphrase_key(tmp_path, "x")


@pytest.mark.parametrize("digits", ["", "ab" * 31, "zz" * 32, "AB" * 32, "ab" * 33])
def test_only_64_hex_digits_are_a_key(digits: str) -> None:
    with pytest.raises(ValueError, match="64"):
        StoreKey(digits)


def test_a_key_is_never_shown(key: StoreKey) -> None:
    assert key.hex not in f"{key} {key!r}"


def test_without_a_keyring_the_state_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(keyring_backend, "_NAMED", (("keyring.backends.nowhere", "Keyring"),))
    assert key.keyring_state() is KeyringState.NONE
    with pytest.raises(StoreLocked):
        keyring_key(tmp_path)


def test_a_backend_that_keeps_keys_as_text_is_never_taken(tmp_path: Path) -> None:
    named = {module for module, _ in keyring_backend._NAMED}
    assert named == {
        f"keyring.backends.{name}" for name in ("Windows", "macOS", "SecretService", "kwallet", "libsecret")
    }


def test_the_values_of_the_store_cost_msgspec_alone() -> None:
    program = (
        "import sys, core.store.types; print([m for m in ('sqlalchemy', 'sqlcipher3', 'keyring') if m in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", program], cwd=ROOT, text=True).strip() == "[]"


def test_opening_imports_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; import core.store as s;"
        f"s.open_store(Path({str(tmp_path)!r}), s.StoreKey('5a' * 32)).close();"
        "print([m for m in ('alembic', 'requests', 'pandas', 'sqlalchemy.orm', 'argon2') if m in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", program], cwd=ROOT, text=True).strip() == "[]"
