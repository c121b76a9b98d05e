"""The corpus, and a user's corrections beside it, to models."""
