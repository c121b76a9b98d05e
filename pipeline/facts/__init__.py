"""Clean text and outline to what a report says of itself."""

from pipeline.facts.describer import Describer

__all__ = ["Describer"]
