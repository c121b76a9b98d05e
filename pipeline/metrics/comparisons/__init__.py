"""Changes, shares, multiples and gaps, and what they are measured against."""
