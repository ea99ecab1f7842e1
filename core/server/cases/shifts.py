"""The shifts of the duty roster, as the site has set them."""

from core.domain import decoding
from core.domain.duty import Shift
from core.server.db import settings
from core.server.db.engine import Unit

KEY = "duty"


def shifts(unit: Unit) -> tuple[Shift, ...]:
    kept = settings.read(unit, KEY)
    return () if kept is None else decoding.decode(kept, tuple[Shift, ...])
