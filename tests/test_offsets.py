from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.offsets import apply_edits, clean_text, compose, settle
from pipeline.records import Edit

CHARACTERS = st.sampled_from([*list("党建D#，。\r\n a1"), "𠮷", "é", "é", "\u200b"])
TEXTS = st.lists(CHARACTERS, max_size=40).map("".join)


@st.composite
def edits_on(draw: st.DrawFn, text: str, name: str) -> list[Edit]:
    """A pass of disjoint edits on `text`: removals and replacements."""
    count = draw(st.integers(0, 5))
    proposed = []
    for _ in range(count):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 8)))
        replacement = draw(st.sampled_from(["", "", "党", "微信", "\n"]))
        kind = "restored" if replacement else draw(st.sampled_from(["advert", "markup", "space"]))
        proposed.append(Edit(start, end, replacement, kind, name))
    return settle(proposed)


@st.composite
def passes(draw: st.DrawFn) -> tuple[str, list[Edit], list[str]]:
    """A source, its composed edits after up to four passes, and the text after each pass."""
    source = draw(TEXTS)
    text, done, texts = source, [], []
    for n in range(draw(st.integers(1, 4))):
        edits = draw(edits_on(text, f"pass{n}"))
        text, done = apply_edits(text, edits), compose(source, done, edits)
        texts.append(text)
    return source, done, texts


@given(passes())
def test_composed_edits_give_the_text_of_the_last_pass(case: tuple[str, list[Edit], list[str]]) -> None:
    source, done, texts = case
    assert apply_edits(source, done) == texts[-1]


@given(passes())
def test_every_source_character_is_kept_or_in_exactly_one_edit(case: tuple[str, list[Edit], list[str]]) -> None:
    source, done, _ = case
    clean = clean_text(source, done)
    times = [0] * len(source)
    for piece in clean.pieces:
        if piece.kept:
            for i in range(piece.source_start, piece.source_end):
                times[i] += 1
    for edit in done:
        for i in range(edit.start, edit.end):
            times[i] += 1
    assert times == [1] * len(source)


@given(passes(), st.data())
def test_a_span_walks_back_to_source_that_gives_it(
    case: tuple[str, list[Edit], list[str]], data: st.DataObject
) -> None:
    source, done, _texts = case
    clean = clean_text(source, done)
    if not clean.text:
        return
    start = data.draw(st.integers(0, len(clean.text) - 1))
    end = data.draw(st.integers(start + 1, len(clean.text)))
    span = clean.to_source(start, end)
    inside = [
        Edit(e.start - span.start, e.end - span.start, e.replacement, e.kind, e.rule)
        for e in done
        if span.start <= e.start and e.end <= span.end
    ]
    assert clean.text[start:end] in apply_edits(source[span.start : span.end], inside)


def test_an_outer_edit_absorbs_the_inner_one() -> None:
    source = "加##x##V看"
    done = compose(source, [], [Edit(1, 6, "", "markup", "marker")])
    assert compose(source, done, [Edit(0, 3, "", "advert", "line")]) == [Edit(0, 8, "", "advert", "line")]


def test_what_a_cut_leaves_of_a_replacement_stays() -> None:
    source = "AAA群"
    done = compose(source, [], [Edit(0, 3, "微信", "restored", "wechat")])
    assert apply_edits(source, compose(source, done, [Edit(1, 3, "", "advert", "cut")])) == "微"


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        apply_edits("abc", [Edit(0, 2, "", "markup", "a"), Edit(1, 3, "", "markup", "b")])


@pytest.mark.parametrize(("start", "end"), [(0, 100), (-5, 2), (9, 9), (9, 4)])
def test_what_leaves_the_clean_text_has_no_place_in_the_source(start: int, end: int) -> None:
    clean = clean_text("全镇##x##党员", [Edit(2, 7, "", "markup", "m")])
    assert clean.to_source(4, 4) == clean.to_source(4, 0) == (9, 9)
    with pytest.raises(ValueError, match="leaves the clean text, which has 4 characters"):
        clean.to_source(start, end)
