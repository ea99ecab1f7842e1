"""The key of the store: 64 hex digits that the system's keyring keeps, or that a passphrase gives (Argon2id).

Beside the data lies `key.json`, which says how the key is had and holds no secret: the keyring's entry, or the
passphrase's salt and parameters.
"""

import hmac
import logging
import secrets
from pathlib import Path
from typing import Literal
from uuid import uuid4

import msgspec
from msgspec import Struct

from core.domain import decoding
from core.domain.errors import StoreLocked
from core.domain.text import Text
from core.store import files
from core.store.errors import foreign, locked, translated
from core.store.keyring_backend import KeyringRefused, backend, state
from core.store.types import KeyKind, KeyringState

_SERVICE = "stayline-store"
_log = logging.getLogger(__name__)
_DIGITS = frozenset("0123456789abcdef")


class StoreKey(Struct, frozen=True, repr_omit_defaults=True):
    """A raw 256-bit key. Its text form never shows it."""

    hex: str

    def __post_init__(self) -> None:
        # Anything else SQLCipher takes as a passphrase, in silence.
        if len(self.hex) != 64 or not _DIGITS.issuperset(self.hex):
            raise ValueError("a store key is 64 lower-case hex digits")

    def __repr__(self) -> str:
        return "StoreKey(…)"

    __str__ = __repr__


def new_key() -> StoreKey:
    return StoreKey(secrets.token_hex(32))


def check_of(key: StoreKey) -> str:
    """The keyed digest that lies beside the files, so that a wrong key is told from a damaged file."""
    return hmac.digest(bytes.fromhex(key.hex), b"stayline store", "sha256").hex()


def fits(check: Path, key: StoreKey) -> bool:
    """Whether the digest in the file is the key's."""
    return hmac.compare_digest(check.read_text("ascii", errors="replace").strip(), check_of(key))


class _Argon(Struct, frozen=True, kw_only=True):
    salt: str
    time_cost: int = 3
    memory_kib: int = 65536
    lanes: int = 2


class _KeyFile(Struct, frozen=True, kw_only=True):
    format: Literal[1] = 1
    kind: KeyKind
    entry: str = ""
    former: str = ""
    """the keyring's entry before a change of key, until it is taken out"""
    argon: _Argon | None = None


class NewKey(Struct, frozen=True, kw_only=True):
    """A key that a store is to be put under, and the `key.json` that says how it is had."""

    key: StoreKey
    key_file: bytes


def key_kind(folder: Path) -> KeyKind | None:
    """Where the key of the folder's store comes from; None where there is no store. Raises StoreForeign."""
    found = _read(folder)
    return found.kind if found else None


def keyring_state() -> KeyringState:
    """Whether one of the named keyrings can be used now; asks nothing of the user."""
    return state()


def keyring_key(folder: Path) -> StoreKey:
    """The key from the system's keyring; made where the folder has no store yet.

    Raises StoreLocked where the keyring is missing or locked, or no longer holds the key of an existing store.
    """
    found = _read(folder)
    if found is None:
        return _made_in_keyring(folder)
    if found.kind is not KeyKind.KEYRING:
        raise locked()
    try:
        hex_digits = backend().get_password(_SERVICE, found.entry)
    except KeyringRefused as error:
        raise _keyring_locked() from error
    if hex_digits is None and not files.has_store(folder):
        return _made_in_keyring(folder)
    key = _checked(hex_digits)
    if found.former and not (folder / files.CHANGE).exists():
        _forget_former(folder, found)
    return key


def new_in_keyring(folder: Path) -> NewKey:
    """A fresh key, kept in the keyring beside the one in use. Raises StoreLocked where the keyring cannot be asked."""
    found = _read(folder)
    key, entry = _kept_in_keyring()
    former = found.entry if found and found.kind is KeyKind.KEYRING else ""
    return NewKey(key=key, key_file=msgspec.json.encode(_KeyFile(kind=KeyKind.KEYRING, entry=entry, former=former)))


def new_from_passphrase(passphrase: str) -> NewKey:
    """The key that a passphrase gives with a fresh salt; takes about a tenth of a second."""
    argon = _Argon(salt=secrets.token_hex(16))
    key_file = _KeyFile(kind=KeyKind.PASSPHRASE, argon=argon)
    return NewKey(key=_derived(passphrase, argon), key_file=msgspec.json.encode(key_file))


def passphrase_key(folder: Path, passphrase: str) -> StoreKey:
    """The key that a passphrase gives by Argon2id; takes about a tenth of a second.

    A wrong passphrase gives a wrong key, which `open_store` refuses. Raises StoreLocked where the store's key lies in
    a keyring.
    """
    found = _read(folder)
    if found is None:
        found = _KeyFile(kind=KeyKind.PASSPHRASE, argon=_Argon(salt=secrets.token_hex(16)))
        _write(folder, found)
    if found.kind is not KeyKind.PASSPHRASE or found.argon is None:
        raise locked()
    return _derived(passphrase, found.argon)


def forget_key(folder: Path) -> None:
    """Takes the folder's key out of the keyring. Raises StoreLocked where it cannot be asked."""
    found = _read(folder)
    if found is None or found.kind is not KeyKind.KEYRING:
        return
    try:
        for entry in filter(None, (found.former, found.entry)):
            backend().delete_password(_SERVICE, entry)
    except KeyringRefused as error:
        raise _keyring_locked() from error


def _derived(passphrase: str, argon: _Argon) -> StoreKey:
    from argon2.low_level import Type, hash_secret_raw

    raw = hash_secret_raw(
        passphrase.encode(),
        bytes.fromhex(argon.salt),
        time_cost=argon.time_cost,
        memory_cost=argon.memory_kib,
        parallelism=argon.lanes,
        hash_len=32,
        type=Type.ID,
    )
    return StoreKey(raw.hex())


def _made_in_keyring(folder: Path) -> StoreKey:
    key, entry = _kept_in_keyring()
    _write(folder, _KeyFile(kind=KeyKind.KEYRING, entry=entry))
    return key


def _forget_former(folder: Path, found: _KeyFile) -> None:
    """The key before a change opens copies of the files from before it: it goes out of the keyring."""
    try:
        backend().delete_password(_SERVICE, found.former)
    except KeyringRefused as error:
        # The keyring was open a moment ago: the entry is gone already, or will not go.
        _log.warning("the former key stays in the keyring: %s", error)
    _write(folder, msgspec.structs.replace(found, former=""))


def _kept_in_keyring() -> tuple[StoreKey, str]:
    key, entry = new_key(), str(uuid4())
    try:
        keyring = backend()
        keyring.set_password(_SERVICE, entry, key.hex)
        kept = keyring.get_password(_SERVICE, entry)
    except KeyringRefused as error:
        raise _keyring_locked() from error
    if kept != key.hex:
        raise _keyring_locked()
    return key, entry


def _checked(hex_digits: str | None) -> StoreKey:
    try:
        return StoreKey(hex_digits or "")
    except ValueError as error:
        raise locked() from error


def _read(folder: Path) -> _KeyFile | None:
    # Of a change of key that was decided and cut short, the new one: opening carries it out.
    changed = folder / files.CHANGE
    path = changed if changed.exists() else folder / files.KEY
    with translated(folder):
        if not path.exists():
            if files.has_store(folder):
                raise locked()
            return None
        body = path.read_bytes()
    try:
        return decoding.decode(body, _KeyFile)
    except msgspec.DecodeError as error:
        raise foreign() from error


def _write(folder: Path, key_file: _KeyFile) -> None:
    with translated(folder):
        files.make_private(folder)
        files.write_private(folder / files.KEY, msgspec.json.encode(key_file))


def _keyring_locked() -> StoreLocked:
    return StoreLocked(
        title=Text("系统密钥环不可用", "The system keyring is not available"),
        message=Text("密钥环已锁定或未运行。没有删除任何数据。", "It is locked or not running. Nothing was deleted."),
        next_step=Text("请解锁密钥环后重试。", "Unlock the keyring and try again."),
    )
