"""S12: with the key missing, changed, locked, its file or the keyring gone, unsent outcomes are never deleted.

Same at both scales: a store with unsent outcomes meets each of the five states at a start, twice, is refused with a
reason, and is opened again once the key is back. Then every outcome is looked for.
The control makes a new store where the old one does not open.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from unittest.mock import patch

from proof import Proof, Scale, Side
from store_kit import saved

from core.domain.errors import StoreError
from core.store import files, key
from core.store.key import keyring_key
from core.store.keyring_backend import KeyringRefused
from core.store.opening import open_store
from core.wire.push import Saved

STATES = ("missing", "changed", "locked", "key file gone", "no keyring")
_OUTCOMES = 5


class Ring:
    """A keyring in memory that can be in any of the states."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.state = ""

    def get_password(self, service: str, entry: str) -> str | None:
        if self.state in ("locked", "no keyring"):
            raise KeyringRefused(self.state)
        if self.state == "missing":
            return None
        return "ab" * 32 if self.state == "changed" else self.kept.get((service, entry))

    def set_password(self, service: str, entry: str, password: str) -> None:
        if self.state in ("locked", "no keyring"):
            raise KeyringRefused(self.state)
        self.kept[service, entry] = password


def prove(_scale: Scale, folder: Path) -> Proof:
    product = run(folder / "product", lambda place: open_store(place, keyring_key(place)).close())
    control = run(folder / "control", _anew)
    return Proof(what="unsent outcomes and a key that cannot be had", product=product, control=control)


@contextmanager
def _ring() -> Iterator[Ring]:
    made = Ring()
    with patch.object(key, "backend", lambda: made):
        yield made


def run(folder: Path, start: Callable[[Path], None]) -> Side:
    """Each state on a store of its own."""
    refused = lost = 0
    for state in STATES:
        place = folder / state.replace(" ", "-")
        with _ring() as ring:
            ids = [one.id for one in _unsent(place)]
            ring.state = state
            key_file = (place / files.KEY).read_bytes()
            if state == "key file gone":
                (place / files.KEY).unlink()
            for _ in range(2):
                try:
                    start(place)
                except StoreError:
                    refused += 1
            ring.state = ""
            if not (place / files.KEY).exists():
                (place / files.KEY).write_bytes(key_file)
            try:
                with closing(open_store(place, keyring_key(place))) as store:
                    lost += sum(store.saved(one) is None for one in ids)
            except StoreError:
                lost += len(ids)
    return Side(
        holds=lost == 0 and refused == 2 * len(STATES),
        figures={"states": len(STATES), "refused with a reason": refused, "outcomes lost": lost},
    )


def _unsent(place: Path) -> list[Saved]:
    made = [saved(None) for _ in range(_OUTCOMES)]
    with closing(open_store(place, keyring_key(place))) as store:
        for one in made:
            store.save(one)
    return made


def _anew(place: Path) -> None:
    """What does not open is in the way."""
    try:
        open_store(place, keyring_key(place)).close()
    except StoreError:
        for name in (files.WORK, files.MIRROR, files.CHECK, files.KEY):
            (place / name).unlink(missing_ok=True)
