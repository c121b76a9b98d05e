"""Clean text to sentences, words and tags."""

from pipeline.segmentation.segmenter import Segmenter

__all__ = ["Segmenter"]
