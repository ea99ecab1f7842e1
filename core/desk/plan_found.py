"""What was looked up among the plans, as windows show it. No numpy."""

from msgspec import Struct

from core.desk.plans import PlanChoice
from core.offers.line_choice import LineChoice


class Found(Struct, frozen=True, kw_only=True):
    """What a look-up came to."""

    typed: str
    plans: tuple[PlanChoice, ...] = ()
    lines: tuple[LineChoice, ...] = ()
