"""What stands for a customer in packs: keyed by a secret of the site, so that no list of ids turns it back.

Equal for equal customers of one site, and says nothing of them. The key is made once and leaves the server never: a
backup has it, since packs and what leads were told of denied saves hold the codes.
"""

import hashlib
import secrets
from collections.abc import Callable

from core.server.db import settings
from core.server.db.engine import Database, Unit
from core.server.db.schema import setting
from core.server.db.upsert import upsert

REVIEW_KEY = "review_key"
"""setting: 32 random bytes, hexadecimal"""
Coder = Callable[[str], int]
"""of a customer's id"""


def prepare_codes(database: Database) -> None:
    """Makes the key where there is none. Of two servers that begin at once the first one's stands."""
    with database.read() as unit:
        if settings.read(unit, REVIEW_KEY) is not None:
            return
    with database.write() as unit:
        row = {"tenant_id": unit.tenant, "key": REVIEW_KEY, "value": secrets.token_hex(32)}
        upsert(unit, setting, [row], keys=("tenant_id", "key"), keep=("value",))


def coder(unit: Unit) -> Coder:
    """Codes of this site; `prepare_codes` came before."""
    kept = settings.read(unit, REVIEW_KEY)
    if kept is None:
        raise RuntimeError("the review's key is not there: prepare_codes has not run")
    key = bytes.fromhex(kept)

    def code(customer_id: str) -> int:
        digest = hashlib.blake2b(customer_id.encode(), digest_size=8, key=key, person=b"review").digest()
        return int.from_bytes(digest, signed=True)

    return code
