"""What goes with a stretch that goes: the signs around it, the blanks between two, a line of which only signs would stay."""

from __future__ import annotations

import pytest

from pipeline.cleaning.seams import mend_seams
from pipeline.offsets import apply_edits
from pipeline.records import Edit


def mended(marked: str) -> str:
    """What is left of a text of which the stretches between ⟦ and ⟧ go."""
    parts = marked.replace("⟦", "⟧").split("⟧")
    text, edits = "", []
    for number, part in enumerate(parts):
        if number % 2:
            edits.append(Edit(len(text), len(text) + len(part), "", "advert", "rule"))
        text += part
    return apply_edits(text, mend_seams(text, edits))


@pytest.mark.parametrize(
    ("marked", "left"),
    [
        ("修渠[⟦[lock]⟧]架桥", "修渠架桥"),
        ("修渠——⟦摘自某某文库⟧——架桥", "修渠架桥"),
        ("修渠----⟦--分页--⟧----架桥", "修渠架桥"),
        ("修渠……⟦（以下登录后显示）⟧架桥", "修渠架桥"),
        ("修渠⟦【考点★★⟧】架桥", "修渠架桥"),
        ("修渠⟦收藏(3)⟧ ⟦点赞(1)⟧架桥", "修渠架桥"),
        ("修渠三里。\n——⟦摘自某某文库⟧——\n架桥两座。", "修渠三里。\n架桥两座。"),
        ("修渠三里。\n★ ⟦扫码进群⟧ ★", "修渠三里。\n"),
    ],
)
def test_signs_of_a_site_go_with_it(marked: str, left: str) -> None:
    assert mended(marked) == left


@pytest.mark.parametrize(
    ("marked", "left"),
    [
        ("他说“⟦扫码进群⟧”。", "他说“”。"),
        ("修渠（⟦扫码进群⟧架桥）", "修渠（架桥）"),
        ("一区|⟦扫码⟧|二区", "一区||二区"),
        ("同志们……⟦扫码进群⟧架桥", "同志们……架桥"),
        ("★ ⟦第一条广告\n⟧★ 架桥", "★ ★ 架桥"),
    ],
)
def test_what_may_be_the_report_s_stays(marked: str, left: str) -> None:
    assert mended(marked) == left
