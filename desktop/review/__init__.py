"""The review: what came of a team's calls, pictures first, each figure down to its calls; all without a network."""
