"""What several workshops read alike: numerals, dates and periods, marks of headings, sentence ends."""
