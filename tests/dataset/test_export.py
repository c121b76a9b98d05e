from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any

import mlcroissant
import pandas as pd
import pytest
import spacy
from laws import read_table
from odd import write_rows
from spacy.tokens import Doc, DocBin

import pipeline.spacy_components
from pipeline.cli import main
from pipeline.commands import export as command
from pipeline.dataset import export as module
from pipeline.dataset.columns import TABLES
from pipeline.dataset.export import export
from pipeline.dataset.formats import FORMATS, Layout
from pipeline.errors import PipelineError, UsageError


def test_the_command_knows_every_format() -> None:
    assert tuple(FORMATS) == command.FORMATS


def test_the_command_writes_beside_the_dataset(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(own), "--format", "jsonl", "--tables", "sections", "metrics"]) == 0
    folder = own.with_name("own-jsonl")
    assert capsys.readouterr().out == f"export      {folder}\n"
    assert sorted(path.name for path in folder.iterdir()) == ["metrics.jsonl", "sections.jsonl"]
    assert main(["export", str(own), "--format", "sqlite"]) == 0
    assert {path.name for path in own.parent.iterdir()} == {"own", "own-jsonl", "own.sqlite", "own.metadata.json"}


def named(form: str) -> str:
    """A name for an export of all tables."""
    return f"out{FORMATS[form].suffix}" if FORMATS[form].layout is Layout.FILE else "out"


def files_of(out: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in ([out] if out.is_file() else out.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_there_is_replaced_only_if_asked(own: Path, tmp_path: Path, form: str) -> None:
    out = export(own, form, tmp_path / named(form))
    before = files_of(out)
    with pytest.raises(UsageError, match=r"is there already\. .*--overwrite"):
        export(own, form, out)
    export(own, form, out, overwrite=True)
    after = files_of(out)
    assert after.keys() == before.keys()
    if form != "duckdb":  # whose files bear a random mark
        assert after == before


@pytest.mark.parametrize(
    ("form", "name", "said"),
    [
        ("xlsx", "a.csv", r"a\.csv is no name for xlsx\. Name a file that ends in \.xlsx"),
        ("xlsx", "a.xls", r"ends in \.xlsx"),
        ("sqlite", "a.duckdb", r"ends in \.sqlite"),
        ("dta", "m.dta", r"m\.dta no name for one\. Name a folder, or one table with --tables"),
        ("csv", "m.dta", r"m\.dta no name for one\. Name a folder\."),
        ("parquet", "m.parquet", r"Name a folder\."),
    ],
)
def test_a_name_that_says_something_else_is_refused(own: Path, tmp_path: Path, form: str, name: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        export(own, form, tmp_path / name)
    assert list(tmp_path.glob(name)) == []


def test_a_database_may_be_called_otherwise(own: Path, tmp_path: Path) -> None:
    assert export(own, "sqlite", tmp_path / "my.db").is_file()


def test_a_folder_of_other_things_is_never_replaced(own: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("mine")
    with pytest.raises(UsageError, match="holds other files"):
        export(own, "csv", tmp_path / "mine", overwrite=True)
    with pytest.raises(UsageError, match="is a folder"):
        export(own, "xlsx", tmp_path / "mine", overwrite=True)
    with pytest.raises(UsageError, match="is a file"):
        export(own, "csv", tmp_path / "mine" / "thesis.txt", overwrite=True)
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "mine"


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_an_export_that_fails_leaves_nothing(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    out = export(own, "csv", tmp_path / "out")
    before = (out / "metrics.csv").read_bytes()

    def fail(_: object, path: Path) -> None:
        path.write_bytes(b"half")
        raise error

    monkeypatch.setitem(module.FORMATS, "csv", FORMATS["csv"]._replace(write=fail))
    with pytest.raises((PipelineError, KeyboardInterrupt), match=r"No space left|^$"):
        export(own, "csv", out, overwrite=True)
    assert (out / "metrics.csv").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "own"]


def test_a_missing_package_is_named_with_what_installs_it(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *more: Any) -> Any:
        if name == "duckdb":
            raise ModuleNotFoundError("No module named 'duckdb'", name=name)
        return real(name, *more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(PipelineError, match=r"duckdb is missing.*report-pipeline\[export\]"):
        export(own, "duckdb", tmp_path / "out.duckdb")


def test_what_is_no_dataset_or_not_a_whole_one_is_refused(own: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no dataset"):
        export(tmp_path, "csv", tmp_path / "out")
    (own / "manifest.json").unlink()
    with pytest.raises(UsageError, match=r"not complete.*--resume"):
        export(own, "csv", tmp_path / "out")


def test_a_table_that_is_not_there_is_refused(own: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"has no table metric\. Its tables: documents,"):
        export(own, "csv", tmp_path / "out", tables=["metric"])
    with pytest.raises(UsageError, match="Leave --tables out"):
        export(own, "docbin", tmp_path / "out", tables=["metrics"])


def test_the_public_edition_holds_no_full_text(odd_dataset: Path, tmp_path: Path) -> None:
    out = export(odd_dataset, "jsonl", tmp_path / "out", public=True)
    frames = {path.stem: pd.read_json(path, lines=True, dtype=False) for path in out.iterdir()}
    assert not {"text", "source_text"} & set(frames["documents"].columns)
    assert "text" not in frames["removals"].columns
    metrics = read_table(odd_dataset, "metrics")
    assert list(frames["metrics"]["sentence"].fillna("")) == [row["sentence"] or "" for row in metrics]
    resting = [table for table in TABLES if table != "sentences" and "sentence_id" in frames[table].columns]
    evidence = {(row["doc_id"], row["sentence_id"]) for table in resting for row in read_table(odd_dataset, table)}
    kept = [
        row["text"] for row in read_table(odd_dataset, "sentences") if (row["doc_id"], row["sentence_id"]) in evidence
    ]
    assert list(frames["sentences"]["text"]) == kept
    assert 0 < len(kept) < len(read_table(odd_dataset, "sentences"))
    for table in set(TABLES) - {"sentences"}:
        assert len(frames[table]) == len(read_table(odd_dataset, table))


@pytest.mark.parametrize("form", ["csv", "duckdb", "sqlite", "dta", "xlsx"])
def test_every_format_has_a_public_edition(odd_dataset: Path, tmp_path: Path, form: str) -> None:
    said = "也请各位委员和列席的同志多提宝贵意见".encode()  # stands in no sentence with a number
    out = export(odd_dataset, form, tmp_path / named(form), public=True)
    assert not any(said in data for data in files_of(out).values())


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # in a library of mlcroissant
def test_an_edition_in_parquet_is_a_dataset_itself(odd_dataset: Path, tmp_path: Path) -> None:
    whole = export(odd_dataset, "parquet", tmp_path / "whole")
    for table in TABLES:
        assert read_table(whole, table) == read_table(odd_dataset, table)
    public = export(odd_dataset, "parquet", tmp_path / "public", public=True)
    card, described = (public / "README.md").read_text("utf-8"), (public / "croissant.json").read_text("utf-8")
    assert "Clean text; every start" in (whole / "README.md").read_text("utf-8")
    assert "Clean text; every start" not in card + described
    assert not mlcroissant.Dataset(jsonld=public / "croissant.json").metadata.ctx.issues.errors
    again = export(public, "jsonl", tmp_path / "again")
    assert files_of(again).keys() == {again / f"{table}.jsonl" for table in TABLES}
    direct = export(odd_dataset, "jsonl", tmp_path / "direct", public=True)
    for table in TABLES:
        assert (again / f"{table}.jsonl").read_bytes() == (direct / f"{table}.jsonl").read_bytes()


def test_a_docbin_has_no_public_edition(own: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds the full texts"):
        export(own, "docbin", tmp_path / "out", public=True)
    assert not (tmp_path / "out").exists()


def test_duplicates_are_left_out_of_every_table(own: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Make it first: report-pipeline duplicates"):
        export(own, "jsonl", tmp_path / "out", drop_duplicates=True)
    first, second, third = (row["doc_id"] for row in read_table(own, "documents")[:3])
    write_rows(own, "duplicates", [(second, first, "exact", 1.0, 1.0), (third, first, "near", 0.9, 0.8)])
    out = export(own, "jsonl", tmp_path / "out", drop_duplicates=True)
    for table in TABLES:
        found = pd.read_json(out / f"{table}.jsonl", lines=True, dtype=False)
        rows = read_table(own, table)
        assert len(found) == len([row for row in rows if row.get("doc_id") not in (second, third)])
    assert (out / "duplicates.jsonl").read_text() == ""
    everything = export(own, "sqlite", tmp_path / "all.sqlite")
    assert len(pd.read_json(export(own, "jsonl", tmp_path / "d.jsonl", tables=["duplicates"]), lines=True)) == 2
    assert everything.is_file()


def test_docbin(odd_dataset: Path, tmp_path: Path) -> None:
    out = export(odd_dataset, "docbin", tmp_path / "docs")
    vocab = spacy.blank("zh").vocab
    docs: list[Doc] = []
    for path in sorted(out.iterdir()):
        docs += DocBin().from_disk(path).get_docs(vocab)
    documents, metrics = read_table(odd_dataset, "documents"), read_table(odd_dataset, "metrics")
    assert [doc.text for doc in docs] == [row["text"] for row in documents]
    assert [doc.user_data["source"] for doc in docs] == [row["source"] for row in documents]
    assert sum(len(doc._.metrics) for doc in docs) == len(metrics)
    assert sum(len(doc.spans["metrics"]) for doc in docs) == len(metrics)
    first = docs[0]
    own = [row for row in read_table(odd_dataset, "sentences") if row["doc_id"] == documents[0]["doc_id"]]
    assert [token.text for token in first if not token.is_space] == [w for s in own for w in s["words"] if w.strip()]
    assert [s.text.strip() for s in first.sents if s.text.strip()] == [row["text"].strip() for row in own]
    for span in first.spans["metrics"]:
        assert span._.metric["quantity"] in span.text
        assert span._.metric["name"] == span.kb_id_
    assert {span.label_ for span in first.spans["sections"]} <= {
        row["topic"] for row in read_table(odd_dataset, "sections")
    }


def test_docs_are_those_of_our_own_pipeline(odd_dataset: Path, tmp_path: Path) -> None:
    out = export(odd_dataset, "docbin", tmp_path / "docs")
    nlp = pipeline.spacy_components.load()
    [doc, *_] = DocBin().from_disk(min(out.iterdir())).get_docs(nlp.vocab)
    made = nlp(doc.text)
    assert [(token.text, token.tag_, token.is_sent_start) for token in doc] == [
        (token.text, token.tag_, token.is_sent_start) for token in made
    ]
    for key in ("sections", "metrics"):
        assert [(s.start, s.end, s.label_, s.kb_id_, s.id) for s in doc.spans[key]] == [
            (s.start, s.end, s.label_, s.kb_id_, s.id) for s in made.spans[key]
        ]
    assert [m["value"] for m in doc._.metrics] == [m["value"] for m in made._.metrics]
