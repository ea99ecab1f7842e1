"""Seconds that add up over several stretches, by a clock that only goes forward."""

from dataclasses import dataclass


@dataclass(slots=True)
class Stopwatch:
    before_s: float = 0.0
    """of earlier stretches"""
    since_s: float | None = None
    """monotonic start of the running stretch"""

    def start(self, at_s: float) -> None:
        self.stop(at_s)
        self.since_s = at_s

    def stop(self, at_s: float) -> None:
        self.before_s, self.since_s = self.elapsed(at_s), None

    def elapsed(self, at_s: float) -> float:
        """Seconds up to `at_s`; never less than those of the earlier stretches."""
        if self.since_s is None:
            return self.before_s
        return self.before_s + max(0.0, at_s - self.since_s)
