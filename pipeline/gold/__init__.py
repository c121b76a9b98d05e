"""Annotated documents: what is right in them, and how far a dataset agrees."""
