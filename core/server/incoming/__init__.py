"""Events of other systems as they happen: kept once, made tasks at once."""
