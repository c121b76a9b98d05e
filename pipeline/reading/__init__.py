"""Bytes to text: what a source is made of, and how it was decoded."""
