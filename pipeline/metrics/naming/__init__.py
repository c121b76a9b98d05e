"""What each number measures: wordings of the text, the one that a model chooses, and the name made whole of it."""
