"""What a change of plan does to the broadband at home, which stands on no monthly bill: saved by a bundle, or lost."""

from datetime import date, timedelta

from core.domain.customer import Broadband
from core.domain.plan import BroadbandKind, BroadbandPlan, Plan
from core.domain.recommendation import RecommendationRule

MONTHS_A_YEAR = 12


class Line:
    """The customer's line; a plan provides it where its own is at least as fast."""

    def __init__(
        self, line: Broadband | None, present: Plan | None, offered: tuple[BroadbandPlan, ...], today: date
    ) -> None:
        self._speed_mbps = line.speed_mbps or 0 if line else 0
        self._has_line = line is not None
        self._yearly_fen = (line.yearly_fee_fen or 0) if line else 0
        self._ends_on = line.ends_on if line else None
        self._present, self._offered, self._today = present, offered, today

    def change_fen(self, plan: Plan, rule: RecommendationRule) -> int:
        """Fen a month that the change to `plan` saves beside the bill; negative where it costs.

        A prepaid year counts as saved only once its end is near: what is paid is not given back."""
        if not self._has_line or self._present is None:
            return 0
        now, then = self._provides(self._present), self._provides(plan)
        if now is then:
            return 0
        if now:
            return -self._replacement_fen()
        soon = self._today + timedelta(days=rule.freed_broadband_days)
        ends_soon = self._ends_on is not None and self._ends_on <= soon
        return self._yearly_fen // MONTHS_A_YEAR if ends_soon else 0

    def _provides(self, plan: Plan) -> bool:
        return plan.with_broadband and plan.broadband_mbps >= self._speed_mbps

    def _replacement_fen(self) -> int:
        """The least that a line of this speed costs by the year, a month, rounded up; 0 where none is sold."""
        prices = [
            one.term_fen
            for one in self._offered
            if one.kind is BroadbandKind.YEARLY
            and one.speed_mbps >= self._speed_mbps
            and one.on_sale_from <= self._today
            and (one.on_sale_until is None or self._today <= one.on_sale_until)
        ]
        return -(-min(prices, default=0) // MONTHS_A_YEAR)
