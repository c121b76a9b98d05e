"""Sections to topic and role."""

from pipeline.classification.labeller import Labeller, load_model

__all__ = ["Labeller", "load_model"]
