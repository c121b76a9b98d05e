from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.classification.labelled import read_labelled
from pipeline.classification.measures import measure
from pipeline.errors import ConfigError

CORPUS = """== a-1 | 镇总结, township, 2020
@ general measures 0 石桥镇工作总结
@ general measures 1 一、全年工作
@ agriculture measures 2 （一）种好粮
修渠三公里。
@ welfare|health measures 2 （二）看好病
新建卫生室。
@ education measures 2 （三）上好学
添置课桌。
@ general plans 1 二、明年打算
再修一条路。
"""
TABLE = "document,level,heading,text,role\na,0,石桥镇总结,,measures\na,1,一、成绩,修渠。,measures\na,1,二、打算,种树。,plans\n"


def test_a_folder_of_texts_gives_outlines_and_all_labels_that_are_right(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CORPUS, encoding="utf-8")
    (document,) = read_labelled(tmp_path)
    assert [s.heading for s in document.outline if s.parent_id == 1] == ["（一）种好粮", "（二）看好病", "（三）上好学"]
    assert document.labels["topic"][3] == ("welfare", "health")
    assert all(document.text[s.start : s.heading_end] == s.heading for s in document.outline)
    assert document.text[document.outline[2].start : document.outline[2].end] == "（一）种好粮\n修渠三公里。\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_table_may_label_one_axis_alone(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "my.csv"
    path.write_text(TABLE, encoding=encoding)
    (document,) = read_labelled(path)
    assert document.labels == {"role": (("measures",), ("measures",), ("plans",))}
    assert [s.parent_id for s in document.outline] == [None, 0, 0]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("document,level,heading\n", "lacks text"),
        ("document,level,heading,text\n", "topic, role or both"),
        (TABLE.replace("a,1,二、打算", "a,x,二、打算"), "row 4"),
        (TABLE.replace("plans", ""), "row 4"),
    ],
)
def test_what_is_wrong_with_a_table_is_said(tmp_path: Path, table: str, message: str) -> None:
    path = tmp_path / "my.csv"
    path.write_text(table, encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        read_labelled(path)


def test_measures_count_any_label_that_is_right() -> None:
    said = np.array([[0.9, 0.1, 0.0], [0.1, 0.8, 0.1], [0.2, 0.7, 0.1]])
    found = measure(["a", "b", "c"], said, [("a",), ("c", "b"), ("c",)])
    assert found.confusion.tolist() == [[1, 0, 0], [0, 1, 0], [0, 1, 0]]
    assert found.totals()["accuracy"] == pytest.approx(2 / 3)
    assert found.by_label()[1] == ("b", 0.5, 1.0, pytest.approx(2 / 3), 1)
    assert found.calibration_error == pytest.approx((0.1 + 0.2 + 0.7) / 3)
