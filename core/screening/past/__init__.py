"""How rules would have done on snapshots of before, by what became of their customers."""
