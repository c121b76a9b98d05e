"""Clean text to quantities: how numbers and units are written, and what is no number of anything."""
