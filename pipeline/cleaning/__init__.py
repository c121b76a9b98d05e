"""Source text to clean text: edits that each name their rule."""
