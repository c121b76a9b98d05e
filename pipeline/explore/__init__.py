"""A dataset to look around in, served on this machine alone."""
