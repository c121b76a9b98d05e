from __future__ import annotations

import errno
import os
from datetime import date
from hashlib import sha256
from pathlib import Path

import duckdb
import pandas
import polars
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.dataset.columns import TABLES, shared, to_batch
from pipeline.dataset.parts import parquet_bytes, write_parts, write_whole
from pipeline.errors import PipelineError

FAILURE = ("a/b.txt", "read", "EmptyFile", "It has 0 bytes.")
SENTENCE = ("d1", 0, 0, 0, 3, "全乡。", ("全乡", "。"), ("n", "x"), None)


def table_of(name: str, rows: list[tuple[object, ...]]) -> pa.Table:
    return pa.Table.from_batches([to_batch(name, rows)])


def tables_of(**rows: list[tuple[object, ...]]) -> dict[str, pa.Table]:
    return {name: table_of(name, rows.get(name, [])) for name in TABLES}


def test_the_same_rows_give_the_same_bytes() -> None:
    assert bytes(parquet_bytes(table_of("sentences", [SENTENCE] * 3))) == bytes(
        parquet_bytes(table_of("sentences", [SENTENCE] * 3))
    )


def test_nothing_of_machine_or_time_stands_in_a_part() -> None:
    data = bytes(parquet_bytes(table_of("failures", [FAILURE])))
    assert str(date.today().year).encode() not in data
    assert os.getcwd().encode() not in data


def test_a_table_without_rows_has_no_row_group() -> None:
    assert pq.ParquetFile(pa.BufferReader(parquet_bytes(table_of("failures", [])))).num_row_groups == 0


def test_values_held_once_are_written_out_as_strings() -> None:
    told = ["全乡种茶五亩。"] * 400 + ["全乡修路六里。"] * 100
    pieces = [pa.RecordBatch.from_arrays([shared(told)], names=["sentence"]) for _ in range(3)]
    table = pa.Table.from_batches(pieces)
    assert table.nbytes < 5 * len(told) * 3  # a number each, of strings that take 21 bytes
    again = pq.read_table(pa.BufferReader(parquet_bytes(table)))
    assert again.schema.field("sentence").type == pa.string()
    assert again["sentence"].to_pylist() == told * 3


def test_rows_come_back_as_they_were(tmp_path: Path) -> None:
    digests = write_parts(tmp_path, 3, tables_of(failures=[FAILURE], sentences=[SENTENCE]))
    assert set(digests) == {f"{table}/part-00003.parquet" for table in TABLES}
    assert (
        digests["failures/part-00003.parquet"]
        == sha256(bytes(parquet_bytes(table_of("failures", [FAILURE])))).hexdigest()
    )
    assert pq.read_table(tmp_path / "failures/part-00003.parquet").to_pylist() == [
        dict(zip(("source", "stage", "error", "message"), FAILURE, strict=True))
    ]
    row = pq.read_table(tmp_path / "sentences/part-00003.parquet").to_pylist()[0]
    assert row["words"] == ["全乡", "。"]


def test_every_reader_opens_every_table_also_an_empty_one(tmp_path: Path) -> None:
    write_parts(tmp_path, 0, tables_of())
    write_parts(tmp_path, 1, tables_of(failures=[FAILURE]))
    for table, columns in TABLES.items():
        rows, names = (1 if table == "failures" else 0), [column.name for column in columns]
        frame = pandas.read_parquet(tmp_path / table)
        assert (len(frame), list(frame.columns)) == (rows, names)
        lazy = polars.scan_parquet(tmp_path / table / "*.parquet").collect()
        assert (lazy.height, lazy.columns) == (rows, names)
        found = duckdb.sql(f"select * from '{(tmp_path / table).as_posix()}/*.parquet'")
        assert (len(found.fetchall()), found.columns) == (rows, names)


def test_a_file_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "new" / "part"
    write_whole(path, b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PipelineError, match=r"part cannot be written \(No space left on device\).*--resume"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
