"""The wrap-up timer: it shows the time that is left and never does anything when there is none."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class WrapUp:
    limit_s: int
    extended_s: int
    used_s: float

    @property
    def remaining_s(self) -> float:
        """Seconds left, 0 where they are used up."""
        return max(0.0, self.allowed_s - self.used_s)

    @property
    def allowed_s(self) -> int:
        return self.limit_s + self.extended_s

    @property
    def over(self) -> bool:
        """The time is used up: a reason to remind, never to leave the call without an outcome."""
        return self.used_s >= self.allowed_s
