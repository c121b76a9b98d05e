"""What the house knows, as data: one loader, a schema a table, examples and counterexamples in each row."""

from pipeline.rules.loader import Rules

__all__ = ["Rules"]
