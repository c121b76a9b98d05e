"""Train the models of topic and role from corpus/sections, and write them with their cards.

usage: python scripts/train_sections.py [--corpus corpus/sections] [--models models]

A document of the corpus begins with ``== name | kind``; ``@ topic role level heading`` begins a section, whose body
follows. Figures in the cards come from whole documents left out; the same folds calibrate the probabilities.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pipeline.config import load_config
from pipeline.kit import corpus_folder, models_folder
from pipeline.training.lessons import Lessons
from pipeline.training.sections import train_sections


def main() -> int:
    """Read the corpus, cut it into words, train both models."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=corpus_folder() / "sections")
    parser.add_argument("--models", type=Path, default=models_folder())
    args = parser.parse_args()
    _, measured = train_sections(Lessons(args.corpus, (), load_config(), "scripts/train_sections.py"), args.models)
    for axis, measures in measured.items():
        print(axis, *(f"{name} {value:.3f}" for name, value in measures.totals().items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
