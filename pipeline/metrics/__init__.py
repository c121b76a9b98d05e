"""Clean text to quantities, and quantities to named metrics."""

from pipeline.metrics.extract import Extractor
from pipeline.metrics.quantities import Recogniser

__all__ = ["Extractor", "Recogniser"]
