"""Clean text to quantities, and quantities to named metrics."""

from pipeline.metrics.extract import Extractor
from pipeline.metrics.quantities.recogniser import Recogniser
from pipeline.metrics.ranks import Ranks

__all__ = ["Extractor", "Ranks", "Recogniser"]
