"""The shifts of the duty roster, as the site has set them."""

import msgspec

from core.domain.duty import Shift
from core.server.db import settings
from core.server.db.engine import Unit

KEY = "duty"


def shifts(unit: Unit) -> tuple[Shift, ...]:
    kept = settings.read(unit, KEY)
    return () if kept is None else msgspec.json.decode(kept, type=tuple[Shift, ...])
