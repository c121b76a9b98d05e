"""What a dataset says of itself, the same for the same rows.

README.md is for people and for Hugging Face, croissant.json for programs that look for datasets, manifest.json for
whoever makes the rows again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.dataset.columns import MEANINGS, Column
from pipeline.dataset.croissant import croissant
from pipeline.dataset.parts import write_whole
from pipeline.dataset.readable import LEVELS, NOT_SAID
from pipeline.dataset.stored import Stored, count_rows, open_dataset

CARD = """\
---
pretty_name: Work reports as data
language:
- zh
tags:
- work-reports
- text-as-data
size_categories:
- {size}
configs:
{configs}
dataset_info:
{features}
---

# Work reports as data

{description}

Source less removals, with restorations done, is the clean text, white space aside. Offsets are characters, half-open:
`text[start:end]` is the quote. `source_start` and `source_end` point into `documents.source_text`.

```python
import pandas as pd
metrics = pd.read_parquet("metrics")
```

```python
from datasets import load_dataset
metrics = load_dataset(".", "metrics", split="train")
```

| table | rows | what |
|---|---:|---|
{tables}

## Coverage

Documents by the year that they report on and the level that they report for, as they say themselves.

{coverage}

{types}

## How good it is

Measured when the models were trained, on documents, or families of adverts, that they had not seen. `confidence` and
the scores in the tables tell it of each record.

{figures}

## How it was made

By report-pipeline {version} from {inputs}. `manifest.json` holds the configuration, the selection, the digests of
rules and models and of what the archive repeats; `report-pipeline run --from-manifest manifest.json` makes the same
rows again. `failures` names every entry that became no document. Digest of all rows: `{content}`.

| rules and models | SHA-256 |
|---|---|
{knowledge}

# Data dictionary

Null means that the text does not say so, if nothing else is written.
{dictionary}"""

DESCRIPTION = (
    "{documents} Chinese work reports of {entries} entries ({failures} became no document), made by report-pipeline "
    "{version}: clean texts, outlines with topics and roles, sentences with words, and every named quantity with its "
    "value, unit, period, status and evidence."
)

SIZES = (("n<1K", 1_000), ("1K<n<10K", 10_000), ("10K<n<100K", 100_000), ("100K<n<1M", 1_000_000))
"""The size categories of Hugging Face, by the number of documents."""


def write_manifest(dataset: Path, manifest: Mapping[str, Any]) -> None:
    """Write what the run was; its being there says that the dataset is complete."""
    _write_json(dataset / "manifest.json", manifest, sort_keys=True)


def rewrite_card(dataset: Path) -> None:
    """Write README.md and croissant.json anew, once a table has come to a finished dataset.

    Raises UsageError where there is no complete dataset.
    """
    stored = open_dataset(dataset)
    describe(stored, stored.manifest())


def describe(stored: Stored, manifest: Mapping[str, Any]) -> None:
    """Write README.md and croissant.json of what `stored` shows into its folder."""
    rows, tables = manifest["rows"], stored.tables
    counts = {table: count_rows(stored.folder, table) for table in tables}
    filled = [table for table in tables if counts[table]]  # Hugging Face loads no table without rows
    description = DESCRIPTION.format(
        documents=f"{rows['documents']:,}",
        entries=f"{manifest['entries']:,}",
        failures=f"{rows['failures']:,}",
        version=manifest["version"],
    )
    by_level, types = _coverage(stored)
    card = CARD.format(
        size=next((name for name, end in SIZES if rows["documents"] < end), "n>1M"),
        configs="\n".join(f"- config_name: {table}\n  data_files: {table}/*.parquet" for table in filled),
        features="\n".join(_features(table, stored.columns(table)) for table in filled),
        description=description,
        tables="\n".join(f"| [{table}](#{table}) | {count} | {MEANINGS[table]} |" for table, count in counts.items()),
        coverage="\n".join(by_level),
        types="\n".join(types),
        figures="\n".join(_figures(manifest["figures"])),
        version=manifest["version"],
        inputs=", ".join(f"`{name}`" for name in manifest["inputs"]),
        content=manifest["content"],
        knowledge="\n".join(f"| {name} | `{digest}` |" for name, digest in sorted(manifest["knowledge"].items())),
        dictionary="".join(_dictionary(table, stored.columns(table)) for table in tables),
    )
    write_whole(stored.folder / "README.md", card.encode("utf-8", "replace"))
    _write_json(
        stored.folder / "croissant.json",
        croissant(manifest, {table: stored.columns(table) for table in tables}, description),
    )


def _coverage(stored: Stored) -> tuple[list[str], list[str]]:
    """The lines of two tables: documents by year and level, and by kind of report."""
    places: Counter[tuple[int | None, str | None]] = Counter()
    types: Counter[str | None] = Counter()
    for batch in stored.batches("documents", ["year_covered", "admin_level", "report_type"]):
        years, levels, kinds = (column.to_pylist() for column in batch.columns)
        places.update(zip(years, levels, strict=True))
        types.update(kinds)
    seen = [level for level in (*LEVELS, None) if any(found == level for _, found in places)]
    years = sorted({year for year, _ in places}, key=lambda year: (year is None, year or 0))
    rows = [[year or NOT_SAID, *(places[year, level] for level in seen)] for year in years]
    by_level = _table(["year", *(level or NOT_SAID for level in seen), "all"], [[*row, sum(row[1:])] for row in rows])
    by_type = sorted(types.items(), key=lambda pair: (-pair[1], pair[0] or ""))
    return by_level, _table(["kind of report", "documents"], [[kind or NOT_SAID, count] for kind, count in by_type])


def _table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[str]:
    """A table of counts in Markdown, labels left and numbers right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return ["| " + " | ".join(map(str, line)) + " |" for line in lines]


def _figures(figures: Mapping[str, Mapping[str, Mapping[str, float]]]) -> Iterator[str]:
    """What the cards of the models say, a line a figure."""
    yield from _table(["model and what it was measured on", "figure", "value"], [])
    for model, sets in sorted(figures.items()):
        for measured, values in sorted(sets.items()):
            for name, value in sorted(values.items()):
                yield f"| {model}: {_spaced(measured)} | {_spaced(name)} | {value:g} |"


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _features(table: str, columns: Sequence[Column]) -> str:
    """The columns in Hugging Face's words, so that no type is guessed from the rows."""
    kinds = (
        (c.name, f"sequence: {c.type[5:-1]}" if c.type.startswith("list") else f"dtype: {c.type}") for c in columns
    )
    lines = "".join(f"\n  - name: {name}\n    {kind}" for name, kind in kinds)
    return f"- config_name: {table}\n  features:{lines}"


def _dictionary(table: str, columns: Sequence[Column]) -> str:
    """The columns of one table, for readers."""
    lines = (f"| `{c.name}` | {c.type} | {c.unit} | {c.meaning} |" for c in columns)
    return f"\n## {table}\n\n| column | type | unit | meaning |\n|---|---|---|---|\n" + "\n".join(lines) + "\n"


def _write_json(path: Path, tree: Mapping[str, Any], *, sort_keys: bool = False) -> None:
    text = json.dumps(tree, ensure_ascii=False, indent=1, sort_keys=sort_keys)
    write_whole(path, text.encode("utf-8", "replace") + b"\n")
