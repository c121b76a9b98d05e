"""The explorer over HTTP: to whom it answers, what it sends along, and that its database follows the dataset."""

from __future__ import annotations

import html
import json
import os
import shutil
import sqlite3
import urllib.error
import urllib.parse
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from laws import read_table

from pipeline.cli import main
from pipeline.explore.database import database_of


def ask(address: str, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
    quoted = urllib.parse.quote(path, safe="/?=&,_.")
    request = urllib.request.Request(address + quoted, method=method, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, {}, error.read().decode()


def rows(address: str, path: str) -> list[dict[str, object]]:
    return list(json.loads(ask(address, path)[2])["rows"])


def test_another_hosts_name_and_writing_are_refused(address: str) -> None:
    assert ask(address, "/reports")[0] == 200
    for headers in (
        {"Host": "example.invalid"},
        {"Host": "example.invalid:80"},
        {"Host": "127.0.0.1.example.invalid:1"},
    ):
        assert ask(address, "/reports", **headers)[0] == 403
    for method in ("POST", "PUT", "DELETE"):
        assert ask(address, "/reports/metrics/-/insert", method)[0] == 403


def test_every_page_allows_scripts_with_its_own_nonce_alone(address: str) -> None:
    nonces = set()
    for path in ("/", "/reports", "/reports/metrics", "/reports/indicator?name=企业&place=", "/reports/nothing"):
        _, headers, page = ask(address, path)
        if not headers:
            continue
        policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
        assert policy["default-src"] == "'none'"
        _, nonce = policy["script-src"].split("'self' ")
        nonces.add(nonce)
        marked = f'nonce="{nonce.strip(chr(39)).removeprefix("nonce-")}"'
        assert page.count("<script") == page.count(f"<script {marked}") > 0
        assert headers["x-content-type-options"] == "nosniff"
    assert len(nonces) == 4


def holds(words: list[str], run: list[str]) -> bool:
    """Whether the words of a phrase stand in a row, the last as it is or as the beginning of a longer one."""
    *first, last = run
    starts = range(len(words) - len(first))
    return any(words[at : at + len(first)] == first and words[at + len(first)].startswith(last) for at in starts)


@pytest.mark.parametrize("asked", ["党建工作", "党建", "群众 村", '"企业', "xyz"])
def test_a_search_finds_the_sentences_with_all_words(address: str, explored: Path, asked: str) -> None:
    from pipeline.explore.plugin import words_asked_for

    runs = [run.strip('"*').split() for run in words_asked_for(asked).split('"* "')]
    wanted = sorted(
        row["text"] for row in read_table(explored, "sentences") if all(holds(row["words"], run) for run in runs)
    )
    found = rows(address, f"/reports/sentences.json?_search={asked}&_shape=objects&_size=max")
    assert sorted(str(row["text"]) for row in found) == wanted


def test_canned_queries_answer(address: str, explored: Path) -> None:
    failed = rows(address, "/reports/failures_by_kind.json?_shape=objects")
    assert [(row["stage"], row["error"], row["entries"]) for row in failed] == [("read", "EmptyFile", 1)]
    problems = rows(address, "/reports/problems.json?topic=&year=&_shape=objects")
    sections = {(row["doc_id"], row["section_id"]): row["role"] for row in read_table(explored, "sections")}
    under = [key for key, role in sections.items() if role == "problems"]
    passages = {
        (row["doc_id"], row["section_id"]) for row in read_table(explored, "sentences") if row["passage"] == "problems"
    } - {*under}
    assert passages
    assert [row["topic"] is None for row in problems] == [True] * len(passages) + [False] * len(under)
    named = rows(address, "/reports/indicator.json?name=生产总值&place=澄源县&_shape=objects")
    metrics = [row for row in read_table(explored, "metrics") if "生产总值" in (row["name"] or "")]
    assert {row["place"] for row in named} == {"澄源县"}
    assert 0 < len(named) < len(metrics)
    of_hostile = rows(address, "/reports/indicator.json?name=产&place=坏心乡&_shape=objects")
    said = [row["value"] for row in read_table(explored, "metrics") if "一、二、三产" in row["sentence"]]
    assert said == [6.2e8, 5.1, 4.3, 6.6, 5.7]
    assert [row["value"] for row in of_hostile if "一、二、三产" in str(row["sentence"])] == said
    found = rows(address, "/reports/metrics_with_words.json?words=产值&_shape=objects")
    assert all("产值" in str(row["sentence"]) for row in found)


@pytest.mark.parametrize(("query", "told"), [("metrics_with_words", "Fill in words"), ("indicator", "Fill in a name")])
def test_a_query_without_its_words_has_no_rows_and_says_what_to_fill_in(address: str, query: str, told: str) -> None:
    status, _, page = ask(address, f"/reports/{query}")
    assert (status, rows(address, f"/reports/{query}.json?_shape=objects")) == (200, [])
    assert told in page
    assert "fts5" not in page


def test_of_a_public_edition_the_evidence_is_the_sentence_alone(public_address: str, edition: Path) -> None:
    for metric in read_table(edition, "metrics")[::50]:
        status, _, page = ask(public_address, f"/reports/metrics/{metric['doc_id']},{metric['metric_id']}")
        assert status == 200
        shown = page.partition('<span class="sentence">')[2].partition("</span>")[0]
        before, _, rest = shown.partition("<mark>")
        quantity, _, after = rest.partition("</mark>")
        assert html.unescape(quantity) == metric["quantity"]
        assert html.unescape(before + quantity + after) == metric["sentence"]
        assert page.count('<span class="around"></span>') == 2
    status, _, page = ask(public_address, f"/reports/documents/{metric['doc_id']}")
    assert (status, 'class="report"' in page) == (200, False)
    for query in ("problems?topic=&year=", "indicator?name=生产总值&place=", "metrics_with_words?words=产值"):
        assert rows(public_address, f"/reports/{query.replace('?', '.json?')}&_shape=objects")


def test_the_database_is_kept_until_a_row_may_have_changed(explored: Path, tmp_path: Path) -> None:
    dataset = shutil.copytree(explored, tmp_path / "dataset", ignore=shutil.ignore_patterns(".explore"))
    path = database_of(dataset)
    made = path.stat().st_ino
    assert database_of(dataset).stat().st_ino == made
    part = next((dataset / "metrics").glob("*.parquet"))
    os.utime(part, ns=(0, 0))
    assert database_of(dataset).stat().st_ino != made
    with closing(sqlite3.connect(path)) as base:
        assert base.execute("SELECT count(*) FROM metrics").fetchone()[0] == len(read_table(dataset, "metrics"))
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []


def test_what_is_no_dataset_and_a_port_that_is_taken_are_told(
    tmp_path: Path, address: str, explored: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explore", str(tmp_path), "--no-browser", "--port", "0"]) == 2
    assert "holds no dataset" in capsys.readouterr().err
    assert main(["explore", str(explored), "--no-browser", "--port", address.rpartition(":")[2]]) == 2
    assert "is taken" in capsys.readouterr().err
