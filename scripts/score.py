"""Score a dataset that `report-pipeline run` wrote against hand annotations.

usage: python scripts/score.py DATASET GOLD [--texts FOLDER] [--details] [--json]

DATASET  the folder given to `report-pipeline run -o` (one sub-folder of Parquet files a table)
GOLD     a folder with NAME.json (corpus/README.md says what it holds)
FOLDER   where the texts lie that were processed, NAME.txt each; default GOLD/texts
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.gold.score import print_figures, score_dataset


def main(arguments: Sequence[str] | None = None) -> int:
    """Score, print, and give 1 where the dataset has faults."""
    style = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=style)
    parser.add_argument("dataset", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--texts", type=Path, help="where the texts lie; default GOLD/texts")
    parser.add_argument("--details", action="store_true", help="print every miss, one a line")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    order = parser.parse_args(arguments)
    result, details = score_dataset(order.dataset, order.gold, order.texts or order.gold / "texts")
    if order.json:
        print(json.dumps(result, ensure_ascii=False, indent=1))
    else:
        print_figures(result)
    if order.details:
        print(*details, sep="\n")
    return 1 if "faults" in result else 0


if __name__ == "__main__":
    sys.exit(main())
