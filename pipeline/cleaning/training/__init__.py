"""Rows of junk and of body to the classifier of adverts."""
