"""Clean text to sentences, words and tags."""
