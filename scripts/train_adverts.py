"""Train the classifier of adverts from corpus/adverts and the body text of corpus, and write it with its card.

usage: python scripts/train_adverts.py [--corpus corpus] [--models models]
       python scripts/train_adverts.py --unseen corpus/gold/held_out/texts REPORTS

Figures in the card come from whole families and whole documents left out (five folds): thresholds are set above the
body rows that were left out, so that body wins every tie; then the whole cleaner takes what it can of the junk left
out, and reads the documents left out, of which it may take nothing. Rows of corpus/adverts/held_out are in no fold.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pipeline.cleaning import Classifier, Cleaner
from pipeline.cleaning.training.validation import read_unseen
from pipeline.config import load_config
from pipeline.kit import corpus_folder, models_folder
from pipeline.rules import Rules
from pipeline.segmentation import Segmenter
from pipeline.training.adverts import train_adverts
from pipeline.training.lessons import Lessons


def main() -> int:
    """Validate with families left out, fit on all, write; or only read texts with what is written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=corpus_folder())
    parser.add_argument("--models", type=Path, default=models_folder())
    parser.add_argument(
        "--unseen", type=Path, nargs="+", help="train nothing; tell what the model takes of these texts"
    )
    args = parser.parse_args()
    if args.unseen:
        rules = Rules()
        classifier = Classifier.load(args.models / "adverts", Segmenter(rules.words()).cut)
        read_unseen(Cleaner(rules, classifier=classifier), args.unseen)
        return 0
    learnt = train_adverts(Lessons(args.corpus, (), load_config(), "scripts/train_adverts.py"), args.models)
    for folder in learnt.folders:
        print((folder / "card.toml").read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
