"""Train the models of topic and role from corpus/sections, and write them with their cards.

usage: python scripts/train_sections.py [--corpus corpus/sections] [--models models]

A document of the corpus begins with ``== name | kind``; ``@ topic role level heading`` begins a section, whose body
follows. Figures in the cards come from whole documents left out; the same folds calibrate the probabilities.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pipeline.classification.features import Features
from pipeline.classification.labelled import AXES, digest_of, read_labelled
from pipeline.classification.training import train, write_model
from pipeline.rules import Rules
from pipeline.segmentation import Segmenter


def main() -> int:
    """Read the corpus, cut it into words, train both models."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    root = Path(__file__).parent.parent
    parser.add_argument("--corpus", type=Path, default=root / "corpus" / "sections")
    parser.add_argument("--models", type=Path, default=root / "models")
    args = parser.parse_args()
    documents, rules = read_labelled(args.corpus), Rules()
    segment = Segmenter(rules.words()).segment
    for axis in AXES:
        model, measures = train(documents, axis, Features(rules), segment)
        learnt_from = {
            "rows": sum(len(document.outline) for document in documents),
            "documents": len(documents),
            "corpus_sha256": digest_of(args.corpus),
            "script": "scripts/train_sections.py",
        }
        write_model(model, measures, args.models / axis, learnt_from)
        print(axis, *(f"{name} {value:.3f}" for name, value in measures.totals().items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
