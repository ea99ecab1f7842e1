"""Kinds of content that quality inspection brings: small, since a desk knows them as it starts."""

from typing import Final

SCORECARD: Final = "scorecard"
"""core.domain.quality.scorecard.Scorecard; a piece each, named by its id"""
SAMPLING: Final = "sampling"
"""core.domain.quality.sampling.SamplingRules; also its name"""
SAMPLED: Final = "quality_call"
"""inspection.SampledCall: a call to be scored, to its team's leads"""
SCORED: Final = "quality_score"
"""inspection.ScoreCase: to the agent and the team's leads"""
COACHING: Final = "quality_coaching"
"""inspection.CoachingCase: to the agent and the team's leads"""
QUALITY_KINDS = frozenset({SAMPLED, SCORED, COACHING})
"""what comes of people's work, and is no part of a publication"""
