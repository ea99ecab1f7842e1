"""Taking away a store that never held anything: its files, and its key in the keyring."""

import shutil
from pathlib import Path

from core.store.errors import translated
from core.store.key import forget_key


def discard(folder: Path) -> None:
    """Removes a closed store for good. Raises StoreLocked, and removes nothing, where its keyring cannot be asked."""
    forget_key(folder)
    with translated(folder):
        shutil.rmtree(folder)
