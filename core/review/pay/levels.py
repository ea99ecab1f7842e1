"""From a share to its level and its points."""

from fractions import Fraction

from core.domain.package import WHOLE, Level, Levels


def level_of(share: Fraction, levels: Levels) -> Level:
    """The highest level that the share reaches; 1 is all of it."""
    reached = share * WHOLE
    if reached >= levels.r2:
        return Level.R2
    if reached >= levels.r1:
        return Level.R1
    return Level.R0 if reached >= levels.r0 else Level.BELOW


def points_of(share: Fraction, levels: Levels, scores: Levels) -> Fraction:
    """The points of a share: those of its level, between two levels the part, below R0 in proportion, never above R2.

    Rises with the share, without a jump: half a customer more never costs points."""
    reached = share * WHOLE
    if reached >= levels.r2:
        return Fraction(scores.r2)
    if reached >= levels.r1:
        return _between(reached, levels.r1, levels.r2, scores.r1, scores.r2)
    if reached >= levels.r0:
        return _between(reached, levels.r0, levels.r1, scores.r0, scores.r1)
    return _between(max(reached, Fraction(0)), 0, levels.r0, 0, scores.r0)


def score_at(level: Level, scores: Levels) -> int:
    """The points that stand for reaching a level; 0 below the least."""
    return {Level.R0: scores.r0, Level.R1: scores.r1, Level.R2: scores.r2}.get(level, 0)


def next_level(level: Level) -> Level | None:
    """The one to reach next; None at the top."""
    return {Level.BELOW: Level.R0, Level.R0: Level.R1, Level.R1: Level.R2}.get(level)


def needed(level: Level, levels: Levels) -> Fraction:
    """The share that reaches a level."""
    return Fraction({Level.R0: levels.r0, Level.R1: levels.r1, Level.R2: levels.r2}.get(level, 0), WHOLE)


def _between(at: Fraction, low: int, high: int, low_score: int, high_score: int) -> Fraction:
    return low_score + (at - low) * (high_score - low_score) / (high - low)
