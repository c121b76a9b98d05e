from __future__ import annotations

import pytest

from pipeline.cleaning import Cleaner

SAID = "全年完成客运量36.8万人，货运量125万吨，养护公路42.5公里，改造危桥3座，新建候车亭16个，安全形势平稳。"


def pieces_of(size: int, report: str) -> list[str]:
    """What the pieces of a preview hold."""
    return [report[at : at + size] for at in range(0, len(report), size)]


def preview(size: int, report: str) -> str:
    """A report as a library previews it, in numbered pieces of one size."""
    return "\n".join(f"{number}、{piece}" for number, piece in enumerate(pieces_of(size, report), 1))


@pytest.mark.parametrize(("size", "times"), [(200, 12), (300, 8)])
def test_the_numbers_of_pieces_go(size: int, times: int, cleaner: Cleaner) -> None:
    report = "某镇2016年交通工作总结" + SAID * times
    cleaned = cleaner.clean(f"大小：47 KB\n{preview(size, report)}")
    assert cleaned.text == report
    assert {removal.rule for removal in cleaned.removals} == {"page_data", "piece_number"}


def test_items_of_a_list_keep_their_numbers(cleaner: Cleaner) -> None:
    items = [f"{number}、{SAID * (2 + number)}" for number in range(1, 5)]
    same = [f"{number}、{SAID * 4}" for number in range(1, 5)]
    two = preview(260, "某镇2016年交通工作总结" + SAID * 6).split("\n")[:2]
    for lines in (items, same, two, [two[0], two[1][:90]]):
        assert cleaner.clean("\n".join(lines)).text == "\n".join(lines)


@pytest.mark.parametrize("letters", ["kQz", "7Xv"])
def test_letters_at_the_ends_of_paragraphs_go(letters: str, cleaner: Cleaner) -> None:
    lines = ["某县政府工作报告", "各位代表：", SAID, "一、去年工作", SAID, "二、今年打算", SAID]
    cleaned = cleaner.clean("\n".join(f"{line}{letters}" for line in lines))
    assert cleaned.text == "\n".join(lines)
    assert [removal.text for removal in cleaned.removals] == [letters] * len(lines)


def test_a_word_at_line_ends_stays(cleaner: Cleaner) -> None:
    for word in ("APP", "kWh"):
        text = "\n".join([f"推广使用{word}", SAID, f"人均每年用电1200{word}", f"二、建设{word}", f"三、用好{word}"])
        assert cleaner.clean(text).text == text
