"""Each row of adverts.toml against its own examples and counterexamples."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cleaning import Cleaner
from pipeline.cleaning.cues import compile_cues
from pipeline.cleaning.knowledge import compile_knowledge
from pipeline.errors import RulesError
from pipeline.language.traditional import simplify
from pipeline.rules import Rules
from pipeline.rules.schema import Advert

ROWS = Rules().table(Advert)
CUES = {cue.rule: cue for cue in compile_cues(ROWS).all}
BODY = "全镇完成固定资产投资三亿元，比上年增长一成。"


@pytest.mark.parametrize(("row", "text"), [(row, text) for row in ROWS for text in row.examples])
def test_cue_is_found_where_a_word_starts_it(row: Advert, text: str) -> None:
    matched = simplify(text)
    pattern = CUES[row.id].pattern
    assert pattern.fullmatch(matched) if row.scope in ("line", "pieces", "tools") else pattern.search(matched)
    assert not row.words or any(word in matched for word in row.words)


@pytest.mark.parametrize(
    "text", [text for row in ROWS if row.scope != "body" and row.weight >= 4 for text in row.examples]
)
def test_strong_cue_takes_its_line(text: str, cleaner: Cleaner) -> None:
    assert cleaner.clean(f"{BODY}\n{text}\n{BODY}").text == f"{BODY}\n{BODY}"


@pytest.mark.parametrize("text", [text for row in ROWS if row.scope != "body" for text in row.counterexamples])
def test_counterexample_stays(text: str, cleaner: Cleaner) -> None:
    assert cleaner.clean(f"{BODY}\n{text}\n{BODY}").text == f"{BODY}\n{text}\n{BODY}"


@pytest.mark.parametrize(
    ("row", "text"), [(row, text) for row in ROWS if row.scope == "body" for text in row.counterexamples]
)
def test_body_cue_does_not_speak_for_an_advert(row: Advert, text: str) -> None:
    assert not CUES[row.id].pattern.search(text)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_row_brings_its_proof(row: Advert) -> None:
    assert row.examples
    assert row.counterexamples


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (Advert(id="a", scope="page", words=("下载",)), "scope page"),
        (Advert(id="a", kind="spam", words=("下载",)), "kind spam"),
        (Advert(id="a", words=("下",)), "too short"),
    ],
)
def test_faulty_row_is_refused_by_name(row: Advert, message: str) -> None:
    with pytest.raises(RulesError, match=message):
        compile_cues([row])


def test_a_users_faulty_pattern_is_refused_by_name_before_any_text_is_read(tmp_path: Path) -> None:
    (tmp_path / "adverts.toml").write_text('[[advert]]\nid = "a"\nwords = ["下载"]\npattern = "("', encoding="utf-8")
    with pytest.raises(RulesError, match="pattern of rule a"):
        compile_knowledge(Rules(tmp_path))
