"""Clean text to quantities, and quantities to named metrics."""
