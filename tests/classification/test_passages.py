"""Passages that have a role of their own: what the rows say of themselves, and texts in which they are marked."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.classification import Passages
from pipeline.outline import Outliner
from pipeline.rules import Rules
from pipeline.rules.schema import PassageCue, Role
from pipeline.segmentation import Segmenter

CASES = tomllib.loads(Path(__file__).with_name("passages.toml").read_text(encoding="utf-8"))["case"]
RULES = Rules()
ROWS = RULES.table(PassageCue)
OUTLINER, SEGMENTER, PASSAGES = Outliner(RULES), Segmenter(RULES.words()), Passages(RULES)
MARKED = re.compile(r"⟦(\w+): (.*?)⟧", re.DOTALL)


def found(text: str) -> list[tuple[str, str]]:
    """The passages of a text: role and words."""
    outline = OUTLINER.split(text)
    sentences = SEGMENTER.segment(text, outline)
    return [
        (p.role, text[sentences[p.first].start : sentences[p.last].end])
        for p in PASSAGES.find(text, outline, sentences)
    ]


def speaks(row: PassageCue, text: str) -> bool:
    """Whether the row knows the text; one that opens needs one of its words in the first sentence."""
    return (not row.words or any(word in text for word in row.words)) and bool(re.match(row.pattern, text))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["note"][:40])
def test_passages_begin_and_end_where_they_are_marked(case: dict[str, str]) -> None:
    assert found(MARKED.sub(r"\2", case["text"])) == MARKED.findall(case["text"])


@pytest.mark.parametrize(("row", "text"), [(r, e) for r in ROWS for e in r.examples])
def test_a_row_knows_its_examples(row: PassageCue, text: str) -> None:
    assert speaks(row, text)
    if row.kind == "opens":
        assert [role for role, _ in found(text)] == [row.role]


@pytest.mark.parametrize(("row", "text"), [(r, e) for r in ROWS for e in r.counterexamples])
def test_a_row_leaves_its_counterexamples_alone(row: PassageCue, text: str) -> None:
    assert not speaks(row, text)
    if row.kind == "opens":
        assert found(text) == []


def test_every_role_is_one_of_sections_and_every_opening_has_words() -> None:
    assert {row.role for row in ROWS} <= {row.id for row in RULES.table(Role)}
    assert all(bool(row.words) == (row.kind == "opens") for row in ROWS)


LINES = st.sampled_from([
    "一、工作回顾", "我们也清醒地看到，还存在不少困难和问题：路窄桥老。", "二是人手不足。", "对此，我们将认真解决。", "各位代表！", "主要是：",
    "让我们携手奋斗！", "谢谢！", "粮食再获丰收。", "工作中也存在一些不足，一是作风不实", "", "　", "（一）抓产业。全年新建大棚三座。", "；；",
])  # fmt: skip


@given(st.lists(LINES, max_size=12).flatmap(lambda lines: st.sampled_from(["\n", ""]).map(lambda sep: sep.join(lines))))
def test_passages_are_in_order_and_begin_below_a_heading(text: str) -> None:
    outline = OUTLINER.split(text)
    sentences = SEGMENTER.segment(text, outline)
    at = -1
    for passage in PASSAGES.find(text, outline, sentences):
        assert at < passage.first <= passage.last < len(sentences)
        first = sentences[passage.first]
        assert first.start >= outline[first.section_id].heading_end
        at = passage.last
