"""The stretches of body that the classifier of adverts learns from, and what it takes for a part of a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cleaning.training.rows import body_rows, stretches


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("下一程", [("line", "下一程")]),
        ("会后收回。", [("line", "会后收回。"), ("part", "会后收回。")]),
        ("（样表）", [("line", "（样表）"), ("bracket", "（样表）")]),
        ("【样表】", [("line", "【样表】"), ("part", "【样表】")]),
        (
            "修渠三里（见图）。先修，后验",
            [
                ("line", "修渠三里（见图）。先修，后验"),
                ("bracket", "（见图）"),
                ("part", "修渠三里（见图）。"),
                ("part", "先修，后验"),
                ("part", "后验"),
                ("part", "先修，"),
            ],
        ),
    ],
)
def test_a_sentence_or_bracket_alone_in_its_line_is_a_part_as_well(line: str, expected: list[tuple[str, str]]) -> None:
    assert list(stretches(line)) == expected


def test_what_is_said_twice_is_one_row_of_each_place(tmp_path: Path) -> None:
    (tmp_path / "adverts").mkdir()
    (tmp_path / "adverts" / "body.tsv").write_text("notes\t会后收回。\nspeech\t会后收回。\n", encoding="utf-8")
    assert [(row.place, row.text, row.kind) for row in body_rows(tmp_path)] == [
        ("line", "会后收回。", "look-alike"),
        ("part", "会后收回。", "look-alike"),
    ]
