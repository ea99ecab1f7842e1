"""The field's nouns and their pure rules. Imports msgspec and the standard library alone."""
