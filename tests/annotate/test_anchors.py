from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.annotate.anchors import NoAnchorError, anchor
from pipeline.annotate.marks import Mark

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("anchors.toml").read_text(encoding="utf-8"))[
    "case"
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["note"])
def test_a_quote_is_found_or_refused(case: dict[str, Any]) -> None:
    place = case.get("start"), case.get("end")
    mark = Mark("m0", "metric", case["quote"], *place, {}, case.get("before", ""))
    if "found" in case:
        assert list(anchor(case["text"], mark)) == case["found"]
    else:
        with pytest.raises(NoAnchorError, match=case["refused"]):
            anchor(case["text"], mark)
