"""What a dataset says of itself: README.md for people, manifest.json for programs. Both the same for the same rows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.dataset.columns import MEANINGS, TABLES
from pipeline.dataset.parts import write_whole

CARD = """\
---
pretty_name: Work reports as data
language: [zh]
configs:
{configs}
---

# Work reports as data

{documents} documents of {entries} entries ({failures} became no document: see the table failures), made by
report-pipeline {version} from {inputs}.

Source less removals, with restorations done, is the clean text, white space aside. Offsets are characters, half-open:
`text[start:end]` is the quote. `source_start` and `source_end` point into `documents.source_text`.

```python
import pandas as pd
metrics = pd.read_parquet("metrics")
```

| table | rows | what |
|---|---:|---|
{tables}

How it was made (configuration, digests of rules and models, archive profile) stands in `manifest.json`.
{dictionary}"""


def write_card(dataset: Path, manifest: Mapping[str, Any]) -> None:
    """Write both files; manifest.json comes last, and its being there says that the dataset is complete."""
    rows = manifest["rows"]
    card = CARD.format(
        configs="\n".join(f"- config_name: {table}\n  data_files: {table}/*.parquet" for table in TABLES),
        documents=rows["documents"],
        entries=manifest["entries"],
        failures=rows["failures"],
        version=manifest["version"],
        inputs=", ".join(f"`{name}`" for name in manifest["inputs"]),
        tables="\n".join(f"| [{table}](#{table}) | {rows[table]} | {MEANINGS[table]} |" for table in TABLES),
        dictionary="".join(map(_dictionary, TABLES)),
    )
    write_whole(dataset / "README.md", card.encode("utf-8", "replace"))
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    write_whole(dataset / "manifest.json", text.encode("utf-8", "replace") + b"\n")


def _dictionary(table: str) -> str:
    """The columns of one table, for readers."""
    lines = (f"| `{c.name}` | {c.type} | {c.meaning} |" for c in TABLES[table])
    return f"\n## {table}\n\n| column | type | meaning |\n|---|---|---|\n" + "\n".join(lines) + "\n"
