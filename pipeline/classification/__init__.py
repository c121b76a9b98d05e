"""Sections to topic and role, and passages that have a role of their own."""

from pipeline.classification.labeller import Labeller
from pipeline.classification.model import load_model
from pipeline.classification.passages import Passages

__all__ = ["Labeller", "Passages", "load_model"]
