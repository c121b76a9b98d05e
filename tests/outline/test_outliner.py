from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.outline import Outliner
from pipeline.rules import Rules
from pipeline.rules.schema import HeadingStyle

CASES = tomllib.loads(Path(__file__).with_name("outlines.toml").read_text(encoding="utf-8"))
RULES = Rules()
OUTLINER = Outliner(RULES)
BODY = "各项工作有序推进，取得了比较明显的成效，群众的满意度进一步提高，社会各界反映良好，上级领导多次给予肯定和表扬。"


@pytest.mark.parametrize("case", CASES["in_the_wild"] + CASES["must_not_match"], ids=lambda c: c["note"][:40])
def test_cases(case: dict[str, object]) -> None:
    sections = OUTLINER.split(str(case["text"]))
    assert [f"{s.level} {s.heading}" for s in sections if s.heading] == case["headings"]


@pytest.mark.parametrize(("row", "line"), [(r, e) for r in RULES.table(HeadingStyle) for e in r.examples])
def test_each_style_heads_a_section_in_its_examples(row: HeadingStyle, line: str) -> None:
    sections = OUTLINER.split(f"概述如下。\n{line}\n{BODY}\n")
    assert row.id in [s.rule for s in sections]


@pytest.mark.parametrize(("row", "line"), [(r, e) for r in RULES.table(HeadingStyle) for e in r.counterexamples])
def test_no_style_heads_a_section_in_its_counterexamples(row: HeadingStyle, line: str) -> None:
    assert row.id not in [s.rule for s in OUTLINER.split(f"概述如下。\n{line}\n{BODY}\n")]


LINES = st.sampled_from(
    [
        "一、甲乙丙",
        "（一）抓好落实。" + BODY,
        "1.要点",
        "【概况】",
        "结束语",
        "各位代表：",
        "2023年工作总结",
        BODY,
        "",
        "　",
        "①",
        "第三章 保障",
        "（2）甲。",
        "\u2028",
        "𠮷",
    ]
)


@given(st.lists(LINES, max_size=14).map("\n".join))
def test_sections_tile_and_nest_and_headings_are_slices(text: str) -> None:
    sections = OUTLINER.split(text)
    assert [s.section_id for s in sections] == list(range(len(sections)))
    assert not text[: sections[0].start].strip()
    for at, section in enumerate(sections):
        assert text[section.start : section.heading_end] == section.heading
        following = sections[at + 1].start if at + 1 < len(sections) else len(text)
        assert section.heading_end <= following
        assert section.start <= section.end <= len(text)
        if section.parent_id is not None:
            parent = sections[section.parent_id]
            assert parent.level < section.level
            assert parent.start <= section.start <= section.end <= parent.end
    assert sections[-1].end == len(text)


def test_a_heading_that_the_mark_up_named_heads_a_section() -> None:
    text = f"一、概况\n{BODY}\n特色工作简述\n短句。\n"
    start = text.index("特色")
    assert [s.heading for s in OUTLINER.split(text)] == ["一、概况"]
    assert [s.heading for s in OUTLINER.split(text, [(start, start + 6, 2)])] == ["一、概况", "特色工作简述"]
