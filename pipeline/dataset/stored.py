"""A finished dataset, read a piece at a time: memory depends on the size of its parts, not on their number."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.dataset.columns import FULL_TEXTS, OF_DOCUMENT, TABLES, Column, columns_of, schema, tables_in
from pipeline.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 4096
"""The most rows in hand at a time; a piece never reaches over the end of a part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Tables of a dataset, or what is to be seen of them.

    ``public`` leaves full texts out: the columns of `FULL_TEXTS`, and sentences that are the evidence of no record.
    ``without`` are documents whose rows are left out of every table. ``told`` has rows say of which document they are,
    in the columns of `OF_DOCUMENT`.
    """

    folder: Path
    tables: tuple[str, ...]
    public: bool = False
    without: frozenset[str] = frozenset()
    told: bool = False

    def manifest(self) -> dict[str, Any]:
        """What the run wrote down of itself."""
        return dict(json.loads((self.folder / "manifest.json").read_bytes()))

    def columns(self, table: str) -> tuple[Column, ...]:
        """The columns of `table` that are to be seen."""
        hidden = FULL_TEXTS.get(table, ()) if self.public else ()
        key, *own = (column for column in columns_of(table) if column.name not in hidden)
        told = self._of_document(table)
        return key, *(column for column in columns_of("documents") if column.name in told), *own

    def schema(self, table: str) -> pa.Schema:
        """The Arrow schema of these columns."""
        import pyarrow as pa

        whole, told = schema(table), self._of_document(table)
        fields = [(schema("documents") if c.name in told else whole).field(c.name) for c in self.columns(table)]
        return pa.schema(fields, whole.metadata)

    def parts(self, table: str) -> list[str]:
        """The names of the parts of `table`, in order; one name in several tables is of the same documents."""
        return sorted(path.name for path in (self.folder / table).glob("*.parquet"))

    def batches(self, table: str, names: Sequence[str] | None = None, rows: int = ROWS) -> Iterator[pa.RecordBatch]:
        """The rows of `table`, of all columns or of those with `names`, in order."""
        for part in self.parts(table):
            yield from self.part(table, part, names, rows)

    def part(
        self, table: str, part: str, names: Sequence[str] | None = None, rows: int = ROWS
    ) -> Iterator[pa.RecordBatch]:
        """The same of one part; a column that the version which wrote it did not have yet is null."""
        from pyarrow import parquet

        wanted = [column.name for column in self.columns(table)] if names is None else list(names)
        told = [name for name in wanted if name in self._of_document(table)]
        held = [name for name in wanted if name not in told]
        known = {column.name for column in columns_of(table)}
        keys = known & {"doc_id", "sentence_id"} - set(held)
        documents = self._documents(part, told) if told else None
        evidence = self._evidence(part) if self.public and table == "sentences" else None
        with parquet.ParquetFile(self.folder / table / part) as file:
            for batch in file.iter_batches(rows, columns=[*held, *keys]):
                kept = _with_later(self._kept(batch, evidence), table, held)
                yield (_joined(kept, documents) if documents else kept).select(wanted)

    def _of_document(self, table: str) -> tuple[str, ...]:
        return OF_DOCUMENT.get(table, ()) if self.told else ()

    def _documents(self, part: str, names: Sequence[str]) -> pa.Table:
        from pyarrow import parquet

        return parquet.read_table(self.folder / "documents" / part, columns=["doc_id", *names])

    def _kept(self, batch: pa.RecordBatch, evidence: pa.Array | None) -> pa.RecordBatch:
        import pyarrow as pa
        import pyarrow.compute as pc

        if self.without and "doc_id" in batch.schema.names:
            batch = batch.filter(pc.invert(pc.is_in(batch["doc_id"], pa.array(sorted(self.without), pa.string()))))
        return batch if evidence is None else batch.filter(pc.is_in(_places(batch), evidence))

    def _evidence(self, part: str) -> pa.Array:
        """The places of the sentences that a record of another table rests on."""
        import pyarrow as pa
        from pyarrow import parquet

        places = [pa.array([], pa.string())]
        for table in TABLES:
            names = {column.name for column in TABLES[table]}
            path = self.folder / table / part
            if table != "sentences" and "sentence_id" in names and path.is_file():
                with parquet.ParquetFile(path) as file:
                    places += map(_places, file.iter_batches(columns=["doc_id", "sentence_id"]))
        return pa.concat_arrays(places)


def open_dataset(folder: Path, *, texts: bool = False) -> Stored:
    """The dataset in `folder` with all its tables.

    Raises UsageError where there is none, where it is not complete, or where `texts` are needed and it is a public
    edition.
    """
    if not (folder / "documents").is_dir():
        raise UsageError(f"{folder} holds no dataset. Name the folder that was given to run with -o.")
    if not (folder / "manifest.json").is_file():
        raise UsageError(f"{folder} is not complete: it has no manifest.json. Give its run again, with --resume.")
    stored = Stored(folder=folder, tables=tuple(tables_in(folder)))
    public = stored.manifest().get("public", False)
    if public and texts:
        raise UsageError(f"{folder} is a public edition, which holds no texts. Name the dataset that it was made of.")
    return replace(stored, public=public)


def count_rows(folder: Path, table: str) -> int:
    """How many rows a table has, as its parts say."""
    from pyarrow import parquet

    return sum(int(parquet.read_metadata(path).num_rows) for path in (folder / table).glob("*.parquet"))


def _with_later(batch: pa.RecordBatch, table: str, names: Sequence[str]) -> pa.RecordBatch:
    """The rows with those of the columns of `table` that came to it later."""
    import pyarrow as pa

    for name in names:
        if name not in batch.schema.names:
            field = schema(table).field(name)
            batch = batch.append_column(field, pa.nulls(len(batch), field.type))
    return batch


def _joined(batch: pa.RecordBatch, documents: pa.Table) -> pa.RecordBatch:
    """The rows with the other columns of `documents`, by their doc_id."""
    import pyarrow.compute as pc

    at = pc.index_in(batch["doc_id"], documents["doc_id"].combine_chunks())
    for name in documents.column_names[1:]:
        batch = batch.append_column(name, documents[name].combine_chunks().take(at))
    return batch


def _places(batch: pa.RecordBatch) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.binary_join_element_wise(batch["doc_id"], pc.cast(batch["sentence_id"], pa.string()), "#")
