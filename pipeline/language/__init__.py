"""What several workshops read alike: numerals, dates and periods, sentence ends."""
