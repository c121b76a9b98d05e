"""The laws of the contract, on any dataset: spans are slices, words join, the way back finds the quote."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds

from pipeline.dataset.columns import TABLES, schema

Row = dict[str, Any]

ALLOWED = {
    "removals": {"kind": {"paywall_marker", "advert", "contact", "boilerplate", "markup"}},
    "metrics": {
        "approx": {"exact", "about", "over", "under", "range"},
        "status": {"actual", "planned"},
        "change": {"level", "increase", "decrease"},
    },
    "ranks": {"kind": {"exact", "within", "last"}},
    "documents": {
        "admin_level": {"national", "province", "city", "county", "township", "village", "unit", None},
    },
}
SCORES = {"removals": ["score"], "sections": ["topic_score", "role_score"], "metrics": ["confidence"]}


def read_table(dataset: Path, table: str) -> list[Row]:
    """The rows of a table as pyarrow.dataset finds them, its schema checked."""
    found = ds.dataset(dataset / table, format="parquet")
    assert found.schema.equals(schema(table)), f"{table}: {found.schema}"
    return list(found.to_table().to_pylist())


def check_laws(dataset: Path) -> dict[str, list[Row]]:
    """Fail on the first row that breaks a law; give the rows of every table."""
    tables = {table: read_table(dataset, table) for table in TABLES}
    for table, columns in ALLOWED.items():
        for row in tables[table]:
            for column, allowed in columns.items():
                assert row[column] in allowed, (table, column, row)
    for table, scores in SCORES.items():
        assert all(0 <= row[score] <= 1 for row in tables[table] for score in scores), table
    order = [row["doc_id"] for row in tables["documents"]]
    assert len(set(order)) == len(order), "doc_id is not unique"
    grouped = {table: by_document(tables[table], order) for table in TABLES if table not in ("documents", "failures")}
    for document in tables["documents"]:
        check_document(document, {table: rows[document["doc_id"]] for table, rows in grouped.items()})
    return tables


def by_document(rows: Iterable[Row], order: list[str]) -> dict[str, list[Row]]:
    """The rows of each document; they stand in the order of the documents."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    place = {doc_id: at for at, doc_id in enumerate(order)}
    last = 0
    for row in rows:
        at = place[row["doc_id"]]
        assert at >= last, "rows are not in the order of the documents"
        last = at
        grouped[row["doc_id"]].append(row)
    return grouped


def check_document(document: Row, rows: dict[str, list[Row]]) -> None:
    """All laws of one document."""
    name = document["source"]
    assert document["removed_chars"] == sum(r["source_end"] - r["source_start"] for r in rows["removals"]), name
    for count, table in (("n_sections", "sections"), ("n_metrics", "metrics")):
        assert document[count] == len(rows[table]), (name, count)
    assert document["n_words"] == sum(len(s["words"]) for s in rows["sentences"]), name
    check_sections(document["text"], rows["sections"])
    check_sentences(document["text"], rows["sentences"], rows["sections"])
    check_metrics(document["text"], rows)
    check_ranks(document["text"], rows)
    if document["source_text"] is not None:
        check_source(document, rows)


def check_sections(text: str, sections: list[Row]) -> None:
    """The outline is a tree over the whole text, in order."""
    for at, s in enumerate(sections):
        assert s["section_id"] == at
        assert text[s["start"] : s["heading_end"]] == s["heading"], s
        assert s["start"] <= s["heading_end"] <= s["end"] <= len(text), s
        assert s["number"] in s["heading"], s
        assert s["path"].split(" / ")[-1] == s["heading"] or s["heading"] in s["path"] or not s["heading"], s
        if s["parent_id"] is not None:
            parent = sections[s["parent_id"]]
            assert parent["section_id"] < at, s
            assert parent["start"] <= s["start"], s
            assert s["end"] <= parent["end"], s
            assert parent["level"] < s["level"], s
    starts = [s["start"] for s in sections]
    assert starts == sorted(starts)


def check_sentences(text: str, sentences: list[Row], sections: list[Row]) -> None:
    """Sentences are slices in order, within their sections, and nothing but white space lies between them."""
    at = 0
    for number, s in enumerate(sentences):
        assert s["sentence_id"] == number
        assert text[s["start"] : s["end"]] == s["text"] == "".join(s["words"]), s
        assert len(s["tags"]) == len(s["words"]), s
        assert all(s["words"]), s
        assert not text[at : s["start"]].strip(), (text[at : s["start"]], s)
        section = sections[s["section_id"]]
        assert section["start"] <= s["start"], s
        assert s["end"] <= section["end"], s
        at = s["end"]
    assert not text[at:].strip(), text[at:]


def check_metrics(text: str, rows: dict[str, list[Row]]) -> None:
    """Quantities are slices within their sentences; values, periods and parts hang together."""
    for at, m in enumerate(rows["metrics"]):
        sentence = rows["sentences"][m["sentence_id"]]
        assert m["metric_id"] == at
        assert text[m["start"] : m["end"]] == m["quantity"] != "", m
        assert sentence["start"] <= m["start"] < sentence["end"], m
        assert m["end"] <= sentence["end"] or "\n" in m["quantity"], m  # a line end may stand before its unit
        assert m["sentence"] == sentence["text"], m
        assert m["section_id"] == sentence["section_id"], m
        assert (m["period"] is None) == (m["period_start"] is None) == (m["period_end"] is None), m
        assert m["period"] is None or m["period_start"] <= m["period_end"], m
        assert m["rule"], m
        values = (m["value"], m["value_min"], m["value_max"])
        if m["masked"]:
            assert values == (None, None, None), m
        elif m["approx"] == "range":
            assert m["value"] is None, m
            assert m["value_min"] <= m["value_max"], m
        else:
            assert m["value"] is not None, m
        assert m["part_of"] is None or (m["part_of"] < len(rows["metrics"]) and m["part_of"] != at), m


def check_ranks(text: str, rows: dict[str, list[Row]]) -> None:
    """Places are slices within their sentences, and numbers from 1 up."""
    for at, r in enumerate(rows["ranks"]):
        sentence = rows["sentences"][r["sentence_id"]]
        assert r["rank_id"] == at
        assert text[r["start"] : r["end"]] == r["place"] != "", r
        assert sentence["start"] <= r["start"] < r["end"] <= sentence["end"], r
        assert r["sentence"] == sentence["text"], r
        assert r["section_id"] == sentence["section_id"], r
        assert r["rank"] >= 1, r
        assert r["of"] is None or r["rank"] <= r["of"], r
        assert r["metric_id"] is None or rows["metrics"][r["metric_id"]]["sentence_id"] == r["sentence_id"], r
        assert r["name"] != "", r
        assert r["rule"], r


def check_source(document: Row, rows: dict[str, list[Row]]) -> None:
    """Source less removals with restorations is the clean text, white space aside, and so is every walked-back span."""
    source, text = document["source_text"], document["text"]
    edits = sorted(
        [(r["source_start"], r["source_end"], r["text"], "") for r in rows["removals"]]
        + [(r["source_start"], r["source_end"], r["before"], r["after"]) for r in rows["restorations"]]
    )
    end = 0
    for edit in edits:
        assert end <= edit[0] < edit[1], ("edits overlap", edit)
        assert source[edit[0] : edit[1]] == edit[2], edit
        assert edit[2] != edit[3], edit
        end = edit[1]
    assert squeeze(rebuilt(source, edits, 0, len(source))) == squeeze(text), document["source"]
    for row in (*rows["metrics"], *rows["sections"], *rows["ranks"]):
        found = squeeze(rebuilt(source, edits, row["source_start"], row["source_end"]))
        assert found == squeeze(text[row["start"] : row["end"]]), row


def rebuilt(source: str, edits: list[tuple[int, int, str, str]], start: int, end: int) -> str:
    """``source[start:end]`` with the edits done; one that the stretch cuts counts whole."""
    out, at = [], start
    first = max(bisect_right(edits, (start, -1)) - 1, 0)
    for edit_start, edit_end, _, after in edits[first:]:
        if edit_start >= end:
            break
        if edit_end > start:
            out += [source[at : max(edit_start, at)], after]
            at = edit_end
    out.append(source[at : max(end, at)])
    return "".join(out)


def squeeze(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())
