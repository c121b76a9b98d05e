"""Datasette over HTTP on a free port of this machine: what a reader of the pages is shown."""

from __future__ import annotations

import html
import json
import socket
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from laws import read_table

from pipeline.dataset.columns import TABLES, columns_of
from pipeline.dataset.export import export

Get = Callable[[str], str]


@pytest.fixture(scope="module")
def get(odd_dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Get]:
    """What stands at a path of the server."""
    path = export(odd_dataset, "sqlite", tmp_path_factory.mktemp("served") / "reports.sqlite")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "datasette", str(path), "-m", str(path.with_suffix(".metadata.json"))]
    server = subprocess.Popen([*command, "-h", "127.0.0.1", "-p", str(port)], stderr=subprocess.PIPE)

    def get(where: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{where}", timeout=60) as answer:
            return str(answer.read().decode())

    with server:
        try:
            assert server.stderr
            for line in server.stderr:  # it says so once it listens
                if b"running on" in line:
                    break
            yield get
        finally:
            server.terminate()


def rows(get: Get, where: str) -> list[dict[str, Any]]:
    return list(json.loads(get(where))["rows"])


def test_every_table_has_its_rows_title_and_meanings(odd_dataset: Path, get: Get) -> None:
    start = get("/reports")
    assert "Work reports as data" in get("/")
    for table in TABLES:
        assert f"/reports/{table}" in start
        page = html.unescape(get(f"/reports/{table}"))
        for column in columns_of(table):
            assert column.meaning in page, column
        count = rows(get, f"/reports.json?sql=select+count(*)+n+from+{table}&_shape=objects")
        assert count == [{"n": len(read_table(odd_dataset, table))}]


def test_facets_labels_and_order(odd_dataset: Path, get: Get) -> None:
    facets = json.loads(get("/reports/documents.json?_extra=facet_results"))["facet_results"]
    assert set(facets.get("results", facets)) == {"year_covered", "admin_level", "report_type"}
    years = [row["year_covered"] for row in rows(get, "/reports/documents.json?_shape=objects&_size=max")]
    assert years == sorted(years, key=lambda year: (year is not None, year or 0), reverse=True)
    first = min(read_table(odd_dataset, "documents"), key=lambda row: row["doc_id"])
    assert f">{first['source']}</a>" in get("/reports/metrics")


def test_a_search_for_a_word_finds_its_sentences(odd_dataset: Path, get: Get) -> None:
    word = urllib.parse.quote("党建")
    found = rows(get, f"/reports/sentences.json?_search={word}&_shape=objects&_size=max")
    expected = [row["text"] for row in read_table(odd_dataset, "sentences") if "党建" in row["words"]]
    assert sorted(row["text"] for row in found) == sorted(expected)
    assert 'name="_search"' in get("/reports/sentences")
    assert "The words of each sentence" in get("/reports/sentences_in_words")
