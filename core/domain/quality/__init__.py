"""Quality inspection: scorecards, which calls are looked at, scores and what becomes of them, verified saves."""
