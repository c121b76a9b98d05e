"""Clean text to a tree of sections."""
