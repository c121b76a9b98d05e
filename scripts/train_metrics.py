"""Train the models of metrics (names, subjects, status, confidence), and write them with their card.

usage: python scripts/train_metrics.py [--models models]

Rows are the records of corpus/names, corpus/gold/metrics and corpus/gold/samples. Figures in the card come from whole
documents left out.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pipeline.config import load_config
from pipeline.kit import corpus_folder, models_folder
from pipeline.training.lessons import Lessons
from pipeline.training.metrics import train_metrics


def main() -> int:
    """Measure on documents left out, fit on all, write the models and the card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, default=models_folder())
    order = parser.parse_args()
    learnt = train_metrics(Lessons(corpus_folder(), (), load_config(), "scripts/train_metrics.py"), order.models)
    for folder in learnt.folders:
        print((folder / "card.toml").read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
