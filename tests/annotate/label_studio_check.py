"""Run by an interpreter that has label-studio-sdk: prints what it finds wrong with tasks.json and labels.xml.

usage: python label_studio_check.py FOLDER
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main(folder: Path) -> int:
    """Validate the configuration, every task and every prediction."""
    from label_studio_sdk.label_interface import LabelInterface  # type: ignore[import-not-found]

    interface = LabelInterface((folder / "labels.xml").read_text(encoding="utf-8"))
    interface.validate()
    rows = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    faults = []
    for row in rows:
        if not interface.validate_task({"data": row["data"]}):
            faults.append(f"task {row['data']['name']}")
        for prediction in row["predictions"]:
            faults += interface.validate_prediction(prediction, return_errors=True)
    print(*faults, sep="\n")
    print(f"{len(rows)} tasks, {sum(len(r['predictions'][0]['result']) for r in rows)} results, {len(faults)} faults")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
