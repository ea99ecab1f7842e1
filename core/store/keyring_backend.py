"""The keyrings that may keep a key: those of the systems, by name.

Never the library's own choice: once `keyrings.alt` is installed it silently keeps keys as readable text.
"""

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, Protocol

from core.store.types import KeyringState

_NAMED = (
    ("keyring.backends.Windows", "WinVaultKeyring"),
    ("keyring.backends.macOS", "Keyring"),
    ("keyring.backends.SecretService", "Keyring"),
    ("keyring.backends.kwallet", "DBusKeyring"),
    ("keyring.backends.libsecret", "Keyring"),
)
_OF_ONE_SYSTEM = {"keyring.backends.Windows": "win32", "keyring.backends.macOS": "darwin"}
"""elsewhere looking for them would cost a start its time"""


class KeyringRefused(Exception):
    """No named keyring, or it is locked or failed."""


class Keyring(Protocol):
    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...

    def delete_password(self, service: str, username: str) -> None: ...


class _Guarded:
    """A keyring whose many kinds of failure are one."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def get_password(self, service: str, username: str) -> str | None:
        found = self._call(lambda: self._inner.get_password(service, username))
        return None if found is None else str(found)

    def set_password(self, service: str, username: str, password: str) -> None:
        self._call(lambda: self._inner.set_password(service, username, password))

    def delete_password(self, service: str, username: str) -> None:
        self._call(lambda: self._inner.delete_password(service, username))

    @staticmethod
    def _call(ask: Callable[[], Any]) -> Any:
        try:
            return ask()
        except Exception as error:
            # Each backend brings its own errors (D-Bus, GLib, COM): all mean that the key cannot be had now.
            raise KeyringRefused(type(error).__name__) from error


def backend() -> Keyring:
    """The best of the named keyrings that works here; raises KeyringRefused where none does."""
    found = _viable()
    if found is None:
        raise KeyringRefused("no keyring")
    return _Guarded(found)


def state() -> KeyringState:
    found = _viable()
    if found is None:
        return KeyringState.NONE
    return KeyringState.LOCKED if _is_locked(found) else KeyringState.AVAILABLE


def _viable() -> Any | None:
    for module, name in _NAMED:
        if _OF_ONE_SYSTEM.get(module, sys.platform) != sys.platform:
            continue
        try:
            kind = getattr(import_module(module), name)
            if kind.viable:
                return kind()
        except (ImportError, AttributeError, RuntimeError):
            continue
    return None


def _is_locked(found: Any) -> bool:
    """Looks without asking the user; keyrings other than the Secret Service unlock with the session."""
    if type(found).__module__ != "keyring.backends.SecretService":
        return False
    import secretstorage

    try:
        connection = secretstorage.dbus_init()
        try:
            return bool(secretstorage.get_default_collection(connection).is_locked())
        finally:
            connection.close()
    except secretstorage.exceptions.SecretStorageException:
        return True
