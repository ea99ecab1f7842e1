"""R4: a change of a store's key killed half-way leaves exactly one key that opens it.

Same at both scales: looks for a change of key in the store's own rooms. There is none, so nothing can be killed
half-way and nothing is shown: the goal does not hold.
The control is a change by hand, file after file, killed between two of them.
"""

from contextlib import closing
from pathlib import Path

from desk_process import KEY
from proof import Proof, Scale, Side
from store_kit import saved

from core.domain.errors import StoreError
from core.store import files, key
from core.store.engine import raw_connection
from core.store.key import StoreKey
from core.store.opening import open_store

OTHER = StoreKey("6b" * 32)


def prove(_scale: Scale, folder: Path) -> Proof:
    changes = [name for name in vars(key) if "change" in name or "rekey" in name]
    store = open_store(folder / "store", KEY)
    store.save(saved(None))
    store.close()
    with closing(raw_connection(folder / "store" / files.WORK, KEY)) as connection:
        connection.execute(f"PRAGMA rekey = \"x'{OTHER.hex}'\"")
    opening = sum(_opens(folder / "store", one) for one in (KEY, OTHER))
    return Proof(
        what="changes of a store's key",
        product=Side(holds=bool(changes), figures={"ways to change a key": len(changes)}),
        control=Side(holds=opening == 1, figures={"keys that open after a kill": opening}),
    )


def _opens(folder: Path, one: StoreKey) -> bool:
    try:
        open_store(folder, one).close()
    except StoreError:
        return False
    return True
