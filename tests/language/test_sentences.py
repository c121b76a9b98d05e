"""Sentences are stretches of the text in order, and none goes on for pages where the text pauses at all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.sentences import split_sentences

LIMIT = 1000
CLAUSE = st.sampled_from(
    ["新修渠道3公里，", "栽桃6万株、", "三、四月间 ", "完成投资1，200万元，", "支部：", "全村修路", "\n"]
)


@given(st.lists(CLAUSE, max_size=600), st.integers(1, 4))
def test_all_but_white_space_stands_in_one_sentence(clauses: list[str], times: int) -> None:
    text = "".join(clauses) * times
    spans = split_sentences(text, 0, len(text))
    assert sum(len("".join(text[start:end].split())) for start, end in spans) == len("".join(text.split()))


def test_what_lost_its_stops_is_parted_at_pauses() -> None:
    text = "全年修路3.5公里，投资1，200万元，" * 400
    spans = split_sentences(text, 0, len(text))
    assert max(end - start for start, end in spans) < LIMIT + 20
    assert all(text[start:end].endswith("，") and text[start] in "全投" for start, end in spans)


def test_a_long_sentence_stays_whole() -> None:
    text = "各村清淤沟渠，" * 120 + "不误农时。"
    assert split_sentences(text, 0, len(text)) == [(0, len(text))]
