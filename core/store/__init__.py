"""The client's encrypted store: mirror (can be fetched again) and work (outcomes, outbox, drafts).

Names are imported when first used: the values of `types` cost msgspec alone, the store itself SQLAlchemy and SQLCipher.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core.store.discarding import discard as discard
    from core.store.key import NewKey as NewKey
    from core.store.key import StoreKey as StoreKey
    from core.store.key import key_kind as key_kind
    from core.store.key import keyring_key as keyring_key
    from core.store.key import keyring_state as keyring_state
    from core.store.key import new_from_passphrase as new_from_passphrase
    from core.store.key import new_in_keyring as new_in_keyring
    from core.store.key import passphrase_key as passphrase_key
    from core.store.key_change import change_key as change_key
    from core.store.opening import open_store as open_store
    from core.store.store import Store as Store
    from core.store.types import Applied as Applied
    from core.store.types import DayFigures as DayFigures
    from core.store.types import Draft as Draft
    from core.store.types import Found as Found
    from core.store.types import KeyKind as KeyKind
    from core.store.types import KeyringState as KeyringState
    from core.store.types import OutboxItem as OutboxItem
    from core.store.types import OutboxState as OutboxState
    from core.store.types import QueueCounts as QueueCounts
    from core.store.types import QueuePage as QueuePage
    from core.store.types import QueueQuery as QueueQuery
    from core.store.types import QueueRow as QueueRow
    from core.store.types import SavedRow as SavedRow
    from core.store.types import ScenarioFigures as ScenarioFigures
    from core.store.types import Section as Section
    from core.store.types import Sort as Sort
    from core.store.types import TroubledItem as TroubledItem
    from core.store.types import UploadState as UploadState

_ROOMS = {
    "core.store.discarding": ("discard",),
    "core.store.key": (
        "NewKey",
        "StoreKey",
        "key_kind",
        "keyring_key",
        "keyring_state",
        "new_from_passphrase",
        "new_in_keyring",
        "passphrase_key",
    ),
    "core.store.key_change": ("change_key",),
    "core.store.opening": ("open_store",),
    "core.store.store": ("Store",),
}
_HOME = {name: module for module, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> Any:
    module = import_module(_HOME.get(name, "core.store.types"))
    try:
        return getattr(module, name)
    except AttributeError:
        raise AttributeError(f"module 'core.store' has no attribute {name!r}") from None
