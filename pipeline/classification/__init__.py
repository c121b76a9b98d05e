"""Sections to topic and role."""

from pipeline.classification.labeller import Labeller
from pipeline.classification.model import load_model

__all__ = ["Labeller", "load_model"]
