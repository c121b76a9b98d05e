"""Laws of cleaning, on text of every kind."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import load_config
from pipeline.kit import build_cleaner
from pipeline.offsets import apply_edits
from pipeline.rules import Rules
from pipeline.segmentation import Segmenter

HERE = Path(__file__).parent
JUNK = tomllib.loads((HERE / "junk.toml").read_text(encoding="utf-8"))["family"]
BODY = tomllib.loads((HERE / "body.toml").read_text(encoding="utf-8"))["lines"]
SEGMENTER = Segmenter(Rules().words())
SEGMENTER.cut("定定定")  # has jieba loaded, for which the first odd text would wait
CLEANER = build_cleaner(Rules(), load_config(), segmenter=SEGMENTER)

ODDITIES = [
    "D建",
    "AAA群",
    "##paid##",
    "<br>",
    "&nbsp;",
    "５％",
    "\n",
    "\r\n",
    "\r",
    "\u3000\u3000",
    " ",
    "e\u0301",
    "𠀀",
]
ODDITIES += ["👨\u200d👩", "\u200b", "&amp;amp;lt;b&gt;", "[hide]", "—", "，"]
scraps = st.sampled_from([*BODY[:40], *(line for family in JUNK for line in family["lines"]), *ODDITIES])
dirty = st.lists(scraps | st.text(max_size=5), max_size=14).map("".join)
body = st.lists(st.sampled_from(BODY), min_size=1, max_size=6)
junk_lines = st.sampled_from([line for family in JUNK for line in family["lines"]])


@given(dirty)
@settings(max_examples=300)
def test_each_source_character_is_kept_or_in_exactly_one_edit(text: str) -> None:
    clean = CLEANER.clean(text)
    at = 0
    for edit in clean.edits:
        assert at <= edit.start < edit.end <= len(text)
        at = edit.end
    assert apply_edits(text, clean.edits) == clean.text
    for piece in clean.pieces:
        if piece.kept:
            length = piece.source_end - piece.source_start
            assert clean.text[piece.start : piece.start + length] == text[piece.source_start : piece.source_end]


@given(dirty)
@settings(max_examples=300)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = CLEANER.clean(text).text
    twice = CLEANER.clean(once)
    assert twice.text == once
    assert not twice.edits


@given(dirty)
@settings(max_examples=300)
def test_edits_of_white_space_hold_nothing_else(text: str) -> None:
    for edit in CLEANER.clean(text).edits:
        if edit.kind == "space":
            assert not text[edit.start : edit.end].strip()
            assert not edit.replacement.strip()


@given(dirty)
@settings(max_examples=200)
def test_source_less_removals_with_restorations_is_the_clean_text(text: str) -> None:
    clean = CLEANER.clean(text)
    out, at = [], 0
    told = [(r.start, r.end, "") for r in clean.removals] + [(r.start, r.end, r.after) for r in clean.restorations]
    for start, end, after in sorted(told):
        out += text[at:start], after
        at = end
    assert "".join(("".join(out) + text[at:]).split()) == "".join(clean.text.split())


@given(body, st.data())
@settings(max_examples=200)
def test_junk_put_in_and_cleaned_gives_the_text_back(lines: list[str], data: st.DataObject) -> None:
    junk = data.draw(junk_lines)
    at = data.draw(st.integers(0, len(lines)))
    end = data.draw(st.sampled_from(["\n", "\r\n"]))
    assert CLEANER.clean(end.join([*lines[:at], junk, *lines[at:]])).text == "\n".join(lines)


@given(body, st.sampled_from(["##paidbegin##", "[hide]", "<br/>", "\u200b", "&nbsp;", "<!--more-->"]), st.data())
@settings(max_examples=200)
def test_a_marker_put_in_anywhere_gives_the_text_back(lines: list[str], marker: str, data: st.DataObject) -> None:
    text = "\n".join(lines)
    at = data.draw(st.integers(0, len(text)))
    assert CLEANER.clean(text[:at] + marker + text[at:]).text == text


@given(st.lists(st.sampled_from([*BODY, "", "\u3000\u3000第一段𠀀e\u0301"]), max_size=8))
@settings(max_examples=200)
def test_text_without_junk_stays_itself(lines: list[str]) -> None:
    text = "\r\n".join(lines)
    clean = CLEANER.clean(text)
    assert "".join(clean.text.split()) == "".join(text.split())
    assert all(edit.kind == "space" for edit in clean.edits)
    start = clean.text.find("第一段")
    if start >= 0:
        assert text[slice(*clean.to_source(start, start + 6))] == "第一段𠀀e\u0301"


@pytest.mark.parametrize(
    "unit",
    [
        "一",
        "D",
        "<",
        "<a ",
        "[",
        "&amp;",
        "\n",
        " ",
        "本站",
        "— 1 —\n",
        "http",
        "1 ",
        "…（",
        "…（甲乙）",
        "全 镇 惠 及 12 13 户 ",
        "1、\n2、",
        "。kQz\n",
        "lO.",
        "3lO万",
    ],
)
def test_hostile_repetition_ends(unit: str) -> None:
    text = unit * (100_000 // len(unit)) + "投注"
    clean = CLEANER.clean(text)
    assert apply_edits(text, clean.edits) == clean.text


def test_real_reports_lose_nothing_but_furniture(shared: Path) -> None:
    rules = {"reader_chrome", "page_line", "source_line", "related_head", "newspaper_jump", "zero_width", "licence_box"}
    for path in sorted((shared / "reports").glob("*/*.txt")):
        if path.parent.name != "formats":
            removals = CLEANER.clean(path.read_bytes().decode("utf-8")).removals
            assert {removal.rule for removal in removals} <= rules
            assert all(len(removal.text) < 20 for removal in removals if removal.rule != "licence_box")


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("完成稅(shuì)收2.4億(yì)元，讓(ràng)他們(men)增收，甲(a)級", "完成稅收2.4億元，讓他們增收，甲(a)級"),
        ("廈（shà）門產(chǎn)業(yè)園", "廈門產業園"),
        ("在郪(qī)江镇召开会议", "在郪(qī)江镇召开会议"),
    ],
)
def test_sounds_behind_the_characters_of_a_whole_text_go(text: str, clean: str) -> None:
    assert CLEANER.clean(text).text == clean
