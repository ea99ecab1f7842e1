"""Review packs: what leads' machines pull to review their teams' calls without a network."""
