"""Clean text and outline to what a report says of itself."""
