"""A document as arrays of characters and words, and what is known of each of its numbers."""
