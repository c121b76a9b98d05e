"""Measure how fast texts are read, each figure beside ``jieba.lcut`` over the same texts in the same run.

usage: python scripts/benchmark.py FOLDER

Give the process one core (``OMP_NUM_THREADS=1``). The best of several rounds counts: what else the machine does only
ever makes a round longer.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import jieba

from pipeline.config import load_config
from pipeline.kit import build_cleaner, load_rules

ROUNDS = 5


def seconds(step: Callable[[str], object], texts: Sequence[str]) -> float:
    """The time that this thread takes for one step over all texts, at best."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.thread_time()
        for text in texts:
            step(text)
        best = min(best, time.thread_time() - start)
    return best


def cleaning_ratio(texts: Sequence[str]) -> float:
    """How many times faster cleaning is than cutting the same texts into words."""
    cleaner = build_cleaner(load_rules(load_config()))
    words = jieba.Tokenizer()
    for step in (cleaner.clean, words.lcut):
        step(texts[0])  # what is built once is not measured
    return seconds(words.lcut, texts) / seconds(cleaner.clean, texts)


def main() -> int:
    """Print the figures for the texts of a folder."""
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    texts = [path.read_text(encoding="utf-8") for path in sorted(Path(sys.argv[1]).glob("*.txt"))]
    print(f"{sum(map(len, texts))} characters, cleaning {cleaning_ratio(texts):.1f} times as fast as jieba.lcut")
    return 0


if __name__ == "__main__":
    sys.exit(main())
