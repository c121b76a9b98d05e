"""Each format opened by the programs that people open it with: what comes out is what stands in Parquet."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import polars as pl
import pytest
from laws import Row, read_table
from odd import LONG
from openpyxl.utils.escape import unescape

from pipeline.dataset.columns import OF_DOCUMENT, TABLES, columns_of
from pipeline.dataset.export import export
from pipeline.dataset.formats import dta, workbook, xlsx
from pipeline.dataset.formats.csv import unguarded


def as_text(row: Row) -> dict[str, str]:
    """A row as a format of texts has it."""
    return {name: shown(value) for name, value in row.items()}


def shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def same_numbers(table: str, found: Any, rows: list[Row]) -> None:
    """Columns of numbers, as far as they are not null, are the same numbers."""
    for column in columns_of(table):
        if column.type.startswith(("int", "float")):
            values = [None if value == "" or pd.isna(value) else float(value) for value in found(column.name)]
            for value, row in zip(values, rows, strict=True):
                expected = row[column.name]
                assert value == (None if expected is None else pytest.approx(expected, rel=1e-6)), column.name
                if column.type != "float32":
                    assert value == expected


def told_columns(table: str) -> list[str]:
    """The names of a table's columns, with those that say of which document a row is."""
    key, *own = (column.name for column in columns_of(table))
    return [key, *OF_DOCUMENT.get(table, ()), *own]


def texts_of(table: str) -> list[str]:
    return [column.name for column in columns_of(table) if not column.type.startswith(("int", "float"))]


@pytest.mark.parametrize("table", TABLES)
def test_csv(odd_dataset: Path, tmp_path: Path, table: str) -> None:
    path = export(odd_dataset, "csv", tmp_path / "t.csv", tables=[table])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = read_table(odd_dataset, table)
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig", lineterminator="\n")
    assert list(frame.columns) == told_columns(table)
    assert len(frame) == len(rows)
    same_numbers(table, lambda name: frame[name], rows)
    for name in texts_of(table):
        assert [unguarded(cell) for cell in frame[name]] == [shown(row[name]) for row in rows], name
        assert not [cell for cell in frame[name] if cell[:1] and cell[0] in "=+-@＝＋－＠\t\r\n"], name
    assert pl.read_csv(path, infer_schema_length=None).height == len(rows)
    assert duckdb.sql(f"SELECT count(*) FROM read_csv('{path.as_posix()}')").fetchall() == [(len(rows),)]


def test_numbers_of_a_csv_stay_numbers(odd_dataset: Path, tmp_path: Path) -> None:
    path = export(odd_dataset, "csv", tmp_path / "metrics.csv", tables=["metrics"])
    frame = pl.read_csv(path, infer_schema_length=None)
    assert (frame["value"].dtype, frame["start"].dtype, frame["masked"].dtype) == (pl.Float64, pl.Int64, pl.Boolean)
    assert frame["value"].min() == -3.0
    assert pd.read_csv(path, parse_dates=["period_end"])["period_end"].dt.year.max() >= 2023


@pytest.mark.parametrize("form", ["csv", "dta", "xlsx"])
def test_rows_of_a_spreadsheet_say_of_which_document_they_are(odd_dataset: Path, tmp_path: Path, form: str) -> None:
    out = export(odd_dataset, form, tmp_path / f"t.{form}", tables=["metrics"])
    read = {"csv": pd.read_csv, "dta": pd.read_stata, "xlsx": partial(pd.read_excel, engine="openpyxl")}
    frame = read[form](out)
    documents = {row["doc_id"]: row for row in read_table(odd_dataset, "documents")}
    told = [documents[row["doc_id"]] for row in read_table(odd_dataset, "metrics")]
    assert list(frame["source"]) == [row["source"] for row in told]
    assert list(frame["place"].fillna("")) == [row["place"] or "" for row in told]
    assert [None if pd.isna(year) else int(year) for year in frame["year_covered"]] == [
        row["year_covered"] for row in told
    ]
    assert len({row["doc_id"] for row in told}) > 2


@pytest.mark.parametrize("table", TABLES)
def test_jsonl(odd_dataset: Path, tmp_path: Path, table: str) -> None:
    path = export(odd_dataset, "jsonl", tmp_path / "t.jsonl", tables=[table])
    rows = read_table(odd_dataset, table)
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]
    assert [list(row) for row in found] == [list(row) for row in rows]
    same_numbers(table, lambda name: [row[name] for row in found], rows)
    for name in texts_of(table):
        assert [row[name] for row in found] == [plain(row[name]) for row in rows]
    assert len(pd.read_json(path, lines=True)) == len(rows)
    assert pl.read_ndjson(path, infer_schema_length=None).height == len(rows)


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


@pytest.fixture(scope="module")
def base(odd_dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export(odd_dataset, "duckdb", tmp_path_factory.mktemp("duckdb") / "reports.duckdb")


@pytest.mark.parametrize("table", TABLES)
def test_duckdb(odd_dataset: Path, base: Path, table: str) -> None:
    with duckdb.connect(str(base), read_only=True) as connection:
        rows = connection.sql(f'SELECT * FROM "{table}"').to_arrow_table().to_pylist()
        assert rows == read_table(odd_dataset, table)
        comments = connection.execute(
            "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index", [table]
        ).fetchall()
        assert comments == [(column.name, column.meaning) for column in columns_of(table)]


def test_duckdb_knows_its_keys(base: Path) -> None:
    with duckdb.connect(str(base)) as connection:
        with pytest.raises(duckdb.ConstraintException, match="foreign key"):
            connection.execute("INSERT INTO sections (doc_id) VALUES ('nobody')")
        with pytest.raises(duckdb.ConstraintException, match="Duplicate key"):
            connection.execute("INSERT INTO documents (doc_id) VALUES ('odd')")


@pytest.fixture(scope="module")
def sqlite(odd_dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export(odd_dataset, "sqlite", tmp_path_factory.mktemp("sqlite") / "reports.sqlite")


def ask(path: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql, values).fetchall()


@pytest.mark.parametrize("table", TABLES)
def test_sqlite(odd_dataset: Path, sqlite: Path, table: str) -> None:
    rows, columns = read_table(odd_dataset, table), ask(sqlite, f'PRAGMA table_info("{table}")')
    names = [name for _, name, *_ in columns]
    assert sorted(names) == sorted(column.name for column in columns_of(table))
    found = [dict(zip(names, row, strict=True)) for row in ask(sqlite, f'SELECT * FROM "{table}" ORDER BY rowid')]
    assert len(found) == len(rows)
    same_numbers(table, lambda name: [row[name] for row in found], rows)
    for name in texts_of(table):
        expected = [json.dumps(v, ensure_ascii=False) if isinstance(v := row[name], list) else plain(v) for row in rows]
        assert [row[name] for row in found] == expected


def test_sqlite_shows_what_is_looked_at_first(sqlite: Path) -> None:
    first = [name for _, name, *_ in ask(sqlite, "PRAGMA table_info(metrics)")][:4]
    assert first == ["name", "value", "unit", "period"]


def test_sqlite_knows_its_keys(sqlite: Path) -> None:
    assert ask(sqlite, "PRAGMA foreign_key_check") == []
    links = {row[2:5] for row in ask(sqlite, "PRAGMA foreign_key_list(metrics)")}
    assert ("documents", "doc_id", "doc_id") in links
    assert ("metrics", "part_of", "metric_id") in links
    plan = ask(sqlite, "EXPLAIN QUERY PLAN SELECT * FROM metrics WHERE name = '某某'")
    assert "USING INDEX" in plan[0][3]


def test_sqlite_finds_sentences_by_words(odd_dataset: Path, sqlite: Path) -> None:
    sql = "SELECT s.text FROM sentences s JOIN sentences_search f ON f.rowid = s.rowid WHERE f.words MATCH ?"
    found = [text for (text,) in ask(sqlite, sql, "党建")]
    assert found == [row["text"] for row in read_table(odd_dataset, "sentences") if "党建" in row["words"]]
    assert found
    with closing(sqlite3.connect(sqlite)) as connection:
        connection.execute("INSERT INTO sentences_search (sentences_search) VALUES ('integrity-check')")
        connection.execute("INSERT INTO sentences_search (sentences_search) VALUES ('rebuild')")


@pytest.mark.parametrize("table", TABLES)
def test_stata(odd_dataset: Path, tmp_path: Path, table: str) -> None:
    path = export(odd_dataset, "dta", tmp_path / "t.dta", tables=[table])
    rows = read_table(odd_dataset, table)
    frame = pd.read_stata(path).rename(columns={"end_": "end"})
    with pd.io.stata.StataReader(path) as reader:
        assert set(reader.variable_labels()) == {dta.NAMES.get(name, name) for name in told_columns(table)}
        assert max(map(len, reader.variable_labels().values())) <= 80
    assert len(frame) == len(rows)
    same_numbers(table, lambda name: frame[name], rows)
    for column in columns_of(table):
        if column.type == "string" or column.type.startswith("list"):
            found = frame[column.name].astype(object).where(frame[column.name].notna(), "")
            assert list(found) == [shown(row[column.name]) for row in rows], column.name
        elif column.type == "date32":
            found = [None if pd.isna(day) else day.date() for day in frame[column.name]]
            assert found == [row[column.name] for row in rows]
        elif column.type == "bool":
            assert list(frame[column.name]) == ["yes" if row[column.name] else "no" for row in rows]


def test_stata_has_labels_and_long_texts(odd_dataset: Path, tmp_path: Path) -> None:
    path = export(odd_dataset, "dta", tmp_path / "out", tables=["metrics", "documents"])
    with pd.io.stata.StataReader(path / "metrics.dta") as reader:
        assert reader.value_labels()["status"] == {0: "actual", 1: "planned"}
        assert reader.value_labels()["masked"] == {0: "no", 1: "yes"}
    assert LONG in set(pd.read_stata(path / "documents.dta")["text"])
    assert b"<release>118</release>" in (path / "documents.dta").read_bytes()[:99]


def test_stata_files_beyond_what_fits_into_memory(
    odd_dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = export(odd_dataset, "dta", tmp_path / "whole.dta", tables=["metrics"])
    monkeypatch.setattr(dta, "BYTES", 100_000)
    monkeypatch.setattr(dta, "ROWS", 100)
    folder = export(odd_dataset, "dta", tmp_path / "cut", tables=["metrics"])
    files = sorted(folder.iterdir(), key=lambda path: (len(path.name), path.name))
    assert [path.name for path in files[:2]] == ["metrics.dta", "metrics-2.dta"]
    codes = [pd.read_stata(path, convert_categoricals=False) for path in files]
    joined = pd.concat(codes, ignore_index=True)
    pd.testing.assert_frame_equal(joined, pd.read_stata(whole, convert_categoricals=False), check_dtype=False)


@pytest.fixture(scope="module")
def book(odd_dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    return openpyxl.load_workbook(export(odd_dataset, "xlsx", tmp_path_factory.mktemp("xlsx") / "reports.xlsx"))


def sheet_rows(book: openpyxl.Workbook, name: str) -> list[dict[str, Any]]:
    head, *rows = book[name].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def in_excel(value: Any) -> Any:
    """What a cell should hold."""
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day) if value >= workbook.FIRST_DAY else value.isoformat()
    return value.replace("\uffff", "\ufffd") or None if isinstance(value, str) else value


@pytest.mark.parametrize("table", ["metrics", "sections", "documents"])
def test_excel(odd_dataset: Path, book: openpyxl.Workbook, table: str) -> None:
    rows, found = read_table(odd_dataset, table), sheet_rows(book, table)
    assert len(found) == len(rows)
    for cells, row in zip(found, rows, strict=True):
        for name, value in row.items():
            further = (cells.get(f"{name}_{number}") or "" for number in (2, 3))
            if isinstance(value, str):
                assert unescape((cells[name] or "") + "".join(further)) == (in_excel(value) or ""), name
            elif isinstance(value, float):
                assert cells[name] == pytest.approx(value, rel=1e-6)
            else:
                assert cells[name] == in_excel(value), name


def test_excel_takes_no_text_for_a_formula_and_cuts_none(book: openpyxl.Workbook) -> None:
    kinds = {cell.data_type for name in book.sheetnames for line in book[name].iter_rows() for cell in line}
    assert kinds <= {"s", "n", "d", "b", "inlineStr"}
    [row] = [row for row in sheet_rows(book, "documents") if row["doc_id"] == "odd"]
    assert row["text"] + row["text_2"] + row["text_3"] == LONG
    assert list(row)[-2:] == ["text_2", "text_3"]
    assert {
        "table": "metrics",
        "column": "name",
        "type": "string",
        "meaning": "What is measured.",
        "unit": None,
    } in sheet_rows(book, "columns")


def test_excel_filters_and_gives_columns_the_width_of_what_stands_in_them(book: openpyxl.Workbook) -> None:
    sheet = book["metrics"]
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet.freeze_panes == "A2"
    widths = {cell.value: sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]}
    assert widths["sentence"] == xlsx.WIDE
    assert len("unit_canonical") < widths["unit_canonical"] < len("unit_canonical") + 6
    assert widths["name"] > widths["unit"]


def test_excel_goes_on_in_a_further_sheet(odd_dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "SHEET", 500)
    book = openpyxl.load_workbook(export(odd_dataset, "xlsx", tmp_path / "r.xlsx", tables=["metrics"]))
    assert book.sheetnames == ["metrics", "metrics_2", "metrics_3", "columns"]
    rows = [row for name in book.sheetnames[:3] for row in sheet_rows(book, name)]
    assert [(row["doc_id"], row["metric_id"]) for row in rows] == [
        (row["doc_id"], row["metric_id"]) for row in read_table(odd_dataset, "metrics")
    ]
