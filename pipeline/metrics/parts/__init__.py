"""Which number is a part of which."""
