from __future__ import annotations

import re
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.outline import Outliner
from pipeline.records import Section
from pipeline.rules import Rules
from pipeline.rules.schema import HeadingStyle

CASES = tomllib.loads(Path(__file__).with_name("outlines.toml").read_text(encoding="utf-8"))
RULES = Rules()
OUTLINER = Outliner(RULES)
BODY = "各项工作有序推进，取得了比较明显的成效，群众的满意度进一步提高，社会各界反映良好，上级领导多次给予肯定和表扬。"
STYLES = RULES.table(HeadingStyle)
HEADS, BODIES = ("mark", "part", "annex"), ("never", "leadin")


def headed(line: str) -> list[Section]:
    return list(OUTLINER.split(f"概述如下。\n{line}\n{BODY}\n"))


def shown(text: str) -> list[str]:
    return [f"{s.level} {s.heading}" for s in OUTLINER.split(text) if s.heading]


@pytest.mark.parametrize("case", CASES["in_the_wild"] + CASES["must_not_match"], ids=lambda c: c["note"][:40])
def test_cases(case: dict[str, object]) -> None:
    assert shown(str(case["text"])) == case["headings"]


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("case", CASES["known_failures"], ids=lambda c: c["note"][:40])
def test_known_failures(case: dict[str, object]) -> None:
    assert shown(str(case["text"])) == case["headings"]


@pytest.mark.parametrize(("row", "line"), [(r, e) for r in STYLES for e in r.examples])
def test_a_style_decides_on_its_examples(row: HeadingStyle, line: str) -> None:
    rules = [section.rule for section in headed(line)]
    assert row.id in rules if row.kind in HEADS else rules == [""]


@pytest.mark.parametrize(("row", "line"), [(r, e) for r in STYLES for e in r.counterexamples])
def test_a_style_does_not_decide_on_its_counterexamples(row: HeadingStyle, line: str) -> None:
    if row.kind in BODIES:
        assert not re.fullmatch(row.pattern, line)
    else:
        assert row.id not in [section.rule for section in headed(line)]


LINES = st.sampled_from([
    "一、甲乙丙", "二、", "（一）抓好落实。" + BODY, "1.要点", "2、旅游业：" + BODY, "【概况】", "【", "结束语", "目录", "附件1",
    "各位代表：", "2023年工作总结", "2024年工作安排", BODY, "产业结构持续优化。", "总体目标和任务", "", "　", "①", "第三章 保障",
    "（2）甲。", "第一，健全制度。", "\u2028", "𠮷", "一、甲乙丙……3", "\r", "政 府 工 作 报 告", "A.", "ⅰ、某", "3.1 某某", "某局",
])  # fmt: skip


@given(
    st.lists(LINES, max_size=14).map("\n".join)
    | st.text(max_size=60)
    | st.text("一二三、（）()1.。：；\n 　年第条", max_size=60)
)
def test_sections_tile_and_nest_and_headings_are_slices(text: str) -> None:
    sections = OUTLINER.split(text)
    assert [s.section_id for s in sections] == list(range(len(sections)))
    assert not text[: sections[0].start].strip()
    for at, section in enumerate(sections):
        assert text[section.start : section.heading_end] == section.heading
        following = sections[at + 1].start if at + 1 < len(sections) else len(text)
        assert section.heading_end <= following
        assert section.start <= section.end <= len(text)
        closing = next((s.start for s in sections[at + 1 :] if s.level <= section.level), len(text))
        assert section.end == (closing if section.heading else following)
        if section.parent_id is not None:
            parent = sections[section.parent_id]
            assert parent.level == section.level - 1 or parent.level == 0
            assert parent.start <= section.start <= section.end <= parent.end
            assert section.path == f"{parent.path} / {section.heading}"
    assert sections[-1].end == len(text)


def test_a_heading_that_the_mark_up_named_heads_a_section() -> None:
    text = f"一、概况\n{BODY}\n特色工作简述\n短句。\n"
    start = text.index("特色")
    assert shown(text) == ["1 一、概况"]
    assert [s.heading for s in OUTLINER.split(text, [(start, start + 6, 2)])] == ["一、概况", "特色工作简述"]


def test_a_text_without_line_ends_is_cut_at_its_marks() -> None:
    part = "（一）稳住工业。" + BODY * 9 + "（二）夯实农业。" + BODY * 9
    text = f"各位代表：{BODY}2021年工作回顾2021年是不平凡的一年。{part}2022年工作安排今年要做好各项工作。{part}"
    two = ["2 （一）稳住工业。", "2 （二）夯实农业。"]
    assert shown(text) == ["1 2021年工作回顾", *two, "1 2022年工作安排", *two]


@pytest.mark.parametrize(
    "piece", ["一", "一、", "\n一、", "（", "1.", "\n", "　", "【", "。（一）", "第", "附件：", "2023年", "关于"]
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    def seconds(times: int) -> float:
        text = piece * times
        began = time.perf_counter()
        OUTLINER.split(text)
        return time.perf_counter() - began

    seconds(1000)
    assert seconds(160_000) < 40 * max(seconds(20_000), 0.005)


def test_paragraphs_that_two_blanks_part_in_one_line() -> None:
    text = "2018年，生猪产能稳步恢复。  一、主要工作  免疫牲畜36万头次。  （一）抓防疫。查验车辆800台。  二、存在问题  资金缺口320万元。"
    assert shown(text) == ["1 一、主要工作", "2 （一）抓防疫。", "1 二、存在问题"]
    table = "项目  单位  数量\n一、生猪  头  320\n二、牛  头  41\n三、羊  只  260\n"
    assert not any(heading.endswith(("生猪", "牛", "羊")) for heading in shown(table))
