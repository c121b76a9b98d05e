"""Clean text to a tree of sections."""

from pipeline.outline.outliner import Outliner

__all__ = ["Outliner"]
